"""Deadlines worked out by hand on the wall calendar, none by the code under test.

Beside each day stands its weekday; where the way is not obvious, the days that count are listed.
Numbers and units: Decree 63/2010/NĐ-CP art. 15 and 24.2, the scoring formula of Decision 766, and
the office settings of default_rules.py. Counting: Civil Code 2015 art. 147 and 148.
"""

from datetime import date

import pytest

from catalog.working_days import working_days_between
from publication.deadlines import Rule, compute_deadline
from publication.default_rules import DEFAULT_RULES
from tests.calendars import OFFICIAL

RULES = {
    rule.code: Rule(rule.code, rule.amount, rule.unit, rule.anchor, citation=rule.citation)
    for rule in DEFAULT_RULES
}
_OWN, _DAYS, _WORK = None, "calendar", "working"

# Province: 5 working days before the text takes effect (art. 15; unit of the scoring formula).
PROVINCE = [
    # An ordinary week, and both units.
    ("2024-09-20", _OWN, "2024-09-13"),  # Fri → 19, 18, 17, 16, Fri 13
    ("2024-09-20", _WORK, "2024-09-13"),
    ("2024-09-20", _DAYS, "2024-09-15"),  # Sunday: a term before a day does not move
    ("2024-07-01", _OWN, "2024-06-24"),  # Mon → Fri 28 … Mon 24
    ("2024-07-01", _DAYS, "2024-06-26"),  # Wed
    ("2025-07-01", _OWN, "2025-06-24"),  # Tue → Mon 30, Fri 27, 26, 25, Tue 24
    ("2025-07-01", _DAYS, "2025-06-26"),  # Thu
    ("2026-07-01", _OWN, "2026-06-24"),  # Wed → Tue 30, Mon 29, Fri 26, 25, Wed 24
    ("2026-07-01", _DAYS, "2026-06-26"),  # Fri
    # Month ends, a leap year and a common one.
    ("2024-03-01", _OWN, "2024-02-23"),  # Fri → Thu 29, 28, 27, Mon 26, Fri 23
    ("2024-03-01", _DAYS, "2024-02-25"),  # Sun
    ("2025-03-01", _OWN, "2025-02-24"),  # Sat → Fri 28 … Mon 24
    ("2025-03-01", _DAYS, "2025-02-24"),  # Mon
    # Year ends.
    ("2024-01-01", _OWN, "2023-12-25"),  # Mon → Fri 29 … Mon 25
    ("2024-01-01", _DAYS, "2023-12-27"),  # Wed
    ("2025-01-01", _OWN, "2024-12-25"),  # Wed → Tue 31, Mon 30, Fri 27, 26, Wed 25
    ("2025-01-01", _DAYS, "2024-12-27"),  # Fri
    ("2026-01-01", _OWN, "2025-12-25"),  # Thu → Wed 31, 30, Mon 29, Fri 26, Thu 25
    ("2026-01-08", _OWN, "2025-12-30"),  # Thu → Wed 7, 6, Mon 5, (2, 1 off) Wed 31, Tue 30
    # Tết 2024, 8–14 February.
    ("2024-02-01", _OWN, "2024-01-25"),  # Thu → Wed 31, 30, Mon 29, Fri 26, Thu 25
    ("2024-02-15", _OWN, "2024-02-01"),  # Thu → Wed 7, 6, Mon 5, Fri 2, Thu 1
    ("2024-02-15", _DAYS, "2024-02-10"),  # Saturday, first day of the year
    ("2024-02-19", _OWN, "2024-02-05"),  # Mon → Fri 16, Thu 15, Wed 7, 6, Mon 5
    # Tết 2025, 27–31 January.
    ("2025-02-01", _OWN, "2025-01-20"),  # Sat → Fri 24 … Mon 20
    ("2025-02-01", _DAYS, "2025-01-27"),  # Monday, off
    ("2025-02-03", _OWN, "2025-01-20"),  # Mon → Fri 24 … Mon 20
    ("2025-02-05", _OWN, "2025-01-22"),  # Wed → Tue 4, Mon 3, Fri 24, 23, Wed 22
    # Tết 2026, 16–20 February.
    ("2026-02-23", _OWN, "2026-02-09"),  # Mon → Fri 13 … Mon 9
    ("2026-02-23", _DAYS, "2026-02-18"),  # Wednesday, off
    ("2026-02-25", _OWN, "2026-02-11"),  # Wed → Tue 24, Mon 23, Fri 13, 12, Wed 11
    ("2026-03-01", _OWN, "2026-02-23"),  # Sun → Fri 27 … Mon 23
    # Hùng Kings' day, 30 April and 1 May, Saturdays worked in another day's stead.
    ("2024-04-22", _OWN, "2024-04-12"),  # Mon → Fri 19, (Thu 18 off) Wed 17, 16, Mon 15, Fri 12
    ("2024-05-02", _OWN, "2024-04-22"),  # Thu → (1, 30, 29 off) Fri 26 … Mon 22
    ("2024-05-02", _DAYS, "2024-04-27"),  # Sat
    ("2024-05-05", _OWN, "2024-04-25"),  # Sun → Sat 4, Fri 3, Thu 2, Fri 26, Thu 25
    ("2024-05-08", _OWN, "2024-05-02"),  # Wed → Tue 7, Mon 6, Sat 4, Fri 3, Thu 2
    ("2024-05-08", _DAYS, "2024-05-03"),  # Fri
    ("2025-04-08", _OWN, "2025-03-31"),  # Tue → (Mon 7 off) Fri 4, 3, 2, Tue 1, Mon 31
    ("2025-04-28", _OWN, "2025-04-22"),  # Mon → Sat 26, Fri 25, 24, 23, Tue 22
    ("2025-05-05", _OWN, "2025-04-24"),  # Mon → Tue 29, Mon 28, Sat 26, Fri 25, Thu 24
    ("2025-05-05", _DAYS, "2025-04-30"),  # Wednesday, off
    ("2026-01-12", _OWN, "2026-01-06"),  # Mon → Sat 10, Fri 9, 8, 7, Tue 6
    ("2026-08-24", _OWN, "2026-08-18"),  # Mon → Sat 22, Fri 21, 20, 19, Tue 18
    # National Day.
    ("2024-09-01", _OWN, "2024-08-26"),  # Sun → Fri 30 … Mon 26
    ("2024-09-04", _OWN, "2024-08-26"),  # Wed → (3, 2 off) Fri 30 … Mon 26
    ("2024-09-04", _DAYS, "2024-08-30"),  # Fri
    ("2026-09-03", _OWN, "2026-08-24"),  # Thu → (2, 1, 31 off) Fri 28 … Mon 24
]

