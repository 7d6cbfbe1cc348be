from django.db import migrations
from django.utils import timezone


def confirm_existing_days(apps, schema_editor):
    """Days entered so far were entered by a person, who meant them to count."""
    days = apps.get_model("catalog", "CalendarDay").objects
    days.filter(confirmed_at=None).update(confirmed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [("catalog", "0003_people_and_confirmed_days")]

    operations = [migrations.RunPython(confirm_existing_days, migrations.RunPython.noop)]
