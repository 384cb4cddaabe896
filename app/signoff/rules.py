"""Sealing and accepting: hashes, ink, outcomes, evidence, what a form still lacks (architecture.md, Sealed)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.content.published.form import Form, FormField, FormSection
from app.kernel.canonical import canonical
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.lengths import LONGEST_LINE, kept_text
from app.kernel.messages import say

Ink = tuple[tuple[tuple[int, int, int, int], ...], ...]
"""Strokes of points: x and y in tenths of a pixel with y downwards, milliseconds from the first, pressure 0-1000."""

MOST_POINTS = 20_000  # the papers draw no more; a long signature has some hundreds
SHORTEST = 60  # tenths of a pixel: a slip of the finger is no signature


USUAL_FORM = "F-02"  # of a repair in which nothing asks for a form


@dataclass(frozen=True, slots=True)
class Subject:
    """A repair, or a machine that is in none, and the code of the form; empty: the one that is to be signed next."""

    repair: str = ""
    unit: str = ""
    form: str = ""

    @property
    def place(self) -> str:
        """Where what is typed into the form is kept on this device."""
        return f"signoff.form/{self.repair or self.unit}/{self.form}"


def forms_asked(parts: Iterable[str], procedures: Iterable[str]) -> tuple[str, ...]:
    """The forms that the exchanged parts and the procedures of a repair name, each once, else the usual one."""
    return tuple(code for code in dict.fromkeys([*parts, *procedures]) if code) or (USUAL_FORM,)


class Outcome(StrEnum):
    """How the customer's acceptance ended; none of them blocks the technician's seal (documents.md 8)."""

    SIGNED = "signed"
    PAPER = "paper"
    ABSENT = "absent"
    REFUSED = "refused"


class FormState(StrEnum):
    """A sealed form by its acceptance, or replaced by a correction."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PAPER = "paper"
    ABSENT = "absent"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


ACCEPTED_AS = {
    Outcome.SIGNED: FormState.ACCEPTED,
    Outcome.PAPER: FormState.PAPER,
    Outcome.ABSENT: FormState.ABSENT,
    Outcome.REFUSED: FormState.REFUSED,
}
_BY_WEIGHT = (Outcome.SIGNED, Outcome.REFUSED, Outcome.PAPER, Outcome.ABSENT)

Values = Mapping[str, Any]
"""What stands in a form: section code -> list of groups, each group field code -> value."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A needed field that is empty; `group` counts the repeats of its section from 0."""

    section: FormSection
    group: int
    field: FormField


@dataclass(frozen=True, slots=True)
class Body:
    """The two branches of a sealed document as canonical JSON, and the hash that binds both."""

    shared: bytes
    partner: bytes

    @property
    def sha256(self) -> str:
        """SHA-256(SHA-256(shared) ‖ SHA-256(partner)), in hexadecimal."""
        return bound_hash(hashlib.sha256(self.shared).digest(), hashlib.sha256(self.partner).digest())

    @property
    def data(self) -> bytes:
        """What is embedded in the file: both branches in one canonical JSON."""
        return b'{"partner":' + self.partner + b',"shared":' + self.shared + b"}"


def bound_hash(shared: bytes, partner: bytes) -> str:
    """The top hash from the two branch hashes: who has only one branch and the other's hash can check the whole."""
    return hashlib.sha256(shared + partner).hexdigest()


def make_body(shared: Mapping[str, Any], partner: Mapping[str, Any], *, salt: bytes) -> Body:
    """Seal two branches; `salt` (128 random bits) keeps the partner's from being guessed from its hash."""
    if len(salt) != 16:
        raise BugError("the salt of a sealed document has 128 bits")
    return Body(canonical(dict(shared)), canonical({**partner, "salt": salt.hex()}))


def text_hash(text: str) -> str:
    """The hash by which evidence names the words that were shown."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def qr_payload(number: str, sha256: str) -> str:
    """What the code on the paper holds while there is no hub address: the fragment never leaves a browser anyway."""
    return f"aftercare:{number}#{sha256}"


def short_hash(sha256: str) -> str:
    """Sixteen digits in fours, for the foot of a page."""
    return " ".join(sha256[at : at + 4] for at in range(0, 16, 4))


def device_name(device: str) -> str:
    """The last eight signs of a device's id: the first ones are the time it was made and alike everywhere."""
    return device[-8:].upper()


def check_ink(ink: Ink) -> None:
    """Raise UserError when there is no signature in it: nothing, a dot, or more points than anyone draws."""
    points = [point for stroke in ink for point in stroke]
    if len(points) > MOST_POINTS:
        raise UserError(Trouble.BAD_INPUT, say("This signature has too many strokes. Clear it and sign again."),
                        field="ink")  # fmt: skip
    if not points or _extent(points) < SHORTEST:
        raise UserError(Trouble.BAD_INPUT, say("The signature is missing."), field="ink")


def check_name(name: str, field: str = "name") -> str:
    """The name without blanks around it; UserError when there is none, or no end to it."""
    kept = kept_text(field, name, LONGEST_LINE)
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("The name is missing."), field=field)
    return kept


def check_outcome(outcome: Outcome, *, name: str, ink: Ink, reason: str) -> None:
    """Raise UserError naming what an outcome lacks: ink, who received the machine, or why it was refused."""
    if outcome == Outcome.SIGNED:
        check_name(name)
        check_ink(ink)
    elif ink:
        raise BugError("only an outcome signed on screen holds strokes")
    if outcome == Outcome.PAPER:
        check_name(name)
    if outcome == Outcome.REFUSED and not kept_text("reason", reason):
        raise UserError(Trouble.NEEDS_REASON, say("Write what the customer does not agree with."), field="reason")


def acceptance_state(outcomes: Iterable[Outcome]) -> FormState:
    """The state that several acceptances together give: a signature outweighs a refusal, that the rest."""
    given = set(outcomes)
    return next((ACCEPTED_AS[each] for each in _BY_WEIGHT if each in given), FormState.OPEN)


def missing_fields(form: Form, values: Values) -> tuple[Missing, ...]:
    """The needed fields that are empty, in the order of the form."""
    return tuple(
        Missing(section, n, field)
        for section in form.sections
        for n, group in enumerate(groups_of(section, values))
        for field in section.fields
        if field.needed and is_empty(group.get(field.code))
    )


def groups_of(section: FormSection, values: Values) -> list[Mapping[str, Any]]:
    """The groups of a section: as many as were exchanged where it repeats, else one, filled or not."""
    found = list(values.get(section.code, ()))
    return found if section.repeats else (found or [{}])


def entries(form: Form, values: Values) -> Iterator[tuple[FormSection, FormField, Any]]:
    """Every field with its value (None: empty)."""
    for section in form.sections:
        for group in groups_of(section, values):
            for field in section.fields:
                yield section, field, group.get(field.code)


def is_empty(value: Any) -> bool:
    """Whether nothing stands there; a number that nobody can read is an answer too."""
    if isinstance(value, Mapping) and value.get("as") == "serial":
        return not value["serial"] and value["state"] != "no_legible"
    return value in (None, "")


def _extent(points: list[tuple[int, int, int, int]]) -> int:
    across, down = [point[0] for point in points], [point[1] for point in points]
    return max(max(across) - min(across), max(down) - min(down))
