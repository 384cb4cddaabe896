"""Serial and part numbers: folding, and the check character of ISO 7064 MOD 37,36 (domain.md 6)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 40

_LOOK_ALIKE = str.maketrans("OI", "01")
_UNIT = re.compile(r"([A-Z][A-Z0-9]{2})([A-Z])(\d{4})(\d{5})([0-9A-Z])")
_COMPONENT = re.compile(r"([A-Z]{2})(\d{4})(\d{4})([0-9A-Z])")


class SerialState(StrEnum):
    """What is known about a number on a part or a machine."""

    CHECKED = "checked"
    NOT_CONFIRMED = "not_confirmed"  # a person answers for it: its check fails, or it is known to be elsewhere
    NO_LEGIBLE = "no_legible"


def check_character(body: str) -> str:
    """The ISO 7064 MOD 37,36 check character over 0-9 and A-Z."""
    rest = 36
    for sign in body:
        rest = (rest + ALPHABET.index(sign)) % 36 or 36
        rest = rest * 2 % 37
    return ALPHABET[(37 - rest) % 36]


def has_valid_check(number: str) -> bool:
    """Whether the last character checks the ones before it."""
    return len(number) > 1 and set(number) <= set(ALPHABET) and check_character(number[:-1]) == number[-1]


def fold(text: str) -> str:
    """What was scanned or typed as bare capitals and digits.

    Full-width and Arabic-Indic digits become ASCII (NFKC, decimal values), spaces and dashes of every kind and
    invisible format characters and half ones fall away, O and I become 0 and 1.
    """
    folded = []
    capitals = unicodedata.normalize("NFKC", text[: LONGEST * 4]).upper()
    for sign in unicodedata.normalize("NFKC", capitals):  # capitals of ligatures and accents decompose anew
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            folded.append(str(digit))
        elif unicodedata.category(sign) not in ("Pd", "Zs", "Cf", "Cc", "Pc", "Cs"):
            folded.append(sign)
    return "".join(folded).translate(_LOOK_ALIKE)


@dataclass(frozen=True, slots=True)
class UnitSerial:
    """A machine's serial: model code, plant, year and week of production (`YYWW`), running number."""

    bare: str

    @property
    def model(self) -> str:
        return self.bare[:3]

    @property
    def week(self) -> str:
        return self.bare[4:8]

    @property
    def printed(self) -> str:
        b = self.bare
        return f"{b[:4]}-{b[4:8]}-{b[8:13]}-{b[13]}"


@dataclass(frozen=True, slots=True)
class ComponentSerial:
    """A serialised component's number: type, year and week of production, running number."""

    bare: str

    @property
    def type(self) -> str:
        return self.bare[:2]

    @property
    def lot(self) -> str:
        return self.bare[:6]

    @property
    def printed(self) -> str:
        b = self.bare
        return f"{b[:2]}-{b[2:6]}-{b[6:10]}-{b[10]}"


def unit_serial(text: str) -> UnitSerial | None:
    """The machine serial in `text`, whole and with a right check character, or None."""
    bare = fold(text)
    return UnitSerial(bare) if _UNIT.fullmatch(bare) and has_valid_check(bare) else None


def component_serial(text: str) -> ComponentSerial | None:
    """The component serial in `text`, whole and with a right check character, or None."""
    bare = fold(text)
    return ComponentSerial(bare) if _COMPONENT.fullmatch(bare) and has_valid_check(bare) else None


def looks_like_unit(text: str) -> bool:
    """Whether `text` has the shape of a machine serial, its check character aside."""
    return bool(_UNIT.fullmatch(fold(text)))


def looks_like_component(text: str) -> bool:
    """Whether `text` has the shape of a component serial, its check character aside."""
    return bool(_COMPONENT.fullmatch(fold(text)))


def likely_slip(text: str) -> str:
    """The one valid number that a swap of neighbours or one wrong character explains, else empty.

    Swaps come first: they are what hands do; a single wrong character is named only if just one place explains it.
    """
    bare = fold(text)
    swapped = {bare[:i] + b + a + bare[i + 2 :] for i, (a, b) in enumerate(pairwise(bare)) if a != b}
    found = [each for each in swapped if _well_formed(each)]
    if len(found) == 1:
        return found[0]
    changed = {bare[:i] + sign + bare[i + 1 :] for i in range(len(bare) - 1) for sign in ALPHABET}
    found = [each for each in changed if each != bare and _well_formed(each)]
    return found[0] if len(found) == 1 else ""


def part_number(text: str) -> str:
    """The part number in `text` as printed (`AV-C-1204-7`), or empty when its check character is wrong."""
    bare = fold(text)
    if not re.fullmatch(r"AV[A-Z]\d{4}[0-9A-Z]", bare) or not has_valid_check(bare):
        return ""
    return f"{bare[:2]}-{bare[2]}-{bare[3:7]}-{bare[7]}"


def _well_formed(bare: str) -> bool:
    return bool(_UNIT.fullmatch(bare) or _COMPONENT.fullmatch(bare)) and has_valid_check(bare)
