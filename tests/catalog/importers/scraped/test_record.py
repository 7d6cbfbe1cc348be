"""Laws of a whole record: the door's text rules, refusals, what is kept, and hostile input."""

import unicodedata
from typing import Any

import pytest

from catalog.content import Part, Presence
from catalog.enums import AgencyRole
from catalog.importers.parsed import RecordRefused, Recovery
from catalog.importers.scraped.filing_methods import HEADING as FILING
from catalog.importers.scraped.legal_bases import HEADING as LEGAL
from catalog.importers.scraped.papers import HEADING as PAPERS
from catalog.importers.scraped.record import LONGEST_TEXT, PROSE_FIELDS, parse_record

SILENT = "Không có thông tin"


def make_record(**overrides: Any) -> dict[str, Any]:
    return {
        "ma_thu_tuc": "1.999001",
        "ten_thu_tuc": "Cấp thẻ gửi xe đạp",
        "so_quyet_dinh": "12/QĐ-BXD",
        "cap_thuc_hien": "Cấp xã",
        "loai_thu_tuc": "Loại khác",
        "linh_vuc": "Bến bãi",
        "doi_tuong_thuc_hien": "Công dân Việt Nam",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "co_quan_co_tham_quyen": "",
        "thu_tuc_lien_quan": SILENT,
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận thẻ.",
        "cach_thuc_thuc_hien": f"{FILING}Trực tiếp2 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS}Đơn xin cấp thẻ1 bản chính",
        "can_cu_phap_ly": f"{LEGAL}Luật Bến bãi7/2031/QH16",
        "yeu_cau_dieu_kien": SILENT,
        "ket_qua_xu_ly": f"Thẻ gửi xeMã: KQ.G17.000111Từ khóa{SILENT}Mô tả{SILENT}",
    } | overrides


def test_a_whole_record_is_told():
    parsed = parse_record(make_record())
    assert (parsed.code, parsed.decision_number) == ("1.999001", "12/QĐ-BXD")
    assert parsed.agencies == {AgencyRole.HANDLING: ("Ủy ban nhân dân cấp xã",)}
    assert parsed.content is not None
    assert parsed.content.as_written == {}
    assert parsed.remarks == ()
    assert parsed.recovery[Part.CONDITIONS] is Recovery.ABSENT
    assert parsed.scope is None
    assert parsed.online_level is None


def test_decomposed_letters_and_windows_line_ends_give_the_same_record():
    record = make_record()
    other = {
        key: unicodedata.normalize("NFD", value).replace("\n", "\r\n")
        for key, value in record.items()
    }
    plain, decomposed = parse_record(record), parse_record(other)
    assert decomposed.content == plain.content
    assert decomposed.name == plain.name
    assert decomposed.field_names == plain.field_names


def test_a_part_with_a_doubt_keeps_its_whole_text_and_says_so():
    text = f"{FILING}Trực tuyến120 VNĐ(20.000 đồng/tờ)"
    parsed = parse_record(make_record(cach_thuc_thuc_hien=text))
    assert parsed.content is not None
    assert parsed.content.as_written[Part.FEES] == text
    assert parsed.content.as_written[Part.PROCESSING_TIME] == text
    assert [remark.field for remark in parsed.remarks] == ["cach_thuc_thuc_hien"]


@pytest.mark.parametrize(
    ("text", "presence", "recovery"),
    [
        (SILENT, Presence.UNKNOWN, Recovery.ABSENT),
        ("Không.", Presence.DECLARED_NONE, Recovery.RECOVERED),
        ("không quy định", Presence.DECLARED_NONE, Recovery.RECOVERED),
        ("có", Presence.UNKNOWN, Recovery.REFUSED),
        ("Có xe đạp.", Presence.HAS, Recovery.RECOVERED),
    ],
)
def test_conditions_are_said_declared_none_or_silent(
    text: str, presence: Presence, recovery: Recovery
):
    parsed = parse_record(make_record(yeu_cau_dieu_kien=text))
    assert parsed.content is not None
    assert parsed.content.conditions.presence is presence
    assert parsed.recovery[Part.CONDITIONS] is recovery


