"""Nothing is sent twice, whatever the server or the process does in between."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from catalog.enums import Role
from publication.authority import NotAllowed
from publication.models import Notice
from publication.notices import plan_notices
from publication.sending import (
    MailServerDown,
    NotUnclear,
    forget_digests,
    send_again,
    send_letter,
    send_notices,
)
from tests.factories import make_agency, make_staff
from tests.publication.jobs.gaps import make_gap
from tests.publication.jobs.mail_servers import mail_server

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY = date(2024, 10, 3), date(2024, 10, 4)
MORNING = datetime(2024, 10, 3, 1, tzinfo=UTC)
NEXT_MORNING = MORNING + timedelta(days=1)
State = Notice.State


@pytest.fixture
def server(settings):
    """A real server on loopback, and settings that lead to it."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 10
        yield running


@pytest.fixture
def people():
    """Two officers of one agency with an overdue gap."""
    agency = make_agency()
    staff = [make_staff(Role.OFFICER, agency, username=name) for name in ("lan", "hoa")]
    make_gap(agency, opened_on=date(2024, 10, 1))
    return staff


def send(day=THURSDAY, now=MORNING) -> dict[str, int]:
    return send_notices(on=day, now=now)


def _patience(trouble: str) -> float:
    """Short where the server hangs on purpose, long where only the machine may be slow."""
    return 0.3 if trouble == "hang" else 10


def states() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__username", "state"))


def takers(server) -> list[str]:
    return [str(message["To"]).partition("@")[0] for message in server.taken]


def test_a_mail_that_the_server_took_is_marked_and_not_sent_again(server, people):
    assert send() == {"sent": 2}
    assert send() == {}
    assert takers(server) == ["lan", "hoa"]
    assert [notice.sent_at for notice in Notice.objects.all()] == [MORNING, MORNING]


def test_a_mail_says_that_a_machine_sent_it_and_bears_its_own_lasting_name(
    server, people, settings
):
    settings.PORTAL_URL = "https://thutuc.example.gov.vn"
    settings.DEFAULT_FROM_EMAIL = "Cổng thủ tục <tthc@example.gov.vn>"
    send()
    message = server.taken[0]
    notice = Notice.objects.get(user=people[0])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<notice-{notice.pk}@thutuc.example.gov.vn>"
    assert message["From"] == "Cổng thủ tục <tthc@example.gov.vn>"
    assert message["Subject"].strip() == notice.subject
    assert "quá hạn 13 ngày" in message.get_content()


@pytest.mark.parametrize("trouble", ["drop", "hang", "421 later"])
def test_a_server_that_does_not_answer_leaves_everything_due(server, people, trouble, settings):
    server.misbehave = {"GREETING": trouble}
    settings.EMAIL_TIMEOUT = _patience(trouble)
    with pytest.raises(MailServerDown):
        send()
    settings.EMAIL_TIMEOUT = 10
    assert states() == []
    server.misbehave = {}
    assert send() == {"sent": 2}


