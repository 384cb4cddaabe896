"""Calendar days as records keep them: ISO (2026-06-11), or empty while nobody knows."""

from collections.abc import Mapping
from datetime import date

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar in ISO form."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_days(days: Mapping[str, str]) -> None:
    """UserError(BAD_INPUT) naming the field of a day that is neither empty nor ISO: the warranty counts from it."""
    for name, text in days.items():
        if text and not is_day(text):
            wrong = say("There is no such day. Choose day, month and year, or none of them.")
            raise UserError(Trouble.BAD_INPUT, wrong, field=name)
