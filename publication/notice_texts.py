"""What a mail about gaps says: which procedures, by when, by which article, how late, and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.vietnamese import sort_key
from publication.models import AnnouncementGap
from publication.recipients import Recipient
from publication.rule_book import RuleBook

# A mail is read on a telephone: the first and latest ones, and the list for the rest.
LINES = 40


@dataclass(frozen=True)
class MailText:
    subject: str
    body: str


@dataclass(frozen=True)
class Line:
    """One procedure in a mail."""

    gap: AnnouncementGap
    deadline: str
    is_new: bool
    url: str


@dataclass(frozen=True)
class Group:
    """The lines of one agency; those that no agency is named for stand under the Office's care."""

    agency: str
    lines: Sequence[Line]


def days_late(gap: AnnouncementGap, *, on: date) -> int:
    """Days since the legal day of an open gap; 0 while it has not passed or is not known."""
    if gap.closed_on or gap.legal_due_on is None:
        return 0
    return max(0, (on - gap.legal_due_on).days)


class Texts:
    """Writes the mails of one day. They are Vietnamese, whatever language a request spoke."""

    def __init__(self, rules: RuleBook, *, on: date) -> None:
        self._rules = rules
        self._on = on

    def overdue(self, person: Recipient, gaps: Sequence[AnnouncementGap]) -> MailText:
        """The mail about what has become overdue."""
        with override("vi"):
            subject = _("%(count)s thủ tục quá hạn công bố") % {"count": len(gaps)}
            return self._text("mail/overdue.txt", subject, person, gaps, new=set())

    def digest(
        self, person: Recipient, gaps: Sequence[AnnouncementGap], *, new: set[int]
    ) -> MailText:
        """The weekly mail about everything open; `new` are those never told of as overdue."""
        with override("vi"):
            late = sum(days_late(gap, on=self._on) > 0 for gap in gaps)
            subject = _("%(count)s thủ tục chưa công bố, %(late)s quá hạn") % {
                "count": len(gaps),
                "late": late,
            }
            return self._text("mail/digest.txt", subject, person, gaps, new=new, late=late)

    def _text(
        self,
        template: str,
        subject: str,
        person: Recipient,
        gaps: Sequence[AnnouncementGap],
        *,
        new: set[int],
        late: int = 0,
    ) -> MailText:
        shown = sorted(gaps, key=_urgency)[:LINES]
        facts = {
            "person": person,
            "count": len(gaps),
            "late": late,
            "on": self._on,
            "groups": list(self._groups(shown, new)),
            "more": len(gaps) - len(shown),
            "citations": sorted(self._citations(gaps)),
            "list_url": settings.PORTAL_URL
            + reverse("admin:publication_announcementgap_changelist"),
            "province": settings.PORTAL_PROVINCE,
        }
        lead = _("Thủ tục hành chính %(province)s") % {"province": settings.PORTAL_PROVINCE}
        body = render_to_string(template, facts).strip() + "\n"
        return MailText(f"[{lead}] {subject}", body)

    def _groups(self, gaps: Iterable[AnnouncementGap], new: set[int]) -> Iterator[Group]:
        """Agencies by name, what belongs to none last; the most urgent first in each."""
        in_order = sorted(gaps, key=_place)
        for agency, group in groupby(in_order, key=lambda gap: gap.agency):
            name = agency.name if agency else _("Chưa rõ cơ quan nào phải công bố")
            lines = [self._line(gap, new) for gap in sorted(group, key=_urgency)]
            yield Group(name, lines)

    def _line(self, gap: AnnouncementGap, new: set[int]) -> Line:
        address = reverse("admin:publication_announcementgap_change", args=[gap.pk])
        return Line(gap, self._deadline(gap), gap.pk in new, settings.PORTAL_URL + address)

    def _deadline(self, gap: AnnouncementGap) -> str:
        """ "hạn 20/09/2024, quá hạn 13 ngày"; the Office's day where the law's is not known."""
        if gap.legal_due_on is None:
            if gap.office_due_on is None:
                return _("chưa tính được hạn")
            return _("hạn theo quy chế của tỉnh %(day)s") % {"day": _day(gap.office_due_on)}
        left = (gap.legal_due_on - self._on).days
        words = _("quá hạn %(n)s ngày") if left < 0 else _("còn %(n)s ngày")
        how = words % {"n": abs(left)} if left else _("hôm nay là ngày cuối")
        return _("hạn %(day)s, %(how)s") % {"day": _day(gap.legal_due_on), "how": how}

    def _citations(self, gaps: Iterable[AnnouncementGap]) -> set[str]:
        """Where the legal days come from, each wording once."""
        found = set()
        for gap in gaps:
            if gap.legal_due_on is None:
                continue
            is_short = gap.ministry_item.decision.shortened_procedure
            code = "shortened_announces" if is_short else "province_announces"
            rule = self._rules.rule(code, on=gap.legal_due_on)
            if rule:
                found.add(f"{rule.label}: {rule.citation}")
        return found


def _place(gap: AnnouncementGap) -> tuple[bool, str, int]:
    if gap.agency is None:
        return True, "", 0
    return False, sort_key(gap.agency.name), gap.agency.pk


def _urgency(gap: AnnouncementGap) -> tuple[date, int]:
    return gap.legal_due_on or gap.office_due_on or date.max, gap.pk


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
