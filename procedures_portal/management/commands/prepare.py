"""`manage.py prepare`: what must stand before the portal can serve, without serving."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console

from procedures_portal.serve.portal import read_accounts
from procedures_portal.serve.preparation import steps
from procedures_portal.serve.progress import Progressing


class Command(BaseCommand):
    help = (
        "Applies migrations, collects assets, publishes what the log holds and brings the search "
        "index up to date. Run it before the programs of full mode start, and after an upgrade."
    )
    requires_system_checks: list[str] = []  # the first step runs them and says so

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sample", action="store_true", help="fill an empty database with sample data"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        progress = Progressing(Console())
        for step in steps(sample=options["sample"], data_dir=settings.PORTAL_DATA_DIR):
            progress.carry_out(step)
        if options["sample"]:
            for account in read_accounts(settings.PORTAL_DATA_DIR):
                self.stdout.write("  ".join(account))
