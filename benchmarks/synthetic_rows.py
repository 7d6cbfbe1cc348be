"""Synthetic draws as register rows, written in bulk."""

from dataclasses import dataclass
from typing import Any

from benchmarks.synthetic_shape import LEVELS, ONLINE, VERBS, Shape
from catalog.content import Content
from catalog.enums import AgencyKind, GovernmentLevel, ProcedureKind
from catalog.models import Agency, Field, Procedure, ProcedureAgency
from catalog.vietnamese import slug

_AGENCIES = 60
_ROLES = ("competent", "handling", "reception")  # in the order a frozen text has them


@dataclass(frozen=True)
class Surroundings:
    """The rows that procedures point at, those named most often first."""

    fields: list[Field]
    agencies: list[Agency]

    @classmethod
    def create(cls, shape: Shape, *, fields: int) -> "Surroundings":
        names = [f"{shape.words(3).capitalize()} {serial}" for serial in range(1, fields + 1)]
        return cls(
            fields=Field.objects.bulk_create(Field(name=name, slug=slug(name)) for name in names),
            agencies=Agency.objects.bulk_create(
                Agency(
                    name=f"Cơ quan {shape.words(2)} {serial}",
                    slug=f"co-quan-{serial}",
                    kind=AgencyKind.DEPARTMENT,
                    level=GovernmentLevel.PROVINCE,
                )
                for serial in range(1, _AGENCIES + 1)
            ),
        )


def write_procedures(
    shape: Shape, surroundings: Surroundings, *, first_serial: int, count: int
) -> list[Procedure]:
    """Write `count` procedures with their agencies, and return them ready to be frozen."""
    serials = range(first_serial, first_serial + count)
    rows = Procedure.objects.bulk_create(_procedure(shape, surroundings, n) for n in serials)
    roles = ProcedureAgency.objects.bulk_create(
        ProcedureAgency(procedure=row, agency=shape.few_of_many(surroundings.agencies), role=role)
        for row in rows
        for role in _ROLES
    )
    for place, row in enumerate(rows):
        _complete(row, roles[place * len(_ROLES) : (place + 1) * len(_ROLES)])
    return rows


def _complete(row: Procedure, roles: list[ProcedureAgency]) -> None:
    """What the database works out, and what `for_announcing` would read back."""
    row.kind = ProcedureKind.ONLINE_ELIGIBLE if row.online_eligible else ProcedureKind.REGULAR
    row._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "further_fields": [],
        "life_events": [],
        "roles": roles,
    }


def _procedure(shape: Shape, surroundings: Surroundings, serial: int) -> Procedure:
    online_level = shape.weighted(ONLINE)
    return Procedure(
        code=f"9.{serial:06d}",
        name=f"{shape.random.choice(VERBS)} {shape.words(shape.random.randint(4, 24))}",
        field=shape.few_of_many(surroundings.fields),
        lead_agency=shape.few_of_many(surroundings.agencies),
        content=_content(shape),
        **_online(online_level),
        levels=shape.weighted(LEVELS),
        audiences=["citizen"],
    )


def _online(level: str) -> dict[str, Any]:
    partial = level == "partial"
    return {
        "online_eligible": level != "none",
        "online_level": level,
        "partial_reason": "on_site_check" if partial else "",
    }


def _content(shape: Shape) -> dict[str, Any]:
    return Content.model_validate(shape.content()).to_json()
