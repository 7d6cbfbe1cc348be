"""Calendars that tests count with: the real one of 2023–2026 as literal days, and any other.

2024–2026: as decreed for public servants. 2023: the days of Labour Code art. 112 as the `holidays`
library lists them, Tết 20–26 January; there was no swap that year.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from catalog.working_days import WorkingCalendar

_OFF = {
    (2023, 1, 2): "Tết Dương lịch (nghỉ bù)",
    (2023, 1, 20): "Tết Nguyên đán",  # Friday
    **{(2023, 1, day): "Tết Nguyên đán" for day in range(23, 27)},  # Monday to Thursday
    (2023, 5, 1): "Ngày Quốc tế Lao động",
    (2023, 5, 2): "Giỗ Tổ Hùng Vương (nghỉ bù)",
    (2023, 5, 3): "Ngày Chiến thắng (nghỉ bù)",
    (2023, 9, 1): "Quốc khánh",
    (2023, 9, 4): "Quốc khánh (nghỉ bù)",
    (2024, 1, 1): "Tết Dương lịch",
    **{(2024, 2, day): "Tết Nguyên đán" for day in (8, 9, 12, 13, 14)},  # Thursday to Wednesday
    (2024, 4, 18): "Giỗ Tổ Hùng Vương",  # Thursday
    (2024, 4, 29): "Nghỉ hoán đổi",  # Monday, repaid on Saturday 4 May
    (2024, 4, 30): "Ngày Chiến thắng",
    (2024, 5, 1): "Ngày Quốc tế Lao động",
    (2024, 9, 2): "Quốc khánh",
    (2024, 9, 3): "Quốc khánh",
    (2025, 1, 1): "Tết Dương lịch",
    **{(2025, 1, day): "Tết Nguyên đán" for day in range(27, 32)},  # Monday to Friday
    (2025, 4, 7): "Giỗ Tổ Hùng Vương",  # Monday
    (2025, 4, 30): "Ngày Chiến thắng",
    (2025, 5, 1): "Ngày Quốc tế Lao động",
    (2025, 5, 2): "Nghỉ hoán đổi",  # Friday, repaid on Saturday 26 April
    (2025, 9, 1): "Quốc khánh",
    (2025, 9, 2): "Quốc khánh",
    (2026, 1, 1): "Tết Dương lịch",
    (2026, 1, 2): "Nghỉ hoán đổi",  # Friday, repaid on Saturday 10 January
    **{(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)},  # Monday to Friday
    (2026, 4, 27): "Giỗ Tổ Hùng Vương",  # Monday
    (2026, 4, 30): "Ngày Chiến thắng",
    (2026, 5, 1): "Ngày Quốc tế Lao động",
    (2026, 8, 31): "Nghỉ hoán đổi",  # Monday, repaid on Saturday 22 August
    (2026, 9, 1): "Quốc khánh",
    (2026, 9, 2): "Quốc khánh",
}
_MAKE_UP = [(2024, 5, 4), (2025, 4, 26), (2026, 1, 10), (2026, 8, 22)]

OFFICIAL = WorkingCalendar(
    days_off=frozenset(date(*day) for day in _OFF),
    make_up_days=frozenset(date(*day) for day in _MAKE_UP),
    names={date(*day): name for day, name in _OFF.items()}
    | {date(*day): "Làm bù ngày nghỉ hoán đổi" for day in _MAKE_UP},
)


def off_days(calendar: WorkingCalendar, first: date, last: date) -> set[date]:
    """Days off from `first` to `last`, both looked at; the week and the lists, nothing else."""
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    weekend = {day for day in days if day.isoweekday() in (6, 7)}
    return (days & calendar.days_off) | (weekend - calendar.make_up_days)


# Within these days the calendars drawn below have their days off and days worked.
NEAR = (date(2024, 1, 1), date(2024, 4, 30))
days_near = st.dates(NEAR[0] - timedelta(days=30), NEAR[1] + timedelta(days=30))


@st.composite
def any_calendar(draw: st.DrawFn) -> WorkingCalendar:
    """Any weekdays off and any weekend days worked."""
    chosen = draw(st.sets(st.dates(*NEAR), max_size=50))
    return WorkingCalendar(
        days_off=frozenset(day for day in chosen if day.isoweekday() < 6),
        make_up_days=frozenset(day for day in chosen if day.isoweekday() > 5),
        names=dict.fromkeys(chosen, "Ngày đặc biệt"),
    )
