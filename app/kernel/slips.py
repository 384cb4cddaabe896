"""The likely slip behind a number whose check character is wrong, put as a question."""

from app.kernel.messages import Message, Shown, say
from app.kernel.serials import UnitSerial, component_serial, fold, likely_slip, looks_like_unit


def slip_question(typed: str) -> Message | None:
    """ "Two digits may be swapped: FD2A-2617-00428-N?", or None when nothing is likely."""
    meant = likely_slip(typed)
    if not meant:
        return None
    number = Shown("plain", printed_number(meant))
    if sorted(meant) == sorted(fold(typed)):
        return say("Two digits may be swapped: {serial}?", serial=number)
    return say("One character may be wrong: {serial}?", serial=number)


def printed_number(bare: str) -> str:
    """A machine's or component's bare number in its printed groups; what has another shape is given back as it is."""
    component = component_serial(bare)
    if component:
        return component.printed
    return UnitSerial(bare).printed if looks_like_unit(bare) and fold(bare) == bare else bare
