"""A measured value as somebody typed it, kept as a scaled integer: no binary fraction ever touches it."""

import re
import unicodedata

_POINTS = str.maketrans({",": ".", "\u066b": ".", "\u2212": "-", "\u066c": None})
_NUMBER = re.compile(r"([+-]?)(\d{0,9})(?:\.(\d*))?")
LONGEST = 20


def scaled(text: str, decimals: int) -> int | None:
    """`1.78` with 2 decimals is 178; None when it is no number or has more digits than `decimals`.

    A comma is a decimal comma, never a group; digits of any script are read.
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_POINTS)
    plain = "".join(sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf")
    found = _NUMBER.fullmatch("".join(str(unicodedata.decimal(sign, sign)) for sign in plain))
    if found is None or not (found[2] or found[3]):
        return None
    whole, part = found[2] or "0", (found[3] or "").rstrip("0")
    if len(part) > decimals:
        return None
    value = int(whole + part.ljust(decimals, "0"))
    return -value if found[1] == "-" else value


def written(value: int, decimals: int) -> str:
    """The plain Latin form that `scaled` reads back: 178 with 2 decimals is `1.78`."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"
