"""The OpenAPI document: it is what is written, valid, and what the API takes and answers."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from publication.api.schema.document import schemas
from publication.api.schema.operations import OPERATIONS
from publication.api.schema.written import EXAMPLES, LANGUAGES, file_of
from publication.models import MinistryDecision, PublicationEvent, WebhookDelivery
from publication.search.build import catch_up
from publication.webhooks.messages import body_of
from tests.publication.api.told import make_everything_told

WRITTEN = {language: json.loads(file_of(language).read_text()) for language in LANGUAGES}
RECORDED = json.loads(EXAMPLES.read_text())
GETS = {
    path: operation["get"] for path, operation in WRITTEN["vi"]["paths"].items() if "api" in path
}
WRITE_AGAIN = "write the document again: docs/api.md says how"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_written_document_is_what_the_program_says(language):
    with translation.override(language):
        said = SchemaGenerator().get_schema(request=None, public=True)
    assert json.loads(json.dumps(said)) == WRITTEN[language], WRITE_AGAIN


def test_the_generator_warns_of_nothing(tmp_path):
    target = str(tmp_path / "openapi.json")
    call_command(
        "spectacular", file=target, format="openapi-json", validate=True, fail_on_warn=True
    )
    assert json.loads((tmp_path / "openapi.json").read_text())["paths"].keys() == (
        WRITTEN["vi"]["paths"].keys()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_valid_openapi(language):
    assert WRITTEN[language]["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(WRITTEN[language]).iter_errors()) == []


def _words(part: Any, place: str = "") -> dict[str, str]:
    """Every description and summary by its place."""
    if isinstance(part, list):
        pairs = [(f"{place}/{number}", value) for number, value in enumerate(part)]
    elif isinstance(part, dict):
        pairs = [(f"{place}/{key}", value) for key, value in part.items() if key != "example"]
    else:
        return {}
    found = {}
    for inner, value in pairs:
        if inner.endswith(("/description", "/summary")) and isinstance(value, str):
            found[inner] = value
        found |= _words(value, inner)
    return found


def test_every_word_is_said_in_both_languages():
    vietnamese, english = _words(WRITTEN["vi"]), _words(WRITTEN["en"])
    assert vietnamese.keys() == english.keys()
    assert len(vietnamese) > 400
    same = {place for place, words in vietnamese.items() if words == english[place]}
    assert same == set()


def test_operation_ids_are_unique_and_every_view_has_one():
    ids = [operation["operationId"] for operation in GETS.values()]
    assert sorted(ids) == sorted(operation.id for operation in OPERATIONS.values())


def _validator(name: str, *, closed: bool) -> Draft202012Validator:
    components = {"schemas": schemas(closed=closed)}
    reference = {"$ref": f"#/components/schemas/{name}", "components": components}
    return Draft202012Validator(reference, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("operation_id", sorted(RECORDED))
def test_examples_fit_their_schemas(operation_id):
    operation = next(it for it in GETS.values() if it["operationId"] == operation_id)
    content = operation["responses"]["200"]["content"][RECORDED[operation_id]["media_type"]]
    assert content["example"] == RECORDED[operation_id]["body"]
    schema = content["schema"] | {"components": WRITTEN["vi"]["components"]}
    checker = Draft202012Validator.FORMAT_CHECKER
    found = Draft202012Validator(schema, format_checker=checker).iter_errors(content["example"])
    assert [error.message for error in found] == []


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_parameters_told_are_those_that_the_server_knows(client):
    """Each address names what it allows when it is asked for something else."""
    for path, operation in GETS.items():
        told = sorted(it["name"] for it in operation["parameters"] if it["in"] == "query")
        given = {it["name"]: it["example"] for it in operation["parameters"] if it["in"] == "path"}
        response = client.get(path.format(**given) + "?khong-co=1")
        if path == "/api/v1/":
            continue
        assert response.status_code == 400, path
        assert response.json()["errors"][0]["allowed"] == told, path


@pytest.fixture
def everything_told():
    make_everything_told()
    catch_up()


SHAPES = {
    "/api/v1/procedures/?expand=text": ("ListedProcedure", True),
    "/api/v1/procedures/1.004873/": ("ProcedureDetail", False),
    "/api/v1/procedures/1.004873/versions/": ("Version", True),
    "/api/v1/procedures/1.004873/versions/2024-10-03/": ("ProcedureDetail", False),
    "/api/v1/procedures/1.004873/difference/": ("Difference", False),
    "/api/v1/search/?q=ket+hon": ("FoundProcedure", True),
    "/api/v1/changes/": ("Change", True),
    "/api/v1/changes/days/": ("DailyHead", True),
    "/api/v1/decisions/?expand=items": ("Decision", True),
    "/api/v1/ministry-decisions/?expand=items": ("MinistryDecision", True),
    "/api/v1/agencies/": ("Agency", True),
    "/api/v1/fields/": ("ProcedureField", True),
    "/api/v1/life-events/": ("LifeEvent", True),
    "/api/v1/gaps/": ("Gaps", False),
    "/api/v1/deadlines/?rule=national_database_entry&signed_on=2024-11-18": (
        "DeadlineAnswer",
        False,
    ),
    "/api/v1/procedures/?kind=nothing": ("ProblemDocument", False),
}


@pytest.mark.django_db
@pytest.mark.embedded
def test_answers_say_all_that_is_told_and_nothing_more(client, everything_told):
    for address, (name, is_list) in SHAPES.items():
        answer = client.get(address).json()
        found = answer["results"] if is_list else [answer]
        assert found, address
        validator = _validator(name, closed=True)
        for row in found:
            assert [error.message for error in validator.iter_errors(row)] == [], address


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize("number", [1, None], ids=["changes", "ping"])
def test_messages_of_webhooks_say_what_is_told(everything_told, number):
    moment = PublicationEvent.objects.get(sequence=1).occurred_at
    message = json.loads(body_of(WebhookDelivery(first=number, last=number, created_at=moment)))
    assert len(message["data"].get("results", [])) == (number or 0)
    found = _validator("WebhookMessage", closed=True).iter_errors(message)
    assert [error.message for error in found] == []


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_addresses_of_the_examples_answer(client, everything_told):
    """So does schemathesis, which asks by them, see more than refusals."""
    asked = {
        "/api/v1/search/": "?q=ket+hon",
        "/api/v1/deadlines/": "?rule=national_database_entry&signed_on=2024-11-18",
    }
    for path, operation in GETS.items():
        given = {it["name"]: it["example"] for it in operation["parameters"] if it["in"] == "path"}
        if "key" in given:
            given["key"] = MinistryDecision.objects.get().pk
        response = client.get(path.format(**given) + asked.get(path, ""))
        body = response.getvalue() if response.streaming else response.content
        assert (response.status_code, bool(body)) == (200, True), path


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_document_is_served_in_the_language_asked_for(client):
    for asked, headers, language in (
        ("", {}, "vi"),
        ("", {"Accept-Language": "en"}, "en"),
        ("?lang=en", {}, "en"),
        ("?lang=vi", {"Accept-Language": "en"}, "vi"),
    ):
        response = client.get(f"/api/v1/openapi.json{asked}", headers=headers)
        assert response.json() == WRITTEN[language], asked


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_document_is_asked_for_again_at_no_cost(client, django_assert_num_queries):
    first = client.get("/api/v1/openapi.json")
    with django_assert_num_queries(0):
        again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert english["ETag"] != first["ETag"]
    assert "Accept-Language" in english["Vary"]
