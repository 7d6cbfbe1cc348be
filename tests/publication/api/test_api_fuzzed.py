"""Whatever the document allows, and much that it forbids, is answered as the document says."""

import json
import os
from functools import cache
from typing import Any

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from procedures_portal.wsgi import application
from publication.api.schema.written import file_of
from publication.search.build import catch_up
from tests.publication.api.told import make_everything_told

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
# The same requests in every run; who hunts for faults sets a number and gets others each time.
_HUNTED = int(os.environ.get("PORTAL_FUZZ_EXAMPLES", "0"))
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    unsupported_method,
]


@pytest.fixture(autouse=True)
def _rows(db):
    make_everything_told()
    catch_up()


_TOLD = json.loads(file_of("en").read_text())
# Without a worker beside the test /healthz says so; its own tests look at it.
_ASKED = [
    f"{method.upper()} {path}"
    for path, operations in _TOLD["paths"].items()
    if path != "/healthz"
    for method in operations
]


@cache
def _document():
    generation = {
        "max-examples": _HUNTED or 6,
        "deterministic": not _HUNTED,
        "database": "none",
    }
    config = SchemathesisConfig.from_dict({"generation": generation})
    document = schemathesis.openapi.from_dict(_TOLD, config=config)
    document.app = application
    return document


def _ask(case, answered):
    # The WSGI transport does not unpack what it says it takes packed.
    case.call_and_validate(checks=_CHECKS, headers={"Accept-Encoding": "identity"})
    answered.append(case)


@pytest.mark.parametrize("label", _ASKED)
def test_every_answer_is_one_that_the_document_knows(label):
    """Built here: schemathesis' own parametrize thinks of all requests in every process."""
    document = _document()
    answered: list[Any] = []
    (operation,) = (
        found.ok() for found in document.get_all_operations() if found.ok().label == label
    )
    build_operation_test(
        config=document.config,
        operation=operation,
        test_func=lambda case: _ask(case, answered),
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(document)),
    )()
    assert answered
