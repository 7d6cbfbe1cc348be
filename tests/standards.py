"""The published standards that exports are held against, as lists of what is wrong."""

import json
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from jsonschema import Draft202012Validator, FormatChecker
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from publication.exports.links import web_address

_RESOURCES = Path(__file__).parent / "resources"
_SHAPES = _RESOURCES / "cpsv-ap-3.2.0" / "cpsv-ap-SHACL.ttl"
_SCHEMAS = _RESOURCES / "hsds-3.0"


def graph_of(data: bytes) -> Graph:
    with warnings.catch_warnings():
        # rdflib's own parser uses a class that rdflib no longer wants used.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=data, format="json-ld")


def cpsv_violations(graph: Graph) -> list[str]:
    """What the SHACL shapes of CPSV-AP 3.2.0 find wrong in a graph."""
    _conforms, report, _words = pyshacl.validate(graph, shacl_graph=_shapes())
    return sorted(
        " ".join(str(report.value(result, part)) for part in _TOLD)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


_TOLD: tuple[URIRef, ...] = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)


@cache
def _shapes() -> Graph:
    return Graph().parse(_SHAPES, format="turtle")


def hsds_violations(service: dict[str, Any]) -> list[str]:
    """What the full HSDS 3.0 schema finds wrong; a field that it does not know is wrong too."""
    errors = _validator().iter_errors(json.loads(json.dumps(service)))
    return sorted(f"{error.json_path}: {error.message}" for error in errors)


@cache
def _validator() -> Draft202012Validator:
    schema = _schema("service.json").contents
    names = [path.name for path in _SCHEMAS.glob("*.json")]
    registry: Registry[Any] = Registry().with_resources((name, _schema(name)) for name in names)
    return Draft202012Validator(schema, registry=registry, format_checker=_formats())


def _schema(name: str) -> Resource[Any]:
    schema = json.loads((_SCHEMAS / name).read_text()) | {"additionalProperties": False}
    return Resource.from_contents(schema, default_specification=DRAFT202012)


def _formats() -> FormatChecker:
    """jsonschema leaves to further packages what these two say in a line."""
    checker = FormatChecker(["uuid", "email"])
    checker.checks("uri")(lambda value: bool(web_address(value)))
    checker.checks("date-time", raises=ValueError)(
        lambda value: datetime.fromisoformat(value).tzinfo is not None
    )
    return checker


def keys_of(value: Any) -> Iterator[str]:
    """Every key in JSON-ready data, however deep."""
    if isinstance(value, dict):
        yield from value
        yield from keys_of(list(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from keys_of(part)
