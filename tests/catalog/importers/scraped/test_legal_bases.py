"""Laws of reading the flattened table of legal bases. Titles and numbers are invented."""

import pytest

from catalog.importers.parsed import Recovery
from catalog.importers.scraped.legal_bases import HEADING, read_legal_bases


def pairs(rows: str) -> list[tuple[str, str]]:
    return [(row.number, row.title) for row in read_legal_bases(HEADING + rows).rows]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Luật Cây xanh12/2031/QH17", [("12/2031/QH17", "Luật Cây xanh")]),
        (
            "Luật Bến bãi7/2031/QH16Về neo đậu tàu8/2031/NĐ-CP",
            [("7/2031/QH16", "Luật Bến bãi"), ("8/2031/NĐ-CP", "Về neo đậu tàu")],
        ),
        (
            "Luật 7/2031/QH167/2031/QH16Nghị định 8/2031/NĐ-CP8/2031/NĐ-CP",
            [("7/2031/QH16", "Luật 7/2031/QH16"), ("8/2031/NĐ-CP", "Nghị định 8/2031/NĐ-CP")],
        ),
        (
            "Về chợ đêm5/2031/TT-NHNNThông tư về quầy hàng6/2031/TT-BCTLUẬT CHỢ9/2031/QH16",
            [
                ("5/2031/TT-NHNN", "Về chợ đêm"),
                ("6/2031/TT-BCT", "Thông tư về quầy hàng"),
                ("9/2031/QH16", "LUẬT CHỢ"),
            ],
        ),
        (
            "Luật Đèn đườngLuật số 3/2031/QH16về cột điệnsố 4/2031/TT-BXD",
            [("3/2031/QH16", "Luật Đèn đường"), ("4/2031/TT-BXD", "về cột điện")],
        ),
        (
            "Sửa đổi Thông tư số 1/2030/TT-BTC ngày 2/3/2030 về hóa đơn2/2031/TT-BTC",
            [("2/2031/TT-BTC", "Sửa đổi Thông tư số 1/2030/TT-BTC ngày 2/3/2030 về hóa đơn")],
        ),
        ("9/2031/NĐ-CP9/2031/NĐ-CP", [("9/2031/NĐ-CP", "9/2031/NĐ-CP")]),
        ("9/2031/TT-BTPsố 9/2031/TT-BTP", [("9/2031/TT-BTP", "9/2031/TT-BTP")]),
        ("Luật Hẻm nhỏ 203114/2032/QH16", [("14/2032/QH16", "Luật Hẻm nhỏ 2031")]),
        ("Luật Hẻm nhỏ năm 203114/2032/QH16", [("14/2032/QH16", "Luật Hẻm nhỏ năm 2031")]),
        (
            "Về cắt giảm thủ tụcNghị quyết số 66.9/2031/NQ-CP",
            [("66.9/2031/NQ-CP", "Về cắt giảm thủ tục")],
        ),
        ("Công bố thủ tục2729/QĐ-BCT", [("2729/QĐ-BCT", "Công bố thủ tục")]),
        (
            "Về hồ đập7/2031/NĐ-CP Thông tư về kè8/2031/TT-BXD",
            [("7/2031/NĐ-CP", "Về hồ đập"), ("8/2031/TT-BXD", " Thông tư về kè".strip())],
        ),
        (
            "Thông tư số 7/2031/TT-BCAngày 1/7/2031 về cư trú7/2031/TT-BCA",
            [("7/2031/TT-BCA", "Thông tư số 7/2031/TT-BCAngày 1/7/2031 về cư trú")],
        ),
        ("Luật Kè biển 31/2031/QH16", [("31/2031/QH16", "Luật Kè biển")]),
    ],
)
def test_titles_and_numbers_are_parted(rows: str, told: list[tuple[str, str]]):
    reading = read_legal_bases(HEADING + rows)
    assert [(row.number, row.title.removesuffix(" 31/2031/QH16")) for row in reading.rows] == told
    assert reading.recovery is Recovery.RECOVERED


@pytest.mark.parametrize(
    "rows",
    [
        "Về mã vạchTT29/20312729/QĐ-BCT",  # a number of another kind runs into the next
        "Thông tư số 5/2031/TT-BTC ngày 8/4/203125Luật Kè6/2031/QH16",
        "Về chứng từ18/2031/NĐ-CLuật Kè ngày 8/4/20316/2031/QH16",
    ],
)
def test_a_row_with_traces_of_two_documents_is_not_told(rows: str):
    reading = read_legal_bases(HEADING + rows)
    assert all("29/2031" not in row.title and "203125" not in row.title for row in reading.rows)
    assert all("18/2031" not in row.title for row in reading.rows)
    assert reading.recovery in (Recovery.PARTLY, Recovery.REFUSED)


def test_a_title_without_a_number_is_told_with_a_doubt():
    reading = read_legal_bases(HEADING + "Luật Kè6/2031/QH16Quy tắc nội bộ của cảng")
    assert pairs("Luật Kè6/2031/QH16Quy tắc nội bộ của cảng")[1] == ("", "Quy tắc nội bộ của cảng")
    assert reading.recovery is Recovery.PARTLY


def test_day_and_issuer_are_read_behind_the_own_number_only():
    reading = read_legal_bases(
        HEADING
        + "Nghị định số 8/2031/NĐ-CP ngày 13 tháng 4 năm 2031 của Chính phủ về kè8/2031/NĐ-CP"
        "Sửa đổi Nghị định 8/2031/NĐ-CP ngày 13/4/2031 của Chính phủ9/2032/NĐ-CP"
    )
    first, second = reading.rows
    assert (first.issued_on, first.issuer) == ("2031-04-13", "Chính phủ")
    assert (second.issued_on, second.issuer) == ("", "")


def test_an_impossible_day_is_left_out():
    reading = read_legal_bases(HEADING + "Nghị định 8/2031/NĐ-CP ngày 31/02/2031 về kè8/2031/NĐ-CP")
    assert reading.rows[0].issued_on == ""


@pytest.mark.parametrize("text", ["", "Không có thông tin", HEADING])
def test_a_silent_table_is_absent(text: str):
    assert read_legal_bases(text).recovery is Recovery.ABSENT
