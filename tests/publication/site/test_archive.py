"""The list of decisions keeps its old pages as they are."""

from itertools import pairwise

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from publication.site import archive
from publication.site.page import Page, PageKind
from tests.factories import make_agency, make_procedure
from tests.publication.acts import announce
from tests.publication.site.render.pages import html

SIZE = django_settings.PORTAL_PAGE_SIZE
counts = st.integers(min_value=0, max_value=6 * SIZE)


def pages(slugs):
    """What stands on each page, given all decisions from the oldest on."""
    newest_first, count = list(reversed(slugs)), len(slugs)
    return {
        number: (
            newest_first[archive.span(number, count)],
            archive.newer(number, count),
            archive.older(number, count),
            count if number == archive.FRONT else None,
        )
        for number in range(1, archive.last_page(count) + 1)
    }


@given(counts)
def test_every_decision_stands_on_one_page_and_the_pages_lead_through_all(count):
    made = pages(list(range(count)))
    walked, number = list(made[archive.FRONT][0]), archive.FRONT
    while number := made[number][2]:
        walked += made[number][0]
    assert walked == list(range(count - 1, -1, -1))
    assert all(made[after][1] == before for before, after in pairwise(_walk(made)))


def _walk(made):
    number = archive.FRONT
    while number:
        yield number
        number = made[number][2]


@given(counts)
def test_the_front_holds_as_many_as_another_page_and_fewer_than_twice_as_many(count):
    rows = {number: len(page[0]) for number, page in pages(list(range(count))).items()}
    front = rows.pop(archive.FRONT)
    assert min(count, SIZE) <= front < 2 * SIZE
    assert set(rows.values()) <= {SIZE}


@given(counts, st.data())
def test_only_changed_pages_are_made_again(count, data):
    after = list(range(count))
    added = data.draw(st.sets(st.sampled_from(after), max_size=3) if after else st.just(set()))
    before = [slug for slug in after if slug not in added]
    old, new = pages(before), pages(after)
    differing = {number for number, page in new.items() if old.get(number) != page}
    told = archive.changed_pages(list(map(str, after)), shown=[], added=set(map(str, added)))
    assert differing <= told <= new.keys()


@pytest.mark.parametrize("count", [1, SIZE, 2 * SIZE, 40 * SIZE, 41 * SIZE])
def test_one_new_decision_changes_at_most_three_pages_however_many_there_are(count):
    slugs = [str(number) for number in range(count)]
    told = archive.changed_pages(slugs, shown=[slugs[-1]], added={slugs[-1]})
    assert archive.FRONT in told
    assert len(told) <= 3


def test_a_renamed_decision_changes_its_own_page():
    slugs = [str(number) for number in range(5 * SIZE)]
    assert archive.changed_pages(slugs, shown=["0"], added=set()) == {2}
    assert archive.changed_pages(slugs, shown=[slugs[-1]], added=set()) == {archive.FRONT}


@pytest.mark.django_db
def test_an_old_page_tells_its_days_and_nothing_that_a_new_decision_changes(settings):
    settings.PORTAL_PAGE_SIZE = 5
    province = make_agency("Ủy ban nhân dân tỉnh")
    for number in range(12):
        announce(make_procedure(), issuer=province, number=f"{number + 1}/QĐ-UBND")
    front, old = html(PageKind.DECISIONS), html(PageKind.DECISIONS, number=2)
    assert "12 quyết định" in front
    assert f'href="{Page(PageKind.DECISIONS, number=2).path}" rel="next"' in front
    assert "Ký từ ngày 03/10/2024 đến ngày 03/10/2024" in old
    assert 'href="/quyet-dinh/" rel="prev"' in old
    announce(make_procedure(), issuer=province, number="13/QĐ-UBND")
    assert html(PageKind.DECISIONS, number=2) == old
    assert html(PageKind.DECISIONS) != front
