"""Who is told, and how often, that nothing is sent to a system any more."""

from datetime import timedelta

import pytest

from catalog.enums import Role
from publication.models import Notice, WebhookSubscription
from publication.sending import send_notices
from publication.webhooks.acts import enable_subscriber
from publication.webhooks.letters import forget_webhook_notices
from publication.webhooks.pushing import push
from tests.factories import make_agency, make_procedure, make_staff
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def silent(receiver, enrolled):
    """Its address is gone; nothing is sent since noon."""
    announce(make_procedure())
    receiver.plan.append(410)
    push(clock=lambda: NOON)
    return WebhookSubscription.objects.get()


def send(moment, mailoutbox):
    """To whom mails about webhooks went."""
    before = len(mailoutbox)
    send_notices(on=moment.date(), now=moment)
    told = [letter for letter in mailoutbox[before:] if "Ngừng gửi" in letter.subject]
    return sorted(address for letter in told for address in letter.to)


def test_administrators_and_the_people_of_its_agency_are_told_once_and_nobody_else(
    silent, administrator, mailoutbox, settings
):
    head = make_staff(Role.HEAD, silent.agency)
    make_staff(Role.HEAD, make_agency("Sở Nội vụ"))
    make_staff(Role.CONTROLLER)
    gone = make_staff(Role.ADMINISTRATOR)
    gone.is_active = False
    gone.save()
    assert send(NOON, mailoutbox) == sorted([administrator.email, head.email])
    assert send(LATER, mailoutbox) == []
    (letter, _other) = [letter for letter in mailoutbox if "Ngừng gửi" in letter.subject]
    assert letter.subject.endswith("Ngừng gửi thay đổi đến Trang của sở")
    for words in (
        "Cơ quan: Sở Y tế",
        f"Địa chỉ nhận: {silent.url}",
        "Ngừng lúc: 12:00 03/10/2024",
        "Lỗi lần cuối: Trả lời 410.",
        f"{settings.PORTAL_URL}/admin/publication/webhooksubscription/{silent.pk}/change/",
    ):
        assert words in letter.body


def test_who_falls_silent_again_is_told_of_again(silent, administrator, receiver, mailoutbox):
    send(NOON, mailoutbox)
    enable_subscriber(subscription_id=silent.pk, by=administrator, now=LATER)
    assert send(LATER, mailoutbox) == []
    receiver.plan.append(410)
    push(clock=lambda: LATER)
    assert send(LATER, mailoutbox) == [administrator.email]


def test_notices_of_long_ago_are_forgotten_but_not_of_who_is_silent_still(
    silent, administrator, receiver, mailoutbox
):
    send(NOON, mailoutbox)
    enable_subscriber(subscription_id=silent.pk, by=administrator, now=LATER)
    receiver.plan.append(410)
    push(clock=lambda: LATER)
    send(LATER, mailoutbox)
    assert Notice.objects.count() == 2
    assert forget_webhook_notices(before=LATER + timedelta(days=90)) == 1
    assert send(LATER + timedelta(days=90), mailoutbox) == []
