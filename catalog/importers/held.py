"""What the register already holds for the codes of a batch, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from catalog.content import Content, Part, read_content
from catalog.enums import RecordSource
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery
from catalog.importers.sources import source_of
from catalog.models import NationalRecord, Procedure


@dataclass(frozen=True)
class Marker:
    """A record already in the archive: enough to know a finished row again."""

    source: str
    digest: str
    latest: bool
    taken_on: date
    recovery: dict[Part, Recovery]


def load_markers(codes: Iterable[str]) -> dict[str, list[Marker]]:
    """The archive of some codes, without texts."""
    found: dict[str, list[Marker]] = defaultdict(list)
    rows = NationalRecord.objects.filter(procedure__code__in=list(codes)).values_list(
        "procedure__code", "source", "digest", "latest", "taken_on", "recovery"
    )
    for code, source, digest, latest, taken_on, recovery in rows.order_by("pk"):
        parts = {Part(part): Recovery(how) for part, how in recovery.items()}
        found[code].append(Marker(source, digest, latest, taken_on, parts))
    return found


def finished(
    markers: Sequence[Marker], *, source: RecordSource, digest: str, taken_on: date
) -> Marker | None:
    """The marker that makes a row needless: the newest of its source, or one long superseded."""
    newest = max((marker.taken_on for marker in markers), default=taken_on)
    for marker in markers:
        same = marker.source == source and marker.digest == digest
        if same and (marker.latest or taken_on < newest):
            return marker
    return None


def load_procedures(codes: Iterable[str]) -> dict[str, Procedure]:
    """Procedures by code with all that a refresh reads, locked until the batch commits."""
    records = NationalRecord.objects.filter(latest=True).order_by("-taken_on", "-pk")
    rows = (
        Procedure.objects.select_for_update(of=("self",))
        .filter(code__in=list(codes))
        .select_related("field")
        .prefetch_related("further_fields", "roles", Prefetch("national_records", queryset=records))
    )
    return {row.code: row for row in rows}


def previous_records(
    procedure: Procedure, *, known_fields: frozenset[str]
) -> tuple[ParsedProcedure, ...]:
    """The newest record of each source, read again the same way, newest first."""
    found = []
    for record in procedure.national_records.all():
        try:
            parse = source_of(RecordSource(record.source)).parse
            found.append(parse(record.raw, known_fields=known_fields))
        except RecordRefused:
            continue  # a record that today's rules refuse no longer speaks
    return tuple(found)


def base_content(procedure: Procedure) -> Content | None:
    """The content the register was last refreshed from; None when only names were imported."""
    texts = (record.content for record in procedure.national_records.all() if record.content)
    text = next(texts, None)
    return read_content(text) if text else None


def newest_taken_on(procedure: Procedure) -> date | None:
    return max((record.taken_on for record in procedure.national_records.all()), default=None)
