"""`manage.py serve`: the whole portal with one command, nothing to install beside it."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from procedures_portal.serve import preparation
from procedures_portal.serve.door import DoorBlocked
from procedures_portal.serve.portal import NotReady, Portal
from procedures_portal.serve.programs import GaveUp


class Command(BaseCommand):
    help = (
        "Prepares the database, sample data and public pages, then runs the web server and the "
        "worker until Ctrl-C. A second start keeps all data."
    )
    requires_system_checks: list[str] = []  # the first step runs them and says so

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=_port, default=settings.PORTAL_PORT)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--no-sample", action="store_true", help="leave an empty database empty"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                _("Chế độ full chạy từng chương trình riêng (docs/operations.md); bỏ PORTAL_MODE.")
            )
        _take_port_into_settings(options["port"])
        portal = Portal(
            host=options["host"],
            port=options["port"],
            url=settings.PORTAL_URL,
            data_dir=settings.PORTAL_DATA_DIR,
            console=Console(),
        )
        try:
            portal.run(
                preparation.steps(
                    sample=not options["no_sample"], data_dir=settings.PORTAL_DATA_DIR
                )
            )
        except (DoorBlocked, GaveUp, NotReady) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write(_("Cổng đã dừng."))


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _take_port_into_settings(port: int) -> None:
    """Addresses on pages follow the port, so another port is read as a setting from the start.

    Replaces this process by the same command with PORTAL_PORT set; its id stays the same.
    """
    if port != settings.PORTAL_PORT:
        os.environ["PORTAL_PORT"] = str(port)
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves
