"""The staff pages of webhooks: a secret shown once, rows of one's own agency alone."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from catalog.enums import Role
from publication.enums import DeliveryState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks.acts import enrol_subscriber
from publication.webhooks.by_hand import send_test
from publication.webhooks.pushing import push
from publication.webhooks.signing import unseal
from tests.factories import make_agency, make_procedure, make_staff
from tests.publication.acts import NOON, announce
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_webhooksubscription_changelist")
ADD = reverse("admin:publication_webhooksubscription_add")
DELIVERIES = reverse("admin:publication_webhookdelivery_changelist")


def page_of(subscription, act="change"):
    return reverse(f"admin:publication_webhooksubscription_{act}", args=[subscription.pk])


def test_the_secret_is_shown_once_and_signs(client, receiver, administrator):
    client.force_login(administrator)
    agency = make_agency("Sở Y tế")
    page = client.post(ADD, {"agency": agency.pk, "label": "Trang", "url": receiver.url})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    secret = re.search(r"<pre>(whsec_[\w+/=]+)</pre>", page.content.decode())
    subscription = WebhookSubscription.objects.get()
    assert secret is not None
    assert unseal(subscription.secret) == secret[1]
    history = reverse("admin:publication_webhooksubscription_history", args=[subscription.pk])
    for address in (LIST, page_of(subscription), history):
        again = client.get(address)
        assert again.status_code == 200
        assert secret[1] not in again.content.decode()
        assert subscription.secret not in again.content.decode()


def test_an_inner_address_is_refused_on_the_page(client, receiver, administrator):
    client.force_login(administrator)
    facts = {"agency": make_agency().pk, "label": "Trang", "url": "https://10.0.0.1/"}
    assert "thuộc mạng nội bộ" in client.post(ADD, facts).content.decode()
    assert not WebhookSubscription.objects.exists()


def acts_offered(client, subscription):
    return [address.split("/")[-2] for address, _label in acts_of(client, subscription)]


def acts_of(client, subscription):
    return client.get(page_of(subscription)).context["acts"]


def do(client, subscription, act, **facts):
    """Ask for the page, which does nothing yet, and confirm; what the person is told."""
    before = WebhookSubscription.objects.values().get()
    assert client.get(page_of(subscription, act)).status_code == 200
    assert WebhookSubscription.objects.values().get() == before
    answer = client.post(page_of(subscription, act), facts, follow=True)
    assert answer.redirect_chain == [(page_of(subscription), 302)]
    subscription.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def test_a_test_is_sent_and_its_answer_told(client, receiver, enrolled, administrator):
    client.force_login(administrator)
    subscription, _secret = enrolled
    (told,) = do(client, subscription, "test")
    assert re.fullmatch(r"Đã nhận, trả lời 204 sau \d+ ms \(msg_\w{32}\)\.", told)
    receiver.plan.append(500)
    (told,) = do(client, subscription, "test")
    assert re.fullmatch(r"Trả lời 500\. \(msg_\w{32}\)", told)
    assert [json.loads(body)["type"] for _headers, body in receiver.got] == ["ping", "ping"]


def test_a_subscriber_is_paused_and_let_go_on_with_its_reasons_in_the_history(
    client, receiver, enrolled, administrator
):
    client.force_login(administrator)
    subscription, _secret = enrolled
    announce(make_procedure())
    assert acts_offered(client, subscription) == ["test", "pause", "secret", "replay"]
    assert do(client, subscription, "pause", reason="Bảo trì") == ["Đã tạm ngừng gửi."]
    assert acts_offered(client, subscription) == ["test", "enable", "secret", "replay"]
    assert push(clock=lambda: NOON) == {}
    again = client.post(page_of(subscription, "pause"))
    assert "Nơi nhận này không ở tình trạng đang gửi." in again.content.decode()
    told = do(client, subscription, "enable", reason="Xong")
    assert told == ["Cổng gửi tiếp ngay, từ chỗ đã dừng."]
    assert push(clock=lambda: NOON) == {DeliveryState.DELIVERED: 1}
    history = subscription.history.order_by("history_id")
    assert list(history.values_list("history_change_reason", "state", "history_user")) == [
        (None, "active", administrator.pk),
        ("Bảo trì", "paused", administrator.pk),
        ("Xong", "active", administrator.pk),
    ]


def test_a_secret_is_renewed_and_shown_once(client, enrolled, administrator):
    client.force_login(administrator)
    subscription, old = enrolled
    assert client.get(page_of(subscription, "secret")).status_code == 200
    page = client.post(page_of(subscription, "secret"))
    assert "no-store" in page["Cache-Control"]
    shown = re.search(r"<pre>(whsec_[\w+/=]+)</pre>", page.content.decode())
    subscription.refresh_from_db()
    assert shown is not None
    assert unseal(subscription.secret) == shown[1] != old
    assert unseal(subscription.previous_secret) == old


def test_changes_are_sent_again_from_a_number_that_was_sent(
    client, receiver, enrolled, administrator
):
    client.force_login(administrator)
    subscription, _secret = enrolled
    announce(make_procedure())
    push(clock=lambda: NOON)
    refused = client.post(page_of(subscription, "replay"), {"first": 3})
    assert "Chọn một số từ 1 đến 2." in refused.content.decode()
    told = do(client, subscription, "replay", first=1)
    assert told == ["Cổng gửi lại từ sự kiện số 1."]
    push(clock=lambda: NOON)
    assert [json.loads(body)["data"]["after"] for _headers, body in receiver.got] == [0, 0]


def test_chosen_messages_are_sent_again_one_that_waits_in_its_turn(
    client, receiver, enrolled, administrator
):
    client.force_login(administrator)
    announce(make_procedure())
    receiver.plan.append(503)
    push(clock=lambda: NOON)
    taken = send_test(subscription_id=enrolled[0].pk, by=administrator, now=NOON)
    keys = list(WebhookDelivery.objects.order_by("pk").values_list("pk", flat=True))
    chosen = {"action": "once_more", "_selected_action": keys}
    answer = client.post(DELIVERIES, chosen, follow=True)
    waiting, again = [str(message) for message in answer.context["messages"]]
    assert waiting == "Sẽ gửi lại ngay."
    assert re.fullmatch(rf"Đã nhận, trả lời 204 sau \d+ ms \({taken.key}\)\.", again)
    assert receiver.keys()[1:] == [taken.key, taken.key]
    push(clock=now)
    assert receiver.keys() == [receiver.keys()[0], taken.key, taken.key, receiver.keys()[0]]


def test_a_handful_of_messages_is_sent_again_at_a_time(client, receiver, enrolled, administrator):
    client.force_login(administrator)
    tests = [
        send_test(subscription_id=enrolled[0].pk, by=administrator, now=NOON) for _each in range(6)
    ]
    chosen = {"action": "once_more", "_selected_action": [test.pk for test in tests]}
    answer = client.post(DELIVERIES, chosen, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Chọn tối đa 5 lượt mỗi lần."
    ]
    assert len(receiver.got) == 6


def test_a_changed_address_is_checked_and_the_next_message_goes_there(
    client, receiver, enrolled, administrator
):
    client.force_login(administrator)
    subscription, _secret = enrolled
    typed = {"label": "Trang mới", "change_reason": "Đổi máy", "url": "https://10.0.0.1/"}
    form = form_of(client.get(page_of(subscription)), **typed)
    refused = client.post(page_of(subscription), form)
    assert "thuộc mạng nội bộ" in refused.content.decode()
    url = receiver.url.replace("/nhan", "/nhan-moi")
    assert client.post(page_of(subscription), form | {"url": url}).status_code == 302
    subscription.refresh_from_db()
    assert (subscription.label, subscription.url) == ("Trang mới", url)
    assert subscription.history.latest().history_change_reason == "Đổi máy"


def test_an_officer_sees_the_subscribers_of_their_agency_alone_and_moves_none(
    client, receiver, enrolled, administrator
):
    mine, other = enrolled[0], make_agency("Sở Nội vụ")
    theirs, _secret = enrol_subscriber(
        agency=other, label="Hệ thống khác", url=receiver.url, after=0, by=administrator, now=NOON
    )
    for subscription in (mine, theirs):
        send_test(subscription_id=subscription.pk, by=administrator, now=NOON)
    client.force_login(make_staff(Role.OFFICER, mine.agency))
    assert list(client.get(LIST).context["cl"].result_list) == [mine]
    seen = [row.subscription for row in client.get(DELIVERIES).context["cl"].result_list]
    assert seen == [mine]
    assert client.get(page_of(mine)).status_code == 200
    assert client.get(page_of(theirs)).status_code in (302, 403, 404)
    assert client.post(page_of(theirs, "pause")).status_code in (403, 404)
    assert client.post(page_of(mine, "pause")).status_code == 403
    assert set(WebhookSubscription.objects.values_list("state", flat=True)) == {"active"}


def test_lists_cost_the_same_for_one_and_three(
    client, receiver, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)
    counts = []
    for number in range(3):
        facts = {"label": f"Trang {number}", "url": receiver.url, "after": 0, "now": NOON}
        row, _secret = enrol_subscriber(agency=make_agency(), by=administrator, **facts)
        send_test(subscription_id=row.pk, by=administrator, now=NOON)
        with django_assert_max_num_queries(60) as asked:
            for address in (LIST, DELIVERIES):
                assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert WebhookDelivery.objects.count() == 3
    assert counts[0] == counts[2]
