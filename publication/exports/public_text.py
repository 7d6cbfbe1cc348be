"""What every vocabulary is written from: one public text, its days, its decision, the portal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from catalog.national_package import PackageKeys
from publication.announced_text import AgencyInRole, AnnouncedForm, AnnouncedText, Named, read_text
from publication.enums import ListingState
from publication.site.page import Page, PageKind


@dataclass(frozen=True)
class Portal:
    """Who speaks, and where: the same for every text."""

    url: str  # without a slash at the end
    province: str
    authority: str
    package_keys: PackageKeys

    def page(self, kind: PageKind, key: str = "") -> str:
        return self.url + Page(kind, key).path

    def thing(self, kind: PageKind, key: str, name: str) -> str:
        """The name of what a page is about, which is not the page."""
        return f"{self.page(kind, key)}#{name}"


@dataclass(frozen=True)
class Decision:
    """The decision that a text stands on; `slug` is its page's."""

    number: str
    title: str
    signed_on: date
    issuer: str
    slug: str


@dataclass(frozen=True)
class PublicText:
    """One public text in its time; `valid_to` is its last day, None while no other follows."""

    text: AnnouncedText
    state: ListingState
    is_current: bool
    valid_from: date
    valid_to: date | None
    public_since: datetime
    successors: tuple[str, ...]
    digest: str
    decision: Decision

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """Of a listing's columns, its decision's among them, and `next_from`."""
        following = row["next_from"]
        return cls(
            text=read_text(row["text"]),
            state=ListingState(row["state"]),
            is_current=row["is_current"],
            valid_from=row["valid_from"],
            valid_to=following - timedelta(days=1) if following else None,
            public_since=row["in_force_at"],
            successors=tuple(row["successors"]),
            digest=row["digest"],
            decision=Decision(
                number=row["decision__number"],
                signed_on=row["decision__signed_on"],
                issuer=row["decision__issuer_name"],
                slug=row["decision__slug"] or "",
                title=row["decision__title"],
            ),
        )

    @classmethod
    def from_twin(cls, document: dict[str, Any]) -> Self:
        """Of the machine-readable twin of a procedure page."""
        decision, last = document["decision"], document["valid_to"]
        return cls(
            text=read_text(document["text"]),
            state=ListingState(document["state"]),
            is_current=document["is_current"],
            valid_from=date.fromisoformat(document["valid_from"]),
            valid_to=date.fromisoformat(last) if last else None,
            public_since=datetime.fromisoformat(document["public_since"]),
            successors=tuple(document["successors"]),
            digest=document["digest"],
            decision=Decision(
                number=decision["number"],
                signed_on=date.fromisoformat(decision["signed_on"]),
                issuer=decision["issuer"],
                slug=decision["url"].rstrip("/").rpartition("/")[2],
                title=decision["title"],
            ),
        )

    @property
    def is_offered(self) -> bool:
        return self.state is ListingState.OFFERED

    def page(self, portal: Portal) -> str:
        """The current text's page, or the page of the day on which an earlier one begins."""
        if self.is_current:
            return portal.page(PageKind.PROCEDURE, self.text.code)
        return portal.page(PageKind.VERSION, f"{self.text.code}/{self.valid_from.isoformat()}")

    def agencies_in(self, *roles: str) -> list[AgencyInRole]:
        """Agencies of the first of the roles that any holds."""
        for role in roles:
            if found := [agency for agency in self.text.agencies if agency.role == role]:
                return found
        return []

    def form_file(self, name: str) -> AnnouncedForm | None:
        return next((file for file in self.text.form_files if file.form == name), None)


def agency_list(text: AnnouncedText) -> list[Named]:
    """Every agency that a text names, each once, the one in charge first."""
    named = [text.lead_agency] if text.lead_agency else []
    named += [Named(name=agency.name, slug=agency.slug) for agency in text.agencies]
    return list({agency.slug: agency for agency in named}.values())
