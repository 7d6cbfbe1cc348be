"""Writing rows of the register in batches; a row is never taken away."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publication.models import AnnouncementGap

if TYPE_CHECKING:
    from publication.gaps.register import Row

_BATCH = 1000


class GapWriter:
    """Collects new and changed rows and writes them a thousand at a time."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._names = [column.removesuffix("_id") for column in columns]
        self._fresh: list[AnnouncementGap] = []
        self._changed: list[AnnouncementGap] = []

    def write(self, row: "Row") -> None:
        gap = AnnouncementGap(
            pk=row.pk,
            ministry_item_id=row.item_id,
            agency_id=row.agency_id,
            **row.facts._asdict(),
        )
        rows = self._fresh if row.pk is None else self._changed
        rows.append(gap)
        if len(rows) == _BATCH:
            self.finish()

    def finish(self) -> None:
        AnnouncementGap.objects.bulk_create(self._fresh, batch_size=_BATCH)
        if self._changed:
            # One statement for all of them, where an UPDATE with a CASE per row crawls.
            AnnouncementGap.objects.bulk_create(
                self._changed,
                batch_size=_BATCH,
                update_conflicts=True,
                unique_fields=["pk"],
                update_fields=self._names,
            )
        self._fresh.clear()
        self._changed.clear()
