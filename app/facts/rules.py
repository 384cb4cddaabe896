"""What is locked, and how much of it; pure (sync.md 1, locked facts)."""

from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import kept_text
from app.kernel.messages import say

SHORTEST_WORDS = 12  # what a stolen hub could be tried against for years


class Sort(StrEnum):
    """What a locked fact is about."""

    HEALTH = "health"
    PERSON = "person"  # who was hurt
    PAPERS = "papers"  # identity papers


def checked_text(text: str) -> str:
    """The text without blanks around it; UserError for none, or too much."""
    kept = kept_text("text", text)
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("Write what is to be locked."), field="text")
    return kept


def check_words(words: str, again: str) -> None:
    """UserError for words that are too short, or typed differently the second time."""
    if len(words.strip()) < SHORTEST_WORDS:
        said = say(
            "Take at least {least} characters: three or four words that only you put together.", least=SHORTEST_WORDS
        )
        raise UserError(Trouble.BAD_INPUT, said, field="words")
    if words != again:
        raise UserError(Trouble.BAD_INPUT, say("The second time it was typed differently."), field="again")


def checked_reason(reason: str) -> str:
    """Why the facts of a case are destroyed; UserError without."""
    kept = kept_text("reason", reason)
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("Write why they are destroyed. The reason stays."), field="reason")
    return kept
