"""One decision that amends one procedure, as a process of its own: CODE and words for its text."""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils.timezone import localdate, now  # noqa: E402

from catalog.actions import amend_procedure  # noqa: E402
from catalog.models import Procedure  # noqa: E402
from publication.actions import approve_announcement, issue_announcement, submit_announcement  # noqa: E402
from publication.enums import ItemEffect  # noqa: E402
from publication.models import AnnouncementDecision, AnnouncementItem  # noqa: E402


def amend(code: str, words: str) -> None:
    procedure = Procedure.objects.get(code=code)
    content = {**procedure.content, "summary": words}
    amend_procedure(procedure=procedure, by=None, reason="Sửa thử", content=content)
    decision = AnnouncementDecision.objects.create(
        issuer=AnnouncementDecision.objects.filter(number__gt="")[0].issuer,
        lead_agency=procedure.lead_agency,
        title="Công bố thủ tục được sửa đổi, bổ sung",
        submission_number=f"Tờ trình {words}",
        submission_on=localdate() - timedelta(days=1),
    )
    AnnouncementItem.objects.create(
        decision=decision, ordinal=1, effect=ItemEffect.AMENDED, procedure=procedure
    )
    submit_announcement(decision_id=decision.pk, by=None, now=now())
    approve_announcement(decision_id=decision.pk, by=None, now=now())
    issue_announcement(
        decision_id=decision.pk,
        by=None,
        number=f"{AnnouncementDecision.objects.count() + 9500}/QĐ-UBND",
        signed_on=localdate(),
        signed_by="Phó Chủ tịch Trần Văn Mẫu",
        effective_on=localdate(),
        now=now(),
    )


if __name__ == "__main__":
    amend(sys.argv[1], sys.argv[2])
