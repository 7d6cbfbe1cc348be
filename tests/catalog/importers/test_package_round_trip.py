"""A national package taken in and written again says what it said, in the usual spelling."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalog.importers.national_package_export import to_national_package
from catalog.importers.run import import_file
from catalog.models import Procedure
from tests.catalog.importers.packages import packages, spelt_twice
from tests.catalog.importers.source_files import write_lines

_CODES = [f"1.9{number:05d}" for number in range(12)]


def taken_in_and_written(sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By the real acts: an import into the register, and the register's export."""
    with tempfile.TemporaryDirectory() as folder:
        report = import_file(write_lines(Path(folder), sent), today=date(2026, 11, 22))
    assert report.counts()["refused"] == 0
    rows = Procedure.objects.for_announcing().filter(code__in=_CODES).order_by("code")
    return [json.loads(json.dumps(to_national_package(row))) for row in rows]


# Each example is twelve packages: a smaller one would tell no more, and looking for it takes long.
_MANY = settings(
    max_examples=4,
    phases=(Phase.generate,),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
class Packages(TestCase):
    @_MANY
    @given(st.tuples(*(packages(code) for code in _CODES)))
    def test_a_package_in_the_usual_spelling_comes_out_as_it_went_in(self, sent):
        assert taken_in_and_written(list(sent)) == list(sent)

    @_MANY
    @given(st.tuples(*(spelt_twice(code) for code in _CODES)))
    def test_a_package_spelt_otherwise_comes_out_in_the_usual_spelling(self, both):
        usual, otherwise = ([pair[side] for pair in both] for side in (0, 1))
        assert taken_in_and_written(otherwise) == usual
