"""The database refuses what the law of the portal excludes, whoever writes."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from publication.lifecycle import IllegalMove
from publication.models import (
    AnnouncementDecision,
    AnnouncementGap,
    AnnouncementItem,
    EventHead,
    Listing,
    MinistryDecision,
    MinistryItem,
    Release,
)
from tests.factories import make_agency, make_announcement, make_ministry_decision, make_procedure
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db


def refused(write, *args, **kwargs) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **kwargs)


def twin(row):
    """An unsaved copy of a row."""
    row.pk = None
    row._state.adding = True
    return row


def test_two_valid_listings_of_a_procedure_on_one_day_cannot_be_written():
    announce(make_procedure())
    copy = twin(Listing.objects.get())
    copy.item, copy.is_current = None, False
    refused(copy.save)
    assert Listing.objects.count() == 1


def test_two_current_listings_of_a_procedure_cannot_be_written():
    announce(make_procedure())
    copy = twin(Listing.objects.get())
    copy.item, copy.valid_from = None, date(2024, 11, 1)
    refused(copy.save)
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("facts", [{"in_force_at": None}, {"set_aside": True}])
def test_a_current_listing_is_in_force_and_not_set_aside(facts):
    announce(make_procedure())
    listings = Listing.objects.filter(is_current=True)
    if facts.pop("set_aside", False):
        facts["set_aside_by"] = listings.get()
    refused(listings.update, **facts)
    assert listings.get().in_force_at


@pytest.mark.parametrize("missing", ["number", "signed_on", "signed_by", "effective_on"])
def test_signed_facts_stand_together_or_not_at_all(missing: str):
    announce(make_procedure())
    empty = None if missing.endswith("_on") else ""
    refused(AnnouncementDecision.objects.update, **{missing: empty})
    assert not AnnouncementDecision.objects.filter(**{missing: empty}).exists()


def test_a_draft_cannot_be_called_issued():
    decision = make_announcement(procedures=[make_procedure()])
    refused(AnnouncementDecision.objects.filter(pk=decision.pk).update, status="issued")
    decision.refresh_from_db()
    assert decision.status == "draft"


def test_a_decision_takes_effect_from_its_signing_at_the_earliest():
    announce(make_procedure(), signed_on=date(2024, 10, 3))
    refused(AnnouncementDecision.objects.update, effective_on=date(2024, 10, 2))
    assert not AnnouncementDecision.objects.filter(effective_on=date(2024, 10, 2)).exists()


def test_the_same_number_of_an_issuer_comes_once_a_year_however_it_is_spelt():
    first = make_ministry_decision(number="163/QĐ-BTP", signed_on=date(2024, 3, 1))
    facts = {"issuer": first.issuer, "issuer_name": "Bộ Tư pháp", "signed_on": date(2024, 9, 9)}
    with pytest.raises(ValidationError, match="đã được nhập"):
        MinistryDecision(number="163/QĐ-BTP", **facts).full_clean()
    refused(MinistryDecision.objects.create, number="163/QD-BTP", **facts)
    later = MinistryDecision.objects.create(
        number="163/QĐ-BTP", **facts | {"signed_on": date(2025, 9, 9)}
    )
    assert later.signed_year == 2025


def test_a_code_comes_once_in_a_ministry_decision():
    decision = make_ministry_decision(codes=["1.900001"])
    refused(MinistryItem.objects.create, decision=decision, code="1.900001", effect="new")
    assert decision.items.count() == 1


def test_a_procedure_comes_once_in_an_announcement():
    procedure = make_procedure()
    decision = make_announcement(procedures=[procedure])
    refused(AnnouncementItem.objects.create, decision=decision, procedure=procedure, effect="new")
    assert decision.items.count() == 1


def test_a_frozen_text_goes_with_its_digest():
    make_announcement(procedures=[make_procedure()])
    refused(AnnouncementItem.objects.update, frozen_digest="0" * 64)
    refused(AnnouncementItem.objects.update, frozen_text={"name": "không có mã băm"})
    item = AnnouncementItem.objects.get()
    assert (item.frozen_text, item.frozen_digest) == (None, "")


@pytest.mark.parametrize("named", [True, False])
def test_one_gap_a_ministry_item_and_agency(named: bool):
    item = make_ministry_decision(codes=["1.900001"]).items.get()
    facts = {"ministry_item": item, "agency": make_agency() if named else None}
    AnnouncementGap.objects.create(**facts, opened_on=date(2024, 9, 1))
    refused(AnnouncementGap.objects.create, **facts, opened_on=date(2024, 9, 2))
    AnnouncementGap.objects.create(
        ministry_item=item, agency=make_agency(), opened_on=date(2024, 9, 4)
    )
    assert AnnouncementGap.objects.open().count() == 2


def test_a_gap_is_closed_with_its_reason():
    item = make_ministry_decision(codes=["1.900001"]).items.get()
    AnnouncementGap.objects.create(ministry_item=item, opened_on=date(2024, 9, 1))
    refused(AnnouncementGap.objects.update, closed_on=date(2024, 9, 3))
    refused(AnnouncementGap.objects.update, closure="answered")
    assert AnnouncementGap.objects.open().count() == 1


def test_an_exit_is_approved_with_its_reason_only():
    item = make_ministry_decision(codes=["1.900001"]).items.get()
    refused(
        MinistryItem.objects.filter(pk=item.pk).update,
        not_applicable_approved_at=datetime(2024, 9, 3, tzinfo=UTC),
    )
    item.refresh_from_db()
    assert item.not_applicable_approved_at is None


def test_a_withdrawn_decision_has_its_day_and_its_document():
    announce(make_procedure())
    refused(AnnouncementDecision.objects.update, status="withdrawn")
    refused(AnnouncementDecision.objects.update, withdrawn_on=date(2024, 10, 5))
    decision = AnnouncementDecision.objects.get()
    assert (decision.status, decision.withdrawn_on) == ("issued", None)


def test_a_status_assigned_against_the_table_is_refused_by_the_row_itself():
    decision = AnnouncementDecision.objects.get(pk=make_announcement().pk)
    decision.status = "approved"
    with pytest.raises(IllegalMove, match="không thể chuyển sang “Đã duyệt”"):
        decision.save()


def test_the_chain_has_one_head():
    refused(EventHead.objects.create, id=2)
    assert not EventHead.objects.filter(id=2).exists()


def test_one_release_is_public():
    facts = {
        "state": "public",
        "through_sequence": 0,
        "shown_on": date(2024, 9, 1),
        "started_at": timezone.now(),
    }
    first = Release.objects.create(**facts)
    refused(Release.objects.create, **facts)
    assert Release.objects.filter(state="public").get() == first


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("3218", "không phải số quyết định"),
        ("số 3218/qđ-ubnd", "Ghi số quyết định đúng dạng: 3218/QĐ-UBND"),
    ],
)
def test_a_number_out_of_form_is_explained(number: str, message: str):
    decision = make_announcement()
    decision.number = number
    with pytest.raises(ValidationError, match=message):
        decision.clean_fields()
