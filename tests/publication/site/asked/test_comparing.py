"""Any two texts of a procedure side by side, from the release alone."""

import re

import pytest

from publication.site.page import PageKind
from tests.publication.site.asked.conftest import CODE, DAYS
from tests.publication.site.render.pages import html

HERE = f"/thu-tuc/{CODE}/so-sanh/"


def _words(page, tag):
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page.split('class="wrap section-end"')[1])[1:]


def test_texts_that_are_no_neighbours_are_compared_without_the_database(
    released, client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get(HERE, {"tu": "2024-10-03", "den": "2024-10-07"})
    page = answer.content.decode()
    assert (_words(page, "del"), _words(page, "ins")) == (["hai"], ["bốn"])
    assert '<option value="2024-10-03" selected>' in page
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_order_of_the_question_does_not_matter(released, client):
    ways = [("2024-10-03", "2024-10-07"), ("2024-10-07", "2024-10-03"), ("", "")]
    pages = {client.get(HERE, {"tu": one, "den": other}).content for one, other in ways}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("older", "newer"), [("2024-10-03", "2024-10-06"), ("6/10/2024", "4/10/2024")]
)
def test_neighbours_lead_to_their_finished_page(released, client, older, newer):
    answer = client.get(HERE, {"tu": older, "den": newer})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/thu-tuc/{CODE}/2024-10-05/thay-doi/",
    )


def test_a_text_beside_itself_is_the_same(released, client):
    page = client.get(HERE, {"tu": "2024-10-05", "den": "2024-10-05"}).content.decode()
    assert "giống nhau từng chữ" in page


def test_release_and_question_mark_the_same_words(released, client):
    """The finished page reads rows, the other one twins: between neighbours both say the same."""
    from publication.site.asked.comparing import _side, changed_parts
    from publication.site.asked.twins import served_twin

    twin = served_twin(CODE)
    assert twin is not None
    older, newer = (_side(CODE, span) for span in twin.spans[:2])
    parts = changed_parts(older.text, newer.text)
    finished = html(PageKind.DIFFERENCE, f"{CODE}/{DAYS[1]}")
    marked = [
        span.text
        for part in parts
        for row in part.rows
        for span in row.proposed or ()
        if span.changed
    ]
    assert _words(finished, "ins") == marked == ["ba"]


def test_the_english_page_stays_in_english(released, client):
    page = client.get(f"/en{HERE}").content.decode()
    assert "Two versions compared" in page
    assert f'action="/en{HERE}"' in page
    assert (
        f'hreflang="vi" href="http://localhost:8000{HERE}?tu=2024-10-03&amp;den=2024-10-07"' in page
    )
