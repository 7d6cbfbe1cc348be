"""Reads the three texts of an item that reviewers compare: national, public, proposed."""

from dataclasses import dataclass
from datetime import date

from catalog.content import read_content
from catalog.models import NationalRecord
from publication.announced_text import read_text
from publication.differences import PartDifference, compare
from publication.enums import ListingState
from publication.models import AnnouncementItem, Listing
from publication.preview import proposed_text
from publication.text_parts import parts_of_record, parts_of_text


@dataclass(frozen=True)
class Comparison:
    """The parts side by side, and where the other two texts come from."""

    parts: list[PartDifference]
    national: NationalRecord | None
    public: Listing | None
    ends: bool

    @property
    def sides(self) -> int:
        """How many texts there are to lay side by side."""
        return 1 + sum(side is not None for side in (self.national, self.public))

    @property
    def changed(self) -> list[PartDifference]:
        return [part for part in self.parts if part.changed]


def compare_item(item: AnnouncementItem, *, on: date) -> Comparison:
    """The texts of an item as they stand on a day. After issuing, what held before it."""
    national = _national(item)
    public = _public(item, on=on)
    proposed = proposed_text(item)
    return Comparison(
        parts=compare(
            national=parts_of_record(national.name, read_content(national.content))
            if national
            else None,
            public=parts_of_text(read_text(public.text)) if public else None,
            proposed=parts_of_text(proposed) if proposed else None,
        ),
        national=national,
        public=public,
        ends=proposed is None,
    )


def _national(item: AnnouncementItem) -> NationalRecord | None:
    """The newest text any national source has; a list of names alone is none."""
    records = NationalRecord.objects.filter(procedure=item.procedure_id, latest=True)
    return records.exclude(content={}).order_by("-taken_on", "-pk").first()


def _public(item: AnnouncementItem, *, on: date) -> Listing | None:
    offered = Listing.objects.standing().filter(procedure=item.procedure_id)
    own = Listing.objects.filter(item=item).first()
    if own:
        earlier = offered.filter(valid_from__lt=own.valid_from)
        before = earlier.order_by("-valid_from", "-pk").first()
    else:
        before = offered.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()
    # A procedure that has ended offers the public no text to compare with.
    return before if before and before.state == ListingState.OFFERED else None
