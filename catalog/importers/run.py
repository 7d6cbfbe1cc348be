"""The frame of all importers: survey, then batches; each record whole or not at all.

A finished row leaves its digest with the record it made, so a run that was killed goes on where
it stopped: rows already in are known again without being read anew. A dry run is the same code
with the transaction rolled back at the end.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from pydantic import ValidationError as ContentError

from catalog import actions
from catalog.codes import CodeError, procedure_code
from catalog.content_problems import told_in_vietnamese
from catalog.importers import decision_titles, held
from catalog.importers.cells import longest_text
from catalog.importers.comparison import compare_with_earlier_list, earlier_list
from catalog.importers.directory import Directory
from catalog.importers.files import SourceRow
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Remark
from catalog.importers.report import ImportReport, Outcome, ReportRow, refused_row
from catalog.importers.sources import Source, detect, read_rows
from catalog.importers.survey import Survey, code_or_none, raw_digest, survey
from catalog.models import NationalRecord, Procedure

BATCH: Final = 100  # rows of one transaction: what a kill can cost, and how long a lock is held
_LENGTHS: Final = {
    "name": Procedure._meta.get_field("name").max_length or 0,
    "decision_number": NationalRecord._meta.get_field("decision_number").max_length or 0,
}
_FIELD_NAME_LENGTH: Final = 300

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Candidate:
    row: SourceRow
    code: str
    digest: str
    taken_on: date


@dataclass
class _Run:
    source: Source
    survey: Survey
    directory: Directory
    known_fields: frozenset[str]
    taken_on: date | None
    today: date
    reread: bool
    reason: str


def import_file(
    path: Path,
    *,
    today: date,
    source: Source | None = None,
    taken_on: date | None = None,
    dry_run: bool = False,
    reread: bool = False,
    compare: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> ImportReport:
    """Take a file into the register. Raises FileRefused before anything is written.

    `taken_on` is the day the file was taken from its source; without it the records' own day
    counts, else `today`. `reread` reads rows again that are already in (after a better reader).
    `progress` is told rows done and rows in all.
    """
    source = source or detect(path)
    whole = survey(read_rows(path, source), source)
    report = ImportReport(
        file=path.name, source=source.kind.value, taken_on=taken_on or today, dry_run=dry_run
    )
    with transaction.atomic() if dry_run else nullcontext():
        directory = Directory(on=taken_on or today)
        run = _Run(
            source=source,
            survey=whole,
            directory=directory,
            known_fields=whole.field_names | directory.field_names(),
            taken_on=taken_on,
            today=today,
            reread=reread,
            reason=f"Nhập từ {path.name} ({source.kind.label})",
        )
        earlier = earlier_list() if compare else {}
        for batch in _batches(read_rows(path, source)):
            report.add(_take_batch(batch, run))
            progress(len(report.rows), whole.total)
        report.registered_fields = directory.registered_fields
        report.registered_agencies = directory.registered_agencies
        if compare:
            report.comparison = compare_with_earlier_list(earlier, whole.codes, kind=source.kind)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _batches(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _take_batch(batch: list[SourceRow], run: _Run) -> list[ReportRow]:
    done: dict[int, ReportRow] = {}
    candidates: list[_Candidate] = []
    for row in batch:
        try:
            candidates.append(_candidate(row, run))
        except RecordRefused as refusal:
            code = code_or_none(row.raw, run.source) or ""
            done[row.number] = refused_row(row.number, code, refusal.field, refusal.message)
    markers = held.load_markers(candidate.code for candidate in candidates)
    texts: list[tuple[_Candidate, ParsedProcedure]] = []
    for candidate in candidates:
        found = _settled(candidate, markers.get(candidate.code, []), run) or _read(candidate, run)
        if isinstance(found, ReportRow):
            done[candidate.row.number] = found
        else:
            texts.append((candidate, found))
    if texts:
        done |= _write(texts, run)
    return [done[row.number] for row in batch]


def _candidate(row: SourceRow, run: _Run) -> _Candidate:
    """A row that may be taken in. Raises RecordRefused with the field and the mend."""
    if not run.source.is_record(row.raw):
        raise RecordRefused("bản ghi", "thiếu các cột của nguồn này; kiểm tra lại dòng.")
    try:
        code = procedure_code(run.source.code_of(row.raw))
    except CodeError as error:
        raise RecordRefused("mã thủ tục", str(error)) from error
    if row.number in run.survey.contradictions:
        rows = ", ".join(map(str, run.survey.contradictions[row.number]))
        raise RecordRefused(
            "mã thủ tục",
            f"mã này có ở các dòng {rows} với nội dung khác nhau; giữ lại một dòng đúng.",
        )
    length, place = longest_text(row.raw)
    limit = settings.PORTAL_IMPORT_MAX_FIELD_CHARS
    if length > limit:
        raise RecordRefused(
            place[:80],
            f"dài {length} ký tự, vượt mức {limit} (PORTAL_IMPORT_MAX_FIELD_CHARS); "
            "kiểm tra xem có dữ liệu lạ, cắt bớt tại nguồn hoặc nâng mức.",
        )
    taken_on = run.taken_on or row.taken_on or run.today
    return _Candidate(row, code, raw_digest(row.raw), taken_on)


def _settled(candidate: _Candidate, markers: list[held.Marker], run: _Run) -> ReportRow | None:
    """The report of a row that needs no reading: a repeat, or one that is in already."""
    number = candidate.row.number
    if number in run.survey.repeats:
        remark = Remark("mã thủ tục", f"Trùng hệt dòng {run.survey.repeats[number]}; bỏ qua.")
        return ReportRow(number, candidate.code, Outcome.UNCHANGED, remarks=(remark,))
    marker = held.finished(
        markers, source=run.source.kind, digest=candidate.digest, taken_on=candidate.taken_on
    )
    if marker is None or run.reread:
        return None
    return ReportRow(number, candidate.code, Outcome.UNCHANGED, recovery=marker.recovery)


def _read(candidate: _Candidate, run: _Run) -> ParsedProcedure | ReportRow:
    try:
        parsed = run.source.parse(candidate.row.raw, known_fields=run.known_fields)
        return _checked(replace(parsed, code=candidate.code))
    except RecordRefused as refusal:
        return refused_row(candidate.row.number, candidate.code, refusal.field, refusal.message)
    except ContentError as error:
        message = told_in_vietnamese(error.errors()[0])
        return refused_row(candidate.row.number, candidate.code, "nội dung", message)


def _checked(parsed: ParsedProcedure) -> ParsedProcedure:
    """What every source must satisfy. Raises RecordRefused; shortens nothing in silence."""
    if not parsed.name:
        raise RecordRefused("tên thủ tục", "thiếu tên thủ tục; bổ sung tại nguồn.")
    if len(parsed.name) > _LENGTHS["name"]:
        raise RecordRefused(
            "tên thủ tục", f"dài {len(parsed.name)} ký tự, quá {_LENGTHS['name']}; rút gọn."
        )
    if decision_titles.is_decision_title(parsed.name):
        raise RecordRefused("tên thủ tục", decision_titles.MESSAGE)
    if any(len(name) > _FIELD_NAME_LENGTH for name in parsed.field_names or ()):
        raise RecordRefused("lĩnh vực", f"tên lĩnh vực dài quá {_FIELD_NAME_LENGTH} ký tự.")
    if len(parsed.decision_number) <= _LENGTHS["decision_number"]:
        return parsed
    remark = Remark("số quyết định", f"Quá dài, không ghi: “{parsed.decision_number[:80]}…”.")
    return replace(parsed, decision_number="", remarks=(*parsed.remarks, remark))


def _write(texts: list[tuple[_Candidate, ParsedProcedure]], run: _Run) -> dict[int, ReportRow]:
    """One transaction for the batch, a savepoint for each record in it."""
    done: dict[int, ReportRow] = {}
    with transaction.atomic():
        procedures = held.load_procedures(candidate.code for candidate, _ in texts)
        for candidate, parsed in texts:
            number = candidate.row.number
            try:
                with transaction.atomic():
                    done[number] = _take_in(candidate, parsed, procedures.get(candidate.code), run)
                run.directory.keep()
            except RecordRefused as refusal:
                run.directory.forget()
                done[number] = refused_row(number, candidate.code, refusal.field, refusal.message)
            except DatabaseError as error:
                run.directory.forget()
                reason = f"cơ sở dữ liệu không nhận bản ghi này ({error}); thử nhập lại."
                done[number] = refused_row(number, candidate.code, "bản ghi", reason)
    return done


def _take_in(
    candidate: _Candidate, parsed: ParsedProcedure, procedure: Procedure | None, run: _Run
) -> ReportRow:
    names = run.directory.resolve(parsed)
    text = actions.NationalText(
        parsed=parsed,
        source=run.source.kind,
        taken_on=candidate.taken_on,
        digest=candidate.digest,
        fields=names.fields,
        agencies=names.agencies,
    )
    if procedure is None:
        if not names.fields:
            raise RecordRefused("lĩnh vực", "thiếu lĩnh vực; bổ sung tại nguồn rồi nhập lại.")
        taken = actions.register_from_national_record(text=text, reason=run.reason)
    else:
        taken = actions.refresh_from_national_record(
            procedure=procedure,
            text=text,
            previous=held.previous_records(procedure, known_fields=run.known_fields),
            base=held.base_content(procedure),
            newest_taken_on=held.newest_taken_on(procedure),
            reason=run.reason,
        )
    return ReportRow(
        number=candidate.row.number,
        code=parsed.code,
        outcome=taken.outcome,
        name=parsed.name,
        changes=taken.changes,
        remarks=(*parsed.remarks, *names.remarks, *taken.remarks),
        recovery=parsed.recovery,
    )
