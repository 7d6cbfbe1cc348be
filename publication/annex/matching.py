"""Matching rows of an annex with procedures of the register. Pure.

A code decides only when it is read whole and the names agree; everything else is a proposal that a
person takes or leaves. Names tell siblings apart by one word ("Cấp", "Cấp lại"), so a likeness of
97 % is no match.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from catalog.vietnamese import search_form
from publication.annex.annex_rows import AnnexRow

LIKE: Final = 80  # below, two names are strangers
PROPOSED: Final = 75  # below, a name proposes nothing


class MatchState(StrEnum):
    EXACT = "exact"  # the code is in the register under the same name
    NEAR = "near"  # the code is in the register under a like name
    CODE_ONLY = "code_only"  # the code is in the register, the row has no name
    MISMATCH = "mismatch"  # the code is in the register under another name
    SAME_NAME = "same_name"  # no code; one procedure has exactly this name
    LIKE_NAME = "like_name"  # no code; a name that is alike, or one of several that are the same
    UNKNOWN = "unknown"  # nothing in the register, or nothing that can be told


class Candidate(BaseModel):
    """A procedure of the register as matching sees it."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    levels: tuple[str, ...] = ()


class Likeness(BaseModel):
    """A procedure that a name is like, from 0 to 100."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    score: int


class Match(BaseModel):
    """What the register has for a row; `code` is the proposal, "" when there is none."""

    model_config = ConfigDict(frozen=True)

    state: MatchState
    code: str = ""
    name: str = ""
    score: int = 0
    others: tuple[Likeness, ...] = ()
    remarks: tuple[str, ...] = ()


class Register:
    """The procedures a person may see, by code and by name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.by_code = {candidate.code: candidate for candidate in candidates}
        self._keys = {code: name_key(one.name) for code, one in self.by_code.items()}
        self._named: dict[str, list[str]] = defaultdict(list)
        for code, key in self._keys.items():
            self._named[key].append(code)

    def named(self, name: str) -> list[str]:
        """Codes of the procedures with exactly this name, accents and spaces apart."""
        return self._named.get(name_key(name), []) if name_key(name) else []

    def key(self, code: str) -> str:
        return self._keys[code]

    def likeness(self, code: str, name: str) -> int:
        return _score(self._keys[code], name_key(name))

    def alike(self, name: str, *, limit: int = 3) -> list[Likeness]:
        """The procedures whose names are most alike, best first."""
        key = name_key(name)
        if len(key) < 6:
            return []
        found = process.extract(
            key, self._keys, scorer=fuzz.ratio, limit=limit, score_cutoff=PROPOSED
        )
        return [
            Likeness(code=code, name=self.by_code[code].name, score=_score(self._keys[code], key))
            for _key, _score_, code in sorted(found, key=lambda one: (-one[1], one[2]))
        ]


def name_key(name: str) -> str:
    """Letters and digits alone: scans set spaces into words and take accents off them."""
    return search_form(name).replace(" ", "")


def match_rows(rows: Sequence[AnnexRow], register: Register) -> list[Match]:
    """A match for each row; codes that stand in several rows are told in all of them."""
    matches = [
        _with_remarks(match_row(row, register), replaced_remarks(row, register)) for row in rows
    ]
    places: dict[str, list[int]] = defaultdict(list)
    for place, match in enumerate(matches):
        if match.code:
            places[match.code].append(place)
    replaced = {old.code for row in rows for old in row.replaced if old.code}
    return [
        _with_remarks(match, _conflicts(place, match, rows, places[match.code], replaced))
        for place, match in enumerate(matches)
    ]


def match_row(row: AnnexRow, register: Register) -> Match:
    """What the register has for a row alone."""
    if row.code and row.code in register.by_code:
        return _by_code(row, row.code, register)
    if row.code:
        return _unknown_code(row, register)
    return _by_name(row, register)


def compare(code: str, name: str, register: Register) -> Match:
    """What a code that a person typed has to do with a row's name."""
    row = AnnexRow(place="", code=code, name=name)
    return _by_code(row, code, register)


def replaced_remarks(row: AnnexRow, register: Register) -> tuple[str, ...]:
    """What is unclear about the procedures that a row replaces."""
    remarks = []
    for old in row.replaced:
        if old.code and old.code not in register.by_code:
            remarks.append(f"mã cũ {old.code} chưa có trong kho thủ tục")
        elif old.code and not old.name:
            held = register.by_code[old.code].name
            remarks.append(f"mã cũ {old.code} không kèm tên để đối chiếu, trong kho là “{held}”")
        elif old.code and name_key(old.name) != register.key(old.code):
            remarks.append(f"mã cũ {old.code} và tên cũ không giống hẳn nhau")
        elif not old.code:
            same = register.named(old.name)
            told = f"tên giống {', '.join(same)}" if same else "không thấy trong kho"
            remarks.append(f"thủ tục bị thay thế không ghi mã: “{old.name or old.text}”, {told}")
    return tuple(remarks)


