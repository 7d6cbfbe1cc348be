"""Answers that a client may already have: `ETag` from the event log, before any row is read."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.canonical import canonical_json

# Raise with any change to the shape of an answer: it makes every client's copy outdated.
_SHAPE = 1


def answer(
    request: Request, *, sequence: int, make: Callable[[], dict[str, Any]]
) -> HttpResponseBase:
    """304 when the client's copy is of this state of the log, otherwise what `make` answers.

    All that is public changes with the log, so the log's sequence and the address name an answer.
    """
    name = f"{_SHAPE} {sequence} {request.build_absolute_uri()}"
    return _conditional(request, etag=_etag(name), make=make)


def answer_with(request: Request, facts: dict[str, Any]) -> HttpResponseBase:
    """The same for facts that follow no log and cost little: their own text names them."""
    return _conditional(request, etag=_etag(canonical_json(facts)), make=lambda: facts)


def _conditional(
    request: Request, *, etag: str, make: Callable[[], dict[str, Any]]
) -> HttpResponseBase:
    known = get_conditional_response(request._request, etag=etag)
    response = known if known is not None else Response(make())
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def _etag(name: str) -> str:
    return f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'
