"""What must stand before the portal can serve: tables, assets, data, a public release."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Protocol

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from catalog.models import Agency, Procedure
from procedures_portal.sample.accounts import create_sample_accounts
from procedures_portal.sample.loading import load_sample
from publication.consumers import run_all
from publication.listings import bring_into_force
from publication.site.release import is_held, publish


class Tell(Protocol):
    """Told what is under way, how much of it is done and how much there is; 0 when unknown."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Step:
    """One step of the preparation; `act` returns what to say about it, or nothing."""

    title: str
    act: Callable[[Tell], str]


def steps(*, sample: bool, data_dir: Path) -> list[Step]:
    """The steps in order. All of them run again at every start, and then do next to nothing."""
    loading = [Step(_("Dữ liệu mẫu"), lambda tell: _sample(data_dir, tell))] if sample else []
    return [
        Step(_("Kiểm tra cấu hình"), _check),
        Step(_("Cơ sở dữ liệu"), _migrate),
        Step(_("Tệp giao diện"), _collect_static),
        *loading,
        Step(_("Trang công khai"), _publish),
        Step(_("Tìm kiếm"), _catch_up),
    ]


def _check(_tell: Tell) -> str:
    call_command("check", verbosity=0, stdout=StringIO())
    return ""


def _migrate(_tell: Tell) -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
        return _("đã áp dụng %(count)s thay đổi") % {"count": len(waiting)}
    return _("đã sẵn sàng")


def _collect_static(_tell: Tell) -> str:
    call_command("collectstatic", interactive=False, verbosity=0)
    return ""


def _sample(data_dir: Path, tell: Tell) -> str:
    """Fill a database that holds nothing; a kill half-way leaves it holding nothing."""
    empty = not (Procedure.objects.exists() or Agency.objects.exists())
    if empty:
        load_sample(progress=lambda done, total, what: tell(what, done, total))
    if not get_user_model().objects.exists():
        create_sample_accounts(folder=data_dir)
    words = _("đã nạp %(count)s thủ tục") if empty else _("đã có %(count)s thủ tục, giữ nguyên")
    return words % {"count": Procedure.objects.count()}


def _publish(tell: Tell) -> str:
    """Publish what the log holds, unless somebody went back to an earlier release on purpose."""
    moment = now()
    bring_into_force(on=localdate(moment), now=moment)
    if is_held():
        return _("giữ ở bản trước (đã quay lui); chạy lệnh publish để đi tiếp")
    release = publish(now=moment, report=tell)
    if release is None:
        return _("đã khớp với nhật ký")
    words = _("%(pages)s địa chỉ, dựng %(rendered)s trang")
    return words % {"pages": release.pages, "rendered": release.rendered}


def _catch_up(_tell: Tell) -> str:
    run_all(now=now())
    return ""
