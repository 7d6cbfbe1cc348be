"""A gap is an agency's: whom a ministry item concerns, and whose announcements answer for whom."""

from datetime import date

import pytest

from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryItem
from tests.factories import make_agency, make_ministry_decision, make_procedure
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db
OCTOBER_2 = date(2024, 10, 2)
CODE = "1.900001"


def rows() -> dict[str, str]:
    """The closure of each row, by the short name of its agency."""
    gaps = AnnouncementGap.objects.order_by("pk").values_list("agency__short_name", "closure")
    return {name or "": closure for name, closure in gaps}


def agency(name: str, **facts):
    return make_agency(f"Sở {name}", short_name=name, **facts)


def concern(*agencies, effect: str = "new") -> MinistryItem:
    item = make_ministry_decision(codes=[CODE], effect=effect).items.get()
    item.agencies.set(agencies)
    return item


def test_an_item_concerns_the_agencies_it_names():
    make_procedure(CODE, lead_agency=agency("XD"))
    concern(agency("TP"), agency("NV"))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "", "NV": ""}


def test_an_item_that_names_none_concerns_who_leads_the_procedure():
    make_procedure(CODE, lead_agency=agency("XD"))
    concern()
    record_gaps(on=OCTOBER_2)
    assert rows() == {"XD": ""}


@pytest.mark.parametrize("registered", [True, False])
def test_while_nobody_leads_the_procedure_the_office_holds_it(registered):
    if registered:
        make_procedure(CODE)
    concern()
    record_gaps(on=OCTOBER_2)
    assert rows() == {"": ""}


def test_an_agency_that_ended_hands_over_to_those_that_follow_it_and_exist():
    first = agency("A", valid_to=date(2023, 1, 1))
    second = agency("B", valid_to=date(2024, 10, 1))
    third, fourth = agency("C"), agency("D")
    first.successors.add(second)
    second.successors.add(third, fourth)
    make_procedure(CODE, lead_agency=first)
    concern()
    record_gaps(on=date(2024, 10, 1))  # the last day of B
    assert rows() == {"B": ""}
    record_gaps(on=OCTOBER_2)
    assert rows() == {"B": "no_longer_concerned", "C": "", "D": ""}


def test_agencies_that_merge_owe_one_announcement():
    merged = agency("C")
    before = [agency(name, valid_to=date(2024, 1, 1)) for name in "AB"]
    for each in before:
        each.successors.add(merged)
    concern(*before)
    record_gaps(on=OCTOBER_2)
    assert rows() == {"C": ""}


def test_what_an_agency_left_without_a_follower_is_the_offices():
    concern(agency("A", valid_to=date(2024, 1, 1)))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"": ""}


def test_agencies_that_follow_each_other_in_a_circle_end_the_search():
    one, other = (agency(name, valid_to=date(2024, 1, 1)) for name in "AB")
    one.successors.add(other)
    other.successors.add(one)
    concern(one)
    record_gaps(on=OCTOBER_2)
    assert rows() == {"": ""}


def test_of_several_agencies_each_is_answered_for_by_its_own_announcement():
    justice, interior = agency("TP"), agency("NV")
    concern(justice, interior)
    procedure = make_procedure(CODE)
    announce(procedure, lead_agency=justice, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "answered", "NV": ""}
    announce(procedure, effect="amended", lead_agency=interior, signed_on=date(2024, 10, 1))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "answered", "NV": "answered"}
    closed = AnnouncementGap.objects.order_by("pk").values_list("closed_on", flat=True)
    assert list(closed) == [date(2024, 9, 3), date(2024, 10, 1)]


def test_an_announcement_of_another_agency_answers_for_none_of_several():
    concern(agency("TP"), agency("NV"))
    announce(make_procedure(CODE), lead_agency=agency("XD"))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "", "NV": ""}


def test_an_announcement_that_names_no_agency_answers_for_all():
    concern(agency("TP"), agency("NV"))
    announce(make_procedure(CODE))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "answered", "NV": "answered"}


def test_any_announcement_of_the_code_answers_for_the_one_agency_concerned():
    concern(agency("TP"))
    announce(make_procedure(CODE), lead_agency=agency("XD"))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "answered"}


def test_an_agency_answers_for_those_below_it():
    province = agency("UB", kind="province")
    concern(agency("X1", parent=province), agency("X2", parent=province), agency("TP"))
    announce(make_procedure(CODE), lead_agency=province)
    record_gaps(on=OCTOBER_2)
    assert rows() == {"X1": "answered", "X2": "answered", "TP": ""}


def test_what_an_agency_announced_counts_for_the_one_that_followed_it():
    old = agency("A", valid_to=date(2024, 9, 30))
    new = agency("B")
    old.successors.add(new)
    concern(old, agency("TP"))
    announce(make_procedure(CODE), lead_agency=old, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"TP": "", "B": "answered"}


def test_a_follower_does_not_answer_for_the_whole_of_what_is_above_it():
    province = agency("UB", kind="province")
    concern(province, agency("TP"))
    announce(make_procedure(CODE), lead_agency=agency("X1", parent=province))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"UB": "", "TP": ""}


def test_an_agency_that_is_concerned_no_more_keeps_a_closed_row():
    justice, interior = agency("TP"), agency("NV")
    item = concern(justice)
    record_gaps(on=OCTOBER_2)
    item.agencies.set([interior])
    report = record_gaps(on=date(2024, 10, 9))
    assert rows() == {"TP": "no_longer_concerned", "NV": ""}
    assert (report.opened, report.closed, report.open) == (1, 1, 1)
    record_gaps(on=date(2024, 10, 20))
    left = AnnouncementGap.objects.get(agency=justice)
    assert left.closed_on == date(2024, 10, 9)


def test_an_agency_concerned_again_finds_its_row_open_again():
    justice, interior = agency("TP"), agency("NV")
    item = concern(justice)
    record_gaps(on=OCTOBER_2)
    row = AnnouncementGap.objects.get()
    item.agencies.set([interior])
    record_gaps(on=date(2024, 10, 9))
    item.agencies.set([justice])
    record_gaps(on=date(2024, 10, 10))
    assert rows() == {"TP": "", "NV": "no_longer_concerned"}
    assert AnnouncementGap.objects.get(agency=justice).pk == row.pk


def test_the_offices_row_gives_way_when_an_agency_is_named():
    item = concern()
    record_gaps(on=OCTOBER_2)
    item.agencies.add(agency("TP"))
    record_gaps(on=OCTOBER_2)
    assert rows() == {"": "no_longer_concerned", "TP": ""}
    item.agencies.clear()
    record_gaps(on=OCTOBER_2)
    assert rows() == {"": "", "TP": "no_longer_concerned"}
