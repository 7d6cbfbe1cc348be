"""A register text as the national package (catalog/national_package.py says how one is written)."""

from typing import Any

from catalog.enums import RecordSource
from catalog.importers.national_package import package_keys
from catalog.importers.parsed import Remark
from catalog.models import NationalRecord, Procedure
from catalog.national_package import ROLES, PackageFacts, lost_in_package, package_of


def to_national_package(procedure: Procedure) -> dict[str, Any]:
    """The package of one procedure. Read it with `for_announcing()` and prefetch its records."""
    facts = PackageFacts(
        code=procedure.code,
        name=procedure.name,
        content=procedure.document,
        local_regulation=procedure.local_regulation,
        levels=tuple(procedure.levels),
        fields=(procedure.field.name, *(row.name for row in procedure.further_fields.all())),
        audiences=tuple(procedure.audiences),
        agencies=_agencies(procedure),
        decision=_decision(procedure),
    )
    return package_of(facts, keys=package_keys())


def lost_in_national_package(procedure: Procedure) -> tuple[Remark, ...]:
    """What the register knows of a procedure and the package cannot say."""
    return tuple(
        Remark(part, f"Gói dữ liệu quốc gia không có chỗ cho {words}.")
        for part, words in lost_in_package(procedure.document)
    )


def _agencies(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    rows = list(procedure.roles.all())
    return {
        role: tuple(row.name_as_written or row.agency.name for row in rows if row.role == role)
        for role in ROLES
    }


def _decision(procedure: Procedure) -> dict[str, Any]:
    """The ministry decision as the newest record names it; a package's own words unchanged."""
    records = [record for record in procedure.national_records.all() if record.latest]
    for record in records:
        if record.source == RecordSource.NATIONAL_PACKAGE:
            return dict(record.raw.get("quyetDinhCongBo") or {})
    return {"SOQUYETDINH": _number(records), "NGAYQUYETDINH": "", "TRICHYEU": ""}


def _number(records: list[NationalRecord]) -> str:
    return next((record.decision_number for record in records if record.decision_number), "")
