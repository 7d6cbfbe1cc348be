"""The register of gaps: a row is open exactly while no issued item answers for its agency."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from publication.actions import withdraw_announcement
from publication.correcting import draft_correction
from publication.enums import ItemEffect
from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryDecision, MinistryItem
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db
OCTOBER_2 = date(2024, 10, 2)
CODE, LATER, LAST = "1.900001", "1.900002", "1.900003"


def open_codes() -> list[str]:
    return sorted(AnnouncementGap.objects.open().values_list("ministry_item__code", flat=True))


def closing() -> tuple[object, ...]:
    return AnnouncementGap.objects.values_list("closed_on", "closure").get()


def answering_item(code: str, answers: MinistryItem, effect: str = "new"):
    decision = make_announcement(procedures=[make_procedure(code)], effect=effect)
    decision.items.update(answers=answers)
    return decision


def test_gap_opens_when_the_ministry_announced_and_the_province_is_silent():
    make_ministry_decision(codes=[CODE, LATER])
    report = record_gaps(on=OCTOBER_2)
    assert (report.opened, report.closed, report.open) == (2, 0, 2)
    assert open_codes() == [CODE, LATER]


def test_gap_closes_on_the_day_the_province_signed():
    decision = make_ministry_decision(codes=[CODE])
    record_gaps(on=OCTOBER_2)
    announced = announce(make_procedure(CODE), signed_on=date(2024, 10, 3))
    report = record_gaps(on=date(2024, 10, 7))
    gap = AnnouncementGap.objects.get(ministry_item__decision=decision)
    assert (gap.closed_on, gap.closed_by) == (date(2024, 10, 3), announced.items.get())
    assert (report.opened, report.closed, report.open) == (0, 1, 0)


def test_recording_twice_changes_nothing():
    make_ministry_decision(codes=[CODE, LATER])
    announce(make_procedure(CODE))
    record_gaps(on=OCTOBER_2)
    before = list(AnnouncementGap.objects.values())
    report = record_gaps(on=date(2024, 10, 9))
    assert (report.opened, report.closed, report.open) == (0, 0, 1)
    assert list(AnnouncementGap.objects.values()) == before


def test_an_item_answered_before_the_first_run_is_in_the_register_as_answered():
    make_ministry_decision(codes=[CODE])
    announce(make_procedure(CODE), signed_on=date(2024, 9, 3))
    report = record_gaps(on=OCTOBER_2)
    assert (report.opened, report.closed, report.open) == (0, 0, 0)
    assert closing() == (date(2024, 9, 3), "answered")


@pytest.mark.parametrize(
    ("dates", "opened_on"),
    [
        ({"signed_on": date(2024, 8, 1), "received_on": date(2024, 8, 9)}, date(2024, 8, 9)),
        ({"signed_on": date(2024, 8, 1)}, date(2024, 8, 1)),
        ({"signed_on": None}, date(2024, 8, 20)),
    ],
)
def test_a_gap_opens_on_the_day_of_receipt_else_of_signing_else_of_entry(dates, opened_on):
    make_ministry_decision(codes=[CODE], **dates)
    # 00:30 in the province is still the day before in UTC.
    MinistryDecision.objects.update(created_at=datetime(2024, 8, 19, 17, 30, tzinfo=UTC))
    record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.get().opened_on == opened_on


def test_a_proposed_decision_is_no_gap_until_a_person_confirms_it():
    decision = make_ministry_decision(codes=[CODE], is_proposed=True)
    assert record_gaps(on=OCTOBER_2).open == 0
    MinistryDecision.objects.filter(pk=decision.pk).update(is_proposed=False)
    assert record_gaps(on=OCTOBER_2).opened == 1


def test_a_draft_answers_nothing():
    make_ministry_decision(codes=[CODE])
    make_announcement(procedures=[make_procedure(CODE)])
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_what_the_province_signed_before_the_ministry_spoke_is_no_answer():
    announce(make_procedure(CODE), signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect="amended", signed_on=date(2024, 8, 1))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_what_was_signed_before_is_no_answer_by_a_link_either():
    ministry = make_ministry_decision(codes=[CODE], signed_on=date(2024, 8, 1))
    issue(answering_item("1.900009", ministry.items.get()), signed_on=date(2024, 7, 1))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_an_amendment_does_not_answer_an_abolition():
    procedure = make_procedure(CODE)
    announce(procedure, signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect="abolished", signed_on=date(2024, 8, 1))
    announce(procedure, effect="amended", signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]
    announce(procedure, effect="abolished", signed_on=date(2024, 10, 1))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_an_abolition_does_not_answer_an_amendment():
    procedure = make_procedure(CODE)
    announce(procedure, signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect="amended", signed_on=date(2024, 8, 1))
    announce(procedure, effect="abolished", signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_a_link_does_not_make_an_amendment_answer_an_abolition():
    ministry = make_ministry_decision(codes=[CODE], effect="abolished")
    issue(answering_item("1.900009", ministry.items.get(), "amended"))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_replacing_a_procedure_answers_its_abolition_by_the_ministry():
    old, new = make_procedure(CODE), make_procedure(LATER)
    announce(old, signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect=ItemEffect.ABOLISHED)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    issue(decision, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_an_explicit_link_answers_although_the_code_differs():
    ministry = make_ministry_decision(codes=[CODE])
    issue(answering_item("1.900009", ministry.items.get()))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_the_first_of_several_answers_is_the_one():
    ministry = make_ministry_decision(codes=[CODE])
    issue(answering_item("1.900009", ministry.items.get()), signed_on=date(2024, 9, 9))
    first = announce(make_procedure(CODE), signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.get().closed_by == first.items.get()


def test_a_code_that_took_the_place_of_the_ministrys_answers_through_any_number_of_steps():
    make_ministry_decision(codes=[CODE])
    old, later, last = (make_procedure(code) for code in (CODE, LATER, LAST))
    announce(last, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]
    old.successors.add(later)
    later.successors.add(last)
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_a_code_answers_for_those_that_a_ministry_item_says_it_replaces():
    make_ministry_decision(codes=[CODE], signed_on=date(2024, 8, 1))
    newer = make_ministry_decision(codes=[LATER], signed_on=date(2024, 9, 1), is_proposed=True)
    newer.items.update(replaces_codes=[CODE])
    announce(make_procedure(LATER), signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]
    MinistryDecision.objects.update(is_proposed=False)
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_an_older_code_does_not_answer_for_the_one_that_replaced_it():
    old, later = make_procedure(CODE), make_procedure(LATER)
    old.successors.add(later)
    make_ministry_decision(codes=[LATER])
    announce(old, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [LATER]


def test_the_end_of_a_successor_does_not_answer_the_abolition_of_what_it_replaced():
    old, later = make_procedure(CODE), make_procedure(LATER)
    old.successors.add(later)
    announce(later, signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect="abolished")
    announce(later, effect="abolished", signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_announcing_a_successor_does_not_by_itself_answer_the_abolition():
    old, later = make_procedure(CODE), make_procedure(LATER)
    old.successors.add(later)
    make_ministry_decision(codes=[CODE], effect="abolished")
    announce(later, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_codes_that_replace_each_other_in_a_circle_end_the_search():
    old, later = make_procedure(CODE), make_procedure(LATER)
    old.successors.add(later)
    later.successors.add(old)
    make_ministry_decision(codes=[CODE])
    announce(later, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == []


def test_a_gap_opens_again_in_its_own_row_when_the_answer_is_withdrawn():
    make_ministry_decision(codes=[CODE])
    decision = announce(make_procedure(CODE), signed_on=date(2024, 10, 3))
    record_gaps(on=date(2024, 10, 3))
    row = AnnouncementGap.objects.get()
    withdraw_announcement(decision_id=decision.pk, by=None, basis="QĐ 9", now=NOON)
    report = record_gaps(on=date(2024, 10, 4))
    again = AnnouncementGap.objects.get()
    assert (again.pk, again.closed_on, again.closure, again.closed_by) == (row.pk, None, "", None)
    assert (again.opened_on, report.opened) == (row.opened_on, 1)


def test_the_next_answer_takes_the_place_of_a_withdrawn_one():
    make_ministry_decision(codes=[CODE])
    procedure = make_procedure(CODE)
    first = announce(procedure, signed_on=date(2024, 9, 3))
    announce(procedure, effect="amended", signed_on=date(2024, 10, 1))
    withdraw_announcement(decision_id=first.pk, by=None, basis="QĐ 9", now=NOON)
    record_gaps(on=OCTOBER_2)
    assert closing() == (date(2024, 10, 1), "answered")


def test_a_correction_leaves_the_answer_where_it_was():
    make_ministry_decision(codes=[CODE])
    wrong = announce(make_procedure(CODE), signed_on=date(2024, 9, 3))
    correction = draft_correction(decision_id=wrong.pk, by=None, now=NOON)
    issue(correction, signed_on=date(2024, 10, 1))
    record_gaps(on=OCTOBER_2)
    gap = AnnouncementGap.objects.get()
    assert (gap.closed_on, gap.closed_by) == (date(2024, 9, 3), wrong.items.get())


def test_correcting_an_older_decision_answers_nothing_newer():
    wrong = announce(make_procedure(CODE), signed_on=date(2024, 7, 1))
    make_ministry_decision(codes=[CODE], effect="amended", signed_on=date(2024, 8, 1))
    correction = draft_correction(decision_id=wrong.pk, by=None, now=NOON)
    issue(correction, signed_on=date(2024, 9, 3))
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_a_correction_falls_with_the_decision_it_corrects():
    make_ministry_decision(codes=[CODE])
    wrong = announce(make_procedure(CODE), signed_on=date(2024, 9, 3))
    correction = draft_correction(decision_id=wrong.pk, by=None, now=NOON)
    issue(correction, signed_on=date(2024, 9, 5))
    withdraw_announcement(decision_id=wrong.pk, by=None, basis="QĐ 9", now=NOON)
    record_gaps(on=OCTOBER_2)
    assert open_codes() == [CODE]


def test_what_a_correction_says_first_counts_from_its_own_signing():
    make_ministry_decision(codes=[CODE])
    wrong = announce(make_procedure(LATER), signed_on=date(2024, 9, 3))
    correction = make_announcement(procedures=[make_procedure(CODE)], corrects=wrong)
    issue(correction, signed_on=date(2024, 9, 9))
    record_gaps(on=OCTOBER_2)
    assert closing() == (date(2024, 9, 9), "answered")


def test_an_exit_that_the_office_approved_is_no_gap():
    make_ministry_decision(codes=[CODE, LATER])
    record_gaps(on=OCTOBER_2)
    MinistryItem.objects.update(not_applicable_reason="Chỉ thực hiện tại bộ")
    record_gaps(on=date(2024, 10, 3))
    assert open_codes() == [CODE, LATER]
    late_evening = datetime(2024, 10, 3, 17, 30, tzinfo=UTC)  # 00:30 of the fourth at home
    MinistryItem.objects.filter(code=CODE).update(not_applicable_approved_at=late_evening)
    record_gaps(on=date(2024, 10, 9))
    assert open_codes() == [LATER]
    gap = AnnouncementGap.objects.exclude(closed_on=None).get()
    assert (gap.closed_on, gap.closure, gap.closed_by) == (
        date(2024, 10, 4),
        "not_applicable",
        None,
    )


def test_recording_takes_the_same_queries_for_1_and_3_items(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    agency = make_agency()

    def enter(*codes: str) -> None:
        decision = make_ministry_decision(codes=list(codes))
        for item in decision.items.all():
            item.agencies.add(agency, make_agency())
        announce(make_procedure(), lead_agency=agency)

    enter(CODE)
    with CaptureQueriesContext(connection) as one:
        record_gaps(on=OCTOBER_2)
    with CaptureQueriesContext(connection) as unchanged:
        record_gaps(on=OCTOBER_2)
    enter("1.900004", "1.900005", "1.900006")
    with django_assert_num_queries(len(one)):
        record_gaps(on=OCTOBER_2)
    with django_assert_num_queries(len(unchanged)):
        record_gaps(on=OCTOBER_2)
    assert AnnouncementGap.objects.count() == 8


def test_the_command_reports_what_it_did(capsys):
    make_ministry_decision(codes=[CODE])
    call_command("flag_gaps", "--on", "2024-10-02")
    assert capsys.readouterr().out == "Mở mới 1, đóng 0, đang mở 1.\n"
