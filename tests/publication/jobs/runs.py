"""The timetable's work in a process of its own, for runs side by side.

python -m tests.publication.jobs.runs begin    tables, a decision for Friday, nine items unanswered
python -m tests.publication.jobs.runs run      as Friday morning finds it: texts, gaps, mails
python -m tests.publication.jobs.runs check    prints the state as JSON
python -m tests.publication.jobs.runs flag     asks the worker for the gaps, as an entry does
python -m tests.publication.jobs.runs heart    sends the queue's heart by hand
python -m tests.publication.jobs.runs repeat   repeats the task that failed
python -m tests.publication.jobs.runs beat     is beat, with a heart that beats every half second
"""

import json
import sys
from datetime import UTC, date, datetime

FRIDAY, MORNING = date(2024, 10, 4), datetime(2024, 10, 4, 1, tzinfo=UTC)


def begin() -> None:
    from django.core.management import call_command

    from catalog.enums import Role
    from publication.models import LegalDocument
    from tests.factories import make_agency, make_ministry_decision, make_staff
    from tests.publication.jobs.test_timetable import issue_for_friday

    call_command("migrate", verbosity=0)
    issue_for_friday(5)
    decision = make_ministry_decision(codes=[f"1.80000{number}" for number in range(9)])
    LegalDocument.objects.create(decision=decision, number="1/2024/TT", effective_on=FRIDAY)
    make_staff(Role.CONTROLLER, make_agency("Văn phòng"))


def run() -> None:
    from publication.gaps import record_gaps
    from publication.listings import bring_into_force
    from publication.sending import send_notices

    bring_into_force(on=FRIDAY, now=MORNING)
    record_gaps(on=FRIDAY)
    send_notices(on=FRIDAY, now=MORNING)


def check() -> None:
    from django.conf import settings

    from publication.events import verify_chain
    from publication.models import AnnouncementGap, Notice, PublicationEvent

    files = (settings.PORTAL_DATA_DIR / "mails").iterdir()
    state = {
        "events": PublicationEvent.objects.count(),
        "faults": [str(fault) for fault in verify_chain()],
        "gaps": AnnouncementGap.objects.open().count(),
        "sent": Notice.objects.filter(state="sent").count(),
        "mails": sum(file.read_text().count("\nMessage-ID: <notice-") for file in files),
    }
    print(json.dumps(state))  # noqa: T201  read by the test


def flag() -> None:
    from publication.wake import wake_gaps

    assert wake_gaps()


def heart() -> None:
    from publication.tasks import beat_heart

    beat_heart.delay()


def repeat() -> None:
    from django.utils.timezone import now

    from publication.failed_tasks import repeat_task
    from publication.models import FailedTask

    repeat_task(failed_task_id=FailedTask.objects.get().pk, by=None, now=now())


def beat() -> None:
    from django.conf import settings

    from procedures_portal.celery import app

    app.conf.beat_schedule = {
        "heart": app.conf.beat_schedule["beat-heart"] | {"schedule": 0.5},
    }
    app.Beat(schedule=str(settings.PORTAL_DATA_DIR / "beat-schedule")).run()


if __name__ == "__main__":
    import django

    django.setup()
    acts = (begin, run, check, flag, heart, repeat, beat)
    {act.__name__: act for act in acts}[sys.argv[1]]()
