"""The public text of a procedure: register facts and content, frozen as one document.

It is what a decision freezes for review, what a listing holds, and all that pages, API and
exports read. Names are kept as they were on the day of freezing; slugs lead to today's rows.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from catalog.canonical import digest
from catalog.content import Content
from catalog.models import Procedure
from catalog.vietnamese import initial

TEXT_VERSION = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Frozen):
    """A thing by its name then and its lasting slug."""

    name: str
    slug: str


class AgencyInRole(_Frozen):
    role: str
    name: str
    slug: str


class AnnouncedText(_Frozen):
    """Everything the public may know of a procedure, and nothing else."""

    version: int = TEXT_VERSION
    code: str
    name: str
    scope: str
    kind: str
    online_level: str
    partial_reason: str
    partial_reason_basis: str
    local_regulation: str
    field: Named
    further_fields: tuple[Named, ...]
    levels: tuple[str, ...]
    audiences: tuple[str, ...]
    lead_agency: Named | None
    agencies: tuple[AgencyInRole, ...]
    life_events: tuple[Named, ...]
    content: Content

    def to_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")

    @property
    def digest(self) -> str:
        return digest(self.to_json())

    @property
    def fields(self) -> tuple[Named, ...]:
        return (self.field, *self.further_fields)

    def shelves(self) -> set[tuple[str, str]]:
        """The public lists this text belongs to, as (shelf, key)."""
        rows = {("kind", self.kind), ("initial", initial(self.name))}
        rows |= {("field", named.slug) for named in self.fields}
        rows |= {("level", level) for level in self.levels}
        rows |= {("audience", audience) for audience in self.audiences}
        rows |= {("life_event", event.slug) for event in self.life_events}
        rows |= {("agency", agency.slug) for agency in self.agencies}
        if self.lead_agency:
            rows.add(("agency", self.lead_agency.slug))
        return rows


def freeze_text(procedure: Procedure) -> AnnouncedText:
    """The register text as it stands now. Read the procedure with `for_announcing()`."""
    return AnnouncedText(
        code=procedure.code,
        name=procedure.name,
        scope=procedure.scope,
        kind=procedure.kind,
        online_level=procedure.online_level,
        partial_reason=procedure.partial_reason,
        partial_reason_basis=procedure.partial_reason_basis,
        local_regulation=procedure.local_regulation,
        field=_named(procedure.field),
        further_fields=tuple(_named(field) for field in procedure.further_fields.all()),
        levels=tuple(procedure.levels),
        audiences=tuple(procedure.audiences),
        lead_agency=_named(procedure.lead_agency) if procedure.lead_agency else None,
        agencies=tuple(
            AgencyInRole(role=role.role, name=role.agency.name, slug=role.agency.slug)
            for role in procedure.roles.all()
        ),
        life_events=tuple(_named(event) for event in procedure.life_events.all()),
        content=procedure.document,
    )


def read_text(data: dict[str, Any]) -> AnnouncedText:
    """A frozen document as a typed one. Raises pydantic.ValidationError when it is not one."""
    return AnnouncedText.model_validate(data)


def _named(row: Any) -> Named:
    return Named(name=row.name, slug=row.slug)
