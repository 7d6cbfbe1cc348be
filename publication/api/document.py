"""`/api/v1/openapi.json`: the OpenAPI document, as it was written for this release."""

import json
from functools import cache

from django.http import HttpResponseBase
from django.utils.translation import get_language
from rest_framework.request import Request

from catalog.canonical import digest_bytes
from publication.api.base import PublicView
from publication.api.conditional import answer_named
from publication.api.formats import json_text
from publication.api.parameters import Reader
from publication.api.schema.written import LANGUAGES, file_of


class DocumentView(PublicView):
    """In the language asked for by `lang`, or else by the request."""

    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, ("lang",))
        language = reader.word("lang", LANGUAGES)
        reader.check()
        text, name = _written(language or chosen_language())
        return answer_named(request, name=name, make=lambda: json_text(text))


def chosen_language() -> str:
    """Of the languages that there is a document in."""
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def _written(language: str) -> tuple[str, str]:
    """The text without its blanks, and its name; read once, for it comes with the program."""
    document = json.loads(file_of(language).read_text())
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text, digest_bytes(text.encode())
