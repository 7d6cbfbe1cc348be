"""`manage.py review_register`: what an import changed becomes proposals and alarms."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from publication.enums import AlarmKind
from publication.register_changes import Change
from publication.register_refresh import (
    NoComparison,
    RefreshReport,
    review_register,
    vanished_codes,
)


class Command(BaseCommand):
    help = _(
        "Rà soát thay đổi của dữ liệu quốc gia đã nhập: đề xuất quyết định của bộ, "
        "báo những thay đổi chưa rõ quyết định."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "report",
            nargs="?",
            type=Path,
            help=_("Báo cáo của import_procedures --compare --report-json, để biết mã không còn."),
        )

    def handle(self, *args: Any, report: Path | None, **options: Any) -> None:
        found = review_register(now=now(), vanished=_vanished(report) if report else [])
        for kind in AlarmKind:
            self.stdout.write(_line(kind, found))
        self.stdout.write(
            _(
                "Thêm %(decisions)s quyết định đề xuất, %(items)s thủ tục, %(alarms)s cảnh báo; "
                "%(closed)s cảnh báo đã có lời giải."
            )
            % {
                "decisions": found.new_decisions,
                "items": found.new_items,
                "alarms": found.new_alarms,
                "closed": found.closed_alarms,
            }
        )
        self.stdout.write(json.dumps(found.to_json()))


def _line(kind: AlarmKind, found: RefreshReport) -> str:
    facts = {
        "kind": kind.label,
        "explained": found.explained[kind],
        "proposed": found.proposed[kind],
        "unexplained": found.unexplained[kind],
        "rejected": found.rejected[kind],
    }
    return (
        _(
            "%(kind)s: %(proposed)s thuộc quyết định đề xuất, %(unexplained)s chưa rõ quyết định, "
            "%(explained)s đã có quyết định, %(rejected)s thuộc đề xuất đã bác."
        )
        % facts
    )


def _vanished(path: Path) -> list[Change]:
    try:
        return vanished_codes(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, AttributeError, KeyError, TypeError, ValueError):  # no file, or another one
        raise CommandError(
            _("Không đọc được báo cáo %(file)s: cần tệp của --report-json.") % {"file": path}
        ) from None
    except NoComparison as reason:
        raise CommandError(str(reason)) from reason
