"""The public pages by kind, and the address of each. Addresses are promises: never reuse one.

A page is named by what it shows; everything else (which pages exist, which must be rendered again,
what a page says) is decided in plan.py and render/.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalog.vietnamese import slug


class PageKind(StrEnum):
    HOME = "home"
    PROCEDURE = "procedure"  # key: code
    VERSION = "version"  # key: code/yyyy-mm-dd, a listing by its first day
    DIFFERENCE = "difference"  # key: code/yyyy-mm-dd, that listing against the one before it
    ALL_PROCEDURES = "all_procedures"  # numbered
    INITIAL = "initial"  # key: capital letter, numbered
    FIELDS = "fields"
    FIELD = "field"  # key: slug, numbered
    AGENCIES = "agencies"
    AGENCY = "agency"  # key: slug, numbered
    LEVELS = "levels"
    LEVEL = "level"  # key: GovernmentLevel, numbered
    KINDS = "kinds"
    KIND = "kind"  # key: ProcedureKind, numbered
    LIFE_EVENTS = "life_events"
    LIFE_EVENT = "life_event"  # key: slug, numbered
    AUDIENCE = "audience"  # key: Audience, numbered
    DECISIONS = "decisions"  # numbered
    DECISION = "decision"  # key: slug
    ABOLISHED = "abolished"  # numbered
    WEEK = "week"  # what changed in the seven days up to the edition's
    ABOUT = "about"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"  # said in place of what needs the web processes


_FOLDERS = {
    PageKind.HOME: "",
    PageKind.PROCEDURE: "thu-tuc/{key}",
    PageKind.VERSION: "thu-tuc/{key}",
    PageKind.DIFFERENCE: "thu-tuc/{key}/thay-doi",
    PageKind.ALL_PROCEDURES: "thu-tuc",
    PageKind.INITIAL: "thu-tuc/chu-cai/{letter}",
    PageKind.FIELDS: "linh-vuc",
    PageKind.FIELD: "linh-vuc/{key}",
    PageKind.AGENCIES: "co-quan",
    PageKind.AGENCY: "co-quan/{key}",
    PageKind.LEVELS: "cap-thuc-hien",
    PageKind.LEVEL: "cap-thuc-hien/{word}",
    PageKind.KINDS: "loai-thu-tuc",
    PageKind.KIND: "loai-thu-tuc/{word}",
    PageKind.LIFE_EVENTS: "su-kien",
    PageKind.LIFE_EVENT: "su-kien/{key}",
    PageKind.AUDIENCE: "doi-tuong/{word}",
    PageKind.DECISIONS: "quyet-dinh",
    PageKind.DECISION: "quyet-dinh/{key}",
    PageKind.ABOLISHED: "da-bai-bo",
    PageKind.WEEK: "thay-doi",
    PageKind.ABOUT: "gioi-thieu",
    PageKind.NOT_FOUND: "404",
    PageKind.UNAVAILABLE: "503",
}

# The words of the API are English; the addresses people read are Vietnamese.
_WORDS = {
    "ministry": "bo",
    "province": "tinh",
    "district": "huyen",
    "commune": "xa",
    "other": "co-quan-khac",
    "internal": "noi-bo",
    "online_eligible": "truc-tuyen",
    "regular": "thong-thuong",
    "citizen": "cong-dan",
    "overseas_vietnamese": "nguoi-viet-nam-o-nuoc-ngoai",
    "foreigner": "nguoi-nuoc-ngoai",
    "official": "can-bo-cong-chuc-vien-chuc",
    "enterprise": "doanh-nghiep",
    "foreign_invested_enterprise": "doanh-nghiep-von-nuoc-ngoai",
    "organisation": "to-chuc",
    "foreign_organisation": "to-chuc-nuoc-ngoai",
    "cooperative": "hop-tac-xa",
    "party_member": "dang-vien",
    "party_organisation": "to-chuc-dang",
}


@dataclass(frozen=True, order=True)
class Page:
    """One public page in one interface language; numbered lists begin at 1."""

    kind: PageKind
    key: str = ""
    number: int = 1
    language: str = "vi"

    @property
    def path(self) -> str:
        """The address, with a slash at both ends; "/" for the home page."""
        folder = _FOLDERS[self.kind].format(
            key=self.key, letter=_letter(self.key), word=_WORDS.get(self.key, self.key)
        )
        parts = [
            "" if self.language == "vi" else self.language,
            folder,
            "" if self.number == 1 else f"trang-{self.number}",
        ]
        return "/" + "".join(f"{part}/" for part in parts if part)

    def in_language(self, language: str) -> "Page":
        return Page(self.kind, self.key, self.number, language)


@dataclass(frozen=True)
class Edition:
    """What one release shows: the state of the log up to `sequence`, on a day, local time.

    The home page and the week's alone may name the day or the sequence. A page that does would
    have to be rendered again every day, all lists of it, though nothing in it has changed.
    """

    sequence: int
    shown_on: date


def _letter(key: str) -> str:
    """Đ folds to d, and Ă, Â to a, so marked letters get names of their own."""
    marked = {"Ă": "a-trang", "Â": "a-mu", "Đ": "d-gach", "Ê": "e-mu", "Ô": "o-mu", "Ơ": "o-rau"}
    return marked.get(key) or ("u-rau" if key == "Ư" else slug(key) or "khac")
