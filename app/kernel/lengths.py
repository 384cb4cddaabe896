"""How long a text may be, said so that it can be shortened."""

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say_count

LONGEST_TEXT = 20_000  # characters of whatever is written on several lines


def too_long(text: str) -> Message | None:
    """By how much a text is too long, or None while it fits."""
    extra = len(text) - LONGEST_TEXT
    if extra <= 0:
        return None
    return say_count(
        "At most {most} characters; {count} too many", "At most {most} characters; {count} too many", extra,
        most=LONGEST_TEXT,
    )  # fmt: skip


def check_length(field: str, text: str) -> None:
    """Raises UserError (BAD_INPUT) at this field for a text that is too long: nothing of it is cut away."""
    words = too_long(text)
    if words is not None:
        raise UserError(Trouble.BAD_INPUT, words, field=field)
