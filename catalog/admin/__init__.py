"""Staff pages of the register, one file a subject. They translate; actions and rules decide."""

from catalog.admin import account, agency, calendar_day, field, national_record, procedure

__all__ = ["account", "agency", "calendar_day", "field", "national_record", "procedure"]
