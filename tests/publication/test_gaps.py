"""A gap is open exactly while no issued item of the province answers the ministry item."""

from datetime import date

import pytest
from django.core.management import call_command

from publication.enums import ItemEffect
from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryItem
from tests.factories import make_announcement, make_ministry_decision, make_procedure
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db
OCTOBER_2 = date(2024, 10, 2)


def open_codes() -> list[str]:
    return sorted(AnnouncementGap.objects.open().values_list("ministry_item__code", flat=True))


def test_gap_opens_when_the_ministry_announced_and_the_province_is_silent():
    make_ministry_decision(codes=["1.900001", "1.900002"])
    report = record_gaps(on=OCTOBER_2)
    assert (report.opened, report.closed, report.open) == (2, 0, 2)
    assert open_codes() == ["1.900001", "1.900002"]


def test_gap_closes_on_the_day_the_province_signed():
    decision = make_ministry_decision(codes=["1.900001"])
    record_gaps(on=OCTOBER_2)
    announced = announce(make_procedure("1.900001"), signed_on=date(2024, 10, 3))
    record_gaps(on=date(2024, 10, 7))
    gap = AnnouncementGap.objects.get(ministry_item__decision=decision)
    assert (gap.closed_on, gap.closed_by) == (date(2024, 10, 3), announced.items.get())


def test_recording_twice_changes_nothing():
    make_ministry_decision(codes=["1.900001", "1.900002"])
    announce(make_procedure("1.900001"))
    record_gaps(on=OCTOBER_2)
    before = list(AnnouncementGap.objects.values())
    report = record_gaps(on=date(2024, 10, 9))
    assert (report.opened, report.closed) == (0, 0)
    assert list(AnnouncementGap.objects.values()) == before


def test_a_draft_answers_nothing():
    make_ministry_decision(codes=["1.900001"])
    make_announcement(procedures=[make_procedure("1.900001")])
    record_gaps(on=OCTOBER_2)
    assert open_codes() == ["1.900001"]


def test_what_the_province_signed_before_the_ministry_spoke_is_no_answer():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 7, 1))
    make_ministry_decision(
        codes=["1.900001"], effect=ItemEffect.AMENDED, signed_on=date(2024, 8, 1)
    )
    record_gaps(on=OCTOBER_2)
    assert open_codes() == ["1.900001"]


def test_an_amendment_does_not_answer_an_abolition():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 7, 1))
    make_ministry_decision(
        codes=["1.900001"], effect=ItemEffect.ABOLISHED, signed_on=date(2024, 8, 1)
    )
    announce(procedure, effect="amended", signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == ["1.900001"]
    announce(procedure, effect="abolished", signed_on=date(2024, 10, 1))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_replacing_a_procedure_answers_its_abolition_by_the_ministry():
    old, new = make_procedure("1.900001"), make_procedure("1.900002")
    announce(old, signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=["1.900001"], effect=ItemEffect.ABOLISHED)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    issue(decision, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_an_explicit_link_answers_although_the_code_differs():
    ministry = make_ministry_decision(codes=["1.900001"])
    decision = make_announcement(procedures=[make_procedure("1.900009")])
    decision.items.update(answers=ministry.items.get())
    issue(decision)
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_an_exit_that_the_office_approved_is_no_gap():
    make_ministry_decision(codes=["1.900001", "1.900002"])
    record_gaps(on=OCTOBER_2)
    reason = {"not_applicable_reason": "Chỉ thực hiện tại bộ"}
    MinistryItem.objects.update(**reason)
    record_gaps(on=date(2024, 10, 3))
    assert open_codes() == ["1.900001", "1.900002"]
    MinistryItem.objects.filter(code="1.900001").update(not_applicable_approved_at=NOON)
    record_gaps(on=date(2024, 10, 4))
    assert open_codes() == ["1.900002"]
    assert AnnouncementGap.objects.get(closed_on=date(2024, 10, 4)).closed_by is None


def test_recording_takes_the_same_queries_for_1_and_3_items(django_assert_num_queries):
    make_ministry_decision(codes=["1.900001"])
    with django_assert_num_queries(8):
        record_gaps(on=OCTOBER_2)
    make_ministry_decision(codes=["1.900002", "1.900003", "1.900004"])
    with django_assert_num_queries(8):
        record_gaps(on=OCTOBER_2)


def test_the_command_reports_what_it_did(capsys):
    make_ministry_decision(codes=["1.900001"])
    call_command("flag_gaps", "--on", "2024-10-02")
    assert capsys.readouterr().out == "Mở mới 1, đóng 0, đang mở 1.\n"
