"""The home page: search, life events, the three kinds, what changed this week, new decisions."""

from dataclasses import dataclass

from django.db.models import Count

from catalog.enums import Audience, OnlineLevel, ProcedureKind
from catalog.models import Field
from publication.models import AnnouncementDecision, Listing
from publication.site.page import Edition, Page, PageKind
from publication.site.render import week
from publication.site.render.decision import decision_rows
from publication.site.render.frame import Link, make_frame, to
from publication.site.render.groups import life_event_groups, shelf_counts
from publication.site.render.kinds import KIND_ORDER, kind_note
from publication.site.render.language import gettext, label
from publication.site.render.wording import number

_CHANGES = 5
_BEFORE = 4  # shown of earlier weeks when nothing changed in this one
_DECISIONS = 4
_FIELDS = 6

# Which drawing goes with a life event of the national list; others are drawn without one.
_LIFE_EVENT_ICONS = {
    "co-con-nho": "baby",
    "hoc-tap": "school",
    "viec-lam": "briefcase",
    "cu-tru-va-giay-to-tuy-than": "passport",
    "hon-nhan-va-gia-dinh": "family",
    "dien-luc-nha-o-dat-dai": "house",
    "suc-khoe-va-y-te": "health",
    "phuong-tien-va-nguoi-lai": "vehicle",
    "huu-tri": "pension",
    "nguoi-than-qua-doi": "flower",
    "giai-quyet-khieu-kien": "gavel",
    "khoi-su-kinh-doanh": "plant",
    "lao-dong-va-bao-hiem-xa-hoi": "people",
    "tai-chinh-doanh-nghiep": "wallet",
    "dien-luc-dat-dai-xay-dung": "building",
    "thuong-mai-quang-cao": "megaphone",
    "so-huu-tri-tue-dang-ky-tai-san": "idea",
    "thanh-lap-chi-nhanh-van-phong-dai-dien": "branch",
    "dau-thau-mua-sam-cong": "tasks",
    "tai-cau-truc-doanh-nghiep": "restructure",
    "giai-quyet-tranh-chap-hop-dong": "handshake",
    "tam-dung-cham-dut-hoat-dong": "door",
}


@dataclass(frozen=True)
class KindFigure:
    label: str
    path: str
    count: int
    note: str


def home_context(page: Page, *, edition: Edition) -> dict[str, object]:
    kinds, tallies = _kind_figures(), week.tallies(edition)
    changes = week.newest_changes(edition, _CHANGES)
    return {
        "frame": make_frame(page),
        "fields": _largest_fields(),
        "life_events": life_event_groups(_LIFE_EVENT_ICONS),
        "everyone": _audiences(),
        "kinds": kinds,
        "total": sum(kind.count for kind in kinds),
        "all_path": to(PageKind.ALL_PROCEDURES),
        "days": week.by_day(changes),
        "tallies": tallies,
        "week_total": sum(tally.count for tally in tallies),
        "week_path": to(PageKind.WEEK),
        "before": [] if changes else week.by_day(week.last_changes(edition, _BEFORE)),
        "week_begins": edition.shown_on - week.SPAN,
        "shown_on": edition.shown_on,
        "decisions": decision_rows(
            list(AnnouncementDecision.objects.public().order_by("-signed_on", "-pk")[:_DECISIONS])
        ),
    }


def _largest_fields() -> list[Link]:
    """The fields with the most procedures: where most readers go on from."""
    counts = shelf_counts("field")
    largest = sorted(counts, key=lambda slug: (-counts[slug], slug))[:_FIELDS]
    names = dict(Field.objects.filter(slug__in=largest).values_list("slug", "name"))
    return [Link(names[slug], to(PageKind.FIELD, slug)) for slug in largest if slug in names]


def _audiences() -> dict[str, str]:
    """By group of life events: where all procedures of these people are, "" when there are none."""
    counts = shelf_counts("audience")
    keys = {"citizen": Audience.CITIZEN.value, "business": Audience.ENTERPRISE.value}
    return {
        group: to(PageKind.AUDIENCE, key) if counts.get(key) else "" for group, key in keys.items()
    }


def _kind_figures() -> list[KindFigure]:
    rows = list(
        Listing.objects.current()
        .offered()
        .order_by()
        .values_list("kind", "online_level")
        .annotate(Count("pk"))
    )
    figures = []
    for kind in KIND_ORDER:
        levels = {level: count for of_kind, level, count in rows if of_kind == kind}
        count = sum(levels.values())
        path = to(PageKind.KIND, kind.value) if count else ""
        note = _online_note(levels) if kind is ProcedureKind.ONLINE_ELIGIBLE else kind_note(kind)
        figures.append(KindFigure(label(kind), path, count, note))
    return figures


def _online_note(levels: dict[str, int]) -> str:
    return gettext("Nộp được qua mạng: %(full)s toàn trình, %(partial)s một phần.") % {
        "full": number(levels.get(OnlineLevel.FULL, 0)),
        "partial": number(levels.get(OnlineLevel.PARTIAL, 0)),
    }
