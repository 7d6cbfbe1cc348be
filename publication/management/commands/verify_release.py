"""See with a citizen's eyes whether the newest decisions stand on the public site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from publication.models import AnnouncementDecision
from publication.site.history import site_store
from publication.site.verify import Receipt, fetch_from, verify_decision


class Command(BaseCommand):
    help = (
        "Tải các trang của những quyết định mới nhất từ cổng, so mã băm với văn bản đã công bố "
        "và ghi biên nhận từng thủ tục."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "decisions", nargs="*", help="Đường dẫn quyết định (slug); mặc định là bản mới nhất."
        )
        parser.add_argument(
            "--url", default=settings.PORTAL_URL, help="Địa chỉ cổng mà người dân dùng."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        decisions = _decisions(options["decisions"])
        if not decisions:
            raise CommandError("Không có quyết định nào đã ban hành để kiểm tra.")
        receipts = [self._verify(decision, options["url"]) for decision in decisions]
        if not all(receipt.is_whole for receipt in receipts):
            raise CommandError("Có thủ tục chưa đúng trên trang công khai.")

    def _verify(self, decision: AnnouncementDecision, url: str) -> Receipt:
        fetch = fetch_from(url.rstrip("/"))
        receipt = verify_decision(decision, store=site_store(), fetch=fetch, clock=localtime)
        path = receipt.write(settings.PORTAL_DATA_DIR / "receipts")
        for item in receipt.items:
            self.stdout.write(f"{item.seen_at} {item.code} {item.problem or 'đúng'}")
        if not receipt.items:
            self.stdout.write(f"{decision}: không có thủ tục nào đang hiển thị theo quyết định này")
        self.stdout.write(f"{decision}: biên nhận {path}")
        return receipt


def _decisions(slugs: list[str]) -> list[AnnouncementDecision]:
    issued = AnnouncementDecision.objects.public()
    if slugs:
        return list(issued.filter(slug__in=slugs).order_by("issued_at"))
    return list(issued.order_by("-issued_at", "-pk")[:1])
