"""What a release reads costs the same, however many other listings there are."""

from datetime import date

import pytest
from django.db import connection

from publication.models import Listing
from publication.site import feeds
from publication.site.lists import PublicList
from publication.site.page import PageKind
from tests.factories import make_agency, make_field, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others plan by statistics")
@pytest.mark.parametrize("when", [{}, {"in_force_at__isnull": False}])
def test_standing_texts_of_some_procedures_are_looked_up_by_procedure(when):
    plan = Listing.objects.standing().filter(procedure__in=[1, 2], **when).explain()
    assert "procedure_id=?" in plan
    assert "set_aside_by" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others plan by statistics")
def test_what_is_valid_of_some_procedures_is_looked_up_by_procedure():
    plan = Listing.objects.valid(on=date(2026, 1, 5)).filter(procedure__in=[1, 2]).explain()
    assert plan.count("procedure_id=?") == 2
    assert "set_aside_by" not in plan


def test_a_feed_says_the_same_whichever_way_it_is_read(monkeypatch):
    province, field = make_agency("Ủy ban nhân dân tỉnh"), make_field()
    here = [make_procedure(field=field) for _ in range(3)]
    announce(*here, make_procedure(), issuer=province)
    announce(
        here[0],
        issuer=province,
        effect="amended",
        signed_on=date(2024, 10, 4),
        now=NOON.replace(day=4),
    )
    wanted = PublicList(PageKind.FIELD, field.slug)
    made = []
    for long in (0, 1000):
        monkeypatch.setattr(feeds, "_LONG", long)
        made.append(feeds.list_feed(f"/linh-vuc/{field.slug}/atom.xml", wanted))
    assert made[0] == made[1]
    assert made[0].count(b"<entry>") == 4
