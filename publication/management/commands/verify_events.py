"""`manage.py verify_events`: is the publication log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from publication.events import verify_chain
from publication.models import EventHead


class Command(BaseCommand):
    help = (
        "Kiểm tra chuỗi sự kiện công khai: số thứ tự liên tục, mã băm khớp, văn bản không bị sửa."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify_chain())
        for fault in faults:
            self.stderr.write(_("Sự kiện %(sequence)s: %(problem)s") % vars(fault))
        if faults:
            raise CommandError(_("Chuỗi sự kiện có %(count)s lỗi.") % {"count": len(faults)})
        head = EventHead.objects.filter(id=1).first()
        self.stdout.write(
            _("Chuỗi sự kiện nguyên vẹn: %(count)s sự kiện, mã băm cuối %(digest)s.")
            % {
                "count": head.sequence if head else 0,
                "digest": head.digest if head else "–",
            }
        )
