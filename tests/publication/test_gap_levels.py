"""An answer that leaves out a level the ministry named answers in part."""

from datetime import date

import pytest

from catalog.models import Procedure
from publication.actions import withdraw_announcement
from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryItem
from tests.factories import make_ministry_decision, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
OCTOBER_2 = date(2024, 10, 2)
CODE = "1.900001"


def lacking(named: list[str], announced: list[str], effect: str = "new") -> str:
    item = make_ministry_decision(codes=[CODE], effect=effect).items.get()
    item.levels = named
    item.save()
    procedure = make_procedure(CODE, levels=announced)
    if effect == "abolished":
        announce(procedure, signed_on=date(2024, 7, 1))
    announce(procedure, effect=effect, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    return AnnouncementGap.objects.get(closure="answered").lacking_levels


def register(*levels: str) -> None:
    Procedure.objects.filter(code=CODE).update(levels=list(levels))


@pytest.mark.parametrize(
    ("named", "announced", "left_out"),
    [
        (["province", "commune"], ["province"], "commune"),
        (["commune", "ministry", "province"], ["province"], "ministry,commune"),
        (["province"], ["province", "commune"], ""),
        ([], ["province"], ""),
        (["commune"], [], "commune"),
    ],
)
def test_levels_of_the_ministry_that_the_text_has_not_are_named(named, announced, left_out):
    assert lacking(named, announced) == left_out


def test_the_text_as_it_was_announced_counts_and_not_the_register():
    assert lacking(["province", "commune"], ["province"]) == "commune"
    register("province", "commune")
    record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.get().lacking_levels == "commune"


def test_an_ending_leaves_no_level_out():
    assert lacking(["province", "commune"], ["province"], effect="abolished") == ""


def test_what_is_open_or_left_lacks_nothing():
    assert lacking(["province", "commune"], ["province"]) == "commune"
    MinistryItem.objects.update(
        not_applicable_reason="Chỉ thực hiện tại bộ", not_applicable_approved_at=NOON
    )
    record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.get().lacking_levels == ""


def test_a_later_announcement_makes_it_whole_and_the_first_stays_the_answer():
    assert lacking(["province", "commune"], ["province"]) == "commune"
    first = AnnouncementGap.objects.get().closed_by
    register("commune")
    later = announce(
        Procedure.objects.get(code=CODE), effect="amended", signed_on=date(2024, 10, 1)
    )
    record_gaps(on=OCTOBER_2)
    gap = AnnouncementGap.objects.get()
    assert (gap.lacking_levels, gap.closed_by) == ("", first)
    withdraw_announcement(decision_id=later.pk, by=None, basis="QĐ 9", now=NOON)
    record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.get().lacking_levels == "commune"
