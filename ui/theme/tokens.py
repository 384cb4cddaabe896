"""Design tokens: the only place where a colour, size or distance of the interface is written down."""

from dataclasses import dataclass, fields
from enum import StrEnum


class Theme(StrEnum):
    """The three looks; `system` in the settings is resolved to one of them by `ui.theme.apply`."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by use, `#rrggbb` (`scrim` is `#rrggbbaa`), and the widths that differ between themes, in px."""

    canvas: str
    rail: str
    panel: str
    sunken: str
    hover: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    stop: str
    stop_soft: str
    focus: str
    ok_fill: str
    warn_fill: str
    stop_fill: str
    dark_fill: str
    on_fill: str
    scrim: str
    border: int = 1
    ring: int = 2


LIGHT = Tokens(
    canvas="#f3f2ee", rail="#eae9e3", panel="#ffffff", sunken="#f8f7f4", hover="#f1f0eb", line="#dddbd3",
    edge="#85837b", ink="#1a1c20", ink2="#4a4e56", ink3="#62666e", accent="#1f55c7", accent_strong="#17439f",
    on_accent="#ffffff", accent_soft="#e6edfb", ok="#1a6540", ok_soft="#e2f1e8", warn="#855000", warn_soft="#fbf0d8",
    stop="#ae231b", stop_soft="#fbe8e5", focus="#1f55c7", ok_fill="#1a6540", warn_fill="#855000", stop_fill="#a9211a",
    dark_fill="#1a1c20", on_fill="#ffffff", scrim="#1a1c2066",
)  # fmt: skip
DARK = Tokens(
    canvas="#14161a", rail="#0f1114", panel="#1c1f25", sunken="#181a1f", hover="#262a32", line="#2f343d",
    edge="#727a88", ink="#e9ebef", ink2="#b9bfc9", ink3="#9aa1ad", accent="#86abff", accent_strong="#a9c3ff",
    on_accent="#0b1530", accent_soft="#213051", ok="#63d39d", ok_soft="#16352a", warn="#f1ba58", warn_soft="#3a2d13",
    stop="#ff8f85", stop_soft="#45201e", focus="#86abff", ok_fill="#226b4a", warn_fill="#855a10", stop_fill="#9f2d26",
    dark_fill="#3a404b", on_fill="#ffffff", scrim="#000000a0",
)  # fmt: skip
# Soft tints are black in high contrast: there the tone's colour draws a border instead.
CONTRAST = Tokens(
    canvas="#000000", rail="#000000", panel="#000000", sunken="#000000", hover="#1f1f1f", line="#8c8c8c",
    edge="#ffffff", ink="#ffffff", ink2="#ffffff", ink3="#e0e0e0", accent="#66d0ff", accent_strong="#a6e4ff",
    on_accent="#000000", accent_soft="#000000", ok="#6dff9f", ok_soft="#000000", warn="#ffdc4d", warn_soft="#000000",
    stop="#ff9d94", stop_soft="#000000", focus="#ffeb3b", ok_fill="#6dff9f", warn_fill="#ffdc4d", stop_fill="#ff9d94",
    dark_fill="#ffffff", on_fill="#000000", scrim="#000000c0", border=2, ring=3,
)  # fmt: skip
TOKENS = {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.CONTRAST: CONTRAST}
COLOURS = frozenset(field.name for field in fields(Tokens)) - {"border", "ring"}

# Size in px, weight. Line height is 1.25 for single lines, 1.4 for paragraphs.
TYPE = {
    "meta": (12, 400),
    "small": (13, 400),
    "body": (14, 400),
    "head": (15, 600),
    "lead": (16, 400),
    "do": (17, 500),
    "title": (22, 600),
    "step": (26, 600),
    "value": (34, 600),
}
RADIUS_CHIP, RADIUS_CONTROL, RADIUS_TOUCH, RADIUS_CARD, RADIUS_PALETTE = 4, 6, 8, 10, 12
LONGEST_LINE = 90  # characters
# Foreground, background, floor (WCAG 2.2 contrast ratio); held by tests/ui/theme/test_tokens.py.
PAIRS = (
    ("ink", "canvas", 7.0), ("ink", "panel", 7.0), ("ink", "rail", 7.0), ("ink", "accent_soft", 7.0),
    ("ink", "stop_soft", 7.0), ("ink", "warn_soft", 7.0), ("ink", "ok_soft", 7.0), ("ink", "hover", 7.0),
    ("ink2", "panel", 7.0), ("ink2", "canvas", 7.0), ("ink2", "rail", 4.5), ("ink2", "accent_soft", 4.5),
    ("ink2", "warn_soft", 4.5), ("ink2", "stop_soft", 4.5), ("ink2", "ok_soft", 4.5), ("ink2", "hover", 4.5),
    ("ink3", "panel", 4.5), ("ink3", "canvas", 4.5), ("ink3", "rail", 4.5), ("ink3", "sunken", 4.5),
    ("ink3", "accent_soft", 4.5), ("ink3", "hover", 4.5),
    ("accent", "panel", 4.5), ("accent", "canvas", 4.5), ("accent", "accent_soft", 4.5), ("accent", "hover", 4.5),
    ("on_accent", "accent", 4.5), ("on_accent", "accent_strong", 4.5), ("ok", "panel", 4.5), ("ok", "ok_soft", 4.5),
    ("ok", "canvas", 4.5), ("warn", "panel", 4.5), ("warn", "warn_soft", 4.5), ("warn", "canvas", 4.5),
    ("stop", "panel", 4.5), ("stop", "stop_soft", 4.5), ("stop", "canvas", 4.5), ("on_fill", "ok_fill", 4.5),
    ("on_fill", "warn_fill", 4.5), ("on_fill", "stop_fill", 7.0), ("on_fill", "dark_fill", 7.0),
    ("accent", "rail", 4.5), ("warn", "rail", 4.5), ("stop", "rail", 4.5), ("ok", "rail", 4.5), ("ink", "sunken", 7.0),
    ("ink2", "sunken", 7.0), ("panel", "ink", 7.0),
    ("edge", "panel", 3.0), ("edge", "canvas", 3.0), ("edge", "rail", 3.0), ("edge", "sunken", 3.0),
    ("focus", "panel", 3.0), ("focus", "canvas", 3.0), ("focus", "rail", 3.0), ("focus", "accent_soft", 3.0),
)  # fmt: skip
STRICT = 7.0  # the floor of every text in high contrast (WCAG AAA)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two `#rrggbb` colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
