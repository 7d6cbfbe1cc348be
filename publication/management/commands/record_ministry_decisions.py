"""`manage.py record_ministry_decisions`: from the imported register to what must be answered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from publication.ministry_decisions import record_ministry_decisions


class Command(BaseCommand):
    help = (
        "Lập các quyết định công bố của bộ theo số quyết định ghi trong dữ liệu quốc gia đã nhập."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--confirm",
            action="store_true",
            help="Ghi là đã xác nhận, tính hạn ngay; không có thì chỉ đề xuất để người xem xét.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = record_ministry_decisions(proposed=not options["confirm"])
        for mark, numbers in report.unplaced_by_mark().items():
            self.stderr.write(_unplaced(mark, numbers))
        self.stdout.write(
            _("Thêm %(decisions)s quyết định của bộ, %(items)s thủ tục.")
            % {"decisions": report.decisions, "items": report.items}
        )


def _unplaced(mark: str, numbers: dict[str, int]) -> str:
    facts = {"mark": mark, "decisions": len(numbers), "items": sum(numbers.values())}
    if mark:
        return (
            _(
                "%(mark)s: %(decisions)s quyết định, %(items)s thủ tục chưa lập được vì chưa bộ "
                "nào trong danh mục cơ quan có tên viết tắt này; ghi tên viết tắt rồi chạy lại."
            )
            % facts
        )
    shown = ", ".join(f"{number} ({count} thủ tục)" for number, count in numbers.items())
    return _("Số quyết định không ghi rõ bộ ban hành, hãy nhập bằng tay: %(numbers)s.") % {
        "numbers": shown
    }
