"""A failure is written down once, without secrets, and repeated by a person."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from catalog.enums import Role
from procedures_portal import job_signs
from publication.admin.job import _TASKS
from publication.authority import NotAllowed
from publication.failed_tasks import (
    CannotRepeat,
    can_be_repeated,
    forget_failures,
    record_failure,
    repeat_task,
)
from publication.models import FailedTask
from publication.tasks import run_consumers
from tests.factories import make_staff

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 10, 3, 5, 0, tzinfo=UTC)
FLAG = "publication.tasks.flag_gaps"


def error_of(message: str, kind: type[Exception] = ValueError) -> Exception:
    try:
        raise kind(message)
    except kind as error:
        return error


def fail(error: BaseException, *, now: datetime = NOON, name: str = FLAG, **more) -> None:
    facts = {"task_id": f"task-{now:%H%M%S}", "args": [], "kwargs": {}} | more
    record_failure(name=name, error=error, now=now, **facts)


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the broker, which is outside."""
    messages = []

    def take(self, args=None, kwargs=None, **_options):
        messages.append((self.name, args, kwargs))
        return current_app.AsyncResult("new-task")

    monkeypatch.setattr(current_app.Task, "apply_async", take)
    return messages


def test_a_failure_says_what_where_and_with_what():
    fail(error_of("broken"), args=[7], kwargs={"on": "2024-10-03"}, task_id="abc")
    failed = FailedTask.objects.get()
    assert (failed.name, failed.task_id, failed.count) == (FLAG, "abc", 1)
    assert failed.arguments == {"args": [7], "kwargs": {"on": "2024-10-03"}}
    assert failed.error.startswith("ValueError: broken\n\n")
    assert "test_failed_tasks.py" in failed.error


def test_the_same_failure_is_counted_and_not_written_again():
    for minute in range(3):
        fail(error_of(f"timed out after {minute} s"), now=NOON + timedelta(minutes=minute))
    failed = FailedTask.objects.get()
    assert (failed.count, failed.first_failed_at) == (3, NOON)
    assert failed.failed_at == NOON + timedelta(minutes=2)
    assert failed.task_id == "task-050200"


@pytest.mark.parametrize(
    "other",
    [
        {"error": error_of("else")},
        {"error": error_of("broken", KeyError)},
        {"name": "publication.tasks.send_notices"},
        {"args": [1]},
    ],
)
def test_another_error_task_or_argument_is_another_failure(other):
    fail(error_of("broken"))
    fail(**{"error": error_of("broken")} | other)
    assert FailedTask.objects.count() == 2


def test_a_group_of_errors_is_one_failure_each():
    group = ExceptionGroup("consumers failed", [error_of("site"), error_of("search", KeyError)])
    fail(group)
    fail(group, now=NOON + timedelta(minutes=1))
    told = {failed.error.partition("\n")[0]: failed.count for failed in FailedTask.objects.all()}
    assert told == {"ValueError: site": 2, "KeyError: 'search'": 2}


def test_the_database_keeps_one_unrepeated_row_a_failure():
    fail(error_of("broken"))
    failed = FailedTask.objects.get()
    failed.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        failed.save(force_insert=True)


def test_passwords_and_keys_are_left_out(settings):
    settings.SECRET_KEY = "the-secret-key"
    settings.EMAIL_HOST_PASSWORD = "post-password"
    said = "redis://:hunter2@host/0 smtp://u:p4ss@host the-secret-key post-password"
    fail(error_of(said), kwargs={"url": "amqp://u:hunter2@host"})
    failed = FailedTask.objects.get()
    everything = f"{failed.error} {failed.arguments}"
    assert [word for word in ("hunter2", "p4ss", "secret-key", "post-password")
            if word in everything] == []  # fmt: skip
    assert "redis://…@host/0" in failed.error


def test_a_very_long_error_is_cut():
    fail(error_of("x" * 100_000))
    assert len(FailedTask.objects.get().error) <= 4_000


