"""Acts that change what is public go one after another: each holds the log before any listing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication.actions import (
    approve_announcement,
    issue_announcement,
    submit_announcement,
    withdraw_announcement,
)
from publication.listings import bring_into_force
from publication.models import Listing
from tests.factories import make_announcement, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
THIRD = date(2024, 10, 3)


def listing_queries_before_the_log_is_held(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        act()
    sql = [query["sql"] for query in asked]
    held = next(n for n, one in enumerate(sql) if '"publication_eventhead"' in one)
    assert any('UPDATE "publication_listing"' in one for one in sql[held:]), "it changed nothing"
    return [one for one in sql[:held] if '"publication_listing"' in one]


def test_issuing_holds_the_log_before_it_looks_at_what_stands():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 9, 3))
    decision = make_announcement(procedures=[procedure], effect="amended")
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    approve_announcement(decision_id=decision.pk, by=None, now=NOON)

    def act() -> None:
        issue_announcement(
            decision_id=decision.pk,
            by=None,
            number="7/QĐ-UBND",
            signed_on=THIRD,
            signed_by="Chủ tịch",
            effective_on=THIRD,
            now=NOON,
        )

    assert listing_queries_before_the_log_is_held(act) == []


def test_withdrawing_holds_the_log_before_it_looks_at_what_stands():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 9, 3))
    wrong = announce(procedure, effect="amended")

    def act() -> None:
        withdraw_announcement(decision_id=wrong.pk, by=None, basis="99/QĐ-UBND", now=NOON)

    assert listing_queries_before_the_log_is_held(act) == []


def test_a_text_whose_day_has_come_takes_effect_under_the_log():
    """That nothing is due is found without holding anybody up."""
    announce(make_procedure(), effective_on=date(2024, 11, 1))
    day = datetime(2024, 11, 1, 5, tzinfo=UTC)
    found = listing_queries_before_the_log_is_held(lambda: bring_into_force(on=day.date(), now=day))
    assert [one.split()[:3] for one in found] == [["SELECT", "1", "AS"]]
    assert Listing.objects.current().count() == 1
