"""Calendar days as records keep them: ISO (2026-06-11), or empty while nobody knows."""

from collections.abc import Mapping
from datetime import date

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)  # terms are added, and in 2255 instants outgrow JSON


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar in ISO form, in a year that can be meant: 1900 to 2199."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and _FIRST <= day <= _LAST


def may_be_day(text: str) -> bool:
    """Whether a record may keep it as a day: one of the calendar, or empty while nobody knows."""
    return not text or is_day(text)


def check_days(days: Mapping[str, str]) -> None:
    """UserError(BAD_INPUT) naming the field of a day that is neither empty nor ISO: the warranty counts from it."""
    for name, text in days.items():
        if text and not is_day(text):
            wrong = say("There is no such day. Choose day, month and year, or none of them.")
            raise UserError(Trouble.BAD_INPUT, wrong, field=name)
