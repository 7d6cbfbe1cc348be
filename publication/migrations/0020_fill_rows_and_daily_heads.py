"""What lists say of a listing is written when it is made, and of a day when it has an event: here
for those that are there already."""

from django.db import migrations
from django.utils.timezone import localdate

from publication.summary import listing_row

BATCH = 500


def fill_rows(apps, schema_editor):
    Listing = apps.get_model("publication", "Listing")
    waiting = Listing.objects.filter(row="").select_related("decision").order_by("pk")
    while batch := list(waiting[:BATCH]):
        for listing in batch:
            listing.row = listing_row(listing)
        Listing.objects.bulk_update(batch, ["row"])


def note_days(apps, schema_editor):
    PublicationEvent = apps.get_model("publication", "PublicationEvent")
    DailyHead = apps.get_model("publication", "DailyHead")
    heads = {}
    events = PublicationEvent.objects.order_by("sequence")
    for sequence, moment, digest in events.values_list("sequence", "occurred_at", "digest").iterator():
        # A day once over stays: of two acts around midnight the later day has both.
        day = max(localdate(moment), max(heads, default=localdate(moment)))
        heads[day] = DailyHead(day=day, sequence=sequence, digest=digest)
    DailyHead.objects.bulk_create(heads.values(), batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("publication", "0019_api_keys_daily_heads_and_rows"),
    ]

    operations = [
        migrations.RunPython(fill_rows, migrations.RunPython.noop),
        migrations.RunPython(note_days, migrations.RunPython.noop),
    ]
