"""`/healthz`: whether this process reaches what it stands on, and whether the jobs are done."""

import logging
import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from procedures_portal.celery import app
from publication.heartbeats import stale_programs

logger = logging.getLogger(__name__)
_OK, _DOWN, _DEGRADED, _UNKNOWN = "ok", "down", "degraded", "unknown"


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, otherwise 503; the body says which does not.

    Background programs that are silent degrade the portal: citizens read on and officers work on,
    so whoever balances the load must not take this process out for it.
    """
    stands_on = {"database": _database(), "broker": _broker()}
    answer: dict[str, object] = {**stands_on, **_jobs(stands_on["database"])}
    return JsonResponse(answer, status=200 if set(stands_on.values()) == {_OK} else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        logger.warning("health: database: %s", error)
        return _DOWN
    return _OK


def _broker() -> str:
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]
        return _OK if os.access(str(folder), os.W_OK) else _DOWN
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0, timeout=2)
    except (OSError, KombuError) as error:
        logger.warning("health: broker: %s", error)
        return _DOWN
    return _OK


def _jobs(database: str) -> dict[str, object]:
    """The signs of life are in the database: without it nothing is known of the programs."""
    if database != _OK:
        return {"jobs": _UNKNOWN, "silent": []}
    try:
        silent = [str(silence.program) for silence in stale_programs(now=now())]
    except DatabaseError as error:  # before the first migration there is no table
        logger.warning("health: jobs: %s", error)
        return {"jobs": _UNKNOWN, "silent": []}
    return {"jobs": _DEGRADED if silent else _OK, "silent": silent}
