"""`/api/v1/docs/`: the OpenAPI document as a page of the portal, read without scripts."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from catalog.canonical import digest_bytes
from publication.api.schema.written import LANGUAGES, file_of
from publication.site.page import PageKind
from publication.site.render.environment import render
from publication.site.render.frame import Frame, Link, make_view_frame
from publication.site.render.language import active_language, speaking

_PATH = "/api/v1/docs/"
_SHOWN_CHARS = 2500  # of an example; the whole stands in the document
_VALUES = {
    "q": "ket hon",
    "rule": "national_database_entry",
    "signed_on": "2024-11-18",
}
# Questions that some addresses do not answer without.
_ASKED = {"search_procedures": ("q",), "get_deadline": ("rule", "signed_on")}


@dataclass(frozen=True)
class Parameter:
    name: str
    words: str
    allowed: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Operation:
    id: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    media_types: tuple[str, ...]
    curl: str
    example: str
    is_cut: bool


@dataclass(frozen=True)
class Section:
    name: str
    words: str
    operations: tuple[Operation, ...]


@require_safe
@gzip_page
def document_page(request: HttpRequest) -> HttpResponse:
    """Vietnamese, or the language of `?lang=`."""
    language = request.GET.get("lang", "")
    language = language if language in settings.PORTAL_LANGUAGES else LANGUAGES[0]
    html, etag = _made(language)
    known = get_conditional_response(request, etag=etag)
    response: HttpResponse = known if known is not None else HttpResponse(html)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = language
    return response


@cache
def _made(language: str) -> tuple[str, str]:
    """The page and its name; made once, for what it says comes with the program."""
    with speaking(language):
        document = json.loads(file_of(language).read_text())
        html = render("site/api.html", _context(document))
    return html, f'"{digest_bytes(html.encode())[:32]}"'


def _context(document: dict[str, Any]) -> dict[str, Any]:
    sections = [_section(tag, document) for tag in document["tags"]]
    return {
        "frame": _frame(document["info"]["title"]),
        "title": document["info"]["title"],
        "words": document["info"]["description"],
        "sections": sections,
        "count": sum(len(section.operations) for section in sections),
        "address": f"{settings.PORTAL_URL}/api/v1/openapi.json",
    }


def _frame(title: str) -> Frame:
    paths = {
        code: _PATH if code == LANGUAGES[0] else f"{_PATH}?{urlencode({'lang': code})}"
        for code in settings.PORTAL_LANGUAGES
    }
    return make_view_frame(
        paths,
        title=title,
        crumbs=[Link(title, paths[active_language()])],
        section=PageKind.ABOUT,
        indexed=True,
    )


def _section(tag: dict[str, str], document: dict[str, Any]) -> Section:
    operations = [
        _operation(path, path_item["get"], document)
        for path, path_item in document["paths"].items()
        if path_item["get"]["tags"] == [tag["name"]]
    ]
    return Section(tag["name"], tag["description"].rstrip("."), tuple(operations))


def _operation(path: str, told: dict[str, Any], document: dict[str, Any]) -> Operation:
    content = told["responses"]["200"]["content"]
    example = next((body["example"] for body in content.values() if "example" in body), None)
    text = json.dumps(example, ensure_ascii=False, indent=2) if example is not None else ""
    return Operation(
        id=told["operationId"],
        path=path,
        summary=told["summary"],
        parameters=tuple(_parameter(it) for it in told["parameters"]),
        answers=tuple(_answer(status, it, document) for status, it in told["responses"].items()),
        media_types=tuple(content),
        curl=_curl(path, told),
        example=text[:_SHOWN_CHARS],
        is_cut=len(text) > _SHOWN_CHARS,
    )


def _parameter(told: dict[str, Any]) -> Parameter:
    schema = told["schema"]
    allowed = schema.get("enum") or schema.get("items", {}).get("enum") or _bounds(schema)
    return Parameter(
        name=told["name"],
        words=told["description"],
        allowed=tuple(allowed),
        required=told.get("required", False),
    )


def _bounds(schema: dict[str, Any]) -> list[str]:
    if "maximum" in schema and schema["maximum"] < 2**31:
        return [f"{schema['minimum']}–{schema['maximum']}"]
    return ["YYYY-MM-DD"] if schema.get("format") == "date" else []


def _answer(status: str, told: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
    return status, told["description"]


def _curl(path: str, told: dict[str, Any]) -> str:
    """A line to be copied into a terminal."""
    given = {it["name"]: it["example"] for it in told["parameters"] if it["in"] == "path"}
    asked = {name: _VALUES[name] for name in _ASKED.get(told["operationId"], ())}
    address = settings.PORTAL_URL + path.format(**given)
    return f"curl '{address}{'?' if asked else ''}{urlencode(asked)}'"
