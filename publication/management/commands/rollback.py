"""Serve an earlier release of the public site, and hold it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from publication.site.history import NoSuchRelease, rollback


class Command(BaseCommand):
    help = (
        "Quay lại một bản phát hành trước của trang công khai. Bản đó được giữ nguyên "
        "cho đến khi chạy publish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "number", nargs="?", type=int, help="Số bản phát hành; mặc định là bản liền trước."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = rollback(now=now(), to=options["number"])
        except NoSuchRelease as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Đang phục vụ bản phát hành {release.pk} (sự kiện đến số "
            f"{release.through_sequence}). Chạy publish để trở lại bản mới nhất."
        )
