"""One line says how far the province has answered a ministry item."""

from datetime import date

import pytest

from publication.enums import GapClosure
from publication.gap_reading import gap_reader
from publication.item_standing import standing_in_words
from publication.models import AnnouncementGap
from tests.factories import make_agency, make_ministry_decision
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2024, 10, 3)  # Thursday


@pytest.fixture
def item():
    return make_ministry_decision(codes=["1.900001"]).items.get()


def gap(item, *, closed: bool = False, **facts) -> None:
    if closed:
        facts = {"closed_on": TODAY, "closure": GapClosure.ANSWERED} | facts
    AnnouncementGap.objects.create(
        ministry_item=item, agency=make_agency(), opened_on=date(2024, 9, 2), **facts
    )


def said(item) -> str:
    item.refresh_from_db()
    return standing_in_words(item, reader=gap_reader(on=TODAY))


def test_nothing_is_known_before_the_gaps_are_looked_at(item):
    assert said(item) == "Chưa rà soát"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Chưa công bố, chưa rõ hạn"),
        ({"legal_due_on": date(2024, 10, 3)}, "Hôm nay hết hạn"),
        ({"legal_due_on": date(2024, 10, 1)}, "Quá hạn 2 ngày làm việc"),
        (
            {"legal_due_on": date(2024, 10, 9), "office_due_on": date(2024, 10, 7)},
            "Sắp hết hạn, còn 2 ngày làm việc",
        ),
        ({"closed": True, "legal_due_on": date(2024, 10, 3)}, "Đã công bố đúng hạn"),
        ({"closed": True, "legal_due_on": date(2024, 10, 2)}, "Đã công bố muộn 1 ngày làm việc"),
    ],
)
def test_one_agency(item, facts, words):
    gap(item, **facts)
    assert said(item) == words


def test_partial_answers_are_counted(item):
    for _ in range(2):
        gap(item, closed=True)
    gap(item, legal_due_on=date(2024, 10, 9))
    gap(item, legal_due_on=date(2024, 10, 1))
    gap(item)
    gap(item, closed_on=TODAY, closure=GapClosure.NO_LONGER_CONCERNED)
    assert said(item) == "2/5 cơ quan đã công bố; Quá hạn 2 ngày làm việc"


def test_all_answers_are_counted_and_the_latest_of_them_told(item):
    gap(item, closed=True, legal_due_on=date(2024, 10, 9))
    gap(item, closed=True, legal_due_on=date(2024, 10, 2))
    assert said(item) == "2/2 cơ quan đã công bố; Đã công bố muộn 1 ngày làm việc"


def test_a_proposed_exit_is_told_beside_the_state_and_an_approved_one_instead(item):
    gap(item)
    item.not_applicable_reason = "Chỉ thực hiện ở bộ"
    item.save()
    assert said(item) == ("Chưa công bố, chưa rõ hạn; đề nghị không áp dụng, chờ chấp thuận")
    item.not_applicable_approved_at = NOON
    item.save()
    assert said(item) == "Không áp dụng tại tỉnh"


def test_a_proposed_decision_waits_for_a_person(item):
    item.decision.is_proposed = True
    item.decision.save()
    assert said(item) == "Chưa tính hạn: quyết định chờ xác nhận"