# Ministry: 20 working days before the text takes effect (art. 15; unit of the scoring formula).
MINISTRY = [
    # Fri → 19–16 (4), 13–9 (9), 6–4 (12), 30–26/8 (17), 23, 22, Wed 21 (20)
    ("2024-09-20", _OWN, "2024-08-21"),
    ("2024-09-20", _DAYS, "2024-08-31"),  # Sat
    # Fri → 29–26 (4), 23–19 (9), 16, 15 (11), 7–5 (14), 2, 1 (16), 31–29/1 (19), Fri 26 (20)
    ("2024-03-01", _OWN, "2024-01-26"),
    ("2024-03-01", _DAYS, "2024-02-10"),  # Sat, Tết
    ("2024-07-01", _OWN, "2024-06-03"),  # Mon → four whole weeks
    ("2024-07-01", _DAYS, "2024-06-11"),  # Tue
    # Mon → 17–13 (5), 10–6 (10), Sat 4 (11), 3, 2 (13), 26–22/4 (18), 19 (19), Wed 17 (20)
    ("2024-05-20", _OWN, "2024-04-17"),
    ("2024-05-20", _DAYS, "2024-04-30"),  # Tuesday, off
    # Wed → 31, 30 (2), 27–23 (7), 20–16 (12), 13–9 (17), 6, 5, Wed 4 (20)
    ("2025-01-01", _OWN, "2024-12-04"),
    ("2025-01-01", _DAYS, "2024-12-12"),  # Thu
    # Sat → 14–10 (5), 7–3 (10), Tết, 24–20/1 (15), 17–13 (20)
    ("2025-02-15", _OWN, "2025-01-13"),
    ("2025-02-15", _DAYS, "2025-01-26"),  # Sun
    # Fri → 14–11 (4), 8–4 (9), 29, 28/4 (11), 24–20 (16), 17–15, Tue 14 (20)
    ("2026-05-15", _OWN, "2026-04-14"),
    ("2026-05-15", _DAYS, "2026-04-25"),  # Sat
    # Tue → 14 (1), 11–7 (6), 4, 3 (8), 28–24/8 (13), Sat 22 (14), 21–17 (19), Fri 14 (20)
    ("2026-09-15", _OWN, "2026-08-14"),
    ("2026-09-15", _DAYS, "2026-08-26"),  # Wed
]

