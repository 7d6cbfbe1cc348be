"""Silence points at one place: the worker, beat, or the queue between them."""

from datetime import UTC, datetime, timedelta

import pytest

from procedures_portal import job_signs
from publication.heartbeats import STALE_AFTER, Program, beat, begin_timetable, stale_programs
from publication.models import Heartbeat
from publication.tasks import beat_heart, flag_gaps

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 10, 3, 5, 0, tzinfo=UTC)
LONG_AGO = NOON - timedelta(hours=1)


def signs(**moments: datetime) -> None:
    for program, moment in moments.items():
        Heartbeat.objects.create(program=program, beaten_at=moment)


def silent(now: datetime = NOON) -> list[str]:
    return [silence.program.value for silence in stale_programs(now=now)]


def test_a_sign_is_kept_once_a_program_and_moves_on():
    beat(Program.WORKER, now=LONG_AGO)
    beat(Program.WORKER, now=NOON)
    assert list(Heartbeat.objects.values_list("program", "beaten_at")) == [("worker", NOON)]


def test_while_all_three_are_heard_nothing_is_silent():
    signs(worker=NOON, beat=NOON, queue=NOON)
    assert silent() == []


@pytest.mark.parametrize("program", list(STALE_AFTER))
def test_silence_begins_after_its_time_and_not_before(program):
    heard = {str(other): NOON for other in STALE_AFTER}
    signs(**heard | {str(program): NOON - STALE_AFTER[program]})
    assert silent() == []
    assert silent(NOON + timedelta(microseconds=1)) == [program]


def test_a_dead_worker_is_told_from_a_dead_timetable():
    """The queue falls silent with either, and is named with neither."""
    signs(worker=LONG_AGO, beat=NOON, queue=LONG_AGO)
    assert silent() == ["worker"]
    Heartbeat.objects.update(beaten_at=LONG_AGO)
    beat(Program.WORKER, now=NOON)
    assert silent() == ["beat"]


def test_both_dead_are_both_named():
    signs(worker=LONG_AGO, beat=LONG_AGO, queue=LONG_AGO)
    assert silent() == ["worker", "beat"]


def test_a_queue_that_moves_nothing_while_both_live_is_named():
    signs(worker=NOON, beat=NOON, queue=LONG_AGO)
    assert silent() == ["queue"]


def test_a_portal_that_never_ran_its_programs_says_so():
    assert silent() == ["worker", "beat"]
    assert "từ khi cài đặt" in stale_programs(now=NOON)[0].words


def test_the_words_say_since_when_and_what_does_not_happen():
    signs(worker=LONG_AGO, beat=NOON, queue=NOON)
    (silence,) = stale_programs(now=NOON)
    assert silence.words.startswith("Tiến trình nền không hoạt động từ 11:00 03/10/2024: quyết")


def test_a_fresh_timetable_gives_the_queue_its_time():
    begin_timetable(now=NOON)
    beat(Program.WORKER, now=NOON)
    assert silent() == []


def test_all_are_asked_about_in_one_query(django_assert_num_queries):
    signs(worker=NOON, beat=NOON, queue=NOON)
    with django_assert_num_queries(1):
        stale_programs(now=NOON)


def test_carrying_out_the_heart_is_a_sign_of_the_queue_alone():
    beat_heart()
    assert list(Heartbeat.objects.values_list("program", flat=True)) == ["queue"]


def test_a_run_over_the_gaps_says_when_it_was():
    flag_gaps()
    assert list(Heartbeat.objects.values_list("program", flat=True)) == ["gaps"]
    Heartbeat.objects.update(beaten_at=LONG_AGO)
    assert "gaps" not in silent()


def test_the_worker_signs_twice_a_minute_however_often_celery_beats(monkeypatch):
    monkeypatch.setattr(job_signs, "_last_sign", -job_signs.SECONDS_BETWEEN_SIGNS)
    clock = iter([100.0, 100.0, 102.0, 129.9, 130.0, 130.0])
    monkeypatch.setattr(job_signs.time, "monotonic", lambda: next(clock))
    written: list[object] = []
    monkeypatch.setattr(job_signs, "_write", written.append)
    for _celery in range(4):
        job_signs.worker_lives()
    assert len(written) == 2


def test_a_heart_sent_by_hand_is_no_sign_of_beat(monkeypatch):
    """Only in beat's own process does sending it say that beat lives."""
    from celery.signals import after_task_publish

    after_task_publish.send(sender=job_signs.HEART)
    assert not Heartbeat.objects.exists()