def test_a_server_that_is_not_there_is_an_error_and_claims_nothing(people, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(MailServerDown, match="ConnectionRefusedError"):
        send()
    assert states() == []


@pytest.mark.parametrize("command", ["RCPT", "DATA", "TEXT"])
def test_a_mail_refused_for_now_is_tried_again_and_holds_up_no_other(server, people, command):
    server.misbehave = {command: "450 greylisted"}
    assert send() == {"not_sent": 2}
    assert states() == [("lan", "not_sent"), ("hoa", "not_sent")]
    assert Notice.objects.get(user=people[0]).error == "450 greylisted"
    server.misbehave = {}
    server.taken.clear()
    assert send() == {"sent": 2}
    assert takers(server) == ["lan", "hoa"]
    assert {notice.error for notice in Notice.objects.all()} == {""}


@pytest.mark.parametrize("command", ["RCPT", "DATA", "TEXT"])
def test_a_mail_refused_for_good_waits_for_the_next_days_mail(server, people, command):
    server.misbehave = {command: "550 no such user"}
    assert send() == {"refused": 2}
    assert send() == {}
    server.misbehave = {}
    server.taken.clear()
    assert send(FRIDAY, NEXT_MORNING) == {"sent": 2}
    assert takers(server) == ["lan", "hoa"]


def test_a_sender_that_is_refused_stops_the_run_and_nothing_is_lost(server, people):
    server.misbehave = {"MAIL": "550 who are you"}
    assert send() == {"not_sent": 1}
    server.misbehave = {}
    assert send() == {"sent": 2}


@pytest.mark.parametrize("trouble", ["drop", "hang"])
def test_silence_after_the_text_is_unclear_and_never_sent_again_by_itself(
    server, people, trouble, settings
):
    server.misbehave = {"TEXT": trouble}
    settings.EMAIL_TIMEOUT = _patience(trouble)
    assert send() == {"unclear": 1}  # the run stops: the next mail would fare no better
    settings.EMAIL_TIMEOUT = 10
    server.misbehave = {}
    assert send() == {"sent": 1}
    assert send(FRIDAY, NEXT_MORNING) == {}
    assert takers(server) == ["lan", "hoa"]
    assert states() == [("lan", "unclear"), ("hoa", "sent")]


def test_an_address_that_cannot_be_written_is_refused_without_asking_the_server(server, people):
    people[0].email = "lan@exa mple\n.gov.vn"
    people[0].save()
    assert send() == {"refused": 1, "sent": 1}
    assert takers(server) == ["hoa"]


def test_a_claim_whose_process_died_becomes_unclear_and_is_not_sent_again(people):
    (first, _second) = plan_notices(on=THURSDAY, now=MORNING)
    first.notice.save()  # as far as a process came that was killed before the server answered
    assert send(now=MORNING + timedelta(minutes=14)) == {"sent": 1}
    assert states() == [("lan", "sending"), ("hoa", "sent")]
    assert send(now=MORNING + timedelta(minutes=16)) == {"unclear": 1}
    assert send(FRIDAY, NEXT_MORNING) == {}
    assert [message.to for message in mail.outbox] == [["hoa@example.gov.vn"]]


def test_two_runs_that_planned_the_same_send_it_once(people):
    """Both have planned before either has claimed: the row decides."""
    ours, theirs = (plan_notices(on=THURSDAY, now=MORNING) for _run in range(2))
    outcomes = [send_letter(letter, now=MORNING) for letter in (*ours, *theirs)]
    assert [outcome and outcome.state for outcome in outcomes] == ["sent", "sent", None, None]
    assert len(mail.outbox) == 2


def test_two_runs_that_try_again_send_it_once(server, people):
    server.misbehave = {"RCPT": "450 greylisted"}
    send()
    server.misbehave = {}
    ours, theirs = (plan_notices(on=THURSDAY, now=MORNING) for _run in range(2))
    outcomes = [send_letter(letter, now=MORNING) for letter in (*ours, *theirs)]
    assert [outcome and outcome.state for outcome in outcomes] == ["sent", "sent", None, None]


def test_what_is_tried_again_says_what_is_true_by_then(server, people):
    server.misbehave = {"RCPT": "450 greylisted"}
    send()
    server.misbehave = {}
    make_gap(people[0].memberships.get().agency, opened_on=THURSDAY)
    send()
    assert [len(notice.gap_ids) for notice in Notice.objects.all()] == [2, 2]
    assert server.taken[0]["Subject"].endswith("2 thủ tục quá hạn công bố")


class TestSendingAgain:
    """A person decides about a mail whose fate is unclear."""

    @pytest.fixture
    def unclear(self, server, people):
        server.misbehave = {"TEXT": "drop"}
        send()
        server.misbehave = {}
        return Notice.objects.get(state=State.UNCLEAR)

    def test_it_goes_out_once_more_the_same_day_under_the_same_name(self, server, unclear):
        office = make_staff(Role.CONTROLLER)
        send_again(notice_id=unclear.pk, by=office, now=MORNING)
        unclear.refresh_from_db()
        assert unclear.error == f"{office.username} cho gửi lại lúc 08:00 03/10/2024."
        send()
        to_her = [message for message in server.taken if "lan@" in message["To"]]
        assert len(to_her) == 2
        assert to_her[0]["Message-ID"] == to_her[1]["Message-ID"]

    def test_on_a_later_day_its_gaps_come_with_that_days_mail(self, server, unclear):
        send_again(notice_id=unclear.pk, by=None, now=NEXT_MORNING)
        server.taken.clear()
        send(FRIDAY, NEXT_MORNING)
        assert takers(server) == ["lan", "hoa"]

    def test_an_officer_may_not(self, unclear):
        with pytest.raises(NotAllowed):
            send_again(notice_id=unclear.pk, by=make_staff(Role.OFFICER), now=MORNING)
        unclear.refresh_from_db()
        assert unclear.state == State.UNCLEAR

    def test_what_was_sent_is_not_sent_again(self, server, unclear):
        send()
        sent = Notice.objects.get(state=State.SENT)
        with pytest.raises(NotUnclear):
            send_again(notice_id=sent.pk, by=None, now=MORNING)
        sent.refresh_from_db()
        assert sent.state == State.SENT


def test_no_password_of_the_mail_server_is_written_down(server, people, settings):
    settings.EMAIL_HOST_PASSWORD = "hunter2hunter2"
    settings.EMAIL_HOST_USER = ""
    server.misbehave = {"RCPT": "550 you said hunter2hunter2"}
    send()
    assert Notice.objects.get(user=people[0]).error == "550 you said …"


def test_old_digests_are_forgotten_and_what_people_were_told_of_is_kept(people):
    facts = {"user": people[0], "state": State.SENT, "sent_at": MORNING, "created_at": MORNING}
    Notice.objects.create(key="digest:2024-09-30", gap_ids=[], **facts)
    Notice.objects.create(key="digest:2024-10-07", gap_ids=[[1, "2024-09-20"]], **facts)
    Notice.objects.create(key="overdue:2024-10-03", gap_ids=[[2, "2024-09-20"]], **facts)
    assert forget_digests(before=MORNING) == 0
    assert forget_digests(before=NEXT_MORNING) == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {
        "digest:2024-10-07",
        "overdue:2024-10-03",
    }
