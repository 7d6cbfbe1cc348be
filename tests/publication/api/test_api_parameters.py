import pytest

from publication.search.build import catch_up
from tests.factories import (
    make_agency,
    make_field,
    make_procedure,
)
from tests.publication.acts import announce
from tests.publication.api.calls import codes, get, problem

pytestmark = pytest.mark.django_db


def test_filters_narrow_by_column_and_by_shelf(client):
    agency = make_agency("Sở Tư pháp")
    civil, land = make_field("Hộ tịch"), make_field("Đất đai")
    announce(
        make_procedure("1.000001", field=civil, levels=["commune"], lead_agency=agency),
        make_procedure(
            "1.000002", field=land, levels=["province"], online_eligible=True, online_level="full"
        ),
        make_procedure("1.000003", field=land, scope="internal"),
    )
    catch_up()
    for q in ("", "&q=cap+giay+xac+nhan"):
        assert codes(client, f"?kind=internal{q}") == ["1.000003"]
        assert codes(client, f"?online_level=full{q}") == ["1.000002"]
        assert codes(client, f"?level=commune{q}") == ["1.000001"]
        assert codes(client, f"?agency={agency.slug}{q}") == ["1.000001"]
        assert set(codes(client, f"?field=dat-dai{q}")) == {"1.000002", "1.000003"}
        assert set(codes(client, f"?field=dat-dai&field=ho-tich&kind=regular{q}")) == {"1.000001"}
        assert set(codes(client, f"?kind=regular&kind=internal{q}")) == {"1.000001", "1.000003"}


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("?kin=regular", "kin", ["agency", "cursor", "expand", "field", "fields"]),
        ("?kind=Regular", "kind", ["internal", "online_eligible", "regular"]),
        ("?level=xa", "level", ["ministry", "province", "district", "commune", "other"]),
        ("?state=x", "state", ["offered", "abolished"]),
        ("?online_level=4", "online_level", ["none", "partial", "full"]),
        ("?field=dat-dai", "field", ["ho-tich"]),
        ("?field=dat-dai&q=giay", "field", ["ho-tich"]),
        ("?field=%00", "field", None),
        ("?agency=so-y-te", "agency", []),
        ("?page_size=0", "page_size", None),
        ("?page_size=201", "page_size", None),
        ("?page_size=ten", "page_size", None),
        ("?page_size=10&page_size=20", "page_size", None),
        ("?cursor=zzz", "cursor", None),
        ("?cursor=WzFd", "cursor", None),  # [1], a place in a ranking
        ("?cursor=WyJhIiwiYiJd&q=giay", "cursor", None),  # ["a","b"], a row of the list
        ("?q=" + "a" * 501, "q", None),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(client, query, parameter, allowed):
    announce(make_procedure(field=make_field("Hộ tịch")))
    catch_up()
    document = problem(get(client, query), 400)
    (error,) = document["errors"]
    assert error["parameter"] == parameter
    assert error["problem"]
    if parameter == "kin":
        error["allowed"] = error["allowed"][:5]
    assert error.get("allowed") == allowed


def test_every_wrong_parameter_is_named_at_once(client):
    document = problem(get(client, "?kind=a&page_size=b&x=1"), 400)
    assert {error["parameter"] for error in document["errors"]} == {"kind", "page_size", "x"}


def test_problems_speak_the_language_of_the_client(client):
    vietnamese = problem(get(client, "?x=1"), 400)
    english = problem(get(client, "?x=1", accept_language="en"), 400)
    assert vietnamese["title"] == "Yêu cầu không hợp lệ"
    assert english["title"] == "Invalid request"
    assert "x" in english["detail"]


@pytest.mark.parametrize("address", ["procedures/?page_size=", "changes/?after="])
def test_a_number_that_is_not_written_is_refused_and_not_taken_as_none(client, address):
    (parameter,) = problem(client.get(f"/api/v1/{address}"), 400)["errors"]
    assert address == f"{address.split('?')[0]}?{parameter['parameter']}="
