"""The number on a component: what may be wrong with it, and the recorded way on (product.md, principle 9)."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, Shown, say
from app.kernel.serials import ComponentSerial, SerialState, component_serial, fold, likely_slip, looks_like_component
from app.kernel.slips import slip_question


class Slot(StrEnum):
    OLD = "old"
    NEW = "new"


class Answer(StrEnum):
    """How a person answers for a number."""

    TYPED = "typed"
    STANDS_ON_PART = "stands_on_part"  # typed twice, photographed, recorded as not confirmed
    NO_LEGIBLE = "no_legible"


class ConcernKind(StrEnum):
    SHAPE = "shape"
    CHECK = "check"
    WRONG_TYPE = "wrong_type"
    ELSEWHERE = "elsewhere"
    HERE_ALREADY = "here_already"
    OTHER_RECORDED = "other_recorded"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Concern:
    """Why a number stops the step once. `slip`: the printed number that was probably meant. `shut`: no way on."""

    kind: ConcernKind
    message: Message
    slip: str = ""
    shut: bool = False


@dataclass(frozen=True, slots=True)
class SerialFacts:
    """What is known where a number is entered.

    `type` is the component type that belongs there, `name` its name; `home` and `home_serial` the machine that holds
    the number already (id, printed serial); `recorded` the bare numbers of this type recorded in this machine.
    """

    slot: Slot
    type: str
    name: str
    unit: str
    home: str = ""
    home_serial: str = ""
    recorded: tuple[str, ...] = ()
    recalled_lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SerialEntry:
    """What a person entered. `again` is the second typing, `photo` the hash of the photograph of the plate."""

    typed: str = ""
    again: str = ""
    photo: str = ""
    answer: Answer = Answer.TYPED


@dataclass(frozen=True, slots=True)
class Settled:
    """A number that may be recorded: bare, with what is known about it."""

    serial: str
    state: SerialState
    photo: str = ""


class SerialStop(UserError):
    """A number stopped the step; `concerns` say why, the person answers and goes on."""

    def __init__(self, concerns: tuple[Concern, ...], *, slot: Slot) -> None:
        super().__init__(Trouble.BAD_INPUT, concerns[0].message, field=slot.value)
        self.concerns = concerns
        self.slot = slot


def check_serial(typed: str, facts: SerialFacts) -> tuple[Concern, ...]:
    """Everything that is odd about this number in this place; empty when it may be recorded as checked."""
    known = component_serial(typed)
    if known is None:
        return (_malformed(typed),)
    if known.type != facts.type:
        wrong = say("{serial} is not the number of this part: {name}.", serial=_plain(known), name=facts.name)
        return (Concern(ConcernKind.WRONG_TYPE, wrong),)
    return _old(known, facts) if facts.slot is Slot.OLD else _new(known, facts)


def settle(entry: SerialEntry, facts: SerialFacts) -> Settled:
    """The number to record; SerialStop with the concerns, or UserError naming the input that is still missing."""
    if entry.answer is Answer.NO_LEGIBLE:
        return Settled("", SerialState.NO_LEGIBLE, entry.photo)
    if not fold(entry.typed):
        ask = say("Scan the number, or say that none can be read.")
        raise UserError(Trouble.BAD_INPUT, ask, field=facts.slot.value)
    concerns = check_serial(entry.typed, facts)
    if not concerns:
        return Settled(fold(entry.typed), SerialState.CHECKED, entry.photo)
    if entry.answer is Answer.TYPED or any(each.shut for each in concerns):
        raise SerialStop(concerns, slot=facts.slot)
    if fold(entry.again) != fold(entry.typed):
        raise UserError(Trouble.BAD_INPUT, say("The two numbers differ. Type it again from the part."), field="again")
    if not entry.photo:
        raise UserError(Trouble.BAD_INPUT, say("Add a photo of the number on the part."), field="photo")
    return Settled(fold(entry.typed), SerialState.NOT_CONFIRMED, entry.photo)


def _malformed(typed: str) -> Concern:
    meant = component_serial(likely_slip(typed))
    if not looks_like_component(typed):
        shape = say("This is not a component number. It has 11 characters, as on the part: BL-2617-0042-S.")
        return Concern(ConcernKind.SHAPE, shape, meant.printed if meant else "")
    slip = slip_question(typed)
    if meant is None or slip is None:
        return Concern(ConcernKind.CHECK, say("The last character does not match the others. Read it once more."))
    return Concern(ConcernKind.CHECK, slip, meant.printed)


def _old(known: ComponentSerial, facts: SerialFacts) -> tuple[Concern, ...]:
    if facts.home and facts.home != facts.unit:
        return (_elsewhere(known, facts),)
    if facts.recorded and known.bare not in facts.recorded:
        recorded = _plain(ComponentSerial(facts.recorded[0]))
        message = say("{recorded} is recorded in this machine, not {serial}.", recorded=recorded, serial=_plain(known))
        return (Concern(ConcernKind.OTHER_RECORDED, message),)
    return ()


def _new(known: ComponentSerial, facts: SerialFacts) -> tuple[Concern, ...]:
    found = []
    if known.lot in facts.recalled_lots:
        lot = Shown("plain", known.lot)
        found.append(
            Concern(ConcernKind.RECALLED, say("Lot {lot} is recalled. Do not fit this part.", lot=lot), shut=True)
        )
    if facts.home == facts.unit and facts.home:
        here = say("{serial} is in this machine already.", serial=_plain(known))
        found.append(Concern(ConcernKind.HERE_ALREADY, here))
    elif facts.home:
        found.append(_elsewhere(known, facts))
    return tuple(found)


def _elsewhere(known: ComponentSerial, facts: SerialFacts) -> Concern:
    home = Shown("plain", facts.home_serial)
    message = say("{serial} is recorded in machine {home}.", serial=_plain(known), home=home)
    return Concern(ConcernKind.ELSEWHERE, message)


def _plain(serial: ComponentSerial) -> Shown:
    return Shown("plain", serial.printed)
