"""Tones: state is shape, then word, then colour."""

from enum import StrEnum


class Tone(StrEnum):
    """What a chip, banner or mark says; `NONE` is the silent normal."""

    NONE = "none"
    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    ACCENT = "accent"
    UNSURE = "unsure"


# icon, colour of icon and word, soft background
_PARTS = {
    Tone.NONE: ("circle", "ink2", "hover"),
    Tone.OK: ("circle-check", "ok", "ok_soft"),
    Tone.WARN: ("triangle-alert", "warn", "warn_soft"),
    Tone.STOP: ("octagon-alert", "stop", "stop_soft"),
    Tone.ACCENT: ("circle-dot", "accent", "accent_soft"),
    Tone.UNSURE: ("circle-dashed", "warn", "warn_soft"),
}


def shape_of(tone: Tone) -> str:
    """The icon that says the tone without colour."""
    return _PARTS[tone][0]


def colour_of(tone: Tone) -> str:
    """The token of the tone's word and icon."""
    return _PARTS[tone][1]


def tint_of(tone: Tone) -> str:
    """The token of the tone's soft background."""
    return _PARTS[tone][2]
