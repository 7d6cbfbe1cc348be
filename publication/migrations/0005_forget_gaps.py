from django.db import migrations


def forget_gaps(apps, schema_editor):
    """Gaps follow from decisions; the next run of flag_gaps writes them anew, agency by agency."""
    apps.get_model("publication", "AnnouncementGap").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [("publication", "0004_listing_facts_and_order")]

    operations = [migrations.RunPython(forget_gaps, migrations.RunPython.noop)]