def _by_code(row: AnnexRow, code: str, register: Register) -> Match:
    found = register.by_code[code]
    if not row.name:
        return Match(state=MatchState.CODE_ONLY, code=code, name=found.name)
    score = register.likeness(code, row.name)
    if score == 100:
        return Match(state=MatchState.EXACT, code=code, name=found.name, score=100)
    others = [one for one in register.alike(row.name) if one.code != code]
    better = [one for one in others if one.score > score]
    state = MatchState.MISMATCH if better or score < LIKE else MatchState.NEAR
    return Match(
        state=state,
        code=code,
        name=found.name,
        score=score,
        others=tuple(better),
        remarks=_why_not(row, found, better, state, register),
    )


def _why_not(
    row: AnnexRow,
    found: Candidate,
    better: list[Likeness],
    state: MatchState,
    register: Register,
) -> tuple[str, ...]:
    remarks = []
    if state == MatchState.MISMATCH:
        remarks.append("mã và tên không khớp")
    if better:
        remarks.append(f"tên giống {better[0].code} hơn ({better[0].score} %)")
    if any(register.likeness(found.code, old.name) >= LIKE for old in row.replaced if old.name):
        remarks.append("mã này là của thủ tục bị thay thế")
    return tuple(remarks)


def _unknown_code(row: AnnexRow, register: Register) -> Match:
    remarks = [f"mã {row.code} chưa có trong kho thủ tục: thêm thủ tục trước, hoặc sửa mã"]
    others = register.alike(row.name)
    if others:
        remarks.append(f"tên giống {others[0].code} ({others[0].score} %)")
    return Match(state=MatchState.UNKNOWN, others=tuple(others), remarks=tuple(remarks))


def _by_name(row: AnnexRow, register: Register) -> Match:
    same = _of_level(register.named(row.name), row, register)
    if len(same) == 1 and not row.code_text:
        found = register.by_code[same[0]]
        return _with_remarks(
            Match(state=MatchState.SAME_NAME, code=found.code, name=found.name, score=100),
            _level_remarks(row, found),
        )
    others = register.alike(row.name)
    if not others:
        remark = "không thấy thủ tục nào tên như vậy: nhập mã, hoặc thêm thủ tục vào kho"
        return Match(state=MatchState.UNKNOWN, remarks=(remark,))
    best, rest = others[0], others[1:]
    remarks = [f"{len(same)} thủ tục cùng tên: chọn theo cấp thực hiện"] if len(same) > 1 else []
    return Match(
        state=MatchState.LIKE_NAME,
        code="" if len(same) > 1 else best.code,
        name="" if len(same) > 1 else best.name,
        score=best.score,
        others=tuple(others if len(same) > 1 else rest),
        remarks=tuple(remarks),
    )


def _of_level(codes: list[str], row: AnnexRow, register: Register) -> list[str]:
    """Procedures of one name differ by the level that carries them out."""
    if len(codes) < 2 or not row.levels:
        return codes
    wanted = set(row.levels)
    fitting = [code for code in codes if wanted & set(register.by_code[code].levels)]
    return fitting or codes


def _level_remarks(row: AnnexRow, found: Candidate) -> tuple[str, ...]:
    """A name alone does not tell two levels apart when only one of them is in the register."""
    if row.levels and found.levels and not set(row.levels) & set(found.levels):
        return ("cấp thực hiện trong tệp khác trong kho",)
    return ()


def _conflicts(
    place: int,
    match: Match,
    rows: Sequence[AnnexRow],
    places: Sequence[int],
    replaced: set[str],
) -> tuple[str, ...]:
    """A row that says its code yields to another such row, never to what a name proposes."""
    own, remarks = rows[place].code, []
    twins = [rows[at].place for at in places if at != place and (not own or rows[at].code == own)]
    if twins:
        remarks.append(f"trùng mã {match.code} với {'; '.join(twins)}")
    if match.code and match.code in replaced:
        remarks.append(f"mã {match.code} vừa có dòng riêng vừa bị thay thế")
    return tuple(remarks)


def _with_remarks(match: Match, remarks: tuple[str, ...]) -> Match:
    return match.model_copy(update={"remarks": (*match.remarks, *remarks)}) if remarks else match


def _score(key: str, other: str) -> int:
    """Whole per cent, rounded down: only what is the same counts 100."""
    return 100 if key == other else min(int(fuzz.ratio(key, other)), 99)
