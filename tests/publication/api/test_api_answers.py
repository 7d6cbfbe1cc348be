import pytest
from django.db import OperationalError, connection

from publication.models import Listing
from publication.search.build import catch_up
from tests.factories import (
    make_field,
    make_procedure,
)
from tests.publication.acts import announce
from tests.publication.api.calls import URL, announce_later, codes, get, problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [f"{URL}1.999999/", f"{URL}abc/", f"{URL}1.004873/x/", "/api/v1/nothing/", "/api/", "/api/v2/"],
)
def test_what_is_not_there_is_a_problem_document(client, url):
    assert "errors" not in problem(client.get(url), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", [URL, f"{URL}1.004873/", "/api/v1/"])
def test_nothing_can_be_written(client, method, url):
    response = getattr(client, method)(url)
    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_answer(client):
    assert client.head(URL).status_code == 200
    assert client.options(URL).status_code == 200


def test_the_root_names_the_lists(client):
    paths = {
        "procedures": "procedures/",
        "search": "search/",
        "changes": "changes/",
        "daily-heads": "changes/days/",
        "decisions": "decisions/",
        "ministry-decisions": "ministry-decisions/",
        "agencies": "agencies/",
        "fields": "fields/",
        "life-events": "life-events/",
        "gaps": "gaps/",
        "deadlines": "deadlines/",
        "exports": "exports/",
        "openapi": "openapi.json",
    }
    assert client.get("/api/v1/").json() == {
        name: f"http://testserver/api/v1/{path}" for name, path in paths.items()
    }


def test_a_search_without_an_index_says_when_to_come_back(client):
    response = get(client, "?q=ket+hon")
    problem(response, 503)
    assert response["Retry-After"] == "60"


def test_a_copy_stays_good_until_the_log_moves(client):
    announce(make_procedure("1.004873", name="Đăng ký kết hôn"))
    catch_up()
    for url in (URL, f"{URL}?q=ket+hon", f"{URL}1.004873/"):
        etag = client.get(url)["ETag"]
        unchanged = client.get(url, headers={"if-none-match": etag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged["ETag"] == etag
    other = get(client, "?page_size=3")["ETag"]
    assert other != get(client)["ETag"]
    before = get(client)["ETag"]
    announce_later(make_procedure())
    assert get(client, if_none_match=before).status_code == 200
    assert client.get(f"{URL}9.999999/", headers={"if-none-match": "*"}).status_code == 404


def test_a_question_of_marks_only_finds_nothing_and_an_empty_one_is_the_list(client):
    announce(make_procedure("1.004873"))
    catch_up()
    assert codes(client, "?q=%3F%21") == []
    assert codes(client, "?q=") == codes(client, "?q=+") == ["1.004873"]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    field = make_field("Hộ tịch")
    announce(*[make_procedure(f"1.00000{n}", field=field) for n in range(count)])
    catch_up()
    with django_assert_num_queries(2):  # the log's head, the page
        get(client)
    with django_assert_num_queries(3):  # and the slugs there are
        get(client, "?field=ho-tich&level=province&kind=regular")
    with django_assert_num_queries(0):
        get(client, "?q=cap+giay&field=ho-tich")
    with django_assert_num_queries(3):  # the listing, the head, the versions
        client.get(f"{URL}1.000000/")


def test_a_list_does_not_carry_the_long_texts_out_of_the_database(
    client, django_assert_num_queries
):
    announce(make_procedure())
    with django_assert_num_queries(2) as captured:
        get(client)
    assert '"text"' not in captured[1]["sql"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by table size")
def test_a_list_is_read_in_its_order_and_not_sorted():
    plan = Listing.objects.current().order_by("sort_key", "code")[:51].explain()
    assert "listing_current_by_name" in plan
    assert "TEMP B-TREE" not in plan


def test_a_database_that_does_not_answer_is_a_problem_document(client):
    def refuse(*args):
        raise OperationalError("down")

    with connection.execute_wrapper(refuse):
        response = get(client)
    problem(response, 503)
    assert response["Retry-After"] == "60"
