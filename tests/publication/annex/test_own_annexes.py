"""Annexes in the shapes of the field: every row is found, and no wrong code is ever taken."""

import pytest

from publication.annex.annex_rows import AnnexRow, ReadAnnex
from publication.annex.matching import Candidate, MatchState, Register, match_rows
from publication.annex.opening import read_annex_file
from publication.annex.proposals import Proposal, Take, propose
from publication.annex.rows import read_rows
from tests.publication.annex.annexes import ANNEXES, INVENTED, Annex

REGISTER = Register(
    Candidate(code=code, name=name, levels=levels) for code, (name, levels) in INVENTED.items()
)
every_annex = pytest.mark.parametrize("annex", ANNEXES, ids=[one.name for one in ANNEXES])


def read(annex: Annex) -> ReadAnnex:
    return read_rows(read_annex_file(annex.data(), limit=10**6))


def proposed(name: str) -> list[Proposal]:
    annex = next(one for one in ANNEXES if one.name == name)
    rows = read(annex).rows
    return propose(rows, match_rows(rows, REGISTER))


@every_annex
def test_every_row_is_found_and_nothing_else(annex):
    rows = read(annex).rows
    assert len(rows) == len(annex.truth)


@every_annex
def test_no_wrong_code_and_no_wrong_effect_is_taken_without_a_person(annex):
    rows = read(annex).rows
    for proposal, truth in zip(propose(rows, match_rows(rows, REGISTER)), annex.truth, strict=True):
        if proposal.choice.take == Take.TAKE:
            assert proposal.choice.code == truth.code
            assert proposal.choice.effect == truth.effect
            assert proposal.choice.replaces == ", ".join(truth.replaced)


@every_annex
def test_an_effect_that_is_read_or_handed_down_is_the_right_one(annex):
    for row, truth in zip(read(annex).rows, annex.truth, strict=True):
        assert row.effect in (truth.effect, None)


@every_annex
def test_tables_of_steps_are_told_and_not_read(annex):
    told = [remark for remark in read(annex).remarks if "Bảng quy trình" in remark]
    assert len(told) == annex.process_tables


def test_a_clean_annex_asks_an_officer_nothing():
    assert [one.choice.take for one in proposed("kinds-and-levels.docx")] == [Take.TAKE] * 4


def test_a_name_alone_is_a_proposal_and_never_taken():
    proposals = proposed("without-codes.docx")
    assert [one.choice.take for one in proposals] == [Take.OPEN] * 3
    assert [one.match.state for one in proposals] == [
        MatchState.SAME_NAME,
        MatchState.SAME_NAME,
        MatchState.LIKE_NAME,
    ]


def test_of_two_procedures_of_one_name_the_level_of_the_heading_tells():
    assert proposed("without-codes.docx")[0].match.code == "9.100020"  # district, not province


def test_a_name_that_is_only_alike_comes_with_its_score_and_the_runner_up():
    match = proposed("without-codes.docx")[2].match
    assert (match.code, match.score) == ("9.100001", 90)
    assert [other.code for other in match.others] == ["9.100002", "9.100004"]


def test_a_siblings_code_is_told_apart_by_the_name():
    match = proposed("scanned.pdf")[2].match
    assert match.state == MatchState.MISMATCH
    assert match.remarks == ("mã và tên không khớp", "tên giống 9.100002 hơn (100 %)")


def test_letters_read_for_digits_are_no_code():
    row = proposed("scanned.pdf")[1].row
    assert (row.code, row.remarks) == ("", ("không đọc được mã “9.1OOO4O”",))


def test_a_code_twice_in_the_file_leaves_both_rows_open():
    first, second, *_others = proposed("duplicates.docx")
    assert [first.choice.take, second.choice.take] == [Take.OPEN, Take.OPEN]
    assert first.match.remarks == ("trùng mã 9.100001 với bảng 1, dòng 3",)


def test_a_name_that_proposes_a_code_does_not_open_the_row_that_says_it():
    rows = [
        AnnexRow(place="dòng 1", name=INVENTED["9.100001"][0] + " cũ"),
        AnnexRow(place="dòng 2", name=INVENTED["9.100001"][0], code="9.100001"),
    ]
    guessed, said = match_rows(rows, REGISTER)
    assert guessed.remarks == ("trùng mã 9.100001 với dòng 2",)
    assert (said.state, said.remarks) == (MatchState.EXACT, ())


def test_two_codes_in_one_cell_are_no_code():
    row = proposed("duplicates.docx")[2].row
    assert (row.code, row.remarks) == ("", ("ô có nhiều mã (9.100020, 9.100021)",))


def test_a_number_of_excel_that_may_have_lost_a_zero_is_only_a_guess():
    proposal = proposed("merged.xlsx")[3]
    assert (proposal.row.code, proposal.row.origin.code) == ("9.100050", "guessed")
    assert proposal.choice.take == Take.OPEN


def test_old_codes_without_their_names_wait_for_an_officer():
    named, unnamed = proposed("replaced.docx")
    assert (named.choice.take, named.choice.replaces) == (Take.TAKE, "9.100002")
    assert (unnamed.choice.take, unnamed.choice.replaces) == (Take.OPEN, "9.100011, 9.100041")


def test_the_one_code_of_the_form_of_replaced_procedures_may_be_the_old_ones():
    proposal = proposed("replaced-one-code.docx")[0]
    assert proposal.choice.take == Take.OPEN
    assert "mã này là của thủ tục bị thay thế" in proposal.match.remarks


def test_a_name_over_a_page_break_is_joined_and_shown_to_the_officer():
    row = proposed("broken-pages.pdf")[1].row
    assert row.name == "Gia hạn xác nhận nguồn gốc cây cảnh cổ thụ trồng tại hộ gia đình"
    assert row.remarks == ("tên nối từ hai trang",)


def test_positions_are_kept_as_decisions_cite_them():
    rows = [one.row for one in proposed("broken-pages.pdf")]
    assert [(row.ordinal, row.part) for row in rows[-2:]] == [
        ("04", "DANH MỤC 1 › A. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG › A1. Lĩnh vực Cây cảnh"),
        ("01", "DANH MỤC 1 › A. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG › A2. Lĩnh vực Địa danh"),
    ]


def test_what_changes_is_taken_from_its_column():
    assert proposed("other-order.docx")[2].row.note == "Giảm thời hạn còn 3 ngày"
    assert proposed("kinds-and-levels.docx")[3].row.note == "Theo Nghị định 05/2024/NĐ-CP"


def test_levels_come_from_headings_and_from_ticked_columns():
    by_heading = [one.row.levels for one in proposed("kinds-and-levels.docx")]
    assert by_heading == [("province",), ("province",), ("commune",), ()]
    ticked = [one.row.levels for one in proposed("merged.xlsx")]
    assert ticked == [("province",), ("province",), ("commune",), ()]
