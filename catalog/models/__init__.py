"""The register's tables, one file a subject."""

from catalog.models.agency import Agency, AgencyCode
from catalog.models.calendar_day import CalendarDay
from catalog.models.field import Field, LifeEvent
from catalog.models.national_record import NationalRecord
from catalog.models.procedure import Procedure, ProcedureAgency

__all__ = [
    "Agency",
    "AgencyCode",
    "CalendarDay",
    "Field",
    "LifeEvent",
    "NationalRecord",
    "Procedure",
    "ProcedureAgency",
]
