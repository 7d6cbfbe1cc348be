"""manage.py import_procedures PATH: takes a source file into the register and reports by row."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from catalog.enums import RecordSource
from catalog.importers.files import FileRefused
from catalog.importers.report import ImportReport, Outcome
from catalog.importers.run import Progress as Tell
from catalog.importers.run import import_file
from catalog.importers.sources import source_of

SHOWN_ROWS = 20  # of each kind; the report file has them all


class Command(BaseCommand):
    help = _("Nhập thủ tục từ một tệp nguồn vào sổ đăng ký và báo cáo từng dòng.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help=_("Tệp nguồn: JSON, JSON lines (.gz) hoặc .xlsx.")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Chạy đủ các bước rồi hoàn tác, không ghi gì.")
        )
        parser.add_argument(
            "--report-json",
            metavar="FILE",
            help=_("Ghi báo cáo từng dòng ra tệp JSON; “-” là ghi một dòng ra đầu ra chuẩn."),
        )
        parser.add_argument(
            "--source", choices=RecordSource.values, help=_("Nguồn của tệp; mặc định tự nhận ra.")
        )
        parser.add_argument(
            "--taken-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help=_("Ngày lấy tệp từ nguồn; mặc định là ngày ghi trong bản ghi, hoặc hôm nay."),
        )
        parser.add_argument(
            "--compare",
            action="store_true",
            help=_("So với danh mục đã nhập trước: đổi tên, mới, không còn (chỉ đề xuất)."),
        )
        parser.add_argument(
            "--reread",
            action="store_true",
            help=_("Đọc lại cả những bản ghi đã nhập, dùng khi cách đọc đã được cải tiến."),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"]
        only_json = options["report_json"] == "-"
        console = Console(file=sys.stderr if only_json else self.stdout, width=100)  # type: ignore[arg-type]
        try:
            with _progress(path.name) as tell:
                report = import_file(
                    path,
                    today=localdate(),
                    source=source_of(RecordSource(s)) if (s := options["source"]) else None,
                    taken_on=options["taken_on"],
                    dry_run=options["dry_run"],
                    reread=options["reread"],
                    compare=options["compare"],
                    progress=tell,
                )
        except FileRefused as refusal:
            report = ImportReport(file=path.name, dry_run=options["dry_run"], error=str(refusal))
        self._write_report(report, options["report_json"])
        _show(console, report)
        last = report.to_json() if only_json else report.summary()
        self.stdout.write(json.dumps(last, ensure_ascii=False))
        if report.error:
            raise CommandError(_("Không nhập tệp nào: %(why)s") % {"why": report.error})

    def _write_report(self, report: ImportReport, target: str | None) -> None:
        if target in (None, "-"):
            return
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
        try:
            Path(str(target)).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self.stderr.write(
                _("Không ghi được báo cáo vào %(file)s: %(why)s")
                % {"file": target, "why": error.strerror}
            )


@contextmanager
def _progress(name: str) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=False) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(console: Console, report: ImportReport) -> None:
    if report.error:
        return
    counts = report.counts()
    title = _("Chạy thử, không ghi gì") if report.dry_run else _("Kết quả nhập")
    table = Table(title=f"{title}: {report.file} ({report.source})")
    labels = {
        "read": _("Đã đọc"),
        Outcome.CREATED.value: _("Thêm mới"),
        Outcome.UPDATED.value: _("Thay đổi"),
        Outcome.UNCHANGED.value: _("Không đổi"),
        Outcome.REFUSED.value: _("Từ chối"),
    }
    for label in labels.values():
        table.add_column(label, justify="right")
    table.add_row(*(str(counts[key]) for key in labels))
    console.print(table)
    _show_rows(console, report)
    _show_comparison(console, report)


def _show_rows(console: Console, report: ImportReport) -> None:
    refused = [row.message for row in report.rows if row.outcome is Outcome.REFUSED]
    _show_lines(console, _("Dòng bị từ chối"), refused)
    renamed = [
        f"{row.code}: {change.old} → {change.new}"
        for row in report.renamed()
        for change in row.changes
        if change.field == "name"
    ]
    _show_lines(console, _("Thủ tục đổi tên"), renamed)
    _show_lines(console, _("Lĩnh vực mới được thêm"), report.registered_fields)
    names = [agency["name"] for agency in report.registered_agencies]
    _show_lines(console, _("Cơ quan mới được thêm"), names)
    noted = sum(bool(row.remarks) for row in report.rows)
    if noted:
        console.print(
            _("%(count)d dòng có điều cần xem; dùng --report-json để xem từng dòng.")
            % {"count": noted}
        )


def _show_comparison(console: Console, report: ImportReport) -> None:
    if report.comparison is None:
        return
    found = report.comparison
    console.print(
        _(
            "So với danh mục trước (%(earlier)d mã): có ở cả hai %(both)d, mới %(new)d, "
            "đổi tên %(renamed)d. Mã không còn chỉ là đề xuất xem xét, không bãi bỏ gì."
        )
        % {
            "earlier": found["earlier_list"],
            "both": found["in_both"],
            "new": len(found["new"]),
            "renamed": len(found["renamed"]),
        }
    )
    gone = [f"{row['code']} {row['name']} ({row['issuer']})" for row in found["vanished"]]
    _show_lines(console, _("Mã không còn trong tệp mới"), gone)


def _show_lines(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"{title}: {len(lines)}", markup=False)
    for line in lines[:SHOWN_ROWS]:
        console.print(f"  {line[:300]}", markup=False, highlight=False)
    if len(lines) > SHOWN_ROWS:
        console.print(_("  … và %(more)d dòng nữa") % {"more": len(lines) - SHOWN_ROWS})
