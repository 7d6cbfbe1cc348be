"""Nobody gets a mail they did not confirm; who leaves is deleted; nothing tells who is known."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from publication import tasks
from publication.models import Subscriber, Subscription
from publication.news.sending import send_news
from publication.voice.subscribing import purge_unconfirmed
from tests.factories import make_agency, make_field, make_procedure
from tests.publication.acts import announce
from tests.publication.voice.forms import database_stopped, key_of, shown_values

pytestmark = pytest.mark.django_db
PATH = "/nhan-tin/linh-vuc/dat-dai/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture(autouse=True)
def field():
    return make_field("Đất đai", slug="dat-dai")


def ask(client, path=PATH, email="lan@example.com", **typed):
    return client.post(path, {"email": email, "form_key": key_of(), "website": "", **typed})


def send():
    mail.outbox.clear()
    send_news(now=now(), most=100)
    return list(mail.outbox)


def link_in(message, part):
    found = re.search(rf"http://localhost:8000(/(?:en/)?nhan-tin/{part}/\S+/)", message.body)
    assert found
    return found.group(1)


def confirmed(client, path=PATH, email="lan@example.com"):
    """Asked for and confirmed; the subscriber."""
    ask(client, path, email)
    client.post(link_in(send()[0], "xac-nhan"))
    return Subscriber.objects.get(email=email)


# --- Asking and confirming -----------------------------------------------------------------------


@pytest.mark.parametrize("shelf", ["linh-vuc", "co-quan", "thu-tuc"])
def test_mails_are_asked_for_about_a_field_an_agency_or_a_procedure(client, shelf):
    agency = make_agency("Sở Y tế", slug="so-y-te")
    announce(make_procedure("1.004222", lead_agency=agency))
    key = {"linh-vuc": "dat-dai", "co-quan": "so-y-te", "thu-tuc": "1.004222"}[shelf]
    assert client.get(f"/nhan-tin/{shelf}/{key}/").status_code == 200
    assert ask(client, f"/nhan-tin/{shelf}/{key}/").status_code == 200
    wish = Subscription.objects.get()
    kind = {"linh-vuc": "field", "co-quan": "agency", "thu-tuc": "procedure"}[shelf]
    assert (wish.kind, wish.key, wish.confirmed_at) == (kind, key, None)


def test_there_is_no_form_for_what_is_not_public(client):
    make_procedure("1.004222")
    for path in ("linh-vuc/khong-co", "co-quan/khong-co", "thu-tuc/1.004222"):
        assert client.get(f"/nhan-tin/{path}/").status_code == 404
        assert ask(client, f"/nhan-tin/{path}/").status_code == 404
    assert Subscriber.objects.count() == 0


def test_the_link_shows_and_its_button_confirms(client):
    """Mail programs and their scanners open links; only a press may count."""
    ask(client)
    link = link_in(send()[0], "xac-nhan")
    assert "Đất đai" in client.get(link).content.decode()
    assert Subscription.objects.get().confirmed_at is None
    assert "Đã xác nhận" in client.post(link).content.decode()
    assert Subscription.objects.get().confirmed_at is not None


def test_the_button_works_without_cookies(client):
    ask(client)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link_in(send()[0], "xac-nhan")).status_code == 200
    assert Subscription.objects.get().confirmed_at is not None


def test_confirming_twice_changes_nothing(client):
    ask(client)
    link = link_in(send()[0], "xac-nhan")
    client.post(link)
    first = Subscription.objects.get().confirmed_at
    client.post(link)
    assert Subscription.objects.get().confirmed_at == first


def test_a_link_confirms_what_its_mail_named_and_nothing_that_was_added_since(client):
    make_field("Hộ tịch", slug="ho-tich")
    ask(client)
    link = link_in(send()[0], "xac-nhan")
    ask(client, "/nhan-tin/linh-vuc/ho-tich/")  # by somebody else, perhaps
    client.post(link)
    waiting = Subscription.objects.filter(confirmed_at=None).values_list("key", flat=True)
    assert list(waiting) == ["ho-tich"]


def test_a_link_is_refused_when_forged_or_too_old(client, settings):
    ask(client)
    link = link_in(send()[0], "xac-nhan")
    forged = link[:-5] + ("AAAA/" if not link.endswith("AAAA/") else "BBBB/")
    assert "không còn dùng được" in client.post(forged).content.decode()
    settings.PORTAL_CONFIRM_DAYS = 0
    assert "không còn dùng được" in client.post(link).content.decode()
    assert Subscription.objects.get().confirmed_at is None


def test_one_mail_asks_about_all_that_waits(client):
    make_field("Hộ tịch", slug="ho-tich")
    ask(client)
    ask(client, "/nhan-tin/linh-vuc/ho-tich/")
    (message,) = send()
    assert "- Đất đai\n- Hộ tịch" in message.body
    assert send() == []


def test_the_answer_does_not_tell_whether_an_address_is_known(client):
    confirmed(client)
    ask(client, email="waiting@example.com")
    pages = [
        re.sub(r"\w+@example.com", "…", ask(client, email=email).content.decode())
        for email in ("lan@example.com", "waiting@example.com", "new@example.com")
    ]
    assert pages[0] == pages[1] == pages[2]


def test_an_address_that_confirmed_is_not_asked_again(client):
    confirmed(client)
    ask(client)
    assert Subscriber.objects.get().asked_at is None
    assert send() == []
    assert Subscription.objects.get().confirmed_at is not None


def test_capitals_make_no_second_address(client):
    ask(client, email="Lan@Example.com")
    ask(client, email="lan@example.com")
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["lan@example.com"]


def test_nobody_is_made_to_get_more_than_three_confirmations_a_day(client):
    sent = 0
    for _time in range(6):
        ask(client, REMOTE_ADDR="192.0.2.7")
        sent += len(send())
    assert sent == 3


def test_an_address_of_the_network_asks_so_often_an_hour(client, settings):
    settings.PORTAL_SUBSCRIBE_PER_HOUR = 2
    codes = [ask(client, email=f"{name}@example.com").status_code for name in "abc"]
    assert codes == [200, 200, 429]
    assert not Subscriber.objects.filter(email="c@example.com").exists()


def test_a_wrong_address_is_named_and_shown_again(client):
    answer = ask(client, email="lan@")
    assert answer.status_code == 400
    assert "E-mail chưa đúng" in answer.content.decode()
    assert shown_values(answer.content.decode()) == {"email": "lan@"}


def test_a_stopped_database_loses_no_address(client):
    with database_stopped():
        answer = ask(client)
        assert client.get(PATH).status_code == 503
    assert answer.status_code == 503
    assert shown_values(answer.content.decode()) == {"email": "lan@example.com"}


def test_without_the_cookie_the_address_comes_back_with_a_way_to_send_it():
    strict = Client(enforce_csrf_checks=True)
    answer = ask(strict)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert shown_values(html) == {"email": "lan@example.com"}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    assert ask(strict, csrfmiddlewaretoken=token.group(1)).status_code == 200


# --- Leaving -------------------------------------------------------------------------------------


def test_one_press_of_the_mail_program_leaves_and_deletes_the_address(client):
    """RFC 8058: a POST without cookies to the address in List-Unsubscribe."""
    subscriber = confirmed(client)
    strict = Client(enforce_csrf_checks=True)
    address = f"/nhan-tin/thoi-nhan/{subscriber.leave_key}/"
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (0, 0)
    assert strict.post(address).status_code == 200  # again is as good as once


def test_opening_the_link_only_shows_what_one_gets(client):
    subscriber = confirmed(client)
    html = client.get(f"/nhan-tin/thoi-nhan/{subscriber.leave_key}/").content.decode()
    assert "Lĩnh vực: Đất đai" in html
    assert "lan@example.com" not in html
    assert Subscriber.objects.count() == 1


def test_one_list_is_left_and_with_the_last_one_the_address_goes(client):
    make_field("Hộ tịch", slug="ho-tich")
    confirmed(client)
    subscriber = confirmed(client, "/nhan-tin/linh-vuc/ho-tich/")
    address = f"/nhan-tin/thoi-nhan/{subscriber.leave_key}/"
    for left, wish in zip((1, 0), list(subscriber.wants.all()), strict=True):
        client.post(address, {"one": str(wish.pk)})
        assert Subscriber.objects.count() == left


def test_a_key_leaves_nobody_else(client):
    lan = confirmed(client)
    hoa = confirmed(client, email="hoa@example.com")
    client.post(f"/nhan-tin/thoi-nhan/{lan.leave_key}/", {"one": str(hoa.wants.get().pk)})
    assert hoa.wants.count() == 1
    client.post(f"/nhan-tin/thoi-nhan/{lan.leave_key}/")
    assert list(Subscriber.objects.all()) == [hoa]


# --- Forgetting ----------------------------------------------------------------------------------


def test_an_address_nobody_confirmed_is_deleted_after_its_days(client, monkeypatch, settings):
    settings.PORTAL_CONFIRM_DAYS = 3
    confirmed(client, email="stays@example.com")
    ask(client)
    moment = now()
    monkeypatch.setattr(tasks, "now", lambda: moment + timedelta(days=2))
    assert tasks.forget_addresses() == {"contacts": 0, "unconfirmed": 0}
    monkeypatch.setattr(tasks, "now", lambda: moment + timedelta(days=4))
    assert tasks.forget_addresses() == {"contacts": 0, "unconfirmed": 1}
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["stays@example.com"]


def test_a_confirmed_address_keeps_what_it_confirmed_when_another_wish_is_forgotten(client):
    make_field("Hộ tịch", slug="ho-tich")
    subscriber = confirmed(client)
    ask(client, "/nhan-tin/linh-vuc/ho-tich/")
    purge_unconfirmed(before=now() + timedelta(days=4))
    assert list(subscriber.wants.values_list("key", flat=True)) == ["dat-dai"]


def test_the_pages_and_mails_speak_english_to_who_asked_in_english(client):
    assert "Your e-mail address" in client.get("/en" + PATH).content.decode()
    ask(client, "/en" + PATH)
    (message,) = send()
    assert "Confirm the mails" in message.subject
    assert link_in(message, "xac-nhan").startswith("/en/")
