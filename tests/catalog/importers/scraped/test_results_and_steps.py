"""Laws of reading results, the page's closing words, and steps. All texts are invented."""

import pytest

from catalog.content import Presence
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.results import cut_closing, read_results
from catalog.importers.scraped.steps import read_steps

FURNITURE = "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --Đơn vịNộp hồ sơ"


def test_results_carry_their_codes():
    reading = read_results("Thẻ bến bãiMã: KQ.G10.000509Văn bản từ chốiMã: 000.00.00.G04-KQ3030")
    assert [(item.name, item.code) for item in reading.rows.items] == [
        ("Thẻ bến bãi", "KQ.G10.000509"),
        ("Văn bản từ chối", "000.00.00.G04-KQ3030"),
    ]
    assert reading.rows.presence is Presence.HAS
    assert reading.recovery is Recovery.RECOVERED


@pytest.mark.parametrize("code", ["G19-KQ0060101", "KQ-G12.0001676", "KQ.g19.000556"])
def test_a_code_ends_where_the_next_name_begins(code: str):
    reading = read_results(f"Thẻ xeMã: {code}Giấy báoMã: KQ.G01.00271")
    assert [(item.name, item.code) for item in reading.rows.items] == [
        ("Thẻ xe", code),
        ("Giấy báo", "KQ.G01.00271"),
    ]


def test_a_code_that_cannot_be_parted_from_the_next_name_gives_neither():
    reading = read_results("Thẻ xeMã: hgvg6Quyết định cấpMã: KQ.G01.000271")
    assert [(item.name, item.code) for item in reading.rows.items] == [("Thẻ xe", "")]
    assert reading.recovery is Recovery.PARTLY


def test_text_without_any_code_is_refused():
    assert read_results("hợp đồng đã ký với khách hàng").recovery is Recovery.REFUSED


def test_closing_words_and_furniture_are_cut_off():
    closing = cut_closing(
        f"Thẻ xeMã: KQ.G01.000271Từ khóathẻ xe; bãi đỗMô tảThẻ có hạn 5 năm.{FURNITURE}"
    )
    assert closing.body == "Thẻ xeMã: KQ.G01.000271"
    assert closing.keywords == ("thẻ xe", "bãi đỗ")
    assert closing.summary == "Thẻ có hạn 5 năm."


def test_a_keyword_phrase_keeps_its_commas():
    closing = cut_closing("Từ khóacấp thẻ cho cán bộ, viên chứcMô tảKhông có thông tin")
    assert closing.keywords == ("cấp thẻ cho cán bộ, viên chức",)
    assert closing.summary == ""


def titles(text: str) -> list[tuple[str, list[str]]]:
    return [(case.case, [step.title for step in case.steps]) for case in read_steps(text).rows]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bước 1: Nộp.\nBước 2: Nhận.", [("", ["Bước 1", "Bước 2"])]),
        ("- Bước 1. Nộp.\n+ Bước 2. Nhận.", [("", ["- Bước 1", "+ Bước 2"])]),
        (
            "a) Bước 1: Nộp hồ sơ\nTại quầy.\nb) Bước 2: Trả\nNhận.",
            [("", ["a) Bước 1: Nộp hồ sơ", "b) Bước 2: Trả"])],
        ),
        ("Cấp mới Bước 1: Nộp.\nBước 2: Nhận.", [("Cấp mới", ["Bước 1", "Bước 2"])]),
        (
            "Cấp mới + Bước 1: Nộp.\n+ Bước 2: Nhận.\nCấp lại + Bước 1: Nộp.\n+ Bước 2: Nhận.",
            [("Cấp mới", ["+ Bước 1", "+ Bước 2"]), ("Cấp lại", ["+ Bước 1", "+ Bước 2"])],
        ),
        (
            "1. Trường hợp cấp mới\nBước 1: Nộp.\nBước 2: Nhận.\n"
            "2. Trường hợp cấp lại\nBước 1: Nộp.",
            [
                ("1. Trường hợp cấp mới", ["Bước 1", "Bước 2"]),
                ("2. Trường hợp cấp lại", ["Bước 1"]),
            ],
        ),
        ("Bước 1: Nộp. Bước 2: Nhận.", [("", ["Bước 1", "Bước 2"])]),
        ("a) Nộp tại quầy;\nb) Nhận tại quầy.", [("", ["a)", "b)"])]),
        ("1. Nộp tại quầy.\n2. Nhận tại quầy.", [("", ["1.", "2."])]),
        (
            "6.1.1. Bước 1 nộp\nTại quầy.\n6.1.2. Bước 2 nhận\nTại nhà.",
            [("", ["6.1.1. Bước 1 nộp", "6.1.2. Bước 2 nhận"])],
        ),
        ("- Nộp tại quầy.\n- Nhận tại nhà.", [("", [""])]),
    ],
)
def test_steps_are_cut_by_case_and_mark(text: str, told: list[tuple[str, list[str]]]):
    assert titles(text) == told
    assert read_steps(text).recovery is Recovery.RECOVERED


@pytest.mark.parametrize(
    "text", ["Bước 1: Nộp.\nBước 3: Nhận.", "Bước 1: A.\nBước 2: B.\nBước 1: C."]
)
def test_steps_out_of_order_are_kept_with_a_doubt(text: str):
    assert read_steps(text).recovery is Recovery.PARTLY


@pytest.mark.parametrize(
    "text",
    [
        "Lời dẫn.\nBước 1: Nộp.\nGhi thêm.\nBước 2: Nhận.",
        "Đối với cá nhân Bước 1: Nộp.\nBước 2: Nhận.",
        "a) Nộp;\n- tại quầy\nb) Nhận.",
        "Bước 1: A.\nBước 2: B.\nĐối với tổ chức\nBước 1: C.",
    ],
)
def test_every_word_of_the_steps_stays(text: str):
    told = " ".join(
        f"{case.case} {step.title} {step.text}"
        for case in read_steps(text).rows
        for step in case.steps
    )
    assert sorted(set(_words(text))) == sorted(set(_words(told)))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
