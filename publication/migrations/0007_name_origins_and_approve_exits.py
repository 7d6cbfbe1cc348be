from django.db import migrations
from django.utils import timezone


def name_origins(apps, schema_editor):
    """Listings without an item were endings by replacement: there was no other way."""
    listings = apps.get_model("publication", "Listing").objects
    listings.filter(item=None).update(origin="replacement")


def approve_existing_exits(apps, schema_editor):
    """Reasons given before the Office had to approve them were in force."""
    items = apps.get_model("publication", "MinistryItem").objects
    items.exclude(not_applicable_reason="").update(not_applicable_approved_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [("publication", "0006_decision_life_cycle_and_clock")]

    operations = [
        migrations.RunPython(name_origins, migrations.RunPython.noop),
        migrations.RunPython(approve_existing_exits, migrations.RunPython.noop),
    ]
