"""What happens in a fault test's portal, each act in a process of its own.

python -m tests.faults.acts begin      tables and one released decision over CODES
python -m tests.faults.acts amend      a second decision renames all of them; not yet released
python -m tests.faults.acts enrol URL  a system there is sent every change; prints its secret
python -m tests.faults.acts wake       asks the worker for the consumers, as beat does
python -m tests.faults.acts check      prints the state as JSON
"""

import json
import sys
from datetime import date
from typing import Any

CODES = [f"1.{number:06d}" for number in range(12)]
OLD, NEW = "Cấp giấy cũ", "Cấp giấy mới"


def begin() -> None:
    from django.core.management import call_command
    from django.utils.timezone import now

    from publication.site.release import publish
    from tests.factories import make_procedure
    from tests.publication.acts import announce

    call_command("migrate", verbosity=0)
    announce(*(make_procedure(code, name=f"{OLD} {code}") for code in CODES))
    publish(now=now())


def amend() -> None:
    from django.utils.timezone import now

    from catalog.models import Procedure
    from tests.publication.acts import announce

    procedures = list(Procedure.objects.order_by("code"))
    for procedure in procedures:
        procedure.name = f"{NEW} {procedure.code}"
        procedure.save()
    announce(*procedures, effect="amended", signed_on=date(2024, 10, 4), now=now())


def enrol(url: str) -> None:
    from django.utils.timezone import now

    from catalog.enums import Role
    from publication.webhooks.acts import enrol_subscriber
    from tests.factories import make_agency, make_staff

    by, agency = make_staff(Role.ADMINISTRATOR), make_agency("Sở Y tế")
    _subscription, secret = enrol_subscriber(
        agency=agency, label="Trang của sở", url=url, after=0, by=by, now=now()
    )
    print(secret, end="")  # noqa: T201  read by the test


def wake() -> None:
    from publication.wake import wake_consumers

    assert wake_consumers()


def check() -> None:
    from publication.events import verify_chain
    from publication.models import ConsumerCursor, EventHead, Release

    cursor = ConsumerCursor.objects.get(consumer="site")
    state = {
        "faults": [str(fault) for fault in verify_chain()],
        "cursor": cursor.sequence,
        "head": EventHead.objects.get().sequence,
        "public": Release.objects.get(state="public").tree,
        "states": sorted(Release.objects.values_list("state", flat=True)),
    }
    print(json.dumps(state))  # noqa: T201  read by the test


if __name__ == "__main__":
    import django

    django.setup()
    acts: dict[str, Any] = {
        "begin": begin,
        "amend": amend,
        "enrol": enrol,
        "wake": wake,
        "check": check,
    }
    acts[sys.argv[1]](*sys.argv[2:])
