"""`manage.py propose_holidays YEAR`: write the days off of a year for a person to confirm."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from catalog.holiday_proposals import FIRST_YEAR, LAST_YEAR, propose_holidays


class Command(BaseCommand):
    help = "Đề xuất ngày nghỉ, ngày làm bù của một năm; chưa được tính cho đến khi xác nhận."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, metavar="YYYY")

    def handle(self, *args: Any, year: int, **options: Any) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            limits = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise CommandError(_("Chỉ đề xuất được cho các năm %(first)s–%(last)s.") % limits)
        self.stdout.write(
            _("Đề xuất %(proposed)s ngày, %(known)s ngày đã có. Xác nhận ở trang quản trị.")
            % vars(propose_holidays(year=year))
        )
