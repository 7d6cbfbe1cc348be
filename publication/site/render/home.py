"""The home page: search, life events, the three kinds, what changed this week, new decisions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.utils.timezone import make_aware

from catalog.enums import Audience, OnlineLevel, ProcedureKind
from catalog.models import Field
from publication.enums import BEGINNINGS, EventKind
from publication.models import AnnouncementDecision, Listing, PublicationEvent
from publication.site.page import Edition, Page, PageKind
from publication.site.render.decision import decision_rows
from publication.site.render.effects import EFFECTS, Effect, effect_of
from publication.site.render.frame import Link, make_frame, to
from publication.site.render.groups import life_event_groups, shelf_counts
from publication.site.render.kinds import KIND_ORDER, kind_note
from publication.site.render.language import gettext, label
from publication.site.render.wording import number

_WEEK = timedelta(days=6)
_CHANGES = 5
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


@dataclass(frozen=True)
class Change:
    tag: str
    color: str
    icon: str
    code: str
    name: str
    path: str
    valid_from: date
    ended: bool
    decision: str
    note: str


@dataclass(frozen=True)
class Tally:
    label: str
    count: int


def home_context(page: Page, *, edition: Edition) -> dict[str, object]:
    kinds = _kind_figures()
    return {
        "frame": make_frame(page),
        "fields": _largest_fields(),
        "life_events": life_event_groups(_LIFE_EVENT_ICONS),
        "everyone": _audiences(),
        "kinds": kinds,
        "total": sum(kind.count for kind in kinds),
        "all_path": to(PageKind.ALL_PROCEDURES),
        "changes": _changes(edition),
        "tallies": _tallies(edition),
        "week_begins": edition.shown_on - _WEEK,
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


def _week(edition: Edition) -> QuerySet[PublicationEvent]:
    """What the public was told in the seven days up to the edition's day."""
    begins = make_aware(datetime.combine(edition.shown_on - _WEEK, time.min))
    return PublicationEvent.objects.filter(
        kind__in=BEGINNINGS,
        sequence__lte=edition.sequence,
        occurred_at__gte=begins,
        occurred_at__lt=begins + _WEEK + timedelta(days=1),
    )


_SHOWN_EFFECT = (
    "listing__item__effect", "listing__origin", "listing__state", "decision__corrects",
)  # fmt: skip


def _tallies(edition: Edition) -> list[Tally]:
    rows = _week(edition).order_by().values_list(*_SHOWN_EFFECT).annotate(Count("pk"))
    counts: Counter[Effect] = Counter()
    for item_effect, origin, state, corrects, count in rows:
        counts[effect_of(item_effect, origin=origin, state=state, corrects=corrects)] += count
    return [
        Tally(str(effect.title).lower(), counts[effect]) for effect in EFFECTS if counts[effect]
    ]


def _changes(edition: Edition) -> list[Change]:
    rows = (
        _week(edition)
        .order_by("-sequence")
        .values_list(
            *_SHOWN_EFFECT,
            "kind", "code", "listing__name", "listing__valid_from", "listing__change_note",
            "decision__number",
        )[:_CHANGES]
    )  # fmt: skip
    return [
        _change(effect_of(item_effect, origin=origin, state=state, corrects=corrects), *rest)
        for item_effect, origin, state, corrects, *rest in rows
    ]


def _change(
    effect: Effect,
    kind: str,
    code: str,
    name: str,
    valid_from: date,
    note: str,
    decision: str,
) -> Change:
    return Change(
        tag=str(effect.title),
        color=effect.color,
        icon=effect.icon,
        code=code,
        name=name,
        path=to(PageKind.PROCEDURE, code),
        valid_from=valid_from,
        ended=kind == EventKind.LISTING_ABOLISHED,
        decision=decision,
        note=note,
    )
