"""Announced times in other vocabularies: a working day is never a day of the calendar."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.content import Duration, TimeOption, TimeUnit
from publication.exports.durations import calendar_duration, option_in_words, time_in_words

AMOUNTS = st.decimals(min_value="0.25", max_value=9999, places=2)


def _time(amount: str, unit: TimeUnit) -> Duration:
    return Duration(amount=Decimal(amount), unit=unit)


@given(AMOUNTS)
def test_no_number_of_working_days_has_a_calendar_duration(amount):
    assert calendar_duration(Duration(amount=amount, unit=TimeUnit.WORKING_DAY)) is None


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("5", TimeUnit.DAY, "P5D"),
        ("16.5", TimeUnit.DAY, "P16DT12H"),
        ("0.5", TimeUnit.DAY, "PT12H"),
        ("8", TimeUnit.HOUR, "PT8H"),
        ("48", TimeUnit.HOUR, "PT48H"),
        ("1.5", TimeUnit.HOUR, "PT1H30M"),
        ("0.33", TimeUnit.HOUR, None),
        ("3", TimeUnit.MONTH, "P3M"),
        ("1.5", TimeUnit.MONTH, None),
        ("2", TimeUnit.YEAR, "P2Y"),
        ("0.5", TimeUnit.YEAR, None),
    ],
)
def test_other_units_have_one_where_it_says_exactly_the_same(amount, unit, expected):
    assert calendar_duration(_time(amount, unit)) == expected


@given(AMOUNTS, st.sampled_from([TimeUnit.HOUR, TimeUnit.DAY]))
def test_a_duration_is_as_long_as_what_was_announced(amount, unit):
    told = calendar_duration(Duration(amount=amount, unit=unit))
    minutes = amount * (60 if unit is TimeUnit.HOUR else 24 * 60)
    if told is None:
        assert minutes != int(minutes)
        return
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", told)
    assert found is not None
    days, hours, rest = (int(part or 0) for part in found.groups())
    assert (days * 24 + hours) * 60 + rest == minutes


def test_words_keep_the_unit_of_the_law_and_the_shorter_time_beside_it():
    assert time_in_words(_time("16.50", TimeUnit.WORKING_DAY)) == "16,5 ngày làm việc"
    option = TimeOption(
        label="Hồ sơ cấp lại",
        statutory=_time("10", TimeUnit.WORKING_DAY),
        local=_time("7", TimeUnit.WORKING_DAY),
        note="Kể từ ngày nhận đủ hồ sơ.",
    )
    assert option_in_words(option) == (
        "Hồ sơ cấp lại. Thời hạn: 7 ngày làm việc. Theo quy định: 10 ngày làm việc. "
        "Kể từ ngày nhận đủ hồ sơ"
    )
