"""The finish of the document: its components, its words in the language asked for.

`manage.py spectacular` writes it (docs/api.md says how); the written files are what is served.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from pydantic.json_schema import models_json_schema

from publication.api.schema import shapes, shapes_of_places
from publication.api.schema.operation import TAGS
from publication.api.schema.operations import HEALTH
from publication.api.schema.responses import headers, refusals
from publication.api.schema.shapes import Shape
from publication.api.schema.webhooks import webhooks
from publication.api.schema.written import EXAMPLES

# Columns may be cut away with `fields`, so none is promised.
_CUT: Final = {
    *("ListedProcedure", "FoundProcedure", "ProcedureDetail", "Decision", "MinistryDecision"),
    *("Agency", "ProcedureField", "LifeEvent"),
}
_SAID: Final = ("description", "summary")
_TITLE: Final = _("API của cổng thủ tục hành chính")
_INFO: Final = _(
    "Đọc thủ tục hành chính đã công bố. Mở cho mọi người, chỉ đọc. Có thể thêm trường mới: hãy bỏ "
    "qua trường không biết."
)
_KEY: Final = _("Khóa truy cập: không bắt buộc, chỉ để được nhiều lượt hơn.")


def finish(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """drf-spectacular's last hook."""
    paths = dict(sorted({**result["paths"], "/healthz": {"get": HEALTH.describe()}}.items()))
    document: dict[str, Any] = {
        "openapi": result["openapi"],
        "info": result["info"] | {"title": gettext(_TITLE), "description": _INFO},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "webhooks": webhooks(),
        "components": {
            "schemas": schemas(),
            "responses": refusals(),
            "headers": headers(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": _KEY}},
        },
    }
    _put_examples(document)
    spoken: dict[str, Any] = _spoken(document)
    return spoken


def schemas(*, closed: bool = False) -> dict[str, Any]:
    """The shapes as JSON Schema. `closed` for tests: nothing untold, and nothing left out."""
    _map, found = models_json_schema(
        [(shape, "serialization") for shape in _shapes()],
        ref_template="#/components/schemas/{model}",
    )
    return {
        name: _plain(schema, name=name, closed=closed)
        for name, schema in sorted(found["$defs"].items())
    }


def _shapes() -> Iterator[type[Shape]]:
    for module in (shapes, shapes_of_places):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Shape) and value is not Shape:
                yield value


def _plain(schema: dict[str, Any], *, name: str, closed: bool) -> dict[str, Any]:
    """Without what pydantic adds for forms, and without the words that are for programmers."""
    plain: dict[str, Any] = {key: schema[key] for key in schema if key != "description"}
    if not closed:
        plain.pop("additionalProperties", None)
        if name in _CUT:
            plain.pop("required", None)
    if "properties" in plain:
        plain["properties"] = {key: _property(value) for key, value in plain["properties"].items()}
    return plain


def _property(schema: dict[str, Any]) -> dict[str, Any]:
    """A constant is told as a choice of one: generators of clients stumble over `const: 1`."""
    plain = {key: schema[key] for key in schema if key not in ("title", "const")}
    return plain | ({"enum": [schema["const"]]} if "const" in schema else {})


def _put_examples(document: dict[str, Any]) -> None:
    """By operation; recorded from the sample province (tests hold them against the schemas)."""
    recorded = json.loads(EXAMPLES.read_text()) if EXAMPLES.exists() else {}
    for path in document["paths"].values():
        for operation in path.values():
            found = recorded.get(operation["operationId"])
            if found:
                content = operation["responses"]["200"]["content"]
                content[found["media_type"]]["example"] = found["body"]


def _spoken(part: Any) -> Any:
    """A copy with every description in the active language; examples stay as they are."""
    if isinstance(part, list):
        return [_spoken(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: gettext(value)
        if key in _SAID and isinstance(value, str)
        else (value if key == "example" else _spoken(value))
        for key, value in part.items()
    }
