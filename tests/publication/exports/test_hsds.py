"""Open Referral HSDS 3.0: valid by its own schemas, and true to the text."""

import json

import pytest

from publication.announced_text import AgencyInRole
from publication.enums import ListingState
from publication.exports.hsds import hsds_service
from publication.exports.vocabularies import VOCABULARIES
from tests.factories import make_content
from tests.publication.exports.texts import PAGE, PORTAL, make_public, one_option
from tests.standards import hsds_violations


def _attributes(service, taxonomy):
    return [
        (row["taxonomy_term"]["code"], row["taxonomy_term"]["name"], row.get("value"))
        for row in service["attributes"]
        if row["link_type"] == taxonomy
    ]


def test_a_time_in_working_days_is_a_number_of_working_days():
    content = one_option(statutory={"amount": "5", "unit": "working_day"})
    service = hsds_service(make_public(content=content), PORTAL)
    assert _attributes(service, "thoi-han") == [
        ("direct-working_day", "Trực tiếp, ngày làm việc", "5")
    ]
    assert "Trực tiếp. Thời hạn: 5 ngày làm việc" in service["application_process"]


def test_a_fee_that_is_no_amount_has_words_and_no_number():
    fees = [
        {"state": "amount", "amount": "1.5", "currency": "USD", "valid_from": "2024-01-01"},
        {"state": "free"},
        {"state": "not_regulated"},
    ]
    service = hsds_service(make_public(content=one_option(fees=fees)), PORTAL)
    told = [
        (row.get("amount"), row.get("currency"), row["amount_description"], row.get("valid_from"))
        for row in service["cost_options"]
    ]
    assert told == [
        (1.5, "usd", "1.5 USD. Áp dụng từ ngày 01/01/2024", "2024-01-01"),
        (0, "vnd", "Không thu", None),
        (None, None, "Chưa quy định", None),
    ]


def test_an_identifier_lasts_and_is_of_one_portal():
    once, again = (hsds_service(make_public(name=name), PORTAL) for name in ("Cũ", "Mới"))
    assert once["id"] == again["id"]
    assert once["id"] != hsds_service(make_public(code="1.000001"), PORTAL)["id"]


def test_an_ended_procedure_is_defunct():
    ended = make_public(state=ListingState.ABOLISHED)
    assert hsds_service(ended, PORTAL)["status"] == "defunct"
    assert hsds_service(make_public(), PORTAL)["status"] == "active"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"content": {}, "lead_agency": None, "agencies": (), "audiences": (), "levels": ()},
        {
            "agencies": (AgencyInRole(role="reception", name="Xã", slug="xa"),),
            "content": make_content(
                as_written={"papers": "Đơn.", "fees": "Theo quy định.", "legal_bases": "Luật."},
                paper_cases=[
                    {"papers": [{"name": "Đơn", "forms": [{"name": "a", "url": "không có"}]}]}
                ],
            ),
        },
    ],
)
def test_every_service_is_valid_by_the_schemas(facts):
    service = hsds_service(make_public(**facts), PORTAL)
    assert hsds_violations(service) == []
    assert service["url"] == PAGE


def test_the_schemas_are_asked_in_earnest():
    service = hsds_service(make_public(), PORTAL)
    assert len(hsds_violations(service | {"id": "1", "status": "open", "url": "x", "a": 1})) == 4
    service["organization"].pop("description")
    service["last_modified"] = "2024-10-03T05:00:00"
    assert len(hsds_violations(service)) == 2


def test_a_register_is_a_service_a_line():
    texts = [make_public(), make_public(code="1.000001")]
    lines = b"".join(VOCABULARIES["hsds"].all(texts, PORTAL)).splitlines()
    assert [json.loads(line) for line in lines] == [hsds_service(it, PORTAL) for it in texts]
