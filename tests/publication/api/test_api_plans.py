"""What an address reads does not grow with the register: rows are looked up, never sought."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication.models import AnnouncementDecision
from tests.factories import make_procedure
from tests.publication.acts import announce
from tests.publication.api.calls import announce_later

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others plan by statistics"),
]
PROCEDURE = "/api/v1/procedures/1.004873/"


@pytest.mark.parametrize(
    "address",
    [
        PROCEDURE,
        f"{PROCEDURE}?on=2024-10-03",
        f"{PROCEDURE}versions/",
        f"{PROCEDURE}versions/2024-10-03/",
        f"{PROCEDURE}difference/",
        "/api/v1/exports/cpsv-ap/1.004873/",
    ],
)
def test_the_texts_of_a_procedure_are_looked_up_by_its_code(client, address):
    procedure = make_procedure("1.004873")
    announce(procedure)
    announce_later(procedure, effect="amended")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    plans = [plan for plan in map(_plan, captured.captured_queries) if "listing" in plan]
    assert plans
    assert [plan for plan in plans if "SCAN publication_listing" in plan] == []


def test_decisions_are_read_in_their_order_and_not_sorted(client):
    announce(make_procedure())
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get("/api/v1/decisions/").json()["results"]) == 1
    table = AnnouncementDecision._meta.db_table
    plans = [_plan(it) for it in captured.captured_queries if f'FROM "{table}"' in it["sql"]]
    assert plans
    assert all("announcement_newest_first" in plan for plan in plans)
    assert [plan for plan in plans if "TEMP B-TREE" in plan] == []


def _plan(query):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        return "\n".join(row[3] for row in cursor.fetchall())
