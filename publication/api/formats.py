"""What the API answers in: JSON pages, and whole lists as NDJSON, CSV or HTML, without a cap."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.html import format_html
from rest_framework.renderers import JSONRenderer

from publication.enums import ListingState

JSON, NDJSON, CSV, HTML = "json", "ndjson", "csv", "html"
FORMATS = (JSON, NDJSON, CSV, HTML)
_BATCH: Final = 200  # rows a piece of a stream
# What a spreadsheet takes for the beginning of a formula, also behind blanks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class NdjsonOffer(JSONRenderer):
    """Says to content negotiation that a list is also had as NDJSON; the view writes it."""

    media_type = "application/x-ndjson"
    format = NDJSON


class CsvOffer(JSONRenderer):
    media_type = "text/csv"
    format = CSV


class HtmlOffer(JSONRenderer):
    media_type = "text/html"
    format = HTML


def json_text(text: str) -> HttpResponse:
    """An answer whose JSON is already written."""
    return HttpResponse(text, content_type="application/json")


def page_of_rows(rows: Iterable[str], following: str | None) -> str:
    """A page of a list; `following` is an address, which a URI keeps free of quotes."""
    ending = f'"{following}"' if following else "null"
    return f'{{"results":[{",".join(rows)}],"next":{ending}}}'


def ndjson_stream(rows: Iterable[str]) -> StreamingHttpResponse:
    """One row a line."""
    pieces = ("\n".join(batch) + "\n" for batch in _batches(rows))
    return StreamingHttpResponse(pieces, content_type="application/x-ndjson")


def csv_stream(
    rows: Iterable[Mapping[str, Any]], *, columns: Sequence[str], name: str
) -> StreamingHttpResponse:
    """RFC 4180 in UTF-8; the mark at the beginning tells spreadsheets which encoding it is."""
    pieces = _csv_pieces(rows, columns)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_pieces(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    yield "\ufeff" + _csv_lines([columns])
    for batch in _batches(rows):
        flat = (dict(_cells(row)) for row in batch)
        yield _csv_lines([[safe_cell(row.get(name, "")) for name in columns] for row in flat])


def _csv_lines(lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def _cells(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Parts of parts are named with a dot between; a list is one cell with semicolons."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _cells(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", "; ".join(str(part) for part in value)
        else:
            yield f"{before}{name}", "" if value is None else str(value)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def html_stream(rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A list of links for a page of another site: no script, no style, names as announced."""
    return StreamingHttpResponse(_html_pieces(rows), content_type="text/html; charset=utf-8")


def let_frame(response: HttpResponseBase) -> None:
    """There is nothing in a list of links that a frame could trick anybody into.

    An answer 304 must say so too: browsers take its headers over for the copy they have.
    """
    response.xframe_options_exempt = True  # type: ignore[attr-defined]  # read by Django
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]


def _html_pieces(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield '<ul class="thu-tuc" lang="vi">\n'
    for batch in _batches(rows):
        yield "".join(map(_html_line, batch))
    yield "</ul>\n"


def _html_line(row: Mapping[str, Any]) -> str:
    # A link in a frame would open the portal within it, where it refuses to be.
    link = format_html('<a href="{}" target="_top">{}</a>', row["url"], row["name"])
    ended = " (đã bãi bỏ)" if row["state"] == ListingState.ABOLISHED else ""
    return format_html(
        '<li>{} <span class="thu-tuc__ma">{}</span>{}</li>\n', link, row["code"], ended
    )


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
