"""`/healthz`: whether this process reaches what it stands on."""

import logging
import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from procedures_portal.celery import app

logger = logging.getLogger(__name__)
_OK, _DOWN = "ok", "down"


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, otherwise 503; the body says which does not."""
    states = {"database": _database(), "broker": _broker()}
    return JsonResponse(states, status=200 if set(states.values()) == {_OK} else 503)


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