def test_a_task_that_fails_in_a_worker_leaves_its_row(monkeypatch):
    """By Celery's own signal, as the worker sends it."""

    def break_down(*, now):
        raise ExceptionGroup("consumers failed", [error_of("no space left", OSError)])

    monkeypatch.setattr("publication.consumers.run_all", break_down)
    done = run_consumers.apply(task_id="from-a-worker")
    assert done.failed()
    failed = FailedTask.objects.get()
    assert (failed.task_id, failed.name) == ("from-a-worker", "publication.tasks.run_consumers")
    assert failed.error.startswith("OSError: no space left")


def test_a_database_that_is_down_stops_no_worker(caplog):
    from django.db import DatabaseError

    def refuse():
        raise DatabaseError("down")

    job_signs._write(refuse)
    assert "cannot be written down: down" in caplog.text


def test_repeating_sends_the_same_again_and_says_who_and_when(sent):
    fail(error_of("broken"), args=[7], kwargs={"on": "2024-10-03"})
    failed, office = FailedTask.objects.get(), make_staff(Role.CONTROLLER)
    assert repeat_task(failed_task_id=failed.pk, by=office, now=NOON) == "new-task"
    failed.refresh_from_db()
    assert sent == [(FLAG, [7], {"on": "2024-10-03"})]
    assert (failed.repeated_at, failed.repeated_by) == (NOON, office.username)


def test_a_task_is_repeated_once(sent):
    fail(error_of("broken"))
    failed = FailedTask.objects.get()
    repeat_task(failed_task_id=failed.pk, by=None, now=NOON)
    with pytest.raises(CannotRepeat, match="Hệ thống đã chạy lại việc này lúc 12:00 03/10/2024"):
        repeat_task(failed_task_id=failed.pk, by=None, now=NOON)
    assert len(sent) == 1


def test_a_failure_after_the_repeat_is_news_again(sent):
    fail(error_of("broken"))
    repeat_task(failed_task_id=FailedTask.objects.get().pk, by=None, now=NOON)
    fail(error_of("broken"), now=NOON + timedelta(minutes=1))
    unrepeated = FailedTask.objects.filter(repeated_at=None)
    assert [failed.count for failed in unrepeated] == [1]


@pytest.mark.parametrize(
    "name", ["os.system", "publication.tasks.no_more", "celery.backend_cleanup"]
)
def test_only_tasks_of_the_portal_that_exist_are_repeated(sent, name):
    fail(error_of("broken"), name=name)
    failed = FailedTask.objects.get()
    with pytest.raises(CannotRepeat, match=name):
        repeat_task(failed_task_id=failed.pk, by=None, now=NOON)
    failed.refresh_from_db()
    assert (failed.repeated_at, sent) == (None, [])


def test_every_task_of_the_timetable_can_be_repeated():
    names = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert {name for name in names if not can_be_repeated(name)} == set()


def test_every_task_of_the_timetable_has_words_for_staff():
    names = {entry["task"].rpartition(".")[2] for entry in current_app.conf.beat_schedule.values()}
    assert names - set(_TASKS) == set()


def test_an_officer_may_not_repeat(sent):
    fail(error_of("broken"))
    with pytest.raises(NotAllowed):
        repeat_task(
            failed_task_id=FailedTask.objects.get().pk, by=make_staff(Role.OFFICER), now=NOON
        )
    assert sent == []


def test_a_broker_that_is_down_leaves_the_failure_to_be_repeated(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("refused")

    fail(error_of("broken"))
    failed = FailedTask.objects.get()
    monkeypatch.setattr(current_app.Task, "apply_async", refuse)
    with pytest.raises(CannotRepeat, match="Hàng đợi không nhận việc"):
        repeat_task(failed_task_id=failed.pk, by=None, now=NOON)
    failed.refresh_from_db()
    assert failed.repeated_at is None


def test_old_failures_are_forgotten():
    fail(error_of("old"), now=NOON - timedelta(days=2))
    fail(error_of("new"), now=NOON)
    assert forget_failures(before=NOON - timedelta(days=1)) == 1
    assert FailedTask.objects.get().error.startswith("ValueError: new")
