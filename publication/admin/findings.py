"""What the pages of a decision say is to be mended, to who may read the texts it speaks of."""

from typing import Any

from django.utils.timezone import localdate

from catalog.models import Procedure
from publication.checks import Finding, find_findings
from publication.enums import DecisionStatus
from publication.lifecycle import PUBLIC
from publication.models import AnnouncementDecision


def findings_for(decision: AnnouncementDecision, user: Any) -> list[Finding]:
    """What to mend, about texts the person may read; nothing once the public reads them."""
    if decision.status in PUBLIC:
        return []
    found = find_findings(decision, on=decision.effective_on or localdate())
    codes = {finding.code for finding in found}
    # A frozen text is the decision's own, one of the register belongs to its agency.
    if decision.status not in (DecisionStatus.SUBMITTED, DecisionStatus.APPROVED):
        visible = Procedure.objects.visible_to(user).filter(code__in=codes)
        codes = {"", *visible.values_list("code", flat=True)}
    rows = [finding for finding in found if finding.code in codes]
    return sorted(rows, key=lambda finding: not finding.blocking)
