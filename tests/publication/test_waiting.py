"""The front page tells each person what waits for them, in the order of urgency, and no more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.actions import approve_announcement, return_announcement, submit_announcement
from publication.models import (
    AnnouncementDecision,
    AnnouncementGap,
    FailedTask,
    Heartbeat,
    RegisterAlarm,
)
from publication.waiting import waiting_work
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2024, 10, 3)


@pytest.fixture
def agency():
    return make_agency("Sở Tư pháp")


def draft_of(agency, **facts):
    return make_announcement(
        procedures=[make_procedure(lead_agency=agency)], lead_agency=agency, **facts
    )


def submit(decision):
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)


def gap_of(agency, due_on, **facts):
    item = make_ministry_decision(codes=[make_procedure().code]).items.get()
    return AnnouncementGap.objects.create(
        ministry_item=item, agency=agency, opened_on=date(2024, 8, 1), legal_due_on=due_on, **facts
    )


def seen(user, *, now=NOON):
    return [(work.label, work.count) for work in waiting_work(user, now=now)]


@pytest.fixture(autouse=True)
def _programs_are_alive():
    for program in ("worker", "beat", "queue"):
        Heartbeat.objects.create(program=program, beaten_at=NOON + timedelta(days=1))


def test_nothing_is_said_when_nothing_waits(agency):
    assert [seen(make_staff(role, agency)) for role in Role] == [[], [], [], []]


def test_the_agency_sees_its_own_gaps_late_ones_first(agency):
    other = make_agency("Sở Y tế")
    gap_of(agency, TODAY + timedelta(days=3))
    late = gap_of(agency, TODAY - timedelta(days=2))
    gap_of(other, TODAY - timedelta(days=9))
    officer = make_staff(Role.OFFICER, agency)
    works = waiting_work(officer, now=NOON)
    assert [(work.label, work.count, work.is_urgent) for work in works] == [
        ("Thủ tục quá hạn công bố", 1, True),
        ("Thủ tục sắp đến hạn công bố", 1, False),
    ]
    assert works[0].rows[0].note == "quá 2 ngày"
    assert works[0].rows[0].label.startswith(late.ministry_item.code)


@pytest.mark.parametrize(
    ("legal", "office", "label"),
    [
        (None, TODAY - timedelta(days=1), "Thủ tục quá hạn công bố"),
        (TODAY + timedelta(days=5), TODAY - timedelta(days=1), "Thủ tục quá hạn công bố"),
        (TODAY, None, "Thủ tục sắp đến hạn công bố"),
    ],
)
def test_the_clock_that_ends_first_decides(agency, legal, office, label):
    gap_of(agency, legal, office_due_on=office)
    assert seen(make_staff(Role.OFFICER, agency)) == [(label, 1)]


def test_gaps_without_a_day_far_away_or_closed_are_no_work(agency):
    gap_of(agency, None)
    gap_of(agency, TODAY + timedelta(days=11))
    gap_of(agency, TODAY - timedelta(days=3), closed_on=TODAY, closure="answered")
    assert seen(make_staff(Role.OFFICER, agency)) == []


def test_what_was_returned_comes_back_to_its_agency_with_the_remarks(agency):
    decision = draft_of(agency)
    submit(decision)
    return_announcement(decision_id=decision.pk, by=None, reason="Thiếu phí", now=NOON)
    (work,) = waiting_work(make_staff(Role.OFFICER, agency), now=NOON)
    assert (work.label, work.rows[0].note) == ("Quyết định bị trả lại để sửa", "Thiếu phí")
    assert seen(make_staff(Role.CONTROLLER)) == []
    assert seen(make_staff(Role.OFFICER, make_agency("Sở Y tế"))) == []


def test_the_office_sees_what_waits_for_it_and_what_waits_for_a_signature(agency):
    submitted, approved = draft_of(agency), draft_of(agency)
    for decision in (submitted, approved):
        submit(decision)
    approve_announcement(decision_id=approved.pk, by=None, now=NOON)
    assert seen(make_staff(Role.CONTROLLER)) == [
        ("Quyết định đã trình, chờ Văn phòng duyệt", 1),
        ("Quyết định đã duyệt, chờ số và chữ ký", 1),
    ]
    assert seen(make_staff(Role.HEAD, agency)) == []


def test_a_draft_says_what_it_lacks(agency):
    make_announcement(lead_agency=agency)
    draft_of(agency, submission_number="1/TTr-STP")
    works = waiting_work(make_staff(Role.HEAD, agency), now=NOON)
    assert [(work.label, [row.note for row in work.rows]) for work in works] == [
        ("Dự thảo chưa trình", ["chưa có thủ tục, chưa có số tờ trình", "1 thủ tục"])
    ]
    assert seen(make_staff(Role.CONTROLLER)) == []  # the drafts of others are no work of theirs


def test_one_s_own_drafts_come_before_those_of_colleagues(agency):
    me, colleague = make_staff(Role.OFFICER, agency), make_staff(Role.OFFICER, agency)
    for author in (colleague, me, colleague):
        draft_of(agency, created_by=author, submission_number=f"{author.pk}/TTr-STP")
    (work,) = waiting_work(me, now=NOON)
    mine = AnnouncementDecision.objects.get(created_by=me)
    assert [f"/{mine.pk}/" in row.address for row in work.rows] == [True, False, False]


def test_overrides_are_counted_for_the_office_with_their_reason(agency):
    controller = make_staff(Role.CONTROLLER, username="minh")
    own = draft_of(agency, created_by=controller)
    submit(own)
    approve_announcement(decision_id=own.pk, by=controller, now=NOON, override_reason="Nghỉ ốm")
    (_approved, used) = waiting_work(controller, now=NOON)
    assert (used.label, used.count) == ("Ngoại lệ đã dùng (tự duyệt có lý do)", 1)
    assert used.rows[0].note == "minh: Nghỉ ốm"
    assert seen(make_staff(Role.HEAD, agency)) == []


def test_silent_programs_failed_tasks_and_alarms_are_the_office_s_to_see(agency):
    Heartbeat.objects.filter(program="worker").update(beaten_at=NOON - timedelta(hours=1))
    FailedTask.objects.create(task_id="a", name="flag_gaps", error="x", failed_at=NOON)
    RegisterAlarm.objects.create(code="1.900001", kind="new", seen_on=TODAY, source="national_list")
    works = waiting_work(make_staff(Role.CONTROLLER), now=NOON)
    assert [work.count for work in works] == [1, 1, 1]
    assert "từ 11:00 03/10/2024" in works[0].rows[0].label
    assert seen(make_staff(Role.OFFICER, agency)) == []


def test_three_rows_stand_for_any_number_and_cost_the_same(agency):
    officer = make_staff(Role.OFFICER, agency)

    def add(number):
        for _ in range(number):
            gap_of(agency, TODAY - timedelta(days=1))
            gap_of(agency, TODAY)
            draft_of(agency)

    add(3)
    waiting_work(officer, now=NOON)
    with CaptureQueriesContext(connection) as queries:
        waiting_work(officer, now=NOON)
    add(4)
    with CaptureQueriesContext(connection) as more:
        works = waiting_work(officer, now=NOON)
    assert [(work.count, len(work.rows)) for work in works] == [(7, 3), (7, 3), (7, 3)]
    assert len(more) == len(queries)


def test_the_day_is_the_province_s(agency):
    gap_of(agency, TODAY)
    officer = make_staff(Role.OFFICER, agency)
    last_minute = datetime(2024, 10, 3, 16, 59, tzinfo=UTC)
    assert seen(officer, now=last_minute) == [("Thủ tục sắp đến hạn công bố", 1)]
    midnight = last_minute + timedelta(minutes=1)
    assert seen(officer, now=midnight) == [("Thủ tục quá hạn công bố", 1)]


def test_the_front_page_says_that_nothing_waits(client, agency):
    client.force_login(make_staff(Role.OFFICER, agency))
    assert "Không có việc nào đang chờ" in client.get(reverse("admin:index")).content.decode()
