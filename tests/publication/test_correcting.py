"""A correction announces the right text for the same day; the wrong one stays in the history."""

from datetime import UTC, date, datetime

import pytest

from publication.correcting import NothingToCorrect, draft_correction
from publication.enums import EventKind
from publication.events import verify_chain
from publication.models import AnnouncementDecision, Listing, PublicationEvent
from tests.factories import make_announcement, make_procedure
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 10, 9, 3, 0, tzinfo=UTC)


def corrected(wrong: AnnouncementDecision, **names: str) -> AnnouncementDecision:
    """Put the names right in the register and issue the correction for the same day."""
    draft = draft_correction(decision_id=wrong.pk, by=None, now=LATER)
    for item in draft.items.select_related("procedure"):
        item.procedure.name = names.get(item.procedure.name, item.procedure.name)
        item.procedure.save()
    return issue(draft, signed_on=date(2024, 10, 9), effective_on=date(2024, 10, 9), now=LATER)


def test_the_right_text_is_public_and_the_wrong_one_history():
    wrong = announce(make_procedure("1.900001", name="Tên sai"), signed_on=date(2024, 10, 3))
    correction = corrected(wrong, **{"Tên sai": "Tên đúng"})
    assert Listing.objects.current().get().name == "Tên đúng"
    assert correction.corrects == wrong
    assert Listing.objects.get(decision=wrong).text["name"] == "Tên sai"
    assert list(verify_chain()) == []


def test_issued_for_the_same_day_it_sets_the_wrong_text_aside_by_name():
    wrong = announce(make_procedure("1.900001", name="Tên sai"), signed_on=date(2024, 10, 3))
    draft = draft_correction(decision_id=wrong.pk, by=None, now=NOON)
    issue(draft, signed_on=date(2024, 10, 3), effective_on=date(2024, 10, 3))
    right = Listing.objects.current().get()
    assert Listing.objects.get(decision=wrong).set_aside_by == right
    assert right.valid_from == date(2024, 10, 3)


def test_the_public_is_told_that_it_is_a_correction():
    corrected(announce(make_procedure("1.900001"), signed_on=date(2024, 10, 3)))
    kinds = list(PublicationEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-1] == EventKind.LISTING_CORRECTED


def test_a_procedure_that_ended_since_stays_ended():
    procedure = make_procedure("1.900001")
    wrong = announce(procedure, signed_on=date(2024, 9, 3))
    announce(procedure, effect="abolished", signed_on=date(2024, 10, 3))
    draft = draft_correction(decision_id=wrong.pk, by=None, now=LATER)
    issue(draft, signed_on=date(2024, 10, 9), effective_on=date(2024, 9, 3), now=LATER)
    procedure.refresh_from_db()
    assert procedure.abolished_on == date(2024, 10, 3)


def test_it_takes_over_the_rows_but_no_endings_and_can_be_limited_to_some():
    first, second, ended = (make_procedure(f"1.90000{n}") for n in range(3))
    announce(ended, signed_on=date(2024, 9, 3))
    wrong = make_announcement(procedures=[first, second])
    wrong.items.create(procedure=ended, effect="abolished", ordinal=3)
    wrong = issue(wrong)
    whole = draft_correction(decision_id=wrong.pk, by=None, now=LATER)
    part = draft_correction(decision_id=wrong.pk, by=None, now=LATER, codes=["1.900001"])
    assert [item.procedure.code for item in whole.items.all()] == ["1.900000", "1.900001"]
    assert [item.procedure.code for item in part.items.all()] == ["1.900001"]


def test_a_draft_is_not_corrected_but_edited():
    draft = make_announcement(procedures=[make_procedure()])
    with pytest.raises(NothingToCorrect, match="Dự thảo"):
        draft_correction(decision_id=draft.pk, by=None, now=LATER)
    assert AnnouncementDecision.objects.count() == 1
