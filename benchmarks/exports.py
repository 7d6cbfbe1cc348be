"""Every real text in every vocabulary: held against the published standards, counted, timed.

    uv run python -m benchmarks.exports FOLDER [--announced] [--most 0]

FOLDER holds tthc/ with the shared registers. They are imported and announced in a data folder that
is thrown away; with --announced the register of PORTAL_DATA_DIR and DATABASE_URL is taken as it
stands. Every step is a process of its own. Fails when a text is not valid, when a time in working
days has become a duration, or when a package does not come out as it went in.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.apart import own_data_folder, peak_mb, processor_seconds, run_in, set_up

SIGNED_ON = date(2026, 8, 3)  # Monday, after the last of the registers was taken
SOURCES = {
    "national_list_2025-04.jsonl.gz": date(2025, 4, 28),
    "procedures.jsonl.gz": date(2026, 7, 17),
    "defence_procedures.jsonl": date(2025, 12, 31),
    "dvcqg_api_record_1.008004.json": date(2026, 7, 31),
}
_TOGETHER = 50  # texts that are held against the shapes as one graph
Figures = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--announced", action="store_true", help="take the register as it stands")
    parser.add_argument("--most", type=int, default=0, help="texts to look at; 0 for all")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(_take(options), ensure_ascii=False))
        return 0
    with _register(announced=options.announced) as environment:
        return _report(
            {
                name: _run(environment, name, options)
                for name in STEPS
                if name != "filled" or not options.announced
            }
        )


@contextmanager
def _register(*, announced: bool) -> Iterator[dict[str, str]]:
    if announced:
        yield dict(os.environ)
        return
    with own_data_folder() as environment:
        yield environment


def _run(environment: dict[str, str], name: str, options: argparse.Namespace) -> Figures:
    arguments = [str(options.folder.resolve()), "--most", str(options.most), "--step", name]
    figures = run_in(environment, "benchmarks.exports", arguments)
    print(name, json.dumps(figures, ensure_ascii=False), flush=True)
    return figures


def _take(options: argparse.Namespace) -> Figures:
    set_up()
    started = time.perf_counter()
    figures = STEPS[options.step](options)
    return figures | {
        "step_s": round(time.perf_counter() - started, 1),
        "step_cpu_s": round(processor_seconds(), 1),
        "step_peak_mb": peak_mb(),
    }


def _fill(options: argparse.Namespace) -> Figures:
    from benchmarks.announcing import announce_by_source_decision
    from catalog.importers.run import import_file
    from catalog.models import Procedure

    for name, taken_on in SOURCES.items():
        import_file(options.folder / "tthc" / name, today=taken_on, taken_on=taken_on)
    decisions = announce_by_source_decision(signed_on=SIGNED_ON)
    return {"procedures": Procedure.objects.count(), "decisions": decisions}


def _texts(options: argparse.Namespace) -> Iterator[Any]:
    from publication.public_texts import offered_texts

    return islice(offered_texts(), options.most or None)


def _whole(options: argparse.Namespace) -> Figures:
    """How long it takes to say everything, and how much it is."""
    from publication.exports.vocabularies import VOCABULARIES
    from publication.public_texts import present_portal

    found = {}
    for name, vocabulary in VOCABULARIES.items():
        started = time.process_time()
        size = sum(map(len, vocabulary.all(_texts(options), present_portal())))
        found[name] = {"s": round(time.process_time() - started, 1), "mb": round(size / 1e6, 1)}
    return found


def _cpsv_ap(options: argparse.Namespace) -> Figures:
    from publication.exports.vocabularies import VOCABULARIES
    from publication.public_texts import present_portal
    from tests.standards import cpsv_violations, graph_of

    wrong: list[str] = []
    counts: Counter[str] = Counter()
    texts = _texts(options)
    while batch := list(islice(texts, _TOGETHER)):
        graph = graph_of(b"".join(VOCABULARIES["cpsv-ap"].all(batch, present_portal())))
        counts.update(texts=len(batch), triples=len(graph))
        wrong += cpsv_violations(graph)
    return counts | _told(wrong)


def _dcat(_options: argparse.Namespace) -> Figures:
    from publication.exports.dcat import dcat_document
    from publication.exports.vocabularies import to_bytes
    from publication.public_texts import present_data_set, present_portal
    from tests.standards import cpsv_violations, graph_of

    graph = graph_of(to_bytes(dcat_document(present_data_set(), present_portal())))
    return {"triples": len(graph)} | _told(cpsv_violations(graph))


def _hsds(options: argparse.Namespace) -> Figures:
    from publication.exports.hsds import hsds_service
    from publication.public_texts import present_portal
    from tests.standards import hsds_violations

    wrong: list[str] = []
    counts: Counter[str] = Counter()
    portal = present_portal()
    for public in _texts(options):
        service = hsds_service(public, portal)
        lists = {name: len(rows) for name, rows in service.items() if isinstance(rows, list)}
        counts.update({"texts": 1} | lists)
        wrong += [f"{public.text.code} {problem}" for problem in hsds_violations(service)]
    return counts | _told(wrong)


def _told(wrong: list[str]) -> Figures:
    return {"violations": len(wrong), "examples": wrong[:5]}


def _working_days(options: argparse.Namespace) -> Figures:
    """Every time in working days keeps its unit, and none is a duration."""
    from catalog.content import TimeUnit
    from publication.exports.cpsv_ap import cpsv_document
    from publication.exports.durations import promised
    from publication.public_texts import present_portal

    counts: Counter[str] = Counter()
    portal = present_portal()
    for public in _texts(options):
        methods = public.text.content.filing_methods
        units = [time.unit for m in methods for o in m.options if (time := promised(o))]
        nodes = {node["id"]: node for node in cpsv_document(public, portal)["@graph"]}
        channels = [node for node in nodes.values() if node["type"] == "cv:Channel"]
        measured = [(it, nodes[it["hasDuration"]]) for it in channels if "hasDuration" in it]
        kept = [(it, m) for it, m in measured if m["unitType"].endswith("#ngay-lam-viec")]
        counts.update(
            times=len(units),
            working_days=units.count(TimeUnit.WORKING_DAY),
            kept=len(kept),
            durations=sum("processingTime" in it for it in channels),
            turned=sum("processingTime" in it for it, _measured in kept),
        )
    return dict(counts)


def _round_trip(_options: argparse.Namespace) -> Figures:
    """All packages out of the register, into an empty one, and out again."""
    from catalog.models import Procedure

    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as place:
        folder = Path(place)
        first = _packages(_write(dict(os.environ), folder / "first.jsonl"))
        empty = os.environ | {
            "PORTAL_DATA_DIR": place,
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        }
        _manage(empty, "migrate", "--verbosity", "0")
        _manage(empty, "import_procedures", str(folder / "first.jsonl"))
        second = _packages(_write(empty, folder / "second.jsonl"))
    differ = [code for code in first if first[code] != second.get(code)]
    return {
        "procedures": Procedure.objects.count(),
        "packages": len(first),
        "again": len(second),
        "different": len(differ),
        "examples": [_difference(first[code], second.get(code, {})) for code in differ[:5]],
    }


def _write(environment: dict[str, str], target: Path) -> Path:
    _manage(environment, "export_national_package", "--output", str(target))
    return target


def _manage(environment: dict[str, str], *arguments: str) -> None:
    import subprocess

    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _packages(file: Path) -> dict[str, Figures]:
    packages = map(json.loads, file.read_text().splitlines())
    return {package["MATTHC"]: package for package in packages}


def _difference(one: Figures, other: Figures) -> list[Any]:
    keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    return [one["MATTHC"], {key: (one.get(key), other.get(key)) for key in keys}]


STEPS = {
    "filled": _fill,
    "whole": _whole,
    "cpsv-ap": _cpsv_ap,
    "dcat": _dcat,
    "hsds": _hsds,
    "working days": _working_days,
    "round trip": _round_trip,
}


def _report(found: dict[str, Figures]) -> int:
    cpsv, hsds, days, trip = (
        found[name] for name in ("cpsv-ap", "hsds", "working days", "round trip")
    )
    laws = [
        ("violations of CPSV-AP 3.2.0 = none", cpsv["violations"], 0),
        ("violations of CPSV-AP in the description of the data set = none",
         found["dcat"]["violations"], 0),
        ("violations of HSDS 3.0 = none", hsds["violations"], 0),
        ("texts in CPSV-AP = in HSDS", cpsv["texts"], hsds["texts"]),
        ("times in working days = kept as such", days["working_days"], days["kept"]),
        ("times in working days that became a duration = none", days["turned"], 0),
        ("packages = procedures of the register", trip["packages"], trip["procedures"]),
        ("packages = again", trip["packages"], trip["again"]),
        ("packages that came out different = none", trip["different"], 0),
    ]  # fmt: skip
    for law, one, other in laws:
        print(f"{'holds' if one == other else 'WRONG'}  {law}: {one} = {other}")
    return int(any(one != other for _law, one, other in laws))


if __name__ == "__main__":
    sys.exit(main())
