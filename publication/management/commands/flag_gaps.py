"""`manage.py flag_gaps`: recompute which ministry items the province has not answered."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from publication.gaps import record_gaps


class Command(BaseCommand):
    help = "Tính lại danh sách thủ tục bộ đã công bố mà tỉnh chưa công bố."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="Ngày tính; mặc định là hôm nay theo giờ Việt Nam.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = record_gaps(on=options["on"] or localdate())
        self.stdout.write(_("Mở mới %(opened)s, đóng %(closed)s, đang mở %(open)s.") % vars(report))
