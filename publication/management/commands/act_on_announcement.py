"""`manage.py act_on_announcement`: the acts on a decision, by a named person, from the shell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.timezone import now

from catalog.codes import CodeError
from publication import actions
from publication.acts_log import StaleDecision
from publication.authority import NotAllowed
from publication.checks import DecisionRefused
from publication.lifecycle import IllegalMove
from publication.models import AnnouncementDecision

# Each act with the options it takes from the command line.
_ACTS: dict[str, tuple[Callable[..., AnnouncementDecision], tuple[str, ...]]] = {
    "submit": (actions.submit_announcement, ()),
    "recall": (actions.recall_announcement, ()),
    "return": (actions.return_announcement, ("reason",)),
    "approve": (actions.approve_announcement, ("override_reason",)),
    "issue": (
        actions.issue_announcement,
        ("number", "signed_on", "signed_by", "effective_on", "signed_file"),
    ),
    "withdraw": (actions.withdraw_announcement, ("basis",)),
}
_OPTIONAL = {"override_reason": "", "signed_file": None}


class Command(BaseCommand):
    help = "Trình, rút lại, trả lại, duyệt, ban hành, thu hồi một quyết định công bố."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=sorted(_ACTS))
        parser.add_argument(
            "decision", type=int, help="Số thứ tự của quyết định trong trang quản trị."
        )
        parser.add_argument("--by", required=True, help="Tài khoản của người thực hiện.")
        for name in ("reason", "override-reason", "number", "signed-by", "basis"):
            parser.add_argument(f"--{name}")
        for name in ("signed-on", "effective-on"):
            parser.add_argument(f"--{name}", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--signed-file", type=Path, help="Bản PDF đã ký.")

    def handle(self, *args: Any, **options: Any) -> None:
        act, wanted = _ACTS[options["act"]]
        facts = {name: self._fact(name, options) for name in wanted}
        try:
            decision = act(
                decision_id=options["decision"], by=_person(options["by"]), now=now(), **facts
            )
        except AnnouncementDecision.DoesNotExist as error:
            raise CommandError(f"Không có quyết định số thứ tự {options['decision']}.") from error
        except IntegrityError as error:
            raise CommandError("Số quyết định đã được dùng, hoặc các ngày không khớp.") from error
        except (IllegalMove, NotAllowed, StaleDecision, DecisionRefused, CodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{decision}: {decision.get_status_display()}.")

    def _fact(self, name: str, options: dict[str, Any]) -> Any:
        value = options[name]
        if value is None and name not in _OPTIONAL:
            raise CommandError(f"Thiếu --{name.replace('_', '-')}.")
        if value is None:
            return _OPTIONAL[name]
        return _file(value) if name == "signed_file" else value


def _file(path: Path) -> "ContentFile[bytes]":
    if not path.is_file():
        raise CommandError(f"Không có tệp {path}.")
    return ContentFile(path.read_bytes(), name=path.name)


def _person(username: str) -> Any:
    users = get_user_model()
    try:
        return users.objects.get(username=username, is_active=True)
    except users.DoesNotExist as error:
        raise CommandError(f"Không có tài khoản {username} đang hoạt động.") from error
