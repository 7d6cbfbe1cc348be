"""`manage.py add_everyday_words`: phrases of a new version, into the table that staff keep."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from publication.everyday_words import add_shipped_words
from publication.wake import wake_consumers


class Command(BaseCommand):
    help = _("Thêm vào “Từ thường dùng” những cách gọi đi kèm phiên bản này mà bảng chưa có.")

    def handle(self, *args: Any, **options: Any) -> None:
        added = add_shipped_words()
        for one in added:
            self.stdout.write(f"{one.phrase} → {one.meaning}")
        self.stdout.write(_("Đã thêm %d cách gọi; dòng đã có giữ nguyên.") % len(added))
        if added:
            wake_consumers()
