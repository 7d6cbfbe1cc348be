"""National records as imports leave them, without a file."""

from datetime import date
from typing import Any

from catalog.enums import RecordSource
from catalog.models import NationalRecord, Procedure
from tests.factories import make_content

APRIL_2025 = date(2025, 4, 28)
JULY_2026 = date(2026, 7, 17)
LIST, REGISTER = RecordSource.NATIONAL_LIST, RecordSource.SCRAPED_REGISTER


def list_row(procedure: Procedure, *, issuer: str = "Bộ Tư pháp", **facts: Any) -> NationalRecord:
    """A row of a national list: a name, an issuer, no text."""
    code, name = procedure.code, facts.get("name", procedure.name)
    raw = {"ma_so": code, "ten": name, "linh_vuc": "Hộ tịch", "co_quan_ban_hanh": issuer}
    return _record(
        procedure, **{"source": LIST, "taken_on": APRIL_2025, "raw": raw, "content": {}} | facts
    )


def text(procedure: Procedure, number: str = "", **facts: Any) -> NationalRecord:
    """A whole text of the register that names a ministry decision."""
    given = {"source": REGISTER, "taken_on": JULY_2026, "raw": {}, "decision_number": number}
    return _record(procedure, **given | {"content": make_content()} | facts)


def _record(procedure: Procedure, **facts: Any) -> NationalRecord:
    facts.setdefault("name", procedure.name)
    held = NationalRecord.objects.filter(procedure=procedure, source=facts["source"])
    facts.setdefault("digest", f"{held.count():064d}")
    held.update(latest=False)
    return NationalRecord.objects.create(procedure=procedure, **facts)
