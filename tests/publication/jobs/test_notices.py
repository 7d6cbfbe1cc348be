"""Who is mailed about which gaps, when, and never twice about the same."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.enums import Role
from catalog.models import Membership
from catalog.people import person_of
from catalog.working_days import WorkingCalendar
from publication.models import DeadlineRule, Notice
from publication.notices import digest_day, is_time_for_notices, plan_notices
from publication.recipients import read_recipients
from publication.sending import send_notices
from tests.factories import make_agency, make_ministry_decision, make_staff
from tests.publication.jobs.gaps import make_gap

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, THURSDAY = date(2024, 9, 30), date(2024, 10, 1), date(2024, 10, 3)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)  # eight o'clock in the province


def planned(day: date, **more) -> list[tuple[str, str]]:
    letters = plan_notices(on=day, now=morning(day), **more)
    return [(letter.email.split("@")[0], letter.notice.key) for letter in letters]


def send(day: date) -> dict[str, int]:
    return send_notices(on=day, now=morning(day))


def keys_of(user) -> list[str]:
    return list(user.notices.order_by("pk").values_list("key", flat=True))


@pytest.fixture
def justice():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def officer(justice):
    return make_staff(Role.OFFICER, justice, username="lan")


def test_what_becomes_overdue_is_mailed_to_officer_head_and_office_and_to_nobody_else(
    justice, officer
):
    make_staff(Role.HEAD, justice, username="hung")
    make_staff(Role.OFFICER, make_agency("Sở Xây dựng"), username="binh")
    make_staff(Role.CONTROLLER, username="minh")
    make_staff(Role.ADMINISTRATOR, username="quan-tri")
    make_gap(justice, opened_on=TUESDAY)
    key = "overdue:2024-10-03"
    assert planned(THURSDAY) == [("lan", key), ("hung", key), ("minh", key)]


def test_who_has_left_or_has_no_address_is_not_mailed(justice, officer):
    gone = make_staff(Role.HEAD, justice)
    gone.is_active = False
    gone.save()
    without = make_staff(Role.HEAD, justice)
    without.email = ""
    without.save()
    make_gap(justice, opened_on=TUESDAY)
    assert planned(THURSDAY) == [("lan", "overdue:2024-10-03")]


def test_the_last_day_is_not_overdue_and_the_next_one_is(justice, officer):
    make_gap(justice, opened_on=TUESDAY, legal_due_on=THURSDAY)
    assert planned(THURSDAY) == []
    assert planned(date(2024, 10, 4)) == [("lan", "overdue:2024-10-04")]


def test_an_answered_gap_and_one_without_a_legal_day_are_not_overdue(justice, officer):
    make_gap(justice, opened_on=TUESDAY, closed_on=TUESDAY, closure="answered")
    make_gap(justice, opened_on=TUESDAY, legal_due_on=None, office_due_on=date(2024, 9, 5))
    assert planned(THURSDAY) == []


def test_the_same_gap_is_told_once_however_often_and_late_runs_come(justice, officer, mailoutbox):
    make_gap(justice, opened_on=TUESDAY)
    for day in (THURSDAY, THURSDAY, date(2024, 10, 4)):
        send(day)
    assert [mail.to for mail in mailoutbox] == [["lan@example.gov.vn"]]
    assert keys_of(officer) == ["overdue:2024-10-03"]


def test_one_mail_a_day_names_all_that_is_newly_overdue_and_the_rest_waits_for_the_next(
    justice, officer, mailoutbox
):
    make_gap(justice, code="1.900001", opened_on=TUESDAY)
    make_gap(justice, code="1.900002", opened_on=TUESDAY)
    send(THURSDAY)
    make_gap(justice, code="1.900003", opened_on=THURSDAY)
    send(THURSDAY)
    send(date(2024, 10, 4))
    named = [
        [code for code in ("1.900001", "1.900002", "1.900003") if code in mail.body]
        for mail in mailoutbox
    ]
    assert named == [["1.900001", "1.900002"], ["1.900003"]]


def test_a_legal_day_put_off_and_passed_again_is_news_again(justice, officer, mailoutbox):
    gap = make_gap(justice, opened_on=TUESDAY)
    send(THURSDAY)
    gap.legal_due_on = date(2024, 10, 4)
    gap.save()
    send(date(2024, 10, 4))
    assert len(mailoutbox) == 1
    send(date(2024, 10, 5))
    assert keys_of(officer) == ["overdue:2024-10-03", "overdue:2024-10-05"]


def test_a_person_who_comes_later_is_told_of_what_others_know(justice, officer):
    make_gap(justice, opened_on=TUESDAY)
    send(TUESDAY)
    make_staff(Role.HEAD, justice, username="hung")
    assert planned(THURSDAY) == [("hung", "overdue:2024-10-03")]


def test_the_digest_lists_everything_open_and_takes_the_place_of_that_days_mail(
    justice, officer, mailoutbox
):
    make_gap(justice, code="1.900001")
    make_gap(justice, code="1.900002", legal_due_on=date(2024, 10, 20))
    send(MONDAY)
    send(TUESDAY)
    assert keys_of(officer) == ["digest:2024-09-30"]
    assert mailoutbox[0].subject.endswith("2 thủ tục chưa công bố, 1 quá hạn")
    assert "Hạn 20/09/2024, quá hạn 10 ngày (báo lần đầu)" in mailoutbox[0].body
    assert "Hạn 20/10/2024, còn 20 ngày" in mailoutbox[0].body


def test_the_digest_comes_back_every_week_while_anything_is_open(justice, officer):
    make_gap(justice)
    for days in range(15):
        send(MONDAY + timedelta(days=days))
    assert keys_of(officer) == ["digest:2024-09-30", "digest:2024-10-07", "digest:2024-10-14"]


def test_a_digest_that_was_missed_is_caught_up_with_in_its_week(justice, officer):
    make_gap(justice)
    assert planned(THURSDAY) == [("lan", "digest:2024-09-30")]


def test_what_opened_after_the_digest_day_waits_for_the_next_digest(justice, officer):
    make_gap(justice, opened_on=TUESDAY, legal_due_on=date(2024, 10, 20))
    assert planned(THURSDAY) == []
    assert planned(date(2024, 10, 7)) == [("lan", "digest:2024-10-07")]


def test_a_person_without_gaps_gets_no_mail_at_all(justice, officer):
    make_gap(make_agency("Sở Xây dựng"))
    assert planned(MONDAY) == []


@pytest.mark.parametrize(
    ("on", "weekday", "start"),
    [
        (date(2024, 9, 30), "monday", date(2024, 9, 30)),
        (date(2024, 10, 6), "monday", date(2024, 9, 30)),  # Sunday
        (date(2024, 9, 30), "friday", date(2024, 9, 27)),
        (date(2024, 10, 4), "friday", date(2024, 10, 4)),
    ],
)
def test_the_digest_day_is_the_last_one_of_its_name(on, weekday, start):
    assert digest_day(on, weekday=weekday) == start


def test_the_day_of_the_digest_is_a_setting(justice, officer, settings):
    settings.PORTAL_DIGEST_WEEKDAY = "wednesday"
    make_gap(justice)
    assert planned(date(2024, 10, 1)) == [("lan", "digest:2024-09-25")]


AT = time(7, 30)


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        (datetime(2024, 10, 3, 0, 29, tzinfo=UTC), False),  # Thursday 07:29 in the province
        (datetime(2024, 10, 3, 0, 30, tzinfo=UTC), True),
        (datetime(2024, 10, 3, 16, 59, tzinfo=UTC), True),  # missed all day: 23:59
        (datetime(2024, 10, 3, 17, 0, tzinfo=UTC), False),  # Friday, midnight
        (datetime(2024, 10, 5, 3, 0, tzinfo=UTC), False),  # Saturday
        (datetime(2024, 9, 2, 3, 0, tzinfo=UTC), False),  # a Monday, national day
        (datetime(2024, 5, 4, 3, 0, tzinfo=UTC), True),  # a Saturday worked instead
    ],
)
def test_mails_go_out_on_working_days_from_a_time_on(moment, is_time):
    calendar = WorkingCalendar(
        days_off=frozenset({date(2024, 9, 2)}), make_up_days=frozenset({date(2024, 5, 4)})
    )
    assert is_time_for_notices(now=moment, at=AT, calendar=calendar) is is_time


def test_the_office_gets_all_by_agency_and_what_nobody_is_named_for(justice, mailoutbox):
    make_staff(Role.CONTROLLER, username="minh")
    make_gap(make_agency("Sở Xây dựng"), code="1.900001")
    make_gap(make_agency("Sở Nông nghiệp"), code="1.900004")
    make_gap(make_agency("Sở Nội vụ"), code="1.900005")
    make_gap(justice, code="1.900002")
    make_gap(None, code="1.900003")
    send(MONDAY)
    body = mailoutbox[0].body
    words = (
        "SỞ NỘI VỤ",
        "SỞ NÔNG NGHIỆP",
        "SỞ TƯ PHÁP",
        "1.900002",
        "SỞ XÂY DỰNG",
        "1.900001",
        "CHƯA RÕ CƠ QUAN",
        "1.900003",
    )
    places = [body.index(word) for word in words]
    assert places == sorted(places)


def test_an_officer_is_told_nothing_of_another_agency_or_of_what_nobody_is_named_for(
    justice, officer, mailoutbox
):
    make_gap(justice, code="1.900001")
    make_gap(make_agency("Sở Xây dựng"), code="1.900002")
    make_gap(None, code="1.900003")
    send(MONDAY)
    body = mailoutbox[0].body
    assert [code in body for code in ("1.900001", "1.900002", "1.900003")] == [True, False, False]
    assert "Sở Xây dựng".upper() not in body


def test_the_mail_names_deadline_article_and_days_and_links_to_the_item(
    justice, officer, mailoutbox, settings
):
    settings.PORTAL_URL = "https://thutuc.example.gov.vn"
    DeadlineRule.objects.filter(code="province_announces").update(citation="Điều 15 mẫu & thử")
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    gap = make_gap(justice, code="1.900001", decision=decision, opened_on=TUESDAY)
    send(THURSDAY)
    (mail,) = mailoutbox
    assert mail.subject == "[Thủ tục hành chính tỉnh Hải Dương] 1 thủ tục quá hạn công bố"
    assert mail.body == (
        "Kính gửi lan,\n\n"
        "1 thủ tục hành chính bộ đã công bố, tỉnh Hải Dương chưa công bố và nay đã quá hạn:\n\n"
        "SỞ TƯ PHÁP\n\n"
        "- 1.900001 Thủ tục 1.900001 (mới ban hành)\n"
        "  Quyết định của bộ: 163/QĐ-BTP ngày 01/08/2024\n"
        "  Hạn 20/09/2024, quá hạn 13 ngày\n"
        f"  https://thutuc.example.gov.vn/admin/publication/announcementgap/{gap.pk}/change/\n\n"
        "Danh sách đầy đủ: https://thutuc.example.gov.vn/admin/publication/announcementgap/\n"
        "Căn cứ: Tỉnh công bố thủ tục hành chính: Điều 15 mẫu & thử\n\n"
        "Mỗi thủ tục quá hạn được báo riêng một lần, sau đó nằm trong thư tổng hợp hằng tuần.\n"
        "Thư gửi tự động, anh/chị không cần trả lời.\n"
    )


def test_a_mail_of_very_many_stays_short_and_tells_of_all(justice, officer, mailoutbox):
    decision = make_ministry_decision(codes=[f"1.9{n:05d}" for n in range(60)])
    for item in decision.items.all():
        make_gap(justice, code=item.code, decision=decision, opened_on=TUESDAY)
    send(THURSDAY)
    assert mailoutbox[0].body.count("\n- ") == 40
    assert "Và 20 thủ tục khác" in mailoutbox[0].body
    assert len(Notice.objects.get().gap_ids) == 60
    send(date(2024, 10, 4))
    assert len(mailoutbox) == 1


def test_who_is_told_of_an_agency_is_who_cares_for_it():
    """The recipients' agencies, read at once, are those that open rows to each of them."""
    old, new = make_agency("Sở Nội vụ cũ"), make_agency("Sở Nội vụ")
    old.successors.add(new)
    unit = make_agency("Chi cục", parent=old)
    make_agency("Sở Xây dựng")
    for agency in (new, unit):
        user = make_staff(Role.OFFICER, agency)
        user.groups.add(Group.objects.get(name=Role.HEAD))
    by_user = {recipient.user_id: recipient.agency_ids for recipient in read_recipients()}
    people = {member.user for member in Membership.objects.all()}
    assert by_user == {user.pk: person_of(user).agency_ids for user in people}
    assert frozenset({old.pk, new.pk, unit.pk}) in by_user.values()


def test_planning_takes_the_same_queries_for_1_and_3_agencies_people_and_gaps():
    def add() -> None:
        agency = make_agency()
        make_staff(Role.OFFICER, agency)
        make_gap(agency)

    add()
    with CaptureQueriesContext(connection) as one:
        assert len(planned(MONDAY)) == 1
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        assert len(planned(MONDAY)) == 3
    assert len(three) == len(one) == 8
