"""A small province with something on every kind of page, and how a test asks for one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from catalog.models import Procedure
from publication.enums import ItemEffect
from publication.models import AnnouncementDecision, ListingShelf, PublicationEvent
from publication.site.page import Edition, Page, PageKind
from publication.site.render import render_page
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_field,
    make_life_event,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import announce, issue

LONG_NAME = ("Chấp thuận phương án bảo đảm an ninh, an toàn lao động " * 21)[:1094].strip()
UNBROKEN = "A" * 240


def html(kind: PageKind, key: str = "", *, number: int = 1, language: str = "vi") -> str:
    """The page as text, shown on 5 October 2024 (a Saturday)."""
    return render_page(Page(kind, key, number, language), edition=edition()).decode()


def edition() -> Edition:
    last = PublicationEvent.objects.aggregate(last=Max("sequence"))["last"] or 0
    return Edition(sequence=last, shown_on=date(2024, 10, 5))


@dataclass
class Province:
    amended: Procedure  # two versions
    replaced: Procedure
    replacing: Procedure
    abolished: Procedure
    long: Procedure
    unknown: Procedure
    first: AnnouncementDecision


def make_province() -> Province:
    """Everything announced on 5 September 2024, changed on 3 October (a Thursday)."""
    office = make_agency("Ủy ban nhân dân tỉnh", kind="province", slug="ubnd")
    department = make_agency("Sở Tư pháp", slug="so-tu-phap", phone="0220 000 000")
    field = make_field("Hộ tịch")
    names = ("amended", "replaced", "abolished")
    made = {
        name: make_procedure(name=f"Đăng ký {name}", field=field, lead_agency=department)
        for name in names
    }
    made["amended"].life_events.add(make_life_event())
    long = make_procedure(name=LONG_NAME, field=field, content=_awkward(), online_eligible=True)
    unknown = make_procedure(name="Xác nhận", field=field, content={}, audiences=[], levels=[])
    internal = make_procedure(name="Bổ nhiệm", field=field, scope="internal")
    first = announce(
        *made.values(), long, unknown, internal, signed_on=date(2024, 9, 5), issuer=office
    )
    ministry = make_ministry_decision(codes=[made["amended"].code], number="1523/QĐ-BTP")
    change = make_announcement(procedures=[made["amended"]], effect=ItemEffect.AMENDED)
    change.items.update(answers=ministry.items.get(), change_note="Bỏ một giấy tờ.")
    issue(change)
    replacing = make_procedure(name="Đăng ký mới", field=field)
    replacement = make_announcement(procedures=[replacing], effect=ItemEffect.REPLACED)
    replacement.items.get().replaces.add(made["replaced"])
    issue(replacement)
    announce(made["abolished"], effect=ItemEffect.ABOLISHED)
    return Province(**made, replacing=replacing, long=long, unknown=unknown, first=first)


def every_page(province: Province, language: str = "vi") -> list[Page]:
    """One page of every kind, and every kind of procedure page."""
    single = (
        PageKind.HOME, PageKind.ALL_PROCEDURES, PageKind.FIELDS, PageKind.AGENCIES,
        PageKind.LEVELS, PageKind.KINDS, PageKind.LIFE_EVENTS, PageKind.DECISIONS,
        PageKind.ABOLISHED, PageKind.WEEK, PageKind.ABOUT, PageKind.NOT_FOUND,
        PageKind.UNAVAILABLE,
    )  # fmt: skip
    shelves = ListingShelf.objects.filter(is_current=True).values_list("shelf", "key").distinct()
    procedures = (
        province.amended, province.replaced, province.replacing, province.abolished,
        province.long, province.unknown,
    )  # fmt: skip
    keyed = [
        *((PageKind(shelf), key) for shelf, key in shelves),
        *((PageKind.PROCEDURE, procedure.code) for procedure in procedures),
        (PageKind.VERSION, f"{province.amended.code}/2024-09-05"),
        (PageKind.DIFFERENCE, f"{province.amended.code}/2024-10-03"),
        (PageKind.DIFFERENCE, f"{province.abolished.code}/2024-10-03"),
        *((PageKind.DECISION, it.slug) for it in AnnouncementDecision.objects.issued()),
    ]
    return [
        *(Page(kind, language=language) for kind in single),
        *(Page(kind, key or "", language=language) for kind, key in keyed),
    ]


def _awkward() -> dict[str, object]:
    """What real sources do: flattened tables, unbroken words, several cases, long notes."""
    return make_content(
        as_written={"steps": f"Bước 1: Nộp tại {UNBROKEN}. {'dài ' * 100}. Bước 2: Nhận."},
        steps=[],
        reception_address=f"https://example.org/{UNBROKEN}",
        paper_cases=[
            {
                "case": "Nộp lần đầu",
                "papers": [
                    {
                        "name": f"Đơn\n- {UNBROKEN}\n+ bản sao",
                        "forms": [{"name": UNBROKEN, "url": "https://example.org/a.docx"}],
                        "originals": 1,
                        "copies": 2,
                    }
                ],
            },
            {"case": "Cấp lại", "papers": [{"name": "Giấy cũ"}]},
        ],
    )
