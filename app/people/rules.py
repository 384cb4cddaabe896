"""Who works here: what a person's record must hold, and that somebody can always manage the others."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import check_length
from app.kernel.messages import say
from app.kernel.rights import Role
from app.kernel.storable import storable

LONGEST_NAME = 120
LONGEST_INITIALS = 4


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """What somebody typed about a person; empty initials are taken from the name."""

    name: str
    initials: str = ""
    language: str = "en"
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """What the rules need to know of a person already on the list."""

    id: str
    initials: str
    roles: tuple[Role, ...]
    active: bool


def short_name(name: str) -> str:
    """`T. Moreira`: the first letter and the last word, where a whole name would take the room of the matter."""
    words = name.split()
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else name


def initials_of(name: str) -> str:
    """The first letters of the first and the last word, in capitals: "Rita Maria Figueira" gives RF."""
    words = name.split()
    letters = [_first_letter(word) for word in (words[:1] + words[-1:] if len(words) > 1 else words)]
    return "".join(letters)[:LONGEST_INITIALS]


def completed(draft: StaffDraft, others: Iterable[Member]) -> StaffDraft:
    """The draft as it is kept: trimmed, with initials that no other active person has, each role once.

    Raises UserError (BAD_INPUT) for a missing or endless name, or no role.
    """
    name = " ".join(storable(draft.name).split())
    if not name:
        raise UserError(Trouble.BAD_INPUT, say("Write the name of the person."), field="name")
    if len(name) > LONGEST_NAME:
        raise UserError(
            Trouble.BAD_INPUT, say("A name has at most {most} characters.", most=LONGEST_NAME), field="name"
        )
    if not draft.roles:
        raise UserError(
            Trouble.BAD_INPUT, say("Choose at least one role. One person may hold all of them."), field="roles"
        )
    initials = "".join(str(storable(draft.initials)).split()).upper()
    check_length("initials", initials, LONGEST_INITIALS)
    wanted = initials or initials_of(name) or "X"
    taken = {each.initials for each in others if each.active}
    roles = tuple(role for role in Role if role in draft.roles)
    return StaffDraft(name, _free(wanted, taken), draft.language, roles)


def require_a_manager(members: Iterable[Member]) -> None:
    """Raise UserError (NOT_ALLOWED) when nobody active among `members` is a manager."""
    if not any(each.active and Role.MANAGER in each.roles for each in members):
        raise UserError(
            Trouble.NOT_ALLOWED,
            say("Somebody must stay manager. Give another person that role first."),
            field="roles",
        )


def _first_letter(word: str) -> str:
    return next((sign.upper() for sign in word if unicodedata.category(sign)[0] in "LN"), "")


def _free(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with the first number that makes it differ: typed initials must name one person."""
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: LONGEST_INITIALS - len(str(n))]}{n}" for n in range(2, len(taken) + 3))
    return next(each for each in numbered if each not in taken)
