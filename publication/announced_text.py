"""The public text of a procedure: register facts and content, frozen as one document.

It is what a decision freezes for review, what a listing holds, and all that pages, API and
exports read. Names are kept as they were on the day of freezing; slugs lead to today's rows.
Files of forms are held by their digest, so that the digest of the text covers them too.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from catalog.canonical import digest
from catalog.content import Content
from catalog.form_files import form_standings
from catalog.models import FormFile, Procedure
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


class AnnouncedForm(_Frozen):
    """The file of a form; `form` is the name by which papers call it."""

    form: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    file_name: str
    size: int
    media_type: str


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
    form_files: tuple[AnnouncedForm, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON-ready data. Texts without files are spelt as before there were any: so is their
        digest."""
        data = self.model_dump(mode="json")
        if not self.form_files:
            del data["form_files"]
        return data

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
        form_files=tuple(_form(file) for file in announced_files(procedure)),
    )


def announced_files(procedure: Procedure) -> list[FormFile]:
    """The newest file of each form that a paper names, in the order of the papers."""
    standings = form_standings(procedure.document, procedure.form_files.all())
    return [standing.file for standing in standings if standing.file]


def read_text(data: dict[str, Any]) -> AnnouncedText:
    """A frozen document as a typed one. Raises pydantic.ValidationError when it is not one."""
    return AnnouncedText.model_validate(data)


def _named(row: Any) -> Named:
    return Named(name=row.name, slug=row.slug)


def _form(file: FormFile) -> AnnouncedForm:
    return AnnouncedForm(
        form=file.title,
        sha256=file.sha256,
        file_name=file.file_name,
        size=file.size,
        media_type=file.media_type,
    )