# Shortened procedure, in force at once: 3 days after signing (art. 15); ends as art. 148 says.
SHORTENED = [
    ("2024-11-04", _OWN, "2024-11-07"),  # Mon → Thu
    ("2024-11-06", _OWN, "2024-11-11"),  # Wed → Sat 9, so Mon 11
    ("2024-11-07", _OWN, "2024-11-11"),  # Thu → Sun 10, so Mon 11
    ("2024-11-08", _OWN, "2024-11-11"),  # Fri → Mon
    ("2024-11-06", _WORK, "2024-11-11"),  # Wed → Thu 7, Fri 8, Mon 11
    ("2024-02-26", _OWN, "2024-02-29"),  # Mon → Thu, leap day
    ("2025-02-28", _OWN, "2025-03-03"),  # Fri → Mon
    ("2024-12-29", _OWN, "2025-01-02"),  # Sun → Wed 1 January off, so Thu 2
    ("2024-02-05", _OWN, "2024-02-15"),  # Mon → Thu 8, Tết until Wed 14, so Thu 15
    ("2025-01-24", _OWN, "2025-02-03"),  # Fri → Mon 27, Tết until Fri 31, so Mon 3
    ("2024-08-30", _OWN, "2024-09-04"),  # Fri → Mon 2, off; Tue 3, off; so Wed 4
    ("2024-08-30", _WORK, "2024-09-06"),  # Fri → Wed 4, Thu 5, Fri 6
    ("2024-05-01", _OWN, "2024-05-04"),  # Wed → Saturday, worked: it stays
    ("2025-04-23", _OWN, "2025-04-26"),  # Wed → Saturday, worked
    ("2026-01-07", _OWN, "2026-01-10"),  # Wed → Saturday, worked
    ("2026-08-19", _OWN, "2026-08-22"),  # Wed → Saturday, worked
]

# Province, national database: 5 working days after signing (art. 24.2).
ENTRY = [
    ("2024-11-18", _OWN, "2024-11-25"),  # Mon → 19, 20, 21, 22, Mon 25
    ("2024-11-18", _DAYS, "2024-11-25"),  # Sat 23, so Mon 25
    ("2024-11-17", _OWN, "2024-11-22"),  # signed on a Sunday → 18 … Fri 22
    ("2024-02-07", _OWN, "2024-02-21"),  # Wed → Thu 15, Fri 16, 19, 20, Wed 21
    ("2024-02-07", _DAYS, "2024-02-15"),  # Mon 12, Tết until Wed 14, so Thu 15
    ("2025-01-24", _OWN, "2025-02-07"),  # Fri → 3, 4, 5, 6, Fri 7
    ("2025-01-24", _DAYS, "2025-02-03"),  # Wed 29, Tết until Fri 31, so Mon 3
    ("2026-02-13", _OWN, "2026-02-27"),  # Fri → 23 … Fri 27
    ("2024-04-26", _OWN, "2024-05-07"),  # Fri → Thu 2, Fri 3, Sat 4, Mon 6, Tue 7
    ("2024-04-26", _DAYS, "2024-05-02"),  # Wed 1 May off, so Thu 2
    ("2025-04-22", _OWN, "2025-04-28"),  # Tue → 23, 24, 25, Sat 26, Mon 28
    ("2026-01-05", _OWN, "2026-01-10"),  # Mon → 6, 7, 8, 9, Sat 10
    ("2026-08-20", _OWN, "2026-08-26"),  # Thu → Fri 21, Sat 22, 24, 25, Wed 26
    ("2025-08-29", _OWN, "2025-09-09"),  # Fri → Wed 3, 4, 5, Mon 8, Tue 9
    ("2025-08-29", _DAYS, "2025-09-03"),  # Wed
    ("2024-12-30", _OWN, "2025-01-07"),  # Mon → Tue 31, Thu 2, Fri 3, Mon 6, Tue 7
    ("2024-12-30", _DAYS, "2025-01-06"),  # Sat 4, so Mon 6
    ("2025-12-31", _OWN, "2026-01-09"),  # Wed → Mon 5 … Fri 9
]

