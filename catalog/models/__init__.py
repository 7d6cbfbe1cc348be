"""The register's tables, one file a subject."""

from catalog.models.actor import ActorNamed, name_of
from catalog.models.agency import Agency, AgencyCode
from catalog.models.calendar_day import CalendarDay
from catalog.models.field import Field, LifeEvent
from catalog.models.form_file import FormFile
from catalog.models.membership import Membership
from catalog.models.national_record import NationalRecord
from catalog.models.procedure import Procedure, ProcedureAgency

__all__ = [
    "ActorNamed",
    "Agency",
    "AgencyCode",
    "CalendarDay",
    "Field",
    "FormFile",
    "LifeEvent",
    "Membership",
    "NationalRecord",
    "Procedure",
    "ProcedureAgency",
    "name_of",
]
