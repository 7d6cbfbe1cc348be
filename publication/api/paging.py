"""Pages of lists: the rows and the address of the next page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from publication.api.cursors import After, From, write_cursor


def next_page(request: Request, cursor: After | From | None) -> str | None:
    """The address at which the list goes on, with all that was asked for."""
    return next_address(request, "cursor", write_cursor(cursor)) if cursor else None


def next_address(request: Request, parameter: str, value: str) -> str:
    address: str = replace_query_param(request.build_absolute_uri(), parameter, value)
    return address


def envelope(request: Request, rows: Sequence[Any], cursor: After | From | None) -> dict[str, Any]:
    return {"results": list(rows), "next": next_page(request, cursor)}


def page_of(
    rows: "QuerySet[Any]", *, size: int, position: Callable[[Any], After]
) -> tuple[list[Any], After | None]:
    """So many of the rows, and where the next page goes on; one query and its prefetches."""
    found = list(rows[: size + 1])
    shown = found[:size]
    return shown, position(shown[-1]) if len(found) > size else None
