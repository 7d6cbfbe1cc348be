"""manage.py export_national_package: register texts as the national package, one JSON a line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from catalog.codes import CodeError, procedure_code
from catalog.importers.national_package_export import (
    lost_in_national_package,
    to_national_package,
)
from catalog.models import NationalRecord, Procedure


class Command(BaseCommand):
    help = _("Xuất thủ tục theo gói dữ liệu quốc gia, mỗi thủ tục một dòng JSON.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help=_("Mã thủ tục; để trống là tất cả."))
        parser.add_argument("--output", type=Path, metavar="FILE", help=_("Tệp ghi ra."))

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = self._procedures(options["codes"])
        if options["output"] is None:
            self._write(rows, self.stdout)
            return
        with options["output"].open("w", encoding="utf-8") as stream:
            self._write(rows, stream)

    def _procedures(self, words: list[str]) -> Any:
        try:
            codes = {procedure_code(word) for word in words}
        except CodeError as error:
            raise CommandError(str(error)) from error
        records = NationalRecord.objects.filter(latest=True).order_by("-taken_on", "-pk")
        rows = Procedure.objects.for_announcing().prefetch_related(
            Prefetch("national_records", queryset=records)
        )
        if not codes:
            return rows
        missing = codes - set(rows.filter(code__in=codes).values_list("code", flat=True))
        if missing:
            raise CommandError(
                _("Sổ đăng ký không có mã %(codes)s.") % {"codes": ", ".join(sorted(missing))}
            )
        return rows.filter(code__in=codes)

    def _write(self, rows: Any, stream: Any) -> None:
        for procedure in rows.iterator(chunk_size=200):
            stream.write(json.dumps(to_national_package(procedure), ensure_ascii=False) + "\n")
            for loss in lost_in_national_package(procedure):
                self.stderr.write(f"{procedure.code}: {loss.message}")
