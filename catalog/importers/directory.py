"""Names in records matched with rows of the register, looked up once per run.

A field or an agency is matched by its exact name (NFC, whatever the case); a new one is
registered and told in the report. Nothing is matched by likeness: two like names are two bodies
until a person says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from catalog.enums import AgencyRole
from catalog.importers.agency_names import kind_and_level, ministry_mark
from catalog.importers.parsed import ParsedProcedure, Remark
from catalog.models import Agency, Field
from catalog.vietnamese import clean_line, slug

_NAME_LENGTH = 300  # characters of an agency's and a field's name
_SLUG_LENGTH = 180


@dataclass(frozen=True)
class ResolvedNames:
    """Rows for a record's names, and what could not be taken over."""

    fields: tuple[Field, ...]
    agencies: dict[AgencyRole, tuple[tuple[Agency, str], ...]]
    remarks: tuple[Remark, ...]


@dataclass
class _New:
    fields: list[Field] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)


class Directory:
    """All fields and agencies by name, for one run on one day."""

    def __init__(self, *, on: date) -> None:
        self._fields = {_key(row.name): row for row in Field.objects.all()}
        self._field_slugs = {row.slug for row in self._fields.values()}
        rows = list(Agency.objects.order_by("pk"))
        existing = set(Agency.objects.existing(on=on).values_list("pk", flat=True))
        self._agencies = {_key(row.name): row for row in rows if row.pk not in existing}
        self._ended = frozenset(self._agencies)
        self._agencies |= {_key(row.name): row for row in rows if row.pk in existing}
        self._ended -= {_key(row.name) for row in rows if row.pk in existing}
        self._agency_slugs = {row.slug for row in rows}
        self._new = _New()
        self.registered_fields: list[str] = []
        self.registered_agencies: list[dict[str, str]] = []

    def field_names(self) -> frozenset[str]:
        """The names by which fields are known, as the register writes them."""
        return frozenset(row.name for row in self._fields.values())

    def resolve(self, parsed: ParsedProcedure) -> ResolvedNames:
        """Rows for all names of a record; unknown ones are registered."""
        remarks: list[Remark] = []
        agencies = {
            role: tuple(self._roles(role, names, remarks))
            for role, names in parsed.agencies.items()
        }
        fields = tuple(dict.fromkeys(map(self._field, parsed.field_names or ())))
        return ResolvedNames(fields, agencies, tuple(remarks))

    def keep(self) -> None:
        """Rows registered so far are committed: tell them in the report."""
        self.registered_fields += [row.name for row in self._new.fields]
        self.registered_agencies += [
            {"name": row.name, "kind": row.kind, "level": row.level} for row in self._new.agencies
        ]
        self._new = _New()

    def forget(self) -> None:
        """Rows registered since `keep` were rolled back: they are unknown again."""
        for row in self._new.fields:
            del self._fields[_key(row.name)]
            self._field_slugs.discard(row.slug)
        for body in self._new.agencies:
            del self._agencies[_key(body.name)]
            self._agency_slugs.discard(body.slug)
        self._new = _New()

    def _field(self, name: str) -> Field:
        name = clean_line(name)
        row = self._fields.get(_key(name))
        if row is None:
            row = Field.objects.create(name=name, slug=_unused(name, self._field_slugs))
            self._fields[_key(name)] = row
            self._new.fields.append(row)
        return row

    def _roles(
        self, role: AgencyRole, names: Iterable[str], remarks: list[Remark]
    ) -> Iterable[tuple[Agency, str]]:
        for name in dict.fromkeys(map(clean_line, names)):
            if len(name) > _NAME_LENGTH:
                remarks.append(
                    Remark(
                        f"agencies.{role.value}",
                        f"Tên cơ quan dài {len(name)} ký tự (“{name[:60]}…”), có thể là nhiều "
                        "cơ quan viết liền; không gắn vào thủ tục, hãy gắn bằng tay.",
                    )
                )
                continue
            if _key(name) in self._ended:
                remarks.append(
                    Remark(
                        f"agencies.{role.value}",
                        f"“{name}” đã kết thúc hoạt động; kiểm tra cơ quan kế thừa.",
                    )
                )
            yield self._agency(name), name

    def _agency(self, name: str) -> Agency:
        row = self._agencies.get(_key(name))
        if row is None:
            kind, level = kind_and_level(name)
            row = Agency.objects.create(
                name=name,
                short_name=ministry_mark(name),
                slug=_unused(name, self._agency_slugs),
                kind=kind,
                level=level,
            )
            self._agencies[_key(name)] = row
            self._new.agencies.append(row)
        return row


def _key(name: str) -> str:
    return clean_line(name).casefold()


def _unused(name: str, taken: set[str]) -> str:
    """A slug nobody has: the name's own, or with the next free number behind it."""
    stem = slug(name)[:_SLUG_LENGTH].strip("-") or "muc"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found
