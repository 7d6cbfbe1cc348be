"""Laws of reading the flattened paper table. All texts are invented; their shapes are real."""

import pytest

from catalog.content import Presence
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.papers import HEADING, Papers, read_papers


def read(rows: str, case: str = "--") -> Papers:
    return read_papers(case + HEADING + rows)


def rows_of(papers: Papers) -> list[tuple[str, int | None, int | None]]:
    return [
        (paper.name, paper.originals, paper.copies)
        for case in papers.cases.rows
        for paper in case.papers
    ]


def test_the_count_closes_a_row():
    papers = read(
        "- Đơn xin cấp;1 bản chính- Bản sao thẻ0 bản chính,2 bản saoẢnh chân dung3 bản chính"
    )
    assert rows_of(papers) == [
        ("- Đơn xin cấp;", 1, None),
        ("- Bản sao thẻ", 0, 2),
        ("Ảnh chân dung", 3, None),
    ]
    assert papers.cases.recovery is Recovery.RECOVERED


def test_a_count_padded_with_zero_belongs_to_the_name():
    papers = read("Sổ gốc: 01 bản chính1 bản chínhThẻ: 02 bản chính0 bản chính,2 bản sao")
    assert rows_of(papers) == [
        ("Sổ gốc: 01 bản chính", 1, None),
        ("Thẻ: 02 bản chính", 0, 2),
    ]


def test_text_behind_the_last_count_names_the_next_case():
    papers = read_papers(
        f"Cấp lần đầu{HEADING}Đơn1 bản chínhĐối với cấp lại:{HEADING}Giấy cũ1 bản chính--"
    )
    assert [case.case for case in papers.cases.rows] == ["Cấp lần đầu", "Đối với cấp lại:"]
    assert papers.cases.recovery is Recovery.RECOVERED


def test_a_count_inside_a_name_does_not_close_the_row():
    papers = read("Giấy phép (01 bản chính) và 02 bản chính để đối chiếu1 bản chính")
    assert rows_of(papers) == [("Giấy phép (01 bản chính) và 02 bản chính để đối chiếu", 1, None)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Đơn ký ngày 02/7/20300 bản chính,1 bản sao", ("Đơn ký ngày 02/7/2030", 0, 1)),
        ("Tờ khai theo Mẫu số 71 bản chính", ("Tờ khai theo Mẫu số 7", 1, None)),
        ("Tờ khai theo Mẫu số 021 bản chính", ("Tờ khai theo Mẫu số 02", 1, None)),
        ("Ảnh màu (cỡ 4x6);12 bản chính", ("Ảnh màu (cỡ 4x6);", 12, None)),
    ],
)
def test_digits_of_the_name_are_parted_from_the_count(text: str, row: tuple[str, int, int | None]):
    papers = read(text)
    assert rows_of(papers) == [row]
    assert papers.cases.recovery is Recovery.RECOVERED


def test_digits_that_cannot_be_parted_stay_in_the_name_and_give_no_count():
    papers = read("Bản vẽ khu 21 bản chínhĐơn1 bản chính")
    assert rows_of(papers)[0] == ("Bản vẽ khu 21 bản chính", None, None)
    assert papers.cases.recovery is Recovery.PARTLY


@pytest.mark.parametrize(
    ("text", "name", "files"),
    [
        ("Đơn đề nghị;Mẫu số 18.docx", "Đơn đề nghị;", ["Mẫu số 18.docx"]),
        (
            "Tờ khai thẩm địnhMau01-PhulucII_36.2030.docx",
            "Tờ khai thẩm định",
            ["Mau01-PhulucII_36.2030.docx"],
        ),
        ("Kê khai theo Mẫu số 12.TC Nghị định 4/2030/NĐ-CP.Mẫu số 12.doc", None, ["Mẫu số 12.doc"]),
        (
            "Bản khai (mẫu 2A)36-Mẫu 2A-Bản khai.doc",
            "Bản khai (mẫu 2A)",
            ["36-Mẫu 2A-Bản khai.doc"],
        ),
        ("Đơn theo mẫu1.999999.docx", "Đơn theo mẫu", ["1.999999.docx"]),
        (
            "Đơn theo quy định.Mẫu A.docxMẫu B.docx",
            "Đơn theo quy định.",
            ["Mẫu A.docx", "Mẫu B.docx"],
        ),
        ("Nền ảnh màu trắng.mau so 3 (1).doc", "Nền ảnh màu trắng.", ["mau so 3 (1).doc"]),
        ("Cam kết;PHỤ LỤC VII.MẪU CAM KẾT.docx", "Cam kết;", ["PHỤ LỤC VII.MẪU CAM KẾT.docx"]),
    ],
)
def test_form_files_are_cut_off_the_name(text: str, name: str | None, files: list[str]):
    papers = read(text + "1 bản chính")
    (paper,) = papers.cases.rows[0].papers
    assert [form.name for form in paper.forms] == files
    assert name is None or paper.name == name
    assert papers.forms.rows is Presence.HAS
    assert papers.forms.recovery is Recovery.RECOVERED


@pytest.mark.parametrize(
    "text",
    [
        "Đơn theo mẫu Mau don.docx",
        "Xem http://example.vn/tep/vDon.doc",
        "Tờ khai gồm hai phần.Phần sau xem Quyết định.Bảng kê.docx",
    ],
)
def test_a_file_that_cannot_be_cut_off_stays_in_the_name(text: str):
    papers = read(text + "1 bản chính")
    (paper,) = papers.cases.rows[0].papers
    assert (paper.name, paper.forms) == (text, ())
    assert papers.forms.rows is Presence.HAS
    assert papers.forms.recovery is Recovery.REFUSED
    assert papers.cases.recovery is Recovery.PARTLY


def test_text_of_the_steps_before_the_table_is_no_case():
    papers = read("Đơn1 bản chính", case="); nộp cho cơ quan.\nBước 2. Nhận kết quả.")
    assert papers.cases.rows[0].case == ""
    assert papers.misplaced
    assert papers.cases.recovery is Recovery.PARTLY


def test_text_without_a_table_is_refused_whole():
    papers = read_papers("Hồ sơ theo hướng dẫn của đơn vị.")
    assert papers.cases.rows == ()
    assert papers.cases.recovery is Recovery.REFUSED


@pytest.mark.parametrize("text", ["", "--", "----", "Không có thông tin"])
def test_a_silent_table_is_absent(text: str):
    assert read_papers(text).cases.recovery is Recovery.ABSENT
