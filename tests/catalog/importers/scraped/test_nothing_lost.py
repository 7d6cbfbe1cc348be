"""The law of the importer: what a source says is in the rows, or its whole text is kept."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.importers.parsed import Recovery
from catalog.importers.scraped.filing_methods import HEADING as FILING
from catalog.importers.scraped.filing_methods import read_filing
from catalog.importers.scraped.legal_bases import HEADING as LEGAL
from catalog.importers.scraped.legal_bases import read_legal_bases
from catalog.importers.scraped.papers import HEADING as PAPERS
from catalog.importers.scraped.papers import read_papers
from catalog.importers.scraped.steps import read_steps
from catalog.vietnamese import clean_text

WORDS = st.lists(
    st.sampled_from(["đơn", "thẻ", "bến", "bãi", "mẫu", "số", "phí", "ngày", "12", "(a)", "cấp"]),
    min_size=1,
    max_size=6,
).map(lambda words: "Về " + " ".join(words))
NUMBERS = st.builds(
    lambda figure, year, sign: f"{figure}/{year}/{sign}",
    st.integers(1, 400),
    st.integers(1990, 2040),
    st.sampled_from(["NĐ-CP", "TT-BTC", "TT-NHNN", "QH16", "QĐ-TTg", "TTLT-BTC-BTP"]),
)
CHANNELS = st.sampled_from(["Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính"])
TIMES = st.sampled_from(["10 Ngày làm việc", "3 Ngày", "8 Giờ", "Không có thông tin"])
FEES = st.sampled_from(["Miễn phí", "45,000 VNĐ", "1,200,000 VNĐ(mỗi thẻ)", "Không có thông tin"])
COUNTS = st.sampled_from(["1 bản chính", "0 bản chính,1 bản sao", "2 bản chính,3 bản sao"])


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@given(st.lists(st.tuples(WORDS, NUMBERS), min_size=1, max_size=6))
def test_legal_bases_flattened_and_read_back_are_the_same_rows(rows: list[tuple[str, str]]):
    text = LEGAL + "".join(title + number for title, number in rows)
    reading = read_legal_bases(text)
    if reading.recovery is Recovery.RECOVERED:
        assert [(row.title, row.number) for row in reading.rows] == rows


@given(st.lists(st.tuples(CHANNELS, TIMES, FEES, st.just("") | WORDS), min_size=1, max_size=6))
def test_filing_rows_flattened_and_read_back_are_the_same_rows(
    rows: list[tuple[str, str, str, str]],
):
    filing = read_filing(FILING + "".join("".join(row) for row in rows))
    told = sum(len(method.options) for method in filing.methods)
    assert told == len(rows)
    notes = Counter(o.note for m in filing.methods for o in m.options)
    assert notes == Counter(clean_text(row[3]) for row in rows)


@given(st.lists(st.tuples(WORDS, COUNTS), min_size=1, max_size=6))
def test_papers_flattened_and_read_back_are_the_same_rows(rows: list[tuple[str, str]]):
    papers = read_papers("--" + PAPERS + "".join(name + count for name, count in rows))
    if papers.cases.recovery is Recovery.RECOVERED:
        assert [paper.name for case in papers.cases.rows for paper in case.papers] == [
            name for name, _ in rows
        ]


LINES = st.lists(
    st.sampled_from(
        ["Bước 1: ", "Bước 2: ", "- Bước 1. ", "a) ", "b) ", "1. ", "2. ", "- ", ""]
    ).flatmap(lambda mark: WORDS.map(lambda words: mark + words)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=200)
@given(LINES)
def test_no_letter_of_the_steps_is_lost_or_made_up(lines: list[str]):
    text = "\n".join(lines)
    told = "".join(
        case.case + "".join(step.title + step.text for step in case.steps)
        for case in read_steps(text).rows
    )
    assert letters(told) == letters(text)
