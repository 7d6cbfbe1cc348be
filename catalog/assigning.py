"""Giving procedures to the agency that leads them: its people then see and announce them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from catalog.models import Agency, Procedure, name_of
from catalog.querysets import ProcedureQuerySet

_BATCH = 200  # register texts held in memory at once


@transaction.atomic
def assign_lead_agency(
    *, procedures: ProcedureQuerySet, agency: Agency, by: Any, now: datetime
) -> int:
    """Let an agency lead procedures; returns how many it did not lead before.

    Each leaves a record of history, as if it had been changed on its own page.
    """
    keys = list(procedures.exclude(lead_agency=agency).values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = list(Procedure.objects.filter(pk__in=keys[start : start + _BATCH]))
        for procedure in batch:
            procedure.lead_agency, procedure.changed_at = agency, now
        bulk_update_with_history(
            batch,
            Procedure,
            ["lead_agency", "changed_at"],
            default_user=by,
            default_change_reason=_("Giao cho %(agency)s") % {"agency": agency},
            custom_historical_attrs={"actor_name": name_of(by)},
        )
    return len(keys)
