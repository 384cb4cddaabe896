"""Colours and sizes of paper: calm white, ink, hairlines and one blue."""

INK = "#1a1c20"
INK2 = "#4a4e56"
INK3 = "#62666e"
LINE = "#cfccc3"  # a little darker than on screen: a laser printer drops lighter hairlines
EDGE = "#85837b"
ACCENT = "#1f55c7"
ACCENT_SOFT = "#e6edfb"
SUNKEN = "#f8f7f4"
OK = "#1a6540"
WARN = "#855000"
WARN_SOFT = "#fbf0d8"
STOP = "#ae231b"
PEN = "#16265c"  # of a signature

MM = 72 / 25.4
PAPERS = {"A4": (210 * MM, 297 * MM), "Letter": (8.5 * 72, 11 * 72.0)}


def rgb(colour: str) -> str:
    """`#rrggbb` as three PDF numbers."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for i in (1, 3, 5))
