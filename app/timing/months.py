"""Terms on the local calendar: months first, then days."""

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the last day of a shorter month.

    31 January + 1 month is the last day of February; 29 February + 12 months is 28 February. Terms are always
    counted from their first day, never from an end that was cut short.
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_term(day: date, *, months: int = 0, days: int = 0) -> date:
    """`day` plus months, then plus days."""
    return add_months(day, months) + timedelta(days=days)


def production_day(week: str) -> date | None:
    """Monday of a production week `YYWW` as it stands in a serial number; None when there is no such ISO week."""
    if len(week) != 4 or not (week.isascii() and week.isdigit()):
        return None
    try:
        return date.fromisocalendar(2000 + int(week[:2]), int(week[2:]), 1)
    except ValueError:
        return None
