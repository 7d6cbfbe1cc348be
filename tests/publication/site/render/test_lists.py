"""Lists, indexes, decisions and the home page show what is public now, in a few queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication.models import AnnouncementDecision, Listing
from publication.site.page import Edition, Page, PageKind
from publication.site.render import NoSuchPage, render_page, render_pages
from tests.factories import make_announcement, make_field, make_procedure
from tests.publication.acts import announce
from tests.publication.site.render.pages import edition, every_page, html, make_province

pytestmark = pytest.mark.django_db


def test_a_row_names_the_procedure_and_how_it_is_filed():
    procedure = make_procedure(
        name="Cấp giấy phép", online_eligible=True, online_level="full", levels=["commune"]
    )
    decision = announce(procedure, number="77/QĐ-UBND")
    page = html(PageKind.FIELD, procedure.field.slug)
    for words in ("Cấp giấy phép", procedure.code, "Trực tuyến toàn trình", "Cấp xã"):
        assert words in page
    # Every amendment would change every list: the procedure's page names day and decision.
    assert decision.number not in page
    assert "03/10/2024" not in page


def test_the_list_of_a_field_does_not_repeat_its_name_in_every_row():
    field, other = make_field("Hộ tịch"), make_field("Đất đai")
    guest = make_procedure(field=other)
    guest.further_fields.add(field)
    announce(make_procedure(field=field), guest)
    page = html(PageKind.FIELD, "ho-tich")
    assert len(re.findall(r'href="/thu-tuc/\d\.\d{6}/"', page)) == 2
    assert re.findall(r'<p class="quick soft"><span>(.*?)</span>', page) == ["Đất đai"]


def test_long_lists_are_cut_into_numbered_pages(settings):
    settings.PORTAL_PAGE_SIZE = 5
    field = make_field()
    announce(*(make_procedure(name=f"Thủ tục số {n:02}", field=field) for n in range(12)))
    last = html(PageKind.ALL_PROCEDURES, number=3)
    assert [n for n in range(12) if f"Thủ tục số {n:02}" in last] == [10, 11]
    assert 'href="/thu-tuc/trang-2/" rel="prev"' in last
    assert 'rel="next"' not in last
    assert "12 thủ tục" in last


def test_an_ended_procedure_leaves_the_lists_for_the_list_of_ended_ones():
    province = make_province()
    address = f'href="/thu-tuc/{province.replaced.code}/"'
    assert address not in html(PageKind.FIELD, "ho-tich")
    ended = html(PageKind.ABOLISHED)
    assert address in ended
    assert f'href="/thu-tuc/{province.replacing.code}/"' in ended


def test_indexes_count_what_is_offered_now():
    make_province()
    assert _count_beside(html(PageKind.FIELDS), "/linh-vuc/ho-tich/") == "5"
    assert _count_beside(html(PageKind.KINDS), "/loai-thu-tuc/noi-bo/") == "1"
    assert _count_beside(html(PageKind.AGENCIES), "/co-quan/so-tu-phap/") == "1"


def test_a_decision_groups_its_procedures_by_what_it_did():
    province = make_province()
    listing = Listing.objects.current().get(procedure=province.replacing)
    page = html(PageKind.DECISION, listing.decision.slug or "")
    assert page.index('id="replaced"') < page.index('id="ended"')
    assert "Chủ tịch Nguyễn Văn Mẫu" in page


def test_a_decision_whose_day_is_to_come_links_to_no_page_that_is_not_there():
    procedure = make_procedure(name="Thủ tục sắp tới")
    decision = announce(procedure, effective_on=date(2024, 12, 1))
    page = html(PageKind.DECISION, decision.slug or "")
    assert "Thủ tục sắp tới" in page
    assert f'href="/thu-tuc/{procedure.code}/"' not in page
    assert "Có hiệu lực từ ngày 01/12/2024" in page


def test_a_draft_is_nowhere():
    draft = make_announcement(procedures=[make_procedure(name="Bí mật")], title="Dự thảo mật")
    assert "Dự thảo mật" not in html(PageKind.HOME) + html(PageKind.DECISIONS)
    AnnouncementDecision.objects.filter(pk=draft.pk).update(slug="mat")
    with pytest.raises(NoSuchPage):
        html(PageKind.DECISION, "mat")


def test_home_counts_the_kinds_and_tells_the_week():
    province = make_province()
    page = html(PageKind.HOME)
    assert "tính đến ngày 05/10/2024" in page
    assert province.replacing.name in page
    assert "1</b>bãi bỏ" in page
    assert "Bỏ một giấy tờ." in page


def test_a_week_without_changes_says_so():
    announce(make_procedure(), signed_on=date(2024, 9, 5))
    quiet = render_page(
        Page(PageKind.HOME), edition=Edition(sequence=0, shown_on=date(2024, 10, 5))
    ).decode()
    assert "không có thủ tục nào thay đổi" in quiet


def test_only_home_and_week_depend_on_the_day():
    province = make_province()
    today, later = edition(), Edition(edition().sequence, date(2024, 10, 9))
    for page in every_page(province):
        if page.kind not in {PageKind.HOME, PageKind.WEEK}:
            assert render_page(page, edition=today) == render_page(page, edition=later), page


def test_every_kind_of_page_costs_as_many_queries_for_three_rows_as_for_one():
    field = make_field("Hộ tịch")
    announce(make_procedure(field=field), number="1/QĐ-UBND")
    kinds = [Page(PageKind.FIELD, "ho-tich"), Page(PageKind.KIND, "regular")] + [
        Page(PageKind(kind))
        for kind in ("home", "week", "all_procedures", "fields", "agencies", "kinds", "decisions")
    ]
    decision = AnnouncementDecision.objects.get()
    one = [_queries(page) for page in [*kinds, Page(PageKind.DECISION, decision.slug or "")]]
    more = announce(*(make_procedure(field=field) for _ in range(3)), number="2/QĐ-UBND")
    three = [_queries(page) for page in [*kinds, Page(PageKind.DECISION, more.slug or "")]]
    assert three == one


def _queries(page: Page) -> int:
    shown = edition()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        render_page(page, edition=shown)
    return len(queries)


def _count_beside(page: str, address: str) -> str:
    begins = page.index('num small">', page.index(f'href="{address}"')) + len('num small">')
    return page[begins : page.index("<", begins)]


def test_the_letters_are_read_once_for_all_pages_of_a_batch(settings):
    settings.PORTAL_PAGE_SIZE = 5
    announce(*(make_procedure(name=f"Thủ tục số {n:02}") for n in range(12)))
    pages = [Page(PageKind.ALL_PROCEDURES, "", number) for number in (1, 2, 3)]
    with CaptureQueriesContext(connection) as queries:
        made = list(render_pages(pages, edition=edition()))
    assert all(Page(PageKind.INITIAL, "T").path in html.decode() for _page, html in made)
    assert sum("\"shelf\" = 'initial'" in query["sql"] for query in queries) == 1
