"""The one report of all importers: what came in, what changed, what was refused and why. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as factory
from datetime import date
from enum import StrEnum
from typing import Any

from catalog.content import Part
from catalog.importers.parsed import Recovery, Remark

Counts = dict[str, int]


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


def shown(value: Any) -> str:
    """A fact in a report's words; a whole document is only named, so it shows as nothing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if isinstance(value, dict) else str(value)


@dataclass(frozen=True)
class FactChange:
    """A fact of the register that an import changed; long texts are named, not repeated."""

    field: str
    old: str
    new: str

    @classmethod
    def of(cls, field: str, old: Any, new: Any) -> "FactChange":
        return cls(field, shown(old), shown(new))


@dataclass(frozen=True)
class ReportRow:
    """What became of one row. `number` is the line of a text file, the row of a sheet.

    `field` and `message` say why a row was refused; remarks say what a person should look at.
    """

    number: int
    code: str
    outcome: Outcome
    name: str = ""
    field: str = ""
    message: str = ""
    changes: tuple[FactChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    recovery: dict[Part, Recovery] = factory(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "row": self.number,
            "code": self.code,
            "name": self.name,
            "outcome": self.outcome.value,
            "field": self.field,
            "message": self.message,
            "changes": [
                {"field": change.field, "old": change.old, "new": change.new}
                for change in self.changes
            ],
            "remarks": [
                {"field": remark.field, "message": remark.message} for remark in self.remarks
            ],
            "recovery": {part.value: recovery.value for part, recovery in self.recovery.items()},
        }


def refused_row(number: int, code: str, field_name: str, message: str) -> ReportRow:
    """A refusal that names row, code and field before the reason and the mend."""
    place = f"Dòng {number}" + (f", thủ tục {code}" if code else "") + f", “{field_name}”"
    return ReportRow(
        number=number,
        code=code,
        outcome=Outcome.REFUSED,
        field=field_name,
        message=f"{place}: {message}",
    )


@dataclass
class ImportReport:
    """One run over one file. `error` says why the file as a whole was refused."""

    file: str
    source: str = ""
    taken_on: date | None = None
    dry_run: bool = False
    error: str = ""
    rows: list[ReportRow] = factory(default_factory=list)
    registered_fields: list[str] = factory(default_factory=list)
    registered_agencies: list[dict[str, str]] = factory(default_factory=list)
    comparison: dict[str, Any] | None = None

    def add(self, rows: Iterable[ReportRow]) -> None:
        self.rows.extend(rows)

    def counts(self) -> Counts:
        """read, created, updated, unchanged, refused; read is the sum of the others."""
        found = Counter(row.outcome for row in self.rows)
        return {"read": len(self.rows)} | {outcome.value: found[outcome] for outcome in Outcome}

    def renamed(self) -> list[ReportRow]:
        return [row for row in self.rows if any(c.field == "name" for c in row.changes)]

    def recovery_counts(self) -> dict[str, Counts]:
        """Per part of the content, how many rows were recovered, partly, refused, absent."""
        table = {part.value: dict.fromkeys(map(str, Recovery), 0) for part in Part}
        for row in self.rows:
            for part, recovery in row.recovery.items():
                table[part.value][recovery.value] += 1
        return table

    def summary(self) -> dict[str, Any]:
        """The machine's last line: the counts, and the reason when the file was refused."""
        facts: dict[str, Any] = {
            **self.counts(),
            "renamed": len(self.renamed()),
            "source": self.source,
            "dry_run": self.dry_run,
        }
        return facts | ({"error": self.error} if self.error else {})

    def to_json(self) -> dict[str, Any]:
        return self.summary() | {
            "file": self.file,
            "taken_on": self.taken_on.isoformat() if self.taken_on else None,
            "registered_fields": self.registered_fields,
            "registered_agencies": self.registered_agencies,
            "recovery": self.recovery_counts(),
            "comparison": self.comparison,
            "rows": [row.to_json() for row in self.rows],
        }
