"""What staff do with reports: by whom, in which order, by when, and who hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from catalog.enums import Role
from catalog.models import CalendarDay
from publication.authority import NotAllowed
from publication.models import DeadlineRule, Listing, Notice, Report, ReportContact
from publication.report_acts import (
    NotPossible,
    answer_report,
    ask_sender,
    contact_of,
    forget_contacts,
    forward_report,
    open_question,
    receive_report,
    reject_report,
    supply_more,
)
from publication.report_clock import ASK_RULE, open_by_urgency, read_report_clock
from publication.report_letters import forget_report_notices, plan_report_letters
from publication.sending import send_notices
from publication.waiting import waiting_work
from tests.factories import make_agency, make_procedure, make_report, make_staff
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
SENT = date(2024, 10, 3)  # Thursday
LATER = NOON + timedelta(hours=3)


@pytest.fixture
def agency():
    return make_agency("Sở Xây dựng")


@pytest.fixture
def other():
    return make_agency("Sở Y tế")


@pytest.fixture
def officer(agency):
    return make_staff(Role.OFFICER, agency, username="lan")


@pytest.fixture
def controller():
    return make_staff(Role.CONTROLLER, username="kiem-soat")


@pytest.fixture
def listing(agency):
    announce(make_procedure("1.004222", name="Cấp giấy phép xây dựng", lead_agency=agency))
    return Listing.objects.current().get()


@pytest.fixture
def report(listing, agency):
    return make_report(listing, agency=agency, contact="nguoi-dan@example.com")


def acts_of(report):
    return list(report.acts.values_list("kind", "actor_name", "agency_name", "remarks"))


# --- Acts ----------------------------------------------------------------------------------------


def test_a_report_is_received_and_answered_and_every_act_says_who(report, officer):
    receive_report(report_id=report.pk, by=officer, now=NOON)
    answered = answer_report(report_id=report.pk, by=officer, now=LATER, answer="Đã sửa.")
    assert (answered.state, answered.answer, answered.closed_at) == ("answered", "Đã sửa.", LATER)
    assert acts_of(report) == [
        ("received", "lan", "Sở Xây dựng", ""),
        ("answered", "lan", "Sở Xây dựng", "Đã sửa."),
    ]


def test_an_act_says_when_by_the_clock_of_the_province(report, officer):
    late = datetime(2024, 10, 2, 18, 30, tzinfo=UTC)
    receive_report(report_id=report.pk, by=officer, now=late)
    assert "03/10/2024 01:30" in str(report.acts.get())


def test_a_refusal_is_read_by_the_sender(report, officer):
    refused = reject_report(report_id=report.pk, by=officer, now=NOON, reason="Không phải thủ tục.")
    assert (refused.state, refused.answer) == ("rejected", "Không phải thủ tục.")


def test_handing_on_gives_it_to_the_other_agency_and_takes_it_from_this_one(report, officer, other):
    receive_report(report_id=report.pk, by=officer, now=NOON)
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=other, reason="Việc của y tế")
    report.refresh_from_db()
    assert (report.agency, report.state, report.turn) == (other, "sent", 1)
    assert acts_of(report)[-1] == (
        "forwarded", "lan", "Sở Y tế", "Từ Sở Xây dựng sang Sở Y tế: Việc của y tế",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        answer_report(report_id=report.pk, by=officer, now=LATER, answer="Đã sửa.")


def test_what_is_with_an_agency_is_not_handed_to_it_again(report, officer, agency):
    with pytest.raises(NotPossible):
        forward_report(report_id=report.pk, by=officer, now=NOON, agency=agency, reason="?")


def test_who_comes_second_is_told_who_was_first(report, officer, controller):
    reject_report(report_id=report.pk, by=officer, now=NOON, reason="Không rõ.")
    with pytest.raises(NotPossible, match=r"lan đã làm việc này trước: từ chối lúc 12:00"):
        answer_report(report_id=report.pk, by=controller, now=LATER, answer="Đã sửa.")
    assert len(acts_of(report)) == 1


def test_strangers_may_do_nothing_with_a_report(report, other):
    for stranger in (make_staff(Role.HEAD, other), make_staff(Role.OFFICER)):
        with pytest.raises(NotAllowed):
            receive_report(report_id=report.pk, by=stranger, now=NOON)
    assert acts_of(report) == []


def test_an_act_is_never_changed_or_deleted(report, officer):
    receive_report(report_id=report.pk, by=officer, now=NOON)
    act = report.acts.get()
    with pytest.raises(TypeError):
        act.save()
    with pytest.raises(TypeError):
        act.delete()


def test_the_database_keeps_no_closed_report_without_an_answer(report):
    for facts in (
        {"state": "answered"},
        {"state": "answered", "closed_at": NOON},
        {"state": "sent", "answer": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**facts)


# --- Asking the sender ---------------------------------------------------------------------------


def test_the_sender_is_asked_for_more_and_adds_it(report, officer):
    ask_sender(report_id=report.pk, by=officer, now=NOON, question="Ở xã nào?")
    report.refresh_from_db()
    assert (report.state, open_question(report)) == ("asked", "Ở xã nào?")
    assert supply_more(reference=report.reference, words="Xã Hồng Phong", now=LATER) is True
    report.refresh_from_db()
    assert (report.state, open_question(report)) == ("supplied", "")
    assert acts_of(report) == [
        ("asked", "lan", "Sở Xây dựng", "Ở xã nào?"),
        ("supplied", "Người gửi", "Sở Xây dựng", "Xã Hồng Phong"),
    ]


def test_the_newest_question_is_the_open_one(report, officer):
    ask_sender(report_id=report.pk, by=officer, now=NOON, question="Ở xã nào?")
    supply_more(reference=report.reference, words="Xã Hồng Phong", now=NOON)
    ask_sender(report_id=report.pk, by=officer, now=LATER, question="Ngày nào?")
    report.refresh_from_db()
    assert open_question(report) == "Ngày nào?"


def test_nobody_adds_to_a_report_that_asks_nothing(report, officer):
    assert supply_more(reference=report.reference, words="Thêm", now=NOON) is False
    ask_sender(report_id=report.pk, by=officer, now=NOON, question="Ở xã nào?")
    answer_report(report_id=report.pk, by=officer, now=LATER, answer="Đã sửa.")
    assert supply_more(reference=report.reference, words="Thêm", now=LATER) is False
    assert supply_more(reference="2222-2222-2222", words="Thêm", now=LATER) is False
    assert [kind for kind, *_rest in acts_of(report)] == ["asked", "answered"]


def test_who_waits_for_the_sender_is_not_asked_twice(report, officer):
    ask_sender(report_id=report.pk, by=officer, now=NOON, question="Ở xã nào?")
    with pytest.raises(NotPossible, match="đề nghị bổ sung lúc 12:00"):
        ask_sender(report_id=report.pk, by=officer, now=LATER, question="Ngày nào?")


def test_the_days_run_on_while_the_sender_is_asked(report, officer):
    """F766, part 5.2 counts from the day it came and says of no pause."""
    ask_sender(report_id=report.pk, by=officer, now=NOON, question="Ở xã nào?")
    report.refresh_from_db()
    assert due_words(report, date(2024, 10, 25)) == (date(2024, 10, 24), 1)
    clock = read_report_clock()
    asking = clock.deadline(ASK_RULE, sent_at=report.sent_at)
    assert asking is not None
    assert asking.due_on == date(2024, 10, 10)  # Thu 3 → 4, 7, 8, 9, Thu 10
    supply_more(reference=report.reference, words="Xã Hồng Phong", now=LATER)
    report.refresh_from_db()
    assert due_words(report, SENT)[0] == date(2024, 10, 24)


# --- Contact -------------------------------------------------------------------------------------


def test_the_contact_is_for_those_who_handle_the_report(report, officer, controller, other):
    stranger = make_staff(Role.OFFICER, other)
    told = [contact_of(report, user) for user in (officer, controller, stranger)]
    assert told == ["nguoi-dan@example.com", "", ""]


def test_the_contact_goes_with_the_report_when_it_is_handed_on(report, officer, controller):
    forward_report(report_id=report.pk, by=officer, now=NOON, agency=None, reason="Nhiều sở")
    report.refresh_from_db()
    assert contact_of(report, officer) == ""
    assert contact_of(report, controller) == "nguoi-dan@example.com"


def test_contacts_are_deleted_after_their_days_and_the_report_stays(report, listing):
    kept = make_report(listing, contact="0912", sent_at=NOON + timedelta(days=1))
    assert forget_contacts(before=NOON + timedelta(hours=1)) == 1
    assert list(ReportContact.objects.values_list("report", flat=True)) == [kept.pk]
    assert Report.objects.count() == 2


# --- Days ----------------------------------------------------------------------------------------


def due_words(report, on):
    clock = read_report_clock()
    return clock.due_on(report), clock.days_late(report, on=on)


def test_it_is_received_within_two_working_days_and_answered_within_fifteen(report, officer):
    """F766, part 5.2: rows of the rule book, counted from the day it was sent."""
    assert due_words(report, date(2024, 10, 7)) == (date(2024, 10, 7), 0)
    assert due_words(report, date(2024, 10, 10)) == (date(2024, 10, 7), 3)
    receive_report(report_id=report.pk, by=officer, now=NOON)
    report.refresh_from_db()
    assert due_words(report, date(2024, 10, 25)) == (date(2024, 10, 24), 1)


def test_the_days_run_on_when_a_report_is_handed_on(report, officer, other):
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=other, reason="?")
    report.refresh_from_db()
    assert due_words(report, date(2024, 10, 8)) == (date(2024, 10, 7), 1)


def test_another_number_of_days_is_another_row(report):
    DeadlineRule.objects.filter(code="feedback_refused").update(amount=1)
    CalendarDay.objects.create(
        day=date(2024, 10, 4), kind="day_off", name="Nghỉ bù", confirmed_at=NOON
    )
    assert due_words(report, SENT)[0] == date(2024, 10, 7)


def test_without_a_rule_no_day_is_made_up(report):
    DeadlineRule.objects.filter(code="feedback_refused").delete()
    assert due_words(report, date(2030, 1, 1)) == (None, 0)


def test_a_late_answer_says_by_how_many_days(report, officer):
    late = datetime(2024, 10, 28, 3, tzinfo=UTC)
    answered = answer_report(report_id=report.pk, by=officer, now=late, answer="Đã sửa.")
    assert read_report_clock().closed_late(answered) == 4
    assert due_words(answered, date(2024, 12, 1)) == (None, 0)


def test_a_day_is_a_day_of_the_province(listing, agency):
    evening = datetime(2024, 10, 3, 17, 30, tzinfo=UTC)  # already Friday in the province
    report = make_report(listing, agency=agency, sent_at=evening)
    assert due_words(report, SENT)[0] == date(2024, 10, 8)


def test_the_clock_costs_three_queries_however_many_reports(
    listing, agency, django_assert_num_queries
):
    for number in (1, 2):
        make_report(listing, agency=agency)
        with django_assert_num_queries(3):
            assert len(open_by_urgency(Report.objects.all(), on=SENT)) == number


# --- The work list -------------------------------------------------------------------------------


def seen(user, *, now):
    return [
        (work.label, work.count, work.is_urgent, [row.note for row in work.rows])
        for work in waiting_work(user, now=now)
        if "Phản ánh" in work.label
    ]


def test_the_front_page_tells_late_reports_apart_with_their_days(report, listing, agency, officer):
    received = make_report(listing, agency=agency)
    receive_report(report_id=received.pk, by=officer, now=NOON)
    assert seen(officer, now=NOON + timedelta(days=6)) == [
        ("Phản ánh quá hạn xử lý", 1, True, ["Đã gửi, chờ tiếp nhận, quá 2 ngày"]),
        ("Phản ánh chờ xử lý", 1, False, ["Đã tiếp nhận, đang xử lý, hạn 24/10/2024"]),
    ]


def test_the_front_page_tells_nobody_of_other_agencies_reports(report, other, controller):
    assert seen(make_staff(Role.OFFICER, other), now=NOON) == []
    assert len(seen(controller, now=NOON)) == 1


# --- Mails ---------------------------------------------------------------------------------------


def send(now=NOON):
    mail.outbox.clear()
    send_notices(on=now.date(), now=now)
    return sorted(message.to[0] for message in mail.outbox)


def test_a_new_report_is_mailed_once_to_the_agency_and_once_to_the_office(
    report, officer, controller, other
):
    make_staff(Role.OFFICER, other)
    assert send() == ["kiem-soat@example.gov.vn", "lan@example.gov.vn"]
    assert send() == []


def test_the_mail_names_procedure_and_last_day_and_nothing_of_the_sender(report, officer):
    send()
    (message,) = mail.outbox
    assert "1.004222 Cấp giấy phép xây dựng" in message.body
    assert "Tiếp nhận hoặc từ chối chậm nhất: 07/10/2024" in message.body
    assert "nguoi-dan@example.com" not in message.body
    assert "Lệ phí đã đổi" not in message.body


def test_the_agency_it_was_handed_to_is_told_and_the_office_not_again(
    report, officer, controller, other
):
    make_staff(Role.OFFICER, other, username="hoa")
    send()
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=other, reason="?")
    assert send() == ["hoa@example.gov.vn"]


def test_an_agency_that_gets_a_report_back_is_told_again(report, officer, other, controller):
    hoa = make_staff(Role.OFFICER, other, username="hoa")
    send()
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=other, reason="?")
    send()
    forward_report(
        report_id=report.pk, by=hoa, now=LATER, agency=report.agency, reason="Không phải"
    )
    assert send() == ["lan@example.gov.vn"]
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=None, reason="Nhiều sở")
    assert send() == ["kiem-soat@example.gov.vn"]


def test_what_was_received_needs_no_mail(report, officer):
    receive_report(report_id=report.pk, by=officer, now=NOON)
    assert send() == []


def test_planning_costs_the_same_for_one_report_and_for_three(
    listing, agency, officer, controller, django_assert_num_queries
):
    for number in (1, 2, 3):
        make_report(listing, agency=agency)
        # Reports, notices, rules, calendar, and five for the people.
        with django_assert_num_queries(9):
            assert len(list(plan_report_letters(now=NOON))) == 2 * number


def test_notices_are_forgotten_once_their_report_was_received(report, listing, agency, officer):
    waiting = make_report(listing, agency=agency)
    send()
    receive_report(report_id=report.pk, by=officer, now=NOON)
    assert forget_report_notices(before=NOON) == 0
    assert forget_report_notices(before=NOON + timedelta(days=1)) == 1
    assert Notice.objects.get().key == f"report:{waiting.pk}:0"
    assert send() == []
