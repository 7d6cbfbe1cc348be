"""`manage.py record_ministry_decisions`: from the imported register to what must be answered."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from publication.ministry_decisions import record_ministry_decisions


class Command(BaseCommand):
    help = (
        "Lập các quyết định công bố của bộ theo số quyết định ghi trong dữ liệu quốc gia đã nhập."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = record_ministry_decisions()
        for number, count in sorted(report.unplaced.items()):
            self.stderr.write(
                _("%(number)s (%(count)s thủ tục): chưa rõ bộ ban hành; nhập tên viết tắt của bộ.")
                % {"number": number, "count": count}
            )
        self.stdout.write(
            _("Thêm %(decisions)s quyết định của bộ, %(items)s thủ tục.")
            % {"decisions": report.decisions, "items": report.items}
        )
