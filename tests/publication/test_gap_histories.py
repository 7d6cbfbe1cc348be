"""The law of the register: kept step by step it equals the one recomputed from scratch."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publication.enums import GapClosure
from publication.gaps import record_gaps
from publication.models import AnnouncementGap
from tests.publication.gap_histories import ACTS, make_province

EXAMPLES = int(os.environ.get("PORTAL_TEST_HISTORIES", "25"))

Register = dict[tuple[int, int | None], dict[str, Any]]


def read_register() -> Register:
    """Every row with all its columns but the key, by ministry item and agency."""
    rows = AnnouncementGap.objects.values()
    return {(row["ministry_item_id"], row["agency_id"]): {**row, "id": None} for row in rows}


def split(kept: Register) -> tuple[Register, Register]:
    """Rows that are somebody's today, and those that only remember an agency of before."""
    left = GapClosure.NO_LONGER_CONCERNED
    return (
        {key: row for key, row in kept.items() if row["closure"] != left},
        {key: row for key, row in kept.items() if row["closure"] == left},
    )


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
class GapHistories(TestCase):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="PORTAL_TEST_HISTORIES" not in os.environ,
        print_blob=True,
    )
    @given(data=st.data())
    def test_the_register_kept_step_by_step_equals_the_one_made_from_scratch(self, data):
        province = make_province()
        steps = st.tuples(st.sampled_from(ACTS), st.booleans())
        for act, runs in data.draw(st.lists(steps, min_size=8, max_size=24)):
            act(province, data.draw)
            if runs:
                record_gaps(on=province.today)
        report = record_gaps(on=province.today)
        kept, remembered = split(read_register())
        assert record_gaps(on=province.today) == type(report)(0, 0, report.open)

        AnnouncementGap.objects.all().delete()
        assert record_gaps(on=province.today).open == report.open
        assert read_register() == kept
        assert not remembered.keys() & kept.keys()
