"""A procedure's page answers first, shows what was announced, and admits what is not known."""

import re
from datetime import date, timedelta

import pytest

from catalog.models import Procedure
from publication.models import Listing
from publication.site.page import Page, PageKind
from publication.site.render import NoSuchPage, render_page, render_pages
from publication.site.render.wording import file_size
from tests.factories import make_content, make_field, make_form_file, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.site.render.pages import edition, html, make_province

pytestmark = pytest.mark.django_db


def _page(procedure: Procedure, language: str = "vi") -> str:
    return html(PageKind.PROCEDURE, procedure.code, language=language)


def test_facts_stand_before_everything_else_in_the_order_of_the_design():
    procedure = make_procedure()
    announce(procedure)
    page = _page(procedure)
    anchors = [
        'class="facts"', 'id="cach-nop"', 'id="giay-to"', 'id="cac-buoc"', 'id="dieu-kien"',
        'id="ket-qua"', 'id="can-cu"', 'id="quyet-dinh"', 'id="lich-su"',
    ]  # fmt: skip
    places = [page.index(anchor) for anchor in anchors]
    assert places == sorted(places)


def test_ways_to_file_that_offer_the_very_same_share_a_row():
    quick = {"statutory": {"amount": "1", "unit": "day"}, "fees": [{"state": "free"}]}
    slow = {"statutory": {"amount": "9", "unit": "day"}, "fees": [{"state": "free"}]}
    ways = [
        {"channel": "direct", "options": [quick, slow]},
        {"channel": "postal", "options": [slow]},
        {"channel": "online", "options": [{**quick, "label": "Chữ ký số"}]},
    ]
    procedure = make_procedure(content=make_content(filing_methods=ways))
    announce(procedure)
    rows = re.findall(r'<th scope="row".*?</td>', _page(procedure), re.S)
    told = [re.sub(r"<[^>]*>", "|", row).replace("\n", "").replace("\u00a0", " ") for row in rows]
    assert [" ".join(filter(None, row.split("|"))) for row in told] == [
        "Trực tiếp 1 ngày",
        "Trực tiếp, bưu chính 9 ngày",
        "Trực tuyến Chữ ký số 1 ngày",
    ]


def test_a_page_shows_the_announced_text_and_never_the_register():
    procedure = make_procedure(name="Đăng ký hộ kinh doanh")
    announce(procedure)
    procedure.name, procedure.content = "Tên mới trong sổ", make_content(summary="Chưa công bố.")
    procedure.save()
    page = _page(procedure)
    assert "Đăng ký hộ kinh doanh" in page
    assert "Tên mới trong sổ" not in page
    assert "Chưa công bố." not in page


def test_times_and_fees_stand_in_vietnamese_form():
    option = {
        "statutory": {"amount": "10", "unit": "working_day"},
        "local": {"amount": "7.5", "unit": "working_day"},
        "fees": [{"state": "amount", "amount": "1126000", "kind": "charge"}],
    }
    procedure = make_procedure(
        content=make_content(filing_methods=[{"channel": "direct", "options": [option]}])
    )
    announce(procedure)
    page = _page(procedure)
    assert "7,5 ngày làm việc" in page
    assert "luật định 10 ngày làm việc" in page
    assert "1.126.000 đồng" in page
    assert "03/10/2024" in page


def test_an_unknown_part_says_so_and_a_declared_none_says_none():
    unknown = make_procedure(content={})
    none = make_procedure(content=make_content(results={"presence": "declared_none", "items": []}))
    announce(unknown, none)
    assert _part(_page(unknown), "ket-qua").count("Chưa có thông tin") == 1
    assert "<p>Không</p>" in _part(_page(none), "ket-qua")


def test_a_part_kept_as_written_is_shown_word_for_word_with_its_note():
    procedure = make_procedure(
        content=make_content(steps=[], as_written={"steps": "Bước 1: Nộp.\n- Trực tiếp <b>"})
    )
    announce(procedure)
    steps = _part(_page(procedure), "cac-buoc")
    assert "nguyên văn như đã công bố" in steps
    assert "<p>Bước 1: Nộp.</p>" in steps
    assert "<li>Trực tiếp &lt;b&gt;</li>" in steps


def test_the_seal_names_the_decision_the_day_and_the_digest_of_the_listing():
    province = make_province()
    listing = Listing.objects.current().get(procedure=province.amended)
    page = _page(province.amended)
    assert listing.decision.number in page
    assert f'href="/quyet-dinh/{listing.decision.slug}/"' in page
    assert "1523/QĐ-BTP" in page
    assert listing.digest in page.replace(" ", "")


def test_an_abolished_procedure_is_marked_and_leads_to_its_successor():
    province = make_province()
    page = _page(province.replaced)
    assert "Thủ tục này đã bãi bỏ" in page
    assert "Hết hiệu lực từ ngày 03/10/2024" in page
    assert f'href="/thu-tuc/{province.replacing.code}/"' in page
    assert "Nộp hồ sơ." in page  # the last text stays readable
    assert "Không có thủ tục thay thế." in _page(province.abolished)


