"""Sending a report: once a form, to the agency that leads the procedure, under a reference."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.models import Agency
from publication.models import Listing, Report, ReportContact

# Without signs that are taken for others when read out or copied by hand: 59 bits in twelve.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 3, 4


def send_report(
    *, listing: Listing, part: str, message: str, contact: str, form_key: str, now: datetime
) -> Report:
    """Write a report down; a form that was sent before answers with the report it made."""
    try:
        with transaction.atomic():
            report = Report.objects.create(
                reference=make_reference(),
                form_key=form_key,
                listing=listing,
                code=listing.code,
                name=listing.name,
                agency=responsible_agency(listing),
                part=part,
                message=message,
                sent_at=now,
            )
            if contact:
                ReportContact.objects.create(report=report, value=contact, given_at=now)
    except IntegrityError:
        return Report.objects.get(form_key=form_key)
    return report


def responsible_agency(listing: Listing) -> Agency | None:
    """Who leads the procedure by its public text; None leaves the report to the Office."""
    lead = listing.facts["lead_agency"]
    return Agency.objects.filter(slug=lead["slug"]).first() if lead else None


def make_reference() -> str:
    """ "7F3K-9QWM-2XTD": nobody guesses one of another's."""
    signs = "".join(secrets.choice(_SIGNS) for _place in range(_GROUPS * _GROUP))
    return _grouped(signs)


def read_reference(typed: str) -> str:
    """A reference as a person typed it, in the spelling it is kept in; "" when it is none."""
    signs = "".join(sign for sign in typed.upper() if sign not in " -–.")
    if len(signs) != _GROUPS * _GROUP or not set(signs) <= set(_SIGNS):
        return ""
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
