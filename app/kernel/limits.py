"""Limits of a measured value in words, for the procedure that asks and the form that is signed alike."""

from app.kernel.messages import Message, Shown, say


def limits_in_words(low: int | None, high: int | None, *, decimals: int, unit: str) -> Message:
    """`1.70 to 1.90 bar`, `at most 1 V`, `at least 5 bar`; an empty message without limits. Scaled by `decimals`."""
    least, most = (None if each is None else Shown("decimal", each, str(decimals)) for each in (low, high))
    measured = Shown("plain", unit)
    if least and most:
        return say("{low} to {high} {unit}", low=least, high=most, unit=measured)
    if most:
        return say("at most {high} {unit}", high=most, unit=measured)
    return say("at least {low} {unit}", low=least, unit=measured) if least else Message("")
