"""Staff pages of the register, one file a subject. They translate; actions and rules decide."""

from catalog.admin import agency, calendar_day, field, national_record, procedure

__all__ = ["agency", "calendar_day", "field", "national_record", "procedure"]
