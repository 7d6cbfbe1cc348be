"""`manage.py load_sample`: fill an empty portal with the sample province."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from procedures_portal.sample.accounts import FILE_NAME, create_sample_accounts
from procedures_portal.sample.loading import ForeignRegister, SampleReport, load_sample


class Command(BaseCommand):
    help = "Nạp dữ liệu mẫu: cơ quan, thủ tục, quyết định và tài khoản dùng thử."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="Cho phép nạp cả khi chạy ở chế độ full."
        )
        parser.add_argument(
            "--no-accounts", action="store_true", help="Không tạo tài khoản dùng thử."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.EMBEDDED and not options["force"]:
            raise CommandError(
                "Không nạp dữ liệu mẫu ở chế độ full. Nếu đây là nơi chạy thử, thêm --force."
            )
        try:
            report = _load_showing_progress()
        except ForeignRegister as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_summary(report))
        if not options["no_accounts"]:
            self._create_accounts()

    def _create_accounts(self) -> None:
        for account in create_sample_accounts(folder=settings.PORTAL_DATA_DIR):
            shown = account.password or f"(đã có, xem {settings.PORTAL_DATA_DIR / FILE_NAME})"
            self.stdout.write(f"{account.username}  {shown}  {account.role}")


def _load_showing_progress() -> SampleReport:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Nạp dữ liệu mẫu")
        return load_sample(
            progress=lambda done, steps, what: bar.update(
                task, completed=done, total=steps, description=what
            )
        )


def _summary(report: SampleReport) -> str:
    if report == SampleReport():
        return "Dữ liệu mẫu đã có đủ, không thay đổi gì."
    return (
        f"Đã nạp {report.agencies} cơ quan, {report.procedures} thủ tục, "
        f"{report.ministry_decisions} quyết định của bộ, "
        f"{report.announcements} quyết định của tỉnh."
    )