def test_closing_words_may_hang_on_the_conditions():
    closing = f"{SILENT}Từ khóaxe đạpMô tảThẻ có hạn một năm."
    parsed = parse_record(make_record(yeu_cau_dieu_kien=closing, ket_qua_xu_ly=""))
    assert parsed.content is not None
    assert parsed.content.conditions.presence is Presence.UNKNOWN
    assert (parsed.content.keywords, parsed.content.summary) == (
        ("xe đạp",),
        "Thẻ có hạn một năm.",
    )


def test_steps_cut_short_by_the_scrape_are_named():
    parsed = parse_record(
        make_record(
            trinh_tu_thuc_hien="Bước 1: Nộp theo mục",
            thanh_phan_ho_so="); nộp tại quầy.\nBước 2: Nhận.",
        )
    )
    assert parsed.recovery[Part.STEPS] is Recovery.PARTLY
    assert parsed.recovery[Part.PAPERS] is Recovery.REFUSED


def test_a_filing_table_cut_in_two_is_named():
    parsed = parse_record(
        make_record(
            cach_thuc_thuc_hien=f"{FILING}Trực tiếp1 NgàyMiễn phí(",
            can_cu_phap_ly=": Thông tư 2/2031/TT-BTC)Trực tuyến1 NgàyMiễn phí",
        )
    )
    assert parsed.recovery[Part.FILING_METHODS] is Recovery.PARTLY
    assert parsed.recovery[Part.LEGAL_BASES] is Recovery.REFUSED


@pytest.mark.parametrize("number", ["QĐ/0001-BXD", "1681", "2267./QĐ-BXD"])
def test_a_decision_number_of_another_form_is_kept_as_written(number: str):
    parsed = parse_record(make_record(so_quyet_dinh=number))
    assert parsed.decision_number == number
    assert [remark.field for remark in parsed.remarks] == ["so_quyet_dinh"]


def test_a_decision_number_is_told_in_its_usual_spelling():
    assert parse_record(make_record(so_quyet_dinh="SỐ 64/QD-NHNN")).decision_number == "64/QĐ-NHNN"


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"ma_thu_tuc": ""}, "ma_thu_tuc"),
        ({"ma_thu_tuc": None}, "ma_thu_tuc"),
        ({"ma_thu_tuc": "12.34"}, "ma_thu_tuc"),
        ({"ten_thu_tuc": " "}, "ten_thu_tuc"),
        ({"ten_thu_tuc": "Công bố danh mục thủ tục hành chính"}, "ten_thu_tuc"),
        ({"ten_thu_tuc": "x" * 1501}, "ten_thu_tuc"),
        ({"trinh_tu_thuc_hien": ["Bước 1"]}, "trinh_tu_thuc_hien"),
        ({"linh_vuc": 5}, "linh_vuc"),
        ({"yeu_cau_dieu_kien": "x" * (LONGEST_TEXT + 1)}, "yeu_cau_dieu_kien"),
        ({"yeu_cau_dieu_kien": "x" * 5_000_000}, "yeu_cau_dieu_kien"),
    ],
)
def test_a_record_that_must_not_enter_is_refused_with_its_field(
    overrides: dict[str, Any], field: str
):
    with pytest.raises(RecordRefused) as refusal:
        parse_record(make_record(**overrides))
    assert refusal.value.field == field
    assert refusal.value.message


HOSTILE = [
    "1",
    "a ",
    "(",
    ")",
    "(a)",
    "- ",
    "\n",
    "Bước 1 ",
    "Bước 1\n",
    "1.1.",
    "Trực tiếp1",
    "Trực tiếp1 NgàyMiễn phí(",
    "Miễn phí(",
    "1,000",
    " bản chính",
    "01 bản chínhX",
    "1 bản chính ",
    "A.docx",
    "Mẫu",
    "1/2031/NĐ-CP",
    "Luật số 1/2031/QH16",
    "1/2031/X",
    "Mã: ",
    "Từ khóaMô tả",
    ", ",
    "Sở, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("field", [name for name in PROSE_FIELDS if name in make_record()])
def test_a_field_of_two_hundred_thousand_hostile_characters_is_read(field: str, piece: str):
    """The longest field the door lets in; a reading whose steps grow faster would not end."""
    heading = {"cach_thuc_thuc_hien": FILING, "thanh_phan_ho_so": PAPERS, "can_cu_phap_ly": LEGAL}
    text = (heading.get(field, "") + piece * LONGEST_TEXT)[: LONGEST_TEXT - 10]
    parsed = parse_record(make_record(**{field: text}))
    assert parsed.content is not None
