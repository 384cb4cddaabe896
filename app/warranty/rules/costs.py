"""What a repair costs the customer, in the customer's words: derived from who pays the parts, labour and travel of its
lines as they were decided."""

from collections.abc import Collection, Sequence
from enum import Enum, auto

from app.kernel.messages import Message, say
from app.warranty.rules.facts import Missing, Payer
from app.warranty.rules.sentences import missing_word

Payers = tuple[str, str, str]  # of one line: parts, labour, travel

_LOWER = (say("parts"), say("labour"), say("travel"))
_UPPER = (say("Parts"), say("Labour"), say("Travel"))
_ALONE = (say("the parts"), say("the labour"), say("the travel"))
_SOME_LOWER = (say("some of the parts"), say("some of the labour"), say("some of the travel"))
_SOME_UPPER = (say("Some of the parts"), say("Some of the labour"), say("Some of the travel"))


class _Share(Enum):
    NONE = auto()
    SOME = auto()
    ALL = auto()


def customer_pays(lines: Collection[Payers], *, missing: Sequence[str], maker: str) -> Message | None:
    """`Nothing: Averdell pays parts, labour and travel.`; None without a line. `missing` are the codes of what keeps
    the manufacturer's or the seller's answer open (domain.md 3.4)."""
    if not lines:
        return None
    columns = tuple(frozenset(column) for column in zip(*lines, strict=True))
    if any(Payer.OPEN in column for column in columns):
        return _open(missing)
    shares = tuple(_share(column) for column in columns)
    if all(share is _Share.NONE for share in shares):
        return _nothing(columns, maker)
    paid = _named([_paid(at, share, first=at == _first(shares)) for at, share in enumerate(shares)])
    if _Share.SOME in shares:
        return say("{paid}; {payer} pays the rest.", paid=paid, payer=_free_payer(columns, maker))
    free = [at for at, share in enumerate(shares) if share is _Share.NONE]
    if not free:
        return say("{paid}: no warranty pays for them.", paid=paid)
    rest = _ALONE[free[0]] if len(free) == 1 else _named([_LOWER[at] for at in free])
    return say("{paid}; {payer} pays {rest}.", paid=paid, payer=_free_payer(columns, maker), rest=rest)


def _open(missing: Sequence[str]) -> Message:
    known = set(Missing)
    words = [missing_word(Missing(code)) for code in dict.fromkeys(missing) if code in known]
    if len(words) == 1:
        return say("We cannot say yet: {fact} is missing.", fact=words[0])
    if words:
        return say("We cannot say yet: {fact} and {other} are missing.", fact=words[0], other=words[1])
    return say("We cannot say yet.")


def _nothing(columns: Sequence[frozenset[str]], maker: str) -> Message:
    return say("Nothing: {payer} pays {what}.", payer=_free_payer(columns, maker), what=_named(_LOWER))


def _free_payer(columns: Sequence[frozenset[str]], maker: str) -> Message | str:
    """Who pays what the customer does not."""
    payers = frozenset().union(*columns) - {Payer.CUSTOMER.value}
    if payers == {Payer.MAKER.value}:
        return maker or say("the manufacturer")
    return say("the seller") if payers == {Payer.SELLER.value} else say("the warranty")


def _share(column: frozenset[str]) -> _Share:
    if Payer.CUSTOMER not in column:
        return _Share.NONE
    return _Share.ALL if len(column) == 1 else _Share.SOME


def _first(shares: Sequence[_Share]) -> int:
    return next(at for at, share in enumerate(shares) if share is not _Share.NONE)


def _paid(at: int, share: _Share, *, first: bool) -> Message | None:
    """The cost as it stands in the list, or at its beginning."""
    words = {
        (_Share.ALL, True): _UPPER,
        (_Share.ALL, False): _LOWER,
        (_Share.SOME, True): _SOME_UPPER,
        (_Share.SOME, False): _SOME_LOWER,
    }.get((share, first))
    return words[at] if words else None


def _named(names: Sequence[Message | None]) -> Message:
    """`parts, labour and travel` of those that are there."""
    there = [name for name in names if name is not None]
    joint = say("and")
    if len(there) == 3:
        return say("{first}, {second} {joint} {third}", first=there[0], second=there[1], joint=joint, third=there[2])
    if len(there) == 2:
        return say("{first} {joint} {second}", first=there[0], joint=joint, second=there[1])
    return there[0]