OTHERS: dict[str, list[tuple[str, str | None, str]]] = {
    # Ministry, national database: 10 working days after signing (art. 24.2).
    "ministry_database_entry": [
        # Thu → Fri 30, Wed 4, 5, 6 (4), 9–13 (9), Mon 16 (10)
        ("2024-08-29", _OWN, "2024-09-16"),
        # Mon → 27–30 (4), Tue 3–6 (8), Mon 9, Tue 10 (10)
        ("2022-12-26", _OWN, "2023-01-10"),
        ("2026-02-06", _OWN, "2026-02-27"),  # Fri → 9–13 (5), 23–27 (10)
    ],
    # National database after a shortened procedure: 2 working days after signing (art. 24.2).
    "shortened_database_entry": [
        ("2024-09-06", _OWN, "2024-09-10"),  # Fri → Mon 9, Tue 10
        ("2025-04-29", _OWN, "2025-05-06"),  # Tue → Mon 5, Tue 6
        ("2024-05-03", _OWN, "2024-05-06"),  # Fri → Sat 4, Mon 6
    ],
    # Offices and portals: art. 17 names no number; 5 working days by setting.
    "publicised_at_offices": [("2024-09-27", _OWN, "2024-10-04")],  # Fri → 30, 1, 2, 3, Fri 4
    # After receipt of the ministry's decision: 10 working days by setting.
    "province_after_receipt": [
        ("2024-08-30", _OWN, "2024-09-17"),  # Fri → 4–6 (3), 9–13 (8), Mon 16, Tue 17
        ("2025-02-03", _OWN, "2025-02-17"),  # Mon → 4–7 (4), 10–14 (9), Mon 17
        ("2026-02-12", _OWN, "2026-03-05"),  # Thu → Fri 13, 23–27 (6), Mon 2 – Thu 5 March
        ("2026-02-12", _DAYS, "2026-02-23"),  # Sun 22, so Mon 23
        ("2024-12-20", _DAYS, "2024-12-30"),  # Fri → Mon
    ],
    # Feedback (scoring formula of Decision 766, 5.2).
    "feedback_refused": [("2024-05-02", _OWN, "2024-05-04")],  # Thu → Fri 3, Sat 4
    "feedback_more_asked": [("2025-04-17", _OWN, "2025-04-24")],  # Thu → 18, 21, 22, 23, Thu 24
    # Mon → 2–5 (4), 8–12 (9), 15–17 (12), Fri 19, Mon 22, Tue 23
    "feedback_handled": [("2024-04-01", _OWN, "2024-04-23")],
    "feedback_published": [("2024-12-05", _OWN, "2024-12-09")],  # Thu → Fri 6, Mon 9
}

TABLE: dict[str, list[tuple[str, str | None, str]]] = {
    "province_announces": PROVINCE,
    "ministry_announces": MINISTRY,
    "shortened_announces": SHORTENED,
    "national_database_entry": ENTRY,
    **OTHERS,
}
CASES = [(code, *case) for code, cases in TABLE.items() for case in cases]


@pytest.mark.parametrize(("code", "day", "unit", "due_on"), CASES)
def test_a_deadline_falls_where_the_wall_calendar_says(code, day, unit, due_on):
    deadline = compute_deadline(
        RULES[code], day=date.fromisoformat(day), calendar=OFFICIAL, unit=unit
    )
    assert deadline.due_on == date.fromisoformat(due_on)


def test_the_table_is_large_and_holds_every_rule_and_both_units():
    assert len(set(CASES)) == len(CASES) >= 100
    assert set(TABLE) == {rule.code for rule in DEFAULT_RULES}
    assert {unit for _, _, unit, _ in CASES} == {_OWN, _DAYS, _WORK}


@pytest.mark.parametrize(
    ("ministry", "province", "days"),
    [
        # 2546/QĐ-BTP → 712/QĐ-UBND Hưng Yên: 4 in December, 16 in January, 20, 17 in March.
        (date(2022, 12, 26), date(2023, 3, 23), 57),
        # 2972/QĐ-BNN-CN → 3218/QĐ-UBND Quảng Bình: 1 in August, 19, 23, 12 in November.
        (date(2024, 8, 29), date(2024, 11, 18), 55),
        # 3331/QĐ-BNNMT → 3453/QĐ-UBND Hải Phòng: Fri 21, Sat 22, 24, 25, Wed 26.
        (date(2026, 8, 20), date(2026, 8, 26), 5),
    ],
)
def test_how_long_provinces_took_to_answer(ministry, province, days):
    assert working_days_between(ministry, province, calendar=OFFICIAL) == days
