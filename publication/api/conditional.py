"""Answers that a client may already have: validators from the event log, before any row is read."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.canonical import canonical_json

# Raise with any change to the shape of an answer: it makes every client's copy outdated.
_SHAPE = 2
# Two acts of one second share their date: only when it is over can a date stand for a state.
_SETTLED = timedelta(seconds=60)


def answer(
    request: Request,
    *,
    sequence: int,
    make: Callable[[], HttpResponseBase],
    variant: str = "",
    moment: datetime | None = None,
    now: datetime | None = None,
) -> HttpResponseBase:
    """304 when the client's copy is of this state of the log, otherwise what `make` answers.

    All that is public changes with the log, so the log's sequence and the address name an answer,
    with the `variant` (format, language) that the client asked for by its headers. `moment` is
    when the log came to that state.
    """
    name = f"{_SHAPE} {sequence} {variant} {request.build_absolute_uri()}"
    settled = moment is not None and now is not None and now - moment > _SETTLED
    return _conditional(request, etag=_etag(name), moment=moment if settled else None, make=make)


def answer_with(request: Request, facts: Any) -> HttpResponseBase:
    """The same for facts that follow no log and cost little: their own text names them."""
    etag = _etag(canonical_json(facts))
    return _conditional(request, etag=etag, moment=None, make=lambda: Response(facts))


def answer_named(
    request: Request, *, name: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The same for what has a lasting name of its own, such as a file of the program."""
    return _conditional(request, etag=_etag(name), moment=None, make=make)


def _conditional(
    request: Request, *, etag: str, moment: datetime | None, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    seconds = int(moment.timestamp()) if moment else None
    known = get_conditional_response(request._request, etag=etag, last_modified=seconds)
    response = known if known is not None else make()
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    return response


def _etag(name: str) -> str:
    return f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'
