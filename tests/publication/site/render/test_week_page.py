"""The week's page tells the seven days up to its own, from the log alone."""

import re
from datetime import timedelta

import pytest

from publication.enums import ItemEffect
from publication.models import PublicationEvent
from publication.site.page import Edition, Page, PageKind
from publication.site.render import render_page, week
from tests.factories import make_announcement, make_life_event, make_procedure
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db

THURSDAY = NOON.date()  # 3 October 2024


def _page(kind=PageKind.WEEK, *, on=THURSDAY, sequence=None, language="vi"):
    last = PublicationEvent.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    shown = Edition(last or 0 if sequence is None else sequence, on)
    return render_page(Page(kind, language=language), edition=shown).decode()


def _told(name, day, **how):
    procedure = make_procedure(name=name)
    moment = NOON + timedelta(days=day)
    announce(procedure, signed_on=moment.date(), now=moment, **how)
    return procedure


def test_it_tells_seven_days_and_no_other():
    for day, name in ((-7, "Tuần trước"), (-6, "Đầu tuần"), (0, "Hôm nay"), (1, "Ngày mai")):
        _told(name, day)
    page = _page()
    assert re.findall(r"Tuần trước|Đầu tuần|Hôm nay|Ngày mai", page) == ["Hôm nay", "Đầu tuần"]
    assert "từ ngày 27/09/2024 đến ngày 03/10/2024" in page
    assert "2</b>mới ban hành" in page


def test_days_bear_their_names_and_decisions_theirs():
    _told("Một", -1, number="11/QĐ-UBND")
    _told("Hai", 0, number="12/QĐ-UBND")
    page = _page()
    headings = [re.sub("<[^>]*>", "", it) for it in re.findall(r"<h[23][^>]*>(.*?)</h", page)]
    assert headings[:4] == [
        "Thứ Năm, 03/10/2024", "Quyết định số 12/QĐ-UBND · 1 thủ tục",
        "Thứ Tư, 02/10/2024", "Quyết định số 11/QĐ-UBND · 1 thủ tục",
    ]  # fmt: skip
    assert "Thursday" in _page(language="en")


def test_it_tells_no_more_than_the_log_of_its_edition():
    _told("Đã kể", 0)
    told = PublicationEvent.objects.count()
    _told("Chưa kể", 0)
    for kind in (PageKind.WEEK, PageKind.HOME):
        page = _page(kind, sequence=told)
        assert "Đã kể" in page
        assert "Chưa kể" not in page


def test_a_large_decision_is_told_in_part_and_leads_to_the_whole(monkeypatch):
    monkeypatch.setattr(week, "_MOST", 2)
    decision = announce(*(make_procedure(name=f"Tên {number}") for number in range(3)))
    page = _page()
    assert len(re.findall(r"Tên \d", page)) == 2
    assert f'href="/quyet-dinh/{decision.slug}/">Xem cả 3 thủ tục trong quyết định này' in page


def test_what_began_stands_before_what_ended():
    ended = _told("Bị thay", -30)
    decision = make_announcement(
        procedures=[make_procedure(name="Được mở")], effect=ItemEffect.REPLACED
    )
    decision.items.get().replaces.add(ended)
    issue(decision)
    assert re.findall("Được mở|Bị thay", _page()) == ["Được mở", "Bị thay"]


def test_home_shows_the_newest_and_leads_to_all_of_the_week():
    for number in range(7):
        _told(f"Việc {number}", 0)
    page = _page(PageKind.HOME)
    assert re.findall(r"Việc (\d)", page) == ["6", "5", "4", "3", "2"]
    assert '<a class="ds-link action" href="/thay-doi/">Xem cả 7 thay đổi của tuần' in page


def test_home_tells_the_last_changes_when_the_week_has_none():
    _told("Lâu rồi", -30)
    page = _page(PageKind.HOME)
    assert "Từ 27/09/2024 đến 03/10/2024 không có thủ tục nào thay đổi." in page
    assert "Những thay đổi gần nhất trước đó" in page
    assert "Lâu rồi" in page


def test_a_week_without_changes_says_so_and_tells_the_last_ones():
    _told("Lâu rồi", -30, number="11/QĐ-UBND")
    page = _page()
    assert page.count("Từ 27/09/2024 đến 03/10/2024 không có thủ tục nào thay đổi.") == 1
    assert "Những thay đổi gần nhất trước đó" in page
    assert re.findall(r"<h(\d)[^>]*><a[^>]*>Lâu rồi", page) == ["2"]
    _told("Hôm nay", 0)
    assert "Lâu rồi" not in _page()


def test_home_counts_what_stands_beside_each_life_event():
    event = make_life_event()
    for _ in range(2):
        procedure = make_procedure()
        procedure.life_events.add(event)
        announce(procedure)
    page = _page(PageKind.HOME)
    tile = page.split(event.name)[1].split("</a>")[0]
    assert re.sub("<[^>]*>", "", tile) == "2 thủ tục"


def test_a_very_full_week_is_told_by_its_newest_changes_and_counted_whole(monkeypatch):
    monkeypatch.setattr(week, "_MOST_READ", 2)
    for day, name in ((-2, "Cũ nhất"), (-1, "Hôm qua"), (0, "Hôm nay")):
        _told(name, day)
    page = _page()
    assert re.findall(r"Cũ nhất|Hôm qua|Hôm nay", page) == ["Hôm nay", "Hôm qua"]
    assert "3</b>thay đổi" in page
    assert "Dưới đây là 2 thay đổi mới nhất" in page
