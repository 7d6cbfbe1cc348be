"""The timetable's work in a process of its own, for runs side by side.

python -m tests.publication.jobs.runs begin    tables, a decision for Friday, nine items unanswered
python -m tests.publication.jobs.runs run      as Friday morning finds it: texts, gaps, mails
python -m tests.publication.jobs.runs check    prints the state as JSON
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

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

    files = list(Path(settings.EMAIL_FILE_PATH).iterdir())
    state = {
        "events": PublicationEvent.objects.count(),
        "faults": [str(fault) for fault in verify_chain()],
        "gaps": AnnouncementGap.objects.open().count(),
        "sent": Notice.objects.filter(state="sent").count(),
        "mails": sum(file.read_text().count("\nMessage-ID: <notice-") for file in files),
    }
    print(json.dumps(state))  # noqa: T201  read by the test


if __name__ == "__main__":
    import django

    django.setup()
    {"begin": begin, "run": run, "check": check}[sys.argv[1]]()
