"""What every importer makes of one source record before anything is written."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.content import Content, Part
from catalog.enums import AgencyRole, LocalRegulation, OnlineLevel, ProcedureScope


class Recovery(StrEnum):
    """How much of a part's source text became rows."""

    RECOVERED = "recovered"  # everything
    PARTLY = "partly"  # some rows, the rest only as written
    REFUSED = "refused"  # there is text, but no row could be told for sure
    ABSENT = "absent"  # the source says nothing


@dataclass(frozen=True)
class Remark:
    """Something a person should know of one field of a record, in Vietnamese, with the mend."""

    field: str
    message: str


@dataclass(frozen=True)
class ParsedProcedure:
    """One procedure as a source states it; None means that the source does not speak of it."""

    code: str
    name: str
    content: Content | None
    raw: dict[str, Any]
    decision_number: str = ""
    issuer: str | None = None
    field_names: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    audiences: tuple[str, ...] | None = None
    scope: ProcedureScope | None = None
    online_level: OnlineLevel | None = None
    local_regulation: LocalRegulation | None = None
    agencies: dict[AgencyRole, tuple[str, ...]] = field(default_factory=dict)
    recovery: dict[Part, Recovery] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


class RecordRefused(Exception):
    """A record that must not enter the register; says which field, why, and the mend."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message
