"""The page that lays two public texts of a procedure side by side, the changed words marked.

Two sources fill it in alike: the database when a release is made (every text against the one
before it), and the release's own twins when a reader asks for two texts that are no neighbours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy

from publication.announced_text import AnnouncedText
from publication.differences import Cell, PartDifference, Row, compare
from publication.enums import ListingState
from publication.site.page import Page, PageKind
from publication.site.render.frame import Frame, Link, make_frame, to
from publication.site.render.language import gettext, speaking
from publication.site.render.wording import day, shortened

_LONG_NAME = 90
_CRUMB_LENGTH = 60


@dataclass(frozen=True)
class Side:
    """One of the two texts: what it says, in its time, and the decision it stands on."""

    text: AnnouncedText
    digest: str
    first_day: date
    last_day: date | None
    ended: bool
    note: str
    decision: str
    decision_slug: str

    @property
    def path(self) -> str:
        """The text's own address, which stays when a later one takes its place."""
        return to(PageKind.VERSION, f"{self.text.code}/{self.first_day.isoformat()}")

    @property
    def decision_path(self) -> str:
        return to(PageKind.DECISION, self.decision_slug) if self.decision_slug else ""


@dataclass(frozen=True)
class Change:
    """Two texts of one procedure, the earlier first, and whether nothing came between them."""

    older: Side
    newer: Side
    beside: bool
    earlier_day: date | None = None  # whose own change stands before and after this one
    later_day: date | None = None


@dataclass(frozen=True)
class ShownRow:
    """One changed paragraph, or how many stayed as they were."""

    before: Cell | None = None
    after: Cell | None = None
    kept: int = 0


@dataclass(frozen=True)
class ShownPart:
    title: str
    anchor: str
    rows: tuple[ShownRow, ...]
    count: int


# The parts of a text as text_parts names them; here for the English interface.
_TITLES = {
    "Tên thủ tục": gettext_lazy("Tên thủ tục"),
    "Phân loại": gettext_lazy("Phân loại"),
    "Tóm tắt": gettext_lazy("Tóm tắt"),
    "Trình tự thực hiện": gettext_lazy("Trình tự thực hiện"),
    "Cách thức, thời hạn": gettext_lazy("Cách thức, thời hạn"),
    "Phí, lệ phí": gettext_lazy("Phí, lệ phí"),
    "Thành phần hồ sơ": gettext_lazy("Thành phần hồ sơ"),
    "Kết quả": gettext_lazy("Kết quả"),
    "Yêu cầu, điều kiện": gettext_lazy("Yêu cầu, điều kiện"),
    "Căn cứ pháp lý": gettext_lazy("Căn cứ pháp lý"),
    "Tệp mẫu đơn, tờ khai": gettext_lazy("Tệp mẫu đơn, tờ khai"),
    "Cơ quan": gettext_lazy("Cơ quan"),
}


def changed_parts(older: AnnouncedText, newer: AnnouncedText) -> list[PartDifference]:
    """The parts in which two texts differ, in the order of the newer one."""
    from publication.text_parts import parts_of_text  # it asks this package for its words

    with speaking("vi"):  # announced wording is laid beside announced wording
        before, after = parts_of_text(older), parts_of_text(newer)
    unlike = [name for name in after if before[name] != after[name]]
    return compare(
        national=None,
        public={name: before[name] for name in unlike},
        proposed={name: after[name] for name in unlike},
    )


def difference_context(page: Page, change: Change) -> dict[str, object]:
    """All that difference.html shows on a finished page."""
    title = gettext("Thay đổi từ ngày %(day)s") % {"day": day(change.newer.first_day)}
    frame = make_frame(
        page,
        title=page_title(title, change),
        description=change.newer.note,
        crumbs=[*crumbs_to(change.newer.text), Link(title, page.path)],
        indexed=False,
    )
    return shown_change(frame, title, change, _parts_of(change))


# By the digests of both texts: the pages of all languages show the same words, and laying long
# texts side by side is the dear part of a page.
_known_parts: dict[tuple[str, str], list[PartDifference]] = {}
_MOST_KNOWN = 200


def _parts_of(change: Change) -> list[PartDifference]:
    key = (change.older.digest, change.newer.digest)
    if key not in _known_parts:
        if len(_known_parts) >= _MOST_KNOWN:
            _known_parts.clear()
        _known_parts[key] = changed_parts(change.older.text, change.newer.text)
    return _known_parts[key]


def shown_change(
    frame: Frame, title: str, change: Change, parts: Iterable[PartDifference]
) -> dict[str, object]:
    code = change.newer.text.code
    return {
        "frame": frame,
        "title": title,
        "code": code,
        "name": change.newer.text.name,
        "older": change.older,
        "newer": change.newer,
        "beside": change.beside,
        "parts": [_shown_part(part) for part in parts],
        "procedure_path": to(PageKind.PROCEDURE, code),
        "earlier": _neighbour(code, change.earlier_day),
        "later": _neighbour(code, change.later_day),
        "form": None,
    }


def crumbs_to(text: AnnouncedText) -> list[Link]:
    """The way down to a procedure's page, for the pages below it."""
    return [
        Link(text.field.name, to(PageKind.FIELD, text.field.slug)),
        Link(shortened(text.name, _CRUMB_LENGTH), to(PageKind.PROCEDURE, text.code)),
    ]


def page_title(title: str, change: Change) -> str:
    text = change.newer.text
    return f"{title}: {shortened(text.name, _LONG_NAME)} ({text.code})"


def _neighbour(code: str, first_day: date | None) -> str:
    return to(PageKind.DIFFERENCE, f"{code}/{first_day.isoformat()}") if first_day else ""


def _shown_part(part: PartDifference) -> ShownPart:
    rows = tuple(_shown_rows(part.rows))
    count = sum(not row.kept for row in rows)
    return ShownPart(title_of(part.part), part.anchor, rows, count)


def title_of(part: str) -> str:
    """A part, as text_parts names it, in the language of the reader."""
    return str(_TITLES.get(part, part))


def _shown_rows(rows: Iterable[Row]) -> Iterator[ShownRow]:
    for changed, found in groupby(rows, key=lambda row: row.changed):
        if changed:
            yield from (ShownRow(before=row.public, after=row.proposed) for row in found)
        else:
            yield ShownRow(kept=sum(1 for _row in found))


def is_ended(state: str) -> bool:
    return state == ListingState.ABOLISHED
