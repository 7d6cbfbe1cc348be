"""What a release knows of itself, kept as a file inside it: the base of the next one."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from publication.events import FIRST_DIGEST
from publication.models import EventHead, PublicationEvent
from publication.site.addresses import RECORD
from publication.site.look import Look
from publication.site.page import Edition


@dataclass(frozen=True)
class Record:
    """The state of the log, the day and the look that a release was made from."""

    edition: Edition
    event_digest: str
    look: Look

    def to_bytes(self) -> bytes:
        document = {
            "sequence": self.edition.sequence,
            "event_digest": self.event_digest,
            "shown_on": self.edition.shown_on.isoformat(),
            "look": self.look.to_json(),
        }
        return json.dumps(document, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def read(cls, tree: Path) -> Self | None:
        """The record of a release on disk; None when there is none that can be read."""
        try:
            document = json.loads((tree / RECORD).read_bytes())
            return cls(
                Edition(document["sequence"], date.fromisoformat(document["shown_on"])),
                document["event_digest"],
                Look.from_json(document["look"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @property
    def is_of_this_log(self) -> bool:
        """Whether the log still holds the event the release ended with (not after a restore)."""
        return _digest_at(self.edition.sequence) == self.event_digest


def present_edition(on: date) -> tuple[Edition, str]:
    """The state of the log now, shown on a day, with the digest of its last event."""
    head = EventHead.objects.filter(id=1).first()
    if head is None:
        return Edition(0, on), FIRST_DIGEST
    return Edition(head.sequence, on), head.digest


def _digest_at(sequence: int) -> str:
    if sequence == 0:
        return FIRST_DIGEST
    digests = PublicationEvent.objects.filter(sequence=sequence).values_list("digest", flat=True)
    return digests.first() or ""
