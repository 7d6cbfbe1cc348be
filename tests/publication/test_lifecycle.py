"""The table of moves, and where a decision stands on a day."""

from datetime import date
from itertools import product

import pytest

from catalog.enums import Role
from publication.enums import DecisionStatus, Standing
from publication.lifecycle import (
    IllegalMove,
    check_move,
    is_open_for_editing,
    roles_that_may,
    standing,
)

LEGAL = {
    ("draft", "submitted"),
    ("submitted", "draft"),
    ("submitted", "returned"),
    ("submitted", "approved"),
    ("returned", "submitted"),
    ("approved", "returned"),
    ("approved", "issued"),
    ("issued", "withdrawn"),
}
DAY = date(2024, 10, 3)


@pytest.mark.parametrize(
    ("current", "wanted"), sorted(product(DecisionStatus.values, DecisionStatus.values))
)
def test_only_moves_of_the_table_are_legal(current, wanted):
    if (current, wanted) in LEGAL:
        check_move(current, wanted)
        return
    with pytest.raises(IllegalMove, match="không thể chuyển sang"):
        check_move(current, wanted)


def test_what_is_public_never_goes_back_to_the_desk():
    for status in ("issued", "withdrawn"):
        assert not is_open_for_editing(status)
        for back in ("draft", "submitted", "returned", "approved"):
            with pytest.raises(IllegalMove):
                check_move(status, back)


def test_agencies_submit_and_the_office_decides():
    by_role = {status: roles_that_may(status) for status in DecisionStatus.values}
    assert by_role == {
        "draft": {Role.HEAD},
        "submitted": {Role.HEAD},
        "returned": {Role.CONTROLLER},
        "approved": {Role.CONTROLLER},
        "issued": {Role.CONTROLLER},
        "withdrawn": {Role.CONTROLLER},
    }


@pytest.mark.parametrize(
    ("status", "effective_on", "lapsed_on", "expected"),
    [
        ("approved", None, None, Standing.APPROVED),
        ("issued", date(2024, 10, 4), None, Standing.ISSUED),
        ("issued", DAY, None, Standing.IN_FORCE),
        ("issued", date(2024, 9, 1), date(2024, 10, 4), Standing.IN_FORCE),
        ("issued", date(2024, 9, 1), DAY, Standing.LAPSED),
        ("withdrawn", date(2024, 9, 1), DAY, Standing.WITHDRAWN),
    ],
)
def test_standing_follows_from_days(status, effective_on, lapsed_on, expected):
    found = standing(status, effective_on=effective_on, lapsed_on=lapsed_on, on=DAY)
    assert found == expected
