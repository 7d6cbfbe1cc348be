"""Signs of life of the background programs, and what their silence means.

Each sign is given by another hand, so that silence points at one place:

- worker: the worker's own timer gives it, whatever the queue holds and whatever beat does;
- beat: beat gives it itself each time the broker has taken a task from it, worker or no worker;
- queue: the worker gives it when it carries that task out. With worker and beat alive and the
  queue silent, tasks are lost on the way or the worker hangs in one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.models import Heartbeat

Program = Heartbeat.Program

# The worker signs every half minute, beat every minute. The embedded worker does one task at a
# time, so the queue may stand still for as long as the largest publish takes.
STALE_AFTER = {
    Program.WORKER: timedelta(minutes=2),
    Program.BEAT: timedelta(minutes=3),
    Program.QUEUE: timedelta(minutes=15),
}


@dataclass(frozen=True)
class Silence:
    """A program without a sign of life; `since` is None when it never gave one."""

    program: Heartbeat.Program
    since: datetime | None

    @property
    def words(self) -> str:
        """What staff are told: since when, and what does not happen meanwhile."""
        last = f"{localtime(self.since):%H:%M %d/%m/%Y}" if self.since else ""
        lead = _("từ %(last)s") % {"last": last} if last else _("từ khi cài đặt")
        return str(_MEANING[self.program]) % {"since": lead}


_MEANING = {
    Program.WORKER: gettext_lazy(
        "Tiến trình nền không hoạt động %(since)s: quyết định đã ban hành chưa lên trang công "
        "khai, hạn công bố không được tính lại, thư không gửi đi. Báo người quản trị hệ thống."
    ),
    Program.BEAT: gettext_lazy(
        "Bộ hẹn giờ không hoạt động %(since)s: việc định kỳ không chạy, văn bản có hiệu lực về sau "
        "không tự lên trang công khai. Báo người quản trị hệ thống."
    ),
    Program.QUEUE: gettext_lazy(
        "Việc nền không được thực hiện %(since)s dù các chương trình vẫn chạy: hàng đợi mất việc "
        "hoặc đang kẹt ở một việc. Báo người quản trị hệ thống."
    ),
}


def beat(program: Heartbeat.Program, *, now: datetime) -> None:
    """Write down a sign of life; one query once the program is known."""
    if not Heartbeat.objects.filter(program=program).update(beaten_at=now):
        # Two workers may start at once; the second one's row is the same as the first one's.
        row = Heartbeat(program=program, beaten_at=now)
        Heartbeat.objects.bulk_create([row], ignore_conflicts=True)


def begin_timetable(*, now: datetime) -> None:
    """Beat has started: what it sends has not had the time to come through the queue yet."""
    beat(Program.BEAT, now=now)
    beat(Program.QUEUE, now=now)


def is_stale(program: Heartbeat.Program, beaten_at: datetime | None, *, now: datetime) -> bool:
    """Whether the last sign is too old; what only tells when something was done never is."""
    if program not in STALE_AFTER:
        return False
    return beaten_at is None or now - beaten_at > STALE_AFTER[program]


def stale_programs(*, now: datetime) -> list[Silence]:
    """The programs without a sign of life, causes only; one query.

    A silent queue follows from a silent worker or beat, and says something only without them.
    """
    signs = dict(Heartbeat.objects.values_list("program", "beaten_at"))
    silent = [
        Silence(program, signs.get(program))
        for program in STALE_AFTER
        if is_stale(program, signs.get(program), now=now)
    ]
    causes = [silence for silence in silent if silence.program != Program.QUEUE]
    return causes or silent
