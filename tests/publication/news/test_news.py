"""News follows the event log: one mail a person and run, each once, to the right people."""

from datetime import date, timedelta

import pytest
from django.core import mail

from publication.actions import withdraw_announcement
from publication.consumers import mail as consumer
from publication.handing_over import MailServerDown
from publication.models import (
    ConsumerCursor,
    EventHead,
    Mailing,
    Release,
    Subscriber,
    Subscription,
)
from publication.news import planning, sending
from publication.news.matching import news_between
from publication.news.sending import forget_mailings, send_news
from tests.factories import make_agency, make_field, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.jobs.mail_servers import mail_server

pytestmark = pytest.mark.django_db
NEXT = date(2024, 10, 4)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def field():
    return make_field("Đất đai", slug="dat-dai")


@pytest.fixture
def server(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 10
        yield running


def follow(name, kind, key, *, after=0, **facts):
    subscriber, _made = Subscriber.objects.get_or_create(
        email=f"{name}@example.com", defaults={"leave_key": f"key-{name}", "created_at": NOON}
    )
    facts = {"asked_at": NOON, "confirmed_at": NOON, "after_sequence": after} | facts
    Subscription.objects.create(subscriber=subscriber, kind=kind, key=key, **facts)
    return subscriber


def show_everything():
    """A public release that goes as far as the log does."""
    Release.objects.all().delete()
    head = EventHead.objects.get().sequence
    Release.objects.create(
        state="public", through_sequence=head, shown_on=NEXT, started_at=NOON, switched_at=NOON
    )


def run(now=NOON, most=100):
    """What the timetable does in a minute; the mails that went out."""
    mail.outbox.clear()
    consumer.run(now=now)
    send_news(now=now, most=most)
    return {message.to[0].partition("@")[0]: message for message in mail.outbox}


# --- Who hears of what ---------------------------------------------------------------------------


def test_a_new_procedure_is_told_to_those_of_its_field_agency_and_code(field):
    agency = make_agency("Sở Y tế", slug="so-y-te")
    for name, kind, key in (
        ("field", "field", "dat-dai"),
        ("agency", "agency", "so-y-te"),
        ("code", "procedure", "1.004222"),
        ("other", "field", "ho-tich"),
        ("crossed", "agency", "dat-dai"),
    ):
        follow(name, kind, key)
    announce(make_procedure("1.004222", name="Cấp sổ đỏ", field=field, lead_agency=agency))
    show_everything()
    sent = run()
    assert sorted(sent) == ["agency", "code", "field"]
    body = sent["field"].body
    assert "[Mới ban hành] Cấp sổ đỏ (1.004222)" in body
    assert "http://localhost:8000/thu-tuc/1.004222/" in body


def test_who_did_not_confirm_hears_nothing(field):
    follow("lan", "field", "dat-dai", confirmed_at=None)
    announce(make_procedure(field=field))
    show_everything()
    assert run() == {}


def test_what_happened_before_the_confirmation_is_no_news(field):
    announce(make_procedure(field=field))
    follow("lan", "field", "dat-dai", after=EventHead.objects.get().sequence)
    show_everything()
    assert run() == {}
    announce(make_procedure("1.000002", name="Việc mới", field=field))
    show_everything()
    assert "Việc mới" in run()["lan"].body


def test_an_abolition_is_told_with_what_takes_its_place(field):
    old = make_procedure("1.000001", name="Việc cũ", field=field)
    announce(old)
    new = make_procedure("1.000002", name="Việc thay", field=make_field("Khác", slug="khac"))
    old.successors.add(new)
    follow("lan", "field", "dat-dai", after=EventHead.objects.get().sequence)
    announce(old, effect="abolished", signed_on=NEXT, now=LATER)
    show_everything()
    message = run()["lan"]
    assert "[Bãi bỏ] Việc cũ (1.000001)" in message.body
    assert "Hết hiệu lực từ ngày 04/10/2024" in message.body
    assert "1 thủ tục thay đổi, 1 không còn" in message.subject


def test_a_withdrawal_is_told(field):
    procedure = make_procedure("1.000001", name="Việc cũ", field=field)
    decision = announce(procedure)
    follow("lan", "procedure", "1.000001", after=EventHead.objects.get().sequence)
    withdraw_announcement(decision_id=decision.pk, by=None, basis="Công văn 1", now=LATER)
    show_everything()
    assert "[Kết thúc vì bị thu hồi] Việc cũ (1.000001)" in run()["lan"].body


def test_who_follows_a_field_hears_that_a_procedure_has_left_it(field):
    procedure = make_procedure("1.000001", name="Việc chuyển", field=field)
    announce(procedure)
    head = EventHead.objects.get().sequence
    follow("old", "field", "dat-dai", after=head)
    follow("new", "field", "ho-tich", after=head)
    procedure.field = make_field("Hộ tịch", slug="ho-tich")
    procedure.save()
    announce(procedure, effect="amended", signed_on=NEXT, now=LATER)
    show_everything()
    sent = run()
    assert "[Không còn trong danh mục bạn theo dõi] Việc chuyển" in sent["old"].body
    assert "[Sửa đổi, bổ sung] Việc chuyển" in sent["new"].body


def test_a_text_entered_after_the_fact_is_news_to_nobody(field):
    procedure = make_procedure("1.000001", field=field)
    announce(procedure, signed_on=NEXT, now=LATER)
    head = EventHead.objects.get().sequence
    follow("lan", "field", "dat-dai", after=head)
    procedure.field = make_field("Hộ tịch", slug="ho-tich")
    procedure.save()
    follow("hoa", "field", "ho-tich", after=head)
    announce(procedure, effect="amended", signed_on=date(2024, 10, 1), now=LATER)
    show_everything()
    assert EventHead.objects.get().sequence > head
    assert run() == {}


# --- Once, and together --------------------------------------------------------------------------


def test_one_mail_tells_of_all_events_and_wishes_of_a_run(field):
    agency = make_agency("Sở Y tế", slug="so-y-te")
    follow("lan", "field", "dat-dai")
    follow("lan", "agency", "so-y-te")
    for number in range(3):
        announce(make_procedure(f"1.00000{number}", field=field, lead_agency=agency))
    show_everything()
    sent = run()
    assert len(mail.outbox) == 1
    assert [sent["lan"].body.count(f"1.00000{number})") for number in range(3)] == [1, 1, 1]
    assert run() == {}


def test_a_mail_lists_at_most_forty_and_says_how_many_more(field):
    follow("lan", "field", "dat-dai")
    announce(*(make_procedure(f"1.0001{number:02d}", field=field) for number in range(42)))
    show_everything()
    body = run()["lan"].body
    assert body.count("[Mới ban hành]") == 40
    assert "Và 2 thủ tục khác" in body


def test_every_mail_can_be_left_by_one_press(field, settings):
    settings.PORTAL_URL = "https://thutuc.example.gov.vn"
    follow("lan", "field", "dat-dai")
    announce(make_procedure(field=field))
    show_everything()
    message = run()["lan"]
    leave = "https://thutuc.example.gov.vn/nhan-tin/thoi-nhan/key-lan/"
    assert message.extra_headers["List-Unsubscribe"] == f"<{leave}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave in message.body
    assert message.extra_headers["Message-ID"].endswith("@thutuc.example.gov.vn>")


def test_nothing_is_told_before_the_public_site_shows_it(field):
    follow("lan", "field", "dat-dai")
    announce(make_procedure(field=field))
    assert run() == {}  # no release yet
    show_everything()
    announce(make_procedure("1.000002", field=field))
    assert run()["lan"].body.count("[Mới ban hành]") == 1
    show_everything()
    assert run()["lan"].body.count("[Mới ban hành]") == 1


def test_a_site_that_was_rolled_back_sends_nobody_news(field):
    follow("lan", "field", "dat-dai")
    announce(make_procedure(field=field))
    show_everything()
    Release.objects.update(through_sequence=0)
    assert run() == {}


def test_the_log_is_read_in_stretches_and_still_told_in_one_mail(field, monkeypatch):
    monkeypatch.setattr(planning, "_EVENTS", 2)
    follow("lan", "field", "dat-dai")
    announce(*(make_procedure(f"1.00000{number}", field=field) for number in range(5)))
    show_everything()
    assert run()["lan"].body.count("[Mới ban hành]") == 5
    assert len(mail.outbox) == 1


def test_a_step_that_died_is_done_again_and_planned_once(field, monkeypatch):
    follow("lan", "field", "dat-dai")
    announce(make_procedure(field=field))
    show_everything()
    with monkeypatch.context() as patched:
        patched.setattr(ConsumerCursor, "save", _die)
        with pytest.raises(RuntimeError):
            consumer.run(now=NOON)
    assert Mailing.objects.count() == 0
    assert list(run()) == ["lan"]
    assert ConsumerCursor.objects.get(consumer="mail").sequence == EventHead.objects.get().sequence


def _die(*_args, **_named):
    raise RuntimeError("killed")


def test_planning_costs_the_same_for_one_and_for_three(field, django_assert_num_queries):
    for number in (1, 2, 3):
        follow(f"lan{number}", "field", "dat-dai")
        announce(make_procedure(f"1.00000{number}", field=field))
        head = EventHead.objects.get().sequence
        with django_assert_num_queries(3):
            assert len(news_between(0, head)) == number


# --- Sending -------------------------------------------------------------------------------------


def planned(field, *names):
    for name in names:
        follow(name, "field", "dat-dai")
    announce(make_procedure(field=field))
    show_everything()
    consumer.run(now=NOON)


def states():
    return list(Mailing.objects.order_by("pk").values_list("state", flat=True))


def takers(server):
    return [str(message["To"]).partition("@")[0] for message in server.taken]


def test_a_run_sends_its_share_and_the_next_one_goes_on(field, server):
    planned(field, "a", "b", "c")
    assert send_news(now=NOON, most=2) == {"news": 2, "sent": 2}
    assert send_news(now=NOON, most=2) == {"news": 1, "sent": 1}
    assert takers(server) == ["a", "b", "c"]


def test_a_run_that_was_killed_while_sending_is_not_sent_again(field, server):
    planned(field, "a", "b")
    first = Mailing.objects.order_by("pk")[0]
    Mailing.objects.filter(pk=first.pk).update(state="sending", claimed_at=NOON)
    assert send_news(now=NOON, most=9) == {"news": 1, "sent": 1}
    assert takers(server) == ["b"]
    send_news(now=NOON + timedelta(minutes=16), most=9)
    assert states() == ["unclear", "sent"]
    assert takers(server) == ["b"]


def test_a_server_that_is_down_claims_nothing(field, server):
    planned(field, "a")
    server.stop()
    with pytest.raises(MailServerDown):
        send_news(now=NOON, most=9)
    assert states() == ["planned"]


def test_silence_after_the_text_leaves_a_mail_unclear_and_ends_the_run(field, server):
    planned(field, "a", "b")
    server.misbehave["TEXT"] = "drop"
    send_news(now=NOON, most=9)
    server.misbehave.clear()
    send_news(now=NOON, most=9)
    assert states() == ["unclear", "sent"]
    assert takers(server) == ["a", "b"]  # the first came through, though nobody could know


def test_what_a_server_did_not_take_is_tried_again_after_the_others(field, server):
    planned(field, "a", "b")
    server.misbehave["RCPT"] = "450 later"
    send_news(now=NOON, most=1)
    server.misbehave.clear()
    assert send_news(now=LATER, most=9) == {"news": 2, "sent": 2}
    assert takers(server) == ["b", "a"]


def test_what_was_not_taken_goes_together_with_what_came_since(field, server, monkeypatch):
    planned(field, "a")
    real = sending.hand_over

    def plan_meanwhile(*args):
        announce(make_procedure("1.000009", field=field))
        show_everything()
        consumer.run(now=NOON)
        return real(*args)

    server.misbehave["RCPT"] = "450 later"
    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", plan_meanwhile)
        send_news(now=NOON, most=1)
    server.misbehave.clear()
    assert states() == ["planned"]
    send_news(now=NOON, most=9)
    (message,) = server.taken
    assert message.get_content().count("[Mới ban hành]") == 2


def test_an_address_that_is_refused_for_good_twice_is_deleted(field, server):
    server.misbehave["RCPT"] = "550 unknown"
    planned(field, "a")
    send_news(now=NOON, most=9)
    assert Subscriber.objects.count() == 1
    announce(make_procedure("1.000009", field=field))
    show_everything()
    consumer.run(now=NOON)
    send_news(now=NOON, most=9)
    assert Subscriber.objects.count() == 0


def test_who_left_gets_nothing_that_was_planned(field, server):
    planned(field, "a")
    Subscriber.objects.all().delete()
    assert send_news(now=NOON, most=9) == {}
    assert server.taken == []


def test_a_confirmation_that_was_not_taken_is_asked_again_and_one_of_unclear_fate_is_not(server):
    follow("a", "field", "dat-dai", confirmed_at=None)
    Subscriber.objects.update(asked_at=NOON)
    server.misbehave["RCPT"] = "450 later"
    send_news(now=NOON, most=9)
    assert Subscriber.objects.get().asked_at is not None
    server.misbehave = {"TEXT": "drop"}
    send_news(now=NOON, most=9)
    assert Subscriber.objects.get().asked_at is None


def test_records_of_settled_mails_are_forgotten_and_waiting_ones_kept(field):
    planned(field, "a", "b")
    Mailing.objects.filter(subscriber__email__startswith="a").update(state="sent")
    assert forget_mailings(before=NOON) == 0
    assert forget_mailings(before=LATER) == 1
    assert states() == ["planned"]


def test_english_is_written_to_who_asked_in_english(field):
    follow("lan", "field", "dat-dai")
    Subscriber.objects.update(language="en")
    announce(make_procedure("1.000001", field=field))
    show_everything()
    message = run()["lan"]
    assert "1 procedure changed" in message.subject
    assert "/en/thu-tuc/1.000001/" in message.body
    assert "/en/nhan-tin/thoi-nhan/key-lan/" in message.body
