"""How long a text may be, said so that it can be shortened."""

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say_count
from app.kernel.storable import storable

LONGEST_TEXT = 20_000  # characters of whatever is written on several lines
LONGEST_LINE = 400  # of what is written on one: a signer's name, the number of a delivery note


def too_long(text: str, most: int = LONGEST_TEXT) -> Message | None:
    """By how much a text is too long, or None while it fits."""
    extra = len(text) - most
    if extra <= 0:
        return None
    return say_count(
        "At most {most} characters; {count} too many", "At most {most} characters; {count} too many", extra, most=most
    )


def check_length(field: str, text: str, most: int = LONGEST_TEXT) -> None:
    """Raises UserError (BAD_INPUT) at this field for a text that is too long: nothing of it is cut away."""
    words = too_long(text, most)
    if words is not None:
        raise UserError(Trouble.BAD_INPUT, words, field=field)


def kept_text(field: str, text: str, most: int = LONGEST_TEXT) -> str:
    """What a person typed, as it is kept: nothing that no person writes in it, no blanks around it.

    What is empty afterwards was empty: ask only then whether something was said. UserError (BAD_INPUT) at this field
    for a text that is too long: a record that holds it whole could never be sent.
    """
    kept = str(storable(text)).strip()
    check_length(field, kept, most)
    return kept
