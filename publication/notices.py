"""Which mails about gaps are due: at once when one becomes overdue, otherwise once a week.

Planned by state: a run that was missed, came late or came twice plans what is still due and no
more. A matter is a kind and a day; a person gets one mail a matter (Notice.key).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from catalog.working_days import WorkingCalendar
from publication.models import AnnouncementGap, Notice
from publication.notice_texts import MailText, Texts, days_late
from publication.recipients import Recipient, read_recipients
from publication.rule_book import read_rule_book

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Told = set[tuple[int, str]]  # a gap, and the legal day that has passed


@dataclass(frozen=True)
class Letter:
    """One mail to be sent: the row that will stand for it, the address and the text."""

    notice: Notice
    email: str
    body: str


def is_time_for_notices(*, now: datetime, at: time, calendar: WorkingCalendar) -> bool:
    """Working days only, from a time of day on; what was missed is caught up with that day."""
    moment = localtime(now)
    return calendar.is_working_day(moment.date()) and moment.time() >= at


def digest_day(on: date, *, weekday: str) -> date:
    """The last day of that name up to `on`: a digest day that is a holiday is made up for."""
    return on - timedelta(days=(on.weekday() - WEEKDAYS.index(weekday)) % 7)


def plan_notices(*, on: date, now: datetime, weekday: str | None = None) -> list[Letter]:
    """Every mail that is due on a day and was not sent; eight queries, whatever the numbers.

    The digest comes first: what it names as overdue needs no mail of its own that day.
    """
    gaps = list(_open_gaps())
    if not gaps:
        return []
    start = digest_day(on, weekday=weekday or settings.PORTAL_DIGEST_WEEKDAY)
    desk = _Desk(on, now, gaps, read_told(), Texts(read_rule_book(), on=on))
    letters: list[Letter] = []
    for person in read_recipients():
        letters += desk.digest(person, start)
        letters += desk.overdue(person)
    return letters


def _open_gaps() -> QuerySet[AnnouncementGap]:
    gaps = AnnouncementGap.objects.open().order_by("pk")
    return gaps.select_related("agency", "ministry_item__decision")


@dataclass
class ToldOf:
    """What people have been told: overdue gaps, and the matters that are done with."""

    gaps: dict[int, Told]
    matters: set[tuple[int, str]]


def read_told() -> ToldOf:
    """From the notices that were sent or may have been; what was refused was not told."""
    told = ToldOf({}, set())
    rows = Notice.objects.exclude(state=Notice.State.NOT_SENT)
    for user_id, key, state, gaps in rows.values_list("user_id", "key", "state", "gap_ids"):
        told.matters.add((user_id, key))
        if state in Notice.TOLD:
            told.gaps.setdefault(user_id, set()).update((gap, day) for gap, day in gaps)
    return told


@dataclass
class _Desk:
    """The state that mails are written from, on one day."""

    on: date
    now: datetime
    gaps: Sequence[AnnouncementGap]
    told: ToldOf
    texts: Texts

    def digest(self, person: Recipient, start: date) -> Iterator[Letter]:
        """Everything that was open on the digest day and still is."""
        mine = [gap for gap in self._of(person) if gap.opened_on <= start]
        key = f"digest:{start.isoformat()}"
        if mine and (person.user_id, key) not in self.told.matters:
            new = self._not_told(person, mine)
            yield self._letter(person, key, mine, self.texts.digest(person, mine, new=new))

    def overdue(self, person: Recipient) -> Iterator[Letter]:
        """What has become overdue and the person does not know of; one mail a day."""
        key = f"overdue:{self.on.isoformat()}"
        new = self._not_told(person, self._of(person))
        mine = [gap for gap in self._of(person) if gap.pk in new]
        if mine and (person.user_id, key) not in self.told.matters:
            yield self._letter(person, key, mine, self.texts.overdue(person, mine))

    def _letter(
        self, person: Recipient, key: str, gaps: Iterable[AnnouncementGap], text: MailText
    ) -> Letter:
        pairs = sorted(_pair(gap) for gap in gaps if days_late(gap, on=self.on))
        self.told.gaps.setdefault(person.user_id, set()).update(pairs)
        notice = Notice(
            user_id=person.user_id,
            key=key,
            subject=text.subject,
            gap_ids=[list(pair) for pair in pairs],
            created_at=self.now,
        )
        return Letter(notice, person.email, text.body)

    def _of(self, person: Recipient) -> list[AnnouncementGap]:
        return [gap for gap in self.gaps if person.cares_for(gap.agency_id)]

    def _not_told(self, person: Recipient, gaps: Iterable[AnnouncementGap]) -> set[int]:
        told = self.told.gaps.get(person.user_id, set())
        return {gap.pk for gap in gaps if days_late(gap, on=self.on) and _pair(gap) not in told}


def _pair(gap: AnnouncementGap) -> tuple[int, str]:
    """A gap whose legal day was put off and has passed again is news again."""
    assert gap.legal_due_on is not None, "an overdue gap has a legal day"
    return gap.pk, gap.legal_due_on.isoformat()
