"""Whatever the document allows, and much that it forbids, is answered as the document says."""

import json
import os

import pytest
import schemathesis
from django.db import connection
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
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

if connection.vendor != "sqlite":
    # What is to be asked is thought of while tests are collected: seconds of every process.
    pytest.skip("the same on every database; the embedded one shows it", allow_module_level=True)

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


def _document():
    generation = {
        "max-examples": _HUNTED or 6,
        "deterministic": not _HUNTED,
        "database": "none",
    }
    config = SchemathesisConfig.from_dict({"generation": generation})
    told = json.loads(file_of("en").read_text())
    document = schemathesis.openapi.from_dict(told, config=config)
    document.app = application
    return document


# Without a worker beside the test /healthz says so; its own tests look at it.
@_document().exclude(path="/healthz").parametrize()
def test_every_answer_is_one_that_the_document_knows(case):
    # The WSGI transport does not unpack what it says it takes packed.
    case.call_and_validate(checks=_CHECKS, headers={"Accept-Encoding": "identity"})
