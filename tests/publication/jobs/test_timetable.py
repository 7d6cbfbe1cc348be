"""Each run makes up for those before it: late, twice and side by side come to the same."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from celery.schedules import crontab
from django.db import connection

from catalog.enums import Role
from procedures_portal.celery import app
from publication.events import verify_chain
from publication.gaps import record_gaps
from publication.listings import bring_into_force
from publication.models import AnnouncementGap, FailedTask, Listing, PublicationEvent
from tests.at_once import at_once
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON, issue
from tests.publication.jobs.gaps import make_gap

FRIDAY = date(2024, 10, 4)
BEFORE_MIDNIGHT = datetime(2024, 10, 3, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2024, 10, 3, 17, 0, tzinfo=UTC)  # 00:00 on Friday in the province


def issue_for_friday(count: int = 1) -> None:
    issuer = make_agency("Ủy ban nhân dân tỉnh", kind="province")
    procedures = [make_procedure(f"1.90000{number}") for number in range(count)]
    issue(make_announcement(procedures=procedures, issuer=issuer), effective_on=FRIDAY, now=NOON)


def public_codes() -> list[str]:
    return sorted(Listing.objects.current().values_list("code", flat=True))


@pytest.mark.django_db
def test_a_text_is_public_from_the_first_moment_of_its_day_in_the_province(monkeypatch):
    from publication import tasks

    issue_for_friday()
    monkeypatch.setattr(tasks, "now", lambda: BEFORE_MIDNIGHT)
    assert (tasks.bring_into_force(), public_codes()) == (0, [])
    monkeypatch.setattr(tasks, "now", lambda: MIDNIGHT)
    assert (tasks.bring_into_force(), public_codes()) == (1, ["1.900000"])


@pytest.mark.django_db
def test_missed_runs_are_made_up_for_by_one_and_a_second_one_changes_nothing():
    issue_for_friday()
    late = MIDNIGHT + timedelta(days=9, hours=3)
    changed = [len(bring_into_force(on=date(2024, 10, 13), now=late)) for _run in range(2)]
    assert changed == [1, 0]
    assert PublicationEvent.objects.count() == 1


@pytest.mark.django_db
def test_mails_wait_for_their_time_on_a_working_day(monkeypatch, settings, mailoutbox):
    from publication import tasks

    settings.PORTAL_NOTICES_AT = time(8, 15)
    make_staff(Role.CONTROLLER)
    make_gap()
    saturday = datetime(2024, 10, 5, 2, 0, tzinfo=UTC)
    eight, quarter = (datetime(2024, 10, 7, 1, minute, tzinfo=UTC) for minute in (14, 15))
    for moment, sent in ((saturday, {}), (eight, {}), (quarter, {"sent": 1}), (quarter, {})):
        monkeypatch.setattr(tasks, "now", lambda moment=moment: moment)
        assert tasks.send_notices() == sent
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_the_clean_up_forgets_what_is_older_than_the_setting(monkeypatch, settings):
    from publication import tasks

    settings.PORTAL_KEEP_JOB_DAYS = 30
    monkeypatch.setattr(tasks, "now", lambda: MIDNIGHT)
    for task_id, days in (("kept", 30), ("gone", 31)):
        FailedTask.objects.create(task_id=task_id, failed_at=MIDNIGHT - timedelta(days=days))
    assert tasks.clear_old() == dict.fromkeys(
        (
            *("digests", "questions", "reports", "news", "answers"),
            *("webhooks", "silent_webhooks"),
        ),
        0,
    ) | {"failures": 1}
    assert FailedTask.objects.get().task_id == "kept"


@pytest.mark.parametrize("entry", sorted(app.conf.beat_schedule))
def test_a_message_of_the_timetable_is_dropped_when_the_next_one_is_due(entry):
    facts = app.conf.beat_schedule[entry]
    schedule, expires = facts["schedule"], facts["options"]["expires"]
    if isinstance(schedule, crontab):
        first = _next_run(schedule, MIDNIGHT)
        schedule = (_next_run(schedule, first) - first).total_seconds()
    assert 0 < expires <= schedule


def _next_run(schedule, after):
    last, step, _now = schedule.remaining_delta(after)
    return last + step


def test_the_timetable_speaks_the_time_of_the_province():
    assert app.conf.timezone == "Asia/Ho_Chi_Minh"
    due = app.conf.beat_schedule["bring-into-force"]["schedule"]
    assert (due.minute, due.hour) == (set(range(60)), set(range(24)))


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="states a fact of PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestSideBySideOnPostgres:
    def test_four_runs_make_a_text_public_once(self):
        issue_for_friday(5)
        done = at_once(lambda: len(bring_into_force(on=FRIDAY, now=MIDNIGHT)))
        assert sorted(done) == [0, 0, 0, 5]
        assert PublicationEvent.objects.count() == 5
        assert list(verify_chain()) == []

    def test_four_runs_over_the_gaps_open_each_once(self):
        make_ministry_decision(codes=[f"1.90000{number}" for number in range(9)])
        done = at_once(lambda: record_gaps(on=FRIDAY).opened)
        assert sorted(done) == [0, 0, 0, 9]
        assert AnnouncementGap.objects.count() == 9
