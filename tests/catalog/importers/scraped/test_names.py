"""Laws of cutting comma lists whose members hold commas. Names of fields are invented."""

import pytest

from catalog.enums import Audience, GovernmentLevel, LocalRegulation
from catalog.importers.scraped.names import (
    agency_names,
    audiences,
    field_names,
    government_levels,
    is_decision_title,
    local_regulation,
)


def test_audiences_keep_the_commas_of_their_members():
    assert audiences(
        "Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX), Hợp tác xã"
    ) == ((Audience.OFFICIAL, Audience.ORGANISATION, Audience.COOPERATIVE), "")


def test_a_narrower_audience_is_filed_under_the_wider_one_and_named():
    values, doubt = audiences("Doanh nghiệp, Doanh nghiệp Việt Nam")
    assert values == (Audience.ENTERPRISE,)
    assert "Doanh nghiệp Việt Nam" in doubt


def test_an_unknown_audience_is_not_guessed():
    values, doubt = audiences("Doanh nghiệp, Người ngoài hành tinh")
    assert values is None
    assert "Người ngoài hành tinh" in doubt


def test_levels_are_told_in_order():
    assert government_levels("Cấp tỉnh, Cơ quan khác") == (
        (GovernmentLevel.PROVINCE, GovernmentLevel.OTHER),
        "",
    )
    assert government_levels("Không có thông tin") == (None, "")


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (frozenset(), ("Bến, bãi, Chợ",)),
        (frozenset({"Bến, bãi", "Chợ"}), ("Bến, bãi", "Chợ")),
        (frozenset({"Bến, bãi", "Chợ", "Bến", "bãi"}), ("Bến, bãi, Chợ",)),
        (frozenset({"Bến, bãi, Chợ", "Chợ"}), ("Bến, bãi, Chợ",)),
    ],
)
def test_fields_are_parted_only_where_one_cut_is_possible(
    known: frozenset[str], told: tuple[str, ...]
):
    names, doubt = field_names("Bến, bãi, Chợ", known)
    assert names == told
    assert bool(doubt) == (told == ("Bến, bãi, Chợ",) and told[0] not in known)


def test_agencies_are_parted_before_a_word_that_begins_an_agency():
    assert agency_names(
        "Cục cảnh sát về trật tự, xã hội, Công an tỉnh, Sở Tài chính các tỉnh, thành phố"
    )[0] == ("Cục cảnh sát về trật tự, xã hội", "Công an tỉnh", "Sở Tài chính các tỉnh, thành phố")


def test_a_comma_before_another_capital_is_doubted():
    names, doubt = agency_names("Sở Xây dựng, Xưởng Vận hành")
    assert names == ("Sở Xây dựng, Xưởng Vận hành",)
    assert doubt


def test_local_regulation_is_told_or_unknown():
    assert local_regulation("TTHC không được luật giao cho địa phương quy định")[0] is (
        LocalRegulation.NOT_ASSIGNED
    )
    assert local_regulation("")[0] is None
    assert local_regulation("Kiểu mới")[0] is LocalRegulation.UNKNOWN


@pytest.mark.parametrize(
    ("name", "is_title"),
    [
        ("Công bố Danh mục và Quy trình nội bộ thủ tục hành chính của Sở X", True),
        ("Quyết định về việc công bố danh mục TTHC lĩnh vực Y", True),
        ("Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính", True),
        ("Công bố Danh mục khu đất thực hiện dự án thí điểm", False),
        ("Công bố đóng luồng đường thủy", False),
        ("Thẩm định, phê duyệt và công bố quy trình vận hành hồ chứa", False),
        ("Lập và công bố danh mục khu vực nạo vét", False),
    ],
)
def test_titles_of_decisions_are_told_from_procedures(name: str, is_title: bool):
    assert is_decision_title(name) is is_title
