"""What a listing keeps for lists, and the last link of each day: made with it, and once for old
rows."""

import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from publication.events import verify_chain
from publication.models import DailyHead, Listing
from publication.summary import listing_row, with_addresses
from tests.factories import make_agency, make_field, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
MIGRATION = import_module("publication.migrations.0020_fill_rows_and_daily_heads")


@pytest.fixture
def rows():
    agency = make_agency("Sở Tư pháp")
    procedure = make_procedure("1.000001", field=make_field("Hộ tịch"), lead_agency=agency)
    announce(procedure, make_procedure("1.000002"))
    procedure.name = "Tên mới"
    procedure.save()
    announce(procedure, effect="amended", signed_on=date(2024, 10, 4), now=NOON.replace(day=4))
    return dict(Listing.objects.values_list("pk", "row"))


def test_a_listing_keeps_what_its_columns_and_its_decision_say(rows):
    for listing in Listing.objects.select_related("decision"):
        assert listing.row == listing_row(listing) == rows[listing.pk]
        facts = json.loads(listing.row)
        assert (facts["code"], facts["digest"]) == (listing.code, listing.digest)
        assert facts["decision"]["url"] == listing.decision.get_absolute_url()


def test_old_rows_are_filled_as_new_ones_are_made(rows):
    days = list(DailyHead.objects.values())
    Listing.objects.update(row="")
    DailyHead.objects.all().delete()
    MIGRATION.fill_rows(apps, None)
    MIGRATION.note_days(apps, None)
    assert dict(Listing.objects.values_list("pk", "row")) == rows
    assert list(DailyHead.objects.values()) == days
    assert [day["day"] for day in days] == [date(2024, 10, 3), date(2024, 10, 4)]


def test_a_day_whose_last_link_is_not_in_the_log_is_a_fault(rows):
    DailyHead.objects.filter(day=date(2024, 10, 3)).update(digest="f" * 64)
    (fault,) = verify_chain()
    assert (fault.sequence, fault.problem) == (2, "đầu chuỗi ngày 03/10/2024 không khớp")


def test_a_name_that_looks_like_an_address_stays_a_name(settings):
    settings.PORTAL_URL = "https://portal.example"
    name = 'x","url":"/y'
    row = json.dumps({"name": name, "url": "/z"}, separators=(",", ":"))
    assert json.loads(with_addresses(row)) == {"name": name, "url": "https://portal.example/z"}
