"""The annex reader: files × items found, right, wrong, left open. Wrong must be 0 everywhere.

    uv run python -m benchmarks.annex [--names LIST.jsonl.gz] [--codes LIST.jsonl.gz] [FILE …]

Without arguments: the project's own annexes, whose truth is known. LIST is a national list (JSON
lines with ma_so and ten, or ma_thu_tuc and ten_thu_tuc). With --codes FILEs are read against that
register, their printed codes being the truth. With --names as well, a list of other years' names is
printed as annexes with one damage each (wrong digit, sibling's code, no code, recognition noise),
the truth kept aside: what a register and real names make of damaged annexes.

"taken" is what would become an item without a word of an officer; "open" waits for one.
"""

import argparse
import gzip
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import django

Names = dict[str, str]
_HEAD = "| File | Items | Found | Taken right | Taken wrong | Open, right | Open, other | CPU s |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--codes", type=Path, help="the register that files are matched with")
    parser.add_argument("--names", type=Path, help="names that damaged annexes are printed from")
    parser.add_argument("--rows", type=int, default=500, help="of each damaged annex")
    options = parser.parse_args()
    # Nothing is stored; a process of tests has its own throw-away folder.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    print(_HEAD + "\n|---|---:|---:|---:|---:|---:|---:|---:|")
    _measure_own()
    register = _read_list(options.codes) if options.codes else {}
    for file in options.files:
        data = file.read_bytes()
        print(_line(file.name, data, None, _register(register)))
    if options.names and register:
        _measure_damaged(_read_list(options.names), register, options.rows)


def _measure_own() -> None:
    from tests.publication.annex.annexes import ANNEXES, INVENTED

    register = _register({code: name for code, (name, _levels) in INVENTED.items()})
    for annex in ANNEXES:
        truth = [one.code for one in annex.truth]
        print(_line(annex.name, annex.data(), truth, register))


def _measure_damaged(names: Names, register: Names, rows: int) -> None:
    from tests.publication.annex.files import T, docx

    chosen = random.Random(1)
    codes = chosen.sample(sorted(set(names) & set(register)), k=min(rows, len(names)))
    known = _register(register)
    for kind, damage in _DAMAGES.items():
        printed = [damage(code, names[code], sorted(register), chosen) for code in codes]
        table = T([["STT", "Mã TTHC", "Tên TTHC"], *_numbered(printed)])
        data = docx(["A. Danh mục thủ tục hành chính mới ban hành", table])
        print(_line(f"{len(codes)} real names, {kind}", data, codes, known))


def _numbered(printed: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[str(number), *pair] for number, pair in enumerate(printed, 1)]


def _line(title: str, data: bytes, truth: Sequence[str] | None, register: Any) -> str:
    from publication.annex.matching import match_rows
    from publication.annex.opening import read_annex_file
    from publication.annex.proposals import propose
    from publication.annex.rows import read_rows

    started = time.process_time()
    rows = read_rows(read_annex_file(data, limit=len(data))).rows
    proposals = propose(rows, match_rows(rows, register))
    spent = time.process_time() - started
    right = truth if truth is not None else [row.code for row in rows]
    told = Counter(
        _outcome(proposal, code) for proposal, code in zip(proposals, right, strict=False)
    )
    items = str(len(right)) if truth is not None else "?"
    cells = [title, items, len(rows), *(told[one] for one in _OUTCOMES), f"{spent:.1f}"]
    return f"| {' | '.join(map(str, cells))} |"


_OUTCOMES = ("taken right", "taken wrong", "open, right", "open, other")


def _outcome(proposal: Any, code: str) -> str:
    from publication.annex.proposals import Take

    if proposal.choice.take == Take.TAKE:
        return "taken right" if proposal.choice.code == code else "taken wrong"
    offered = {proposal.choice.code, *(other.code for other in proposal.match.others)}
    return "open, right" if code and code in offered else "open, other"


def _register(names: Names) -> Any:
    from publication.annex.matching import Candidate, Register

    return Register(Candidate(code=code, name=name) for code, name in names.items())


def _read_list(path: Path) -> Names:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        record.get("ma_so") or record["ma_thu_tuc"]: record.get("ten") or record["ten_thu_tuc"]
        for record in records
    }


def _whole(code: str, name: str, _codes: list[str], _chosen: random.Random) -> tuple[str, str]:
    return f"{code}.000.00.00.H23", name


def _no_code(_code: str, name: str, _codes: list[str], _chosen: random.Random) -> tuple[str, str]:
    return "", name


def _wrong_digit(code: str, name: str, _codes: list[str], chosen: random.Random) -> tuple[str, str]:
    place = chosen.choice([2, 3, 4, 5, 6, 7])
    other = chosen.choice([digit for digit in "0123456789" if digit != code[place]])
    return code[:place] + other + code[place + 1 :], name


def _neighbour(code: str, name: str, codes: list[str], _chosen: random.Random) -> tuple[str, str]:
    """The next code of the register, often a sibling ("Cấp lại …" for "Cấp …")."""
    place = codes.index(code)
    return codes[(place + 1) % len(codes)], name


def _noise(code: str, name: str, _codes: list[str], chosen: random.Random) -> tuple[str, str]:
    """Spaces inside words and codes, a letter for a digit here and there."""
    words = [
        f"{word[:1]} {word[1:]}" if len(word) > 2 and chosen.random() < 0.2 else word
        for word in name.split()
    ]
    spaced = f"{code[:2]} {code[2:]}" if chosen.random() < 0.5 else code
    read = spaced.replace("0", "O", 1) if chosen.random() < 0.3 else spaced
    return read, " ".join(words)


_DAMAGES = {
    "undamaged": _whole,
    "no code": _no_code,
    "one digit wrong": _wrong_digit,
    "the neighbour's code": _neighbour,
    "recognition noise": _noise,
}


if __name__ == "__main__":
    main()
