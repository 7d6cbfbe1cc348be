"""What the scraped-register importer recovers of a file, per part, and whether any word got lost.

    uv run python benchmarks/recovery_report.py procedures.jsonl.gz
    uv run python benchmarks/recovery_report.py procedures.jsonl.gz --sample 50 --seed 20261122

The first form prints a table of parts by recovery, seconds, and the characters that stand in a
source text but neither in its rows nor in the text kept as written (there should be none). The
second prints records drawn at random beside their rows, for checking by eye.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from catalog.content import Content, Fee, FeeState, Part, Presence
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery
from catalog.importers.scraped import filing_methods, legal_bases, papers
from catalog.importers.scraped.record import SOURCE_FIELDS, parse_record
from catalog.importers.scraped.results import cut_closing
from catalog.vietnamese import clean_text, says_nothing

CHANNELS = {value: word for word, value in filing_methods.CHANNELS.items()}
UNITS = {value: word for word, value in filing_methods.UNITS.items()}
CELL_WORDS = re.compile(
    r"(?:Bộ luật|Luật|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Pháp lệnh)?"
    r" ?(?:[Ss]ố ?:? ?)?(?=\d)"
)


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def lost_characters(raw: dict[str, Any], parsed: ParsedProcedure) -> dict[str, str]:
    """By source field, the letters and digits that are in no row and not kept as written."""
    content = parsed.content
    assert content is not None
    lost = {}
    for field, told in _told(content).items():
        parts = [part for part, name in SOURCE_FIELDS.items() if name == field]
        if any(part in content.as_written for part in parts):
            continue
        missing = _letters(_source(raw, field)) - _letters(told)
        if missing:
            lost[field] = "".join(sorted(missing.elements()))
    return lost


def _source(raw: dict[str, Any], field: str) -> str:
    text = cut_closing(clean_text(raw.get(field) or "")).body
    if says_nothing(text):
        return ""
    for heading in (filing_methods.HEADING, papers.HEADING, legal_bases.HEADING):
        text = text.replace(heading, "")
    if field == "can_cu_phap_ly":
        text = CELL_WORDS.sub("", text)
    return text.replace("Việt Nam Đồng", "VNĐ").replace("Mã: ", "")


def _told(content: Content) -> dict[str, str]:
    return {
        "trinh_tu_thuc_hien": " ".join(
            f"{case.case} {step.title} {step.text}" for case in content.steps for step in case.steps
        ),
        "cach_thuc_thuc_hien": " ".join(_told_rows(content)),
        "thanh_phan_ho_so": " ".join(_told_papers(content)),
        "can_cu_phap_ly": " ".join(
            f"{basis.title} {basis.number}" for basis in content.legal_bases
        ),
        "ket_qua_xu_ly": " ".join(f"{item.name} {item.code}" for item in content.results.items),
        "yeu_cau_dieu_kien": content.conditions.text
        or (
            "Không có quy định yêu cầu"
            if content.conditions.presence is Presence.DECLARED_NONE
            else ""
        ),
    }


def _told_rows(content: Content) -> Iterator[str]:
    for method in content.filing_methods:
        for option in method.options:
            time_limit = option.statutory
            printed = (
                f"{time_limit.amount} {UNITS[time_limit.unit]}"
                if time_limit
                else "Không có thông tin"
            )
            fees = " ".join(map(_printed_fee, option.fees)) or "Không có thông tin"
            yield f"{CHANNELS[method.channel]} {printed} {fees} {option.note}"


def _printed_fee(fee: Fee) -> str:
    if fee.state is FeeState.AMOUNT:
        return f"{fee.amount} {'VNĐ' if fee.currency == 'VND' else fee.currency} {fee.note}"
    return fee.note if fee.state is FeeState.UNKNOWN else f"Miễn phí {fee.note}"


def _told_papers(content: Content) -> Iterator[str]:
    for case in content.paper_cases:
        yield case.case
        for paper in case.papers:
            copies = "" if paper.copies is None else f",{paper.copies} bản sao"
            forms = " ".join(form.name for form in paper.forms)
            yield f"{paper.name} {forms} {paper.originals} bản chính {copies}"


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text.casefold() if char.isalnum())


def print_report(path: Path) -> None:
    counts: Counter[tuple[Part, Recovery]] = Counter()
    refused: list[tuple[str, str]] = []
    lost: list[tuple[str, dict[str, str]]] = []
    read, seconds = 0, 0.0
    for raw in read_records(path):
        read += 1
        started = time.perf_counter()
        try:
            parsed = parse_record(raw)
        except RecordRefused as refusal:
            refused.append((str(raw.get("ma_thu_tuc")), refusal.message))
            continue
        finally:
            seconds += time.perf_counter() - started
        counts.update(parsed.recovery.items())
        missing = lost_characters(raw, parsed)
        if missing:
            lost.append((parsed.code, missing))
    each = 1000 * seconds / max(read, 1)
    print(f"{read} records, {len(refused)} refused, {seconds:.1f} s ({each:.1f} ms each)")
    print("| part | " + " | ".join(Recovery) + " |\n|---|" + "---:|" * len(Recovery))
    for part in Part:
        print(f"| {part} | " + " | ".join(str(counts[part, state]) for state in Recovery) + " |")
    for code, message in refused:
        print(f"refused {code}: {message}")
    print(f"records with characters lost: {len(lost)}")
    for code, missing in lost[:40]:
        print(f"  {code}: {missing}")


def print_sample(path: Path, size: int, seed: int) -> None:
    for raw in random.Random(seed).sample(list(read_records(path)), size):
        print(f"\n## {raw.get('ma_thu_tuc')} {raw.get('ten_thu_tuc')}")
        try:
            parsed = parse_record(raw)
        except RecordRefused as refusal:
            print(f"refused: {refusal.field}: {refusal.message}")
            continue
        for field in dict.fromkeys(SOURCE_FIELDS.values()):
            print(f"< {field}: {clean_text(raw.get(field) or '')}")
        assert parsed.content is not None
        print("> " + parsed.content.model_dump_json(indent=1, exclude_defaults=True))
        print("> " + "; ".join(f"{remark.field}: {remark.message}" for remark in parsed.remarks))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--sample", type=int, default=0)
    arguments.add_argument("--seed", type=int, default=0)
    chosen = arguments.parse_args()
    if chosen.sample:
        print_sample(chosen.path, chosen.sample, chosen.seed)
    else:
        print_report(chosen.path)


if __name__ == "__main__":
    main()
