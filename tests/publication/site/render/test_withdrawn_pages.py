"""What readers see of a decision that was withdrawn or corrected, and of its texts."""

from datetime import UTC, date, datetime

import pytest

from publication.actions import withdraw_announcement
from publication.correcting import draft_correction
from publication.models import AnnouncementDecision
from publication.site.page import PageKind
from publication.site.render.decision import decision_rows
from tests.factories import make_procedure
from tests.publication.acts import announce, issue
from tests.publication.site.render.pages import html

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 10, 5, 3, 0, tzinfo=UTC)


@pytest.fixture
def withdrawn() -> AnnouncementDecision:
    """A second text of one procedure and the first of another, withdrawn on 5 October 2024."""
    old, new = make_procedure("1.900001", name="Tên cũ"), make_procedure("1.900002")
    announce(old, number="7/QĐ-UBND", signed_on=date(2024, 9, 3))
    old.name = "Tên bị rút"
    old.save()
    wrong = announce(old, new, effect="amended", number="8/QĐ-UBND", signed_on=date(2024, 10, 3))
    return withdraw_announcement(
        decision_id=wrong.pk, by=None, basis="Quyết định 9/QĐ-UBND", now=LATER
    )


def test_the_decision_keeps_its_page_and_says_that_it_was_withdrawn(withdrawn):
    page = html(PageKind.DECISION, withdrawn.slug or "")
    for words in ("bị thu hồi từ ngày 05/10/2024", "Quyết định 9/QĐ-UBND", "Tên bị rút"):
        assert words in page
    assert "Đã thu hồi" in html(PageKind.DECISIONS)


def test_what_came_back_is_told_as_such_and_counted_to_no_decision(withdrawn):
    page = html(PageKind.PROCEDURE, "1.900001")
    assert "Tên cũ" in page
    assert "Bản 3 · có hiệu lực trở lại" in page
    assert "7/QĐ-UBND" in page
    first = decision_rows([AnnouncementDecision.objects.get(number="7/QĐ-UBND")])
    assert first[0].tally == "1 thủ tục: 1 mới ban hành"


def test_what_had_no_text_before_is_told_as_no_longer_announced(withdrawn):
    page = html(PageKind.PROCEDURE, "1.900002")
    assert "Thủ tục này không còn được công bố" in page
    assert "Quyết định số 8/QĐ-UBND" in page


def test_the_withdrawn_text_stays_readable_and_says_so(withdrawn):
    page = html(PageKind.VERSION, "1.900001/2024-10-03")
    assert "Tên bị rút" in page
    assert "Quyết định số 8/QĐ-UBND công bố bản này đã bị thu hồi từ ngày 05/10/2024." in page


def test_a_corrected_decision_and_its_correction_name_each_other():
    wrong = announce(make_procedure("1.900001"), number="7/QĐ-UBND", signed_on=date(2024, 10, 3))
    draft = draft_correction(decision_id=wrong.pk, by=None, now=LATER)
    right = issue(draft, number="8/QĐ-UBND", signed_on=date(2024, 10, 4), now=LATER)
    assert f'href="/quyet-dinh/{right.slug}/"' in html(PageKind.DECISION, wrong.slug or "")
    assert "đã được đính chính" in html(PageKind.DECISION, wrong.slug or "")
    assert f'href="/quyet-dinh/{wrong.slug}/"' in html(PageKind.DECISION, right.slug or "")
    assert "Bản 2 · đính chính" in html(PageKind.PROCEDURE, "1.900001")
