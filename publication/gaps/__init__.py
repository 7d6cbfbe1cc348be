"""Gaps: what the ministries announced and the province has not, agency by agency.

The register of gaps is recomputed from state, never from "exactly n days ago", so a run that was
missed or repeated changes nothing in the end.
"""

from publication.gaps.register import GapReport, record_gaps

__all__ = ["GapReport", "record_gaps"]
