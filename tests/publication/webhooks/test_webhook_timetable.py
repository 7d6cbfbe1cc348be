"""When changes are sent: after each decision, every minute, beside the tasks of the worker."""

import threading
from datetime import timedelta

import pytest

from procedures_portal.celery import app
from publication import consumers, tasks
from publication.consumers import webhooks
from publication.enums import DeliveryState
from publication.models import FailedTask, WebhookDelivery
from publication.webhooks import beside as beside_module
from publication.webhooks.beside import TASK, Beside, beside, push_and_tell
from publication.webhooks.by_hand import send_test
from publication.webhooks.claims import claim
from publication.webhooks.pushing import push
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce


class Work:
    """Done by a thread; it goes on when it is let, and ends as it is told."""

    def __init__(self):
        self.begun, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.times = 0
        self.error = None

    def __call__(self):
        self.begun.release()
        assert self.go_on.acquire(timeout=20)
        self.times += 1
        if self.error:
            raise self.error


def test_who_asks_while_the_thread_works_makes_it_look_once_more():
    work = Work()
    one = Beside(work)
    thread = one.ask()
    assert thread is not None
    assert work.begun.acquire(timeout=20)
    assert [one.ask(), one.ask()] == [None, None]
    work.go_on.release(2)
    thread.join(20)
    assert (thread.is_alive(), work.times) == (False, 2)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_whatever_ends_the_thread_the_next_who_asks_gets_another():
    work = Work()
    one = Beside(work)
    for error in (SystemExit(), None):
        work.error = error
        work.go_on.release()
        thread = one.ask()
        assert thread is not None
        thread.join(20)
    assert work.times == 2


@pytest.mark.embedded
@pytest.mark.django_db
def test_an_error_of_the_thread_is_among_the_failed_tasks_and_may_be_repeated(monkeypatch):
    def fail(**_facts):
        raise ExceptionGroup("webhooks failed", [RuntimeError("broken")])

    monkeypatch.setattr(beside_module, "push", fail)
    monkeypatch.setattr(beside_module.connections, "close_all", lambda: None)
    push_and_tell()
    failed = FailedTask.objects.get()
    assert (failed.name, failed.error.splitlines()[0]) == (TASK, "RuntimeError: broken")
    assert TASK in app.tasks


def test_the_timetable_asks_every_minute_and_the_task_leaves_the_work_to_the_thread(monkeypatch):
    entry = app.conf.beat_schedule["push-webhooks"]
    assert (entry["task"], entry["schedule"]) == (TASK, 60.0)
    answers = iter([threading.current_thread(), None])
    monkeypatch.setattr(beside, "ask", lambda: next(answers))
    assert [tasks.push_webhooks(), tasks.push_webhooks()] == [True, False]


@pytest.mark.django_db
def test_a_decision_wakes_the_sending_as_long_as_somebody_is_behind(enrolled, monkeypatch):
    woken = []
    monkeypatch.setattr(webhooks, "wake_webhooks", lambda: woken.append(True))
    assert webhooks.run(now=NOON) == 0
    announce(make_procedure())
    assert consumers._CONSUMERS["webhooks"](now=NOON) == 1
    push(clock=lambda: NOON)
    assert webhooks.run(now=NOON) == 0
    assert woken == [True]


@pytest.mark.django_db
def test_settled_messages_are_forgotten_after_the_days_of_the_setting_and_open_ones_never(
    enrolled, administrator, settings, monkeypatch
):
    subscription, _secret = enrolled
    settings.PORTAL_WEBHOOK_KEEP_DAYS = 30
    old = send_test(subscription_id=subscription.pk, by=administrator, now=NOON)
    kept = send_test(subscription_id=subscription.pk, by=administrator, now=NOON + timedelta(1))
    announce(make_procedure())
    left = claim(subscription.pk, now=NOON)
    assert left is not None
    monkeypatch.setattr(tasks, "now", lambda: NOON + timedelta(days=30, hours=1))
    assert tasks.clear_old()["webhooks"] == 1
    assert sorted(WebhookDelivery.objects.values_list("pk", flat=True)) == [
        kept.pk,
        left.delivery_id,
    ]
    assert not WebhookDelivery.objects.filter(pk=old.pk).exists()
    assert WebhookDelivery.objects.get(pk=left.delivery_id).state == DeliveryState.SENDING
