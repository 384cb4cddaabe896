"""Using a part: what a person enters, and what may stop the step once."""

from dataclasses import dataclass
from enum import StrEnum

from app.content.published.part import Part
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, Shown, say
from app.repairs.rules.lines import LineAction
from app.repairs.rules.serials import SerialEntry


@dataclass(frozen=True, slots=True)
class PartUse:
    """One part used. `old` and `new` are for serialised parts; `anyway` answers the concerns about the part itself.

    `old_fate` is a code of app.units.rules.Fate.
    """

    action: LineAction
    part: str
    quantity: int = 1
    place: str = ""
    old: SerialEntry | None = None
    new: SerialEntry | None = None
    old_fate: str = "return"
    anyway: bool = False


class PartConcernKind(StrEnum):
    SUPERSEDED = "superseded"
    CHOOSE = "choose"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True)
class PartConcern:
    """Why a part stops the step once; `offer` are the numbers to take instead."""

    kind: PartConcernKind
    message: Message
    offer: tuple[str, ...] = ()


class PartStop(UserError):
    """A part stopped the step; take one on offer, or answer `anyway`."""

    def __init__(self, concerns: tuple[PartConcern, ...]) -> None:
        super().__init__(Trouble.BAD_INPUT, concerns[0].message, field="part")
        self.concerns = concerns


def check_part(
    part: Part, *, serial: str, current: Part | None, choices: tuple[Part, ...] = ()
) -> tuple[PartConcern, ...]:
    """What is odd about fitting this part into the machine `serial`; `current` is the part in use today.

    Old stock may be used up, so a superseded part is a question and no refusal.
    """
    found = []
    if current and current.number != part.number:
        message = say("{part} was replaced by {current}.", part=_plain(part), current=_plain(current))
        found.append(PartConcern(PartConcernKind.SUPERSEDED, message, (current.number,)))
    elif choices:
        message = say("{part} was replaced by several parts. Choose the one for this machine.", part=_plain(part))
        found.append(PartConcern(PartConcernKind.CHOOSE, message, tuple(each.number for each in choices)))
    if serial and not part.fits_serial(serial):
        message = say("{part} is not listed for this machine.", part=_plain(part))
        found.append(PartConcern(PartConcernKind.DOES_NOT_FIT, message))
    return tuple(found)


def stop_at(concerns: tuple[PartConcern, ...]) -> None:
    """Raise PartStop when there is a concern."""
    if concerns:
        raise PartStop(concerns)


def check_use(use: PartUse, part: Part, *, recorded: bool) -> None:
    """UserError naming the input that a use of this part still lacks; `recorded`: one of its type is in the machine."""
    if use.quantity < 1:
        raise UserError(Trouble.BAD_INPUT, say("The quantity is at least 1."), field="quantity")
    if use.action is not LineAction.REMOVE and not use.place:
        raise UserError(Trouble.BAD_INPUT, say("Say where the part comes from or goes to."), field="place")
    if not part.serialised:
        return
    if use.quantity != 1:
        raise UserError(
            Trouble.BAD_INPUT, say("Each piece has its own number: book them one by one."), field="quantity"
        )
    if use.action is LineAction.ADD and use.new is None:
        raise UserError(Trouble.BAD_INPUT, say("Scan the number of the new part."), field="new")
    if use.old is None and (recorded or use.action is not LineAction.ADD):
        raise UserError(Trouble.BAD_INPUT, say("Scan the number of the old part."), field="old")


def _plain(part: Part) -> Shown:
    return Shown("plain", part.number)