def test_what_a_procedure_replaced_is_named_on_its_page():
    province = make_province()
    decision = _part(_page(province.replacing), "quyet-dinh")
    assert f'href="/thu-tuc/{province.replaced.code}/"' in decision


def test_an_old_version_says_when_it_held_and_leads_to_the_current_one():
    province = make_province()
    page = html(PageKind.VERSION, f"{province.amended.code}/2024-09-05")
    assert "có giá trị từ ngày 05/09/2024 đến hết ngày 02/10/2024" in page
    assert f'href="/thu-tuc/{province.amended.code}/">Xem bản đang có hiệu lực' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_current_version_is_canonical_at_the_procedures_address():
    province = make_province()
    page = html(PageKind.VERSION, f"{province.amended.code}/2024-10-03")
    assert (
        f'<link rel="canonical" href="http://localhost:8000/thu-tuc/{province.amended.code}/">'
        in page
    )
    assert "không còn áp dụng" not in page


def test_a_version_that_is_not_yet_in_force_has_no_page():
    procedure = make_procedure()
    announce(procedure, effective_on=date(2024, 12, 1))
    with pytest.raises(NoSuchPage):
        _page(procedure)
    with pytest.raises(NoSuchPage):
        html(PageKind.VERSION, f"{procedure.code}/2024-12-01")


def test_english_pages_keep_the_announced_wording_marked_as_vietnamese():
    procedure = make_procedure(name="Đăng ký khai sinh")
    announce(procedure)
    page = _page(procedure, "en")
    assert '<html lang="en"' in page
    assert '<h1 class="ds-heading" data-size="xl" lang="vi">Đăng ký khai sinh</h1>' in page
    assert "5 working days" in page
    assert "3 October 2024" in page
    assert "10,000 VND" in page


def test_related_procedures_are_the_neighbours_in_the_fields_list():
    field = make_field()
    made = [make_procedure(name=f"Thủ tục {letter}", field=field) for letter in "abcdefg"]
    announce(*made)
    related = _part(_page(made[3]), "lien-quan")
    shown = [letter for letter in "abcdefg" if f"Thủ tục {letter}<" in related]
    assert shown == ["b", "c", "e", "f"]


def test_a_form_is_a_link_only_when_the_source_gives_a_web_address():
    forms = [
        {"name": "Mẫu A", "url": "https://example.org/a"},
        {"name": "B", "url": "javascript:x"},
    ]
    papers = [{"papers": [{"name": "Đơn", "forms": forms}]}]
    procedure = make_procedure(content=make_content(paper_cases=papers, forms="has"))
    announce(procedure)
    page = _page(procedure)
    assert 'href="https://example.org/a"' in page
    assert "javascript:" not in page


@pytest.mark.parametrize("count", [2, 5])  # one alone has no neighbours to name
def test_procedure_pages_together_cost_five_queries(count, django_assert_num_queries):
    field = make_field()
    made = [make_procedure(field=field) for _ in range(count)]
    announce(*made)
    pages = [Page(PageKind.PROCEDURE, procedure.code) for procedure in made]
    shown = edition()
    with django_assert_num_queries(5):
        assert len(list(render_pages(pages, edition=shown))) == count


def test_rendering_twice_gives_the_same_bytes():
    province = make_province()
    page, shown = Page(PageKind.PROCEDURE, province.long.code), edition()
    assert render_page(page, edition=shown) == render_page(page, edition=shown)


def _part(page: str, anchor: str) -> str:
    """One section of a page, from its heading to the next section."""
    begins = page.index(f'id="{anchor}"')
    return page[begins : page.index("</section>", begins)]


def test_a_form_is_downloaded_from_the_portal_with_its_kind_and_size():
    forms = [{"name": "Mẫu A"}, {"name": "Mẫu B", "url": "https://a.vn/b"}, {"name": "Mẫu C"}]
    procedure = make_procedure(
        content=make_content(paper_cases=[{"papers": [{"name": "Đơn", "forms": forms}]}])
    )
    file = make_form_file(procedure, "Mẫu A", b"%PDF-" + b"a" * 34_600 + b"%%EOF")
    announce(procedure)
    make_form_file(procedure, "Mẫu C")  # not announced yet
    for language in ("vi", "en"):
        page = _page(procedure, language)
        assert f'href="/mau-don/{file.sha256}/to-khai.pdf"' in page
        assert "(PDF, 35 KB)" in page
        assert 'href="https://a.vn/b"' in page
        assert page.count("/mau-don/") == 1


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (34_600, "35 KB"), (999_499, "999 KB"), (1_260_000, "1,2 MB")]
)
def test_a_size_is_told_as_people_read_it(size, words):
    assert file_size(size) == words


def test_the_page_of_changes_tells_of_a_new_file_in_both_languages():
    procedure = make_procedure()
    make_form_file(procedure)
    announce(procedure)
    make_form_file(procedure)
    later = NOON + timedelta(days=1)
    announce(procedure, effect="amended", signed_on=later.date(), now=later)
    key = f"{procedure.code}/2024-10-04"
    assert "Tệp mẫu đơn, tờ khai</h2>" in html(PageKind.DIFFERENCE, key)
    assert "Files of forms</h2>" in html(PageKind.DIFFERENCE, key, language="en")
