"""`/api/v1/gaps/`: how the province stands with what ministries announced, in numbers.

Which procedures, which agency and which drafts stay with the staff.
"""

from django.http import HttpResponseBase
from django.utils.timezone import localdate
from rest_framework.request import Request

from publication.api.base import PublicView
from publication.api.conditional import answer_with
from publication.api.parameters import Reader
from publication.gap_reading import gap_reader
from publication.models import AnnouncementGap


class GapSummary(PublicView):
    """How many procedures of ministry decisions are in which state today."""

    def get(self, request: Request) -> HttpResponseBase:
        Reader(request.query_params, ()).check()
        on = localdate(self.now)
        gaps = AnnouncementGap.objects.concerned()
        states = gaps.tally(on=on, horizon=gap_reader(on=on).horizon)
        facts = {"on": on.isoformat(), "total": sum(states.values()), "states": states}
        return answer_with(request, facts)
