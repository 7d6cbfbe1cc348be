"""A procedure as linked data, beside its page: from the release alone."""

import json

from tests.publication.site.asked.conftest import CODE
from tests.standards import cpsv_violations, graph_of

HERE = f"/thu-tuc/{CODE}/index.jsonld"


def _service(answer):
    (node,) = (n for n in json.loads(answer.content)["@graph"] if n["type"] == "cpsv:PublicService")
    return node


def test_the_text_that_holds_is_linked_data_without_a_look_at_the_database(
    released, client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get(HERE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    assert answer["Cache-Control"] == "public, max-age=60"
    service = _service(answer)
    assert service["id"] == f"http://localhost:8000/thu-tuc/{CODE}/#dich-vu"
    assert service["description"] == "Nộp bốn giấy tờ."
    assert cpsv_violations(graph_of(answer.content)) == []


def test_an_earlier_text_says_which_service_it_is_of_and_until_when(released, client):
    service = _service(client.get(f"/thu-tuc/{CODE}/2024-10-03/index.jsonld"))
    assert service["description"] == "Nộp hai giấy tờ."
    assert service["isVersionOf"] == f"http://localhost:8000/thu-tuc/{CODE}/#dich-vu"
    assert (service["validFrom"], service["validThrough"]) == ("2024-10-03", "2024-10-04")


def test_it_says_what_the_api_says_of_the_same_text(released, client):
    assert client.get(HERE).content == client.get(f"/api/v1/exports/cpsv-ap/{CODE}/").content


def test_a_reader_who_has_it_is_told_so_and_a_stranger_finds_nothing(released, client):
    known = {"If-None-Match": client.get(HERE)["ETag"]}
    assert client.get(HERE, headers=known).status_code == 304
    for path in ("9.999999/index.jsonld", f"{CODE}/2024-10-04/index.jsonld"):
        assert client.get(f"/thu-tuc/{path}").status_code == 404
    assert client.get(f"/thu-tuc/{CODE}/2024-13-40/index.jsonld").status_code == 404
