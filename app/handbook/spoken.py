"""A page of the handbook in one language and for one market: every text ready to be shown, printed or read out."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.content.published.crisis import Severity
from app.language.languages import LATIN_DIGITS
from app.timing.awake import OfficeHours


@dataclass(frozen=True, slots=True)
class Way:
    """Another procedure, or (with no code) a normal ticket."""

    text: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question: what to do then; `code` is a procedure to go to, or empty."""

    text: str
    then: str
    code: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answers exclude each other."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An urgent line, what is read before it, what happens if it is done wrongly, and the question after it."""

    number: int
    text: str
    warnings: tuple[str, ...]
    consequence: str
    question: Question | None


@dataclass(frozen=True, slots=True)
class NotSaid:
    text: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to tell. `hours` are the office hours there; `always` is answered at any hour."""

    number: int
    role: str
    name: str
    phone: str
    place: str
    zone: str
    always: bool
    part: str
    why: str
    wait: str
    languages: str
    hours: OfficeHours


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit in words, with where it stands and how sure it is. `soft`: remembered or not known at all."""

    time: str
    regime: str
    trigger: str
    duty: str
    channel: str
    source: str
    own: bool
    soft: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are needed by the same time."""

    heading: str
    facts: tuple[tuple[str, str, bool], ...]  # what, who knows it, whether it is about health


@dataclass(frozen=True, slots=True)
class Kept:
    text: str
    how: str
    do_not: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: which one, its text with blanks for what only the speaker knows, and whether one asks first."""

    kind: str
    text: str
    rule: str
    free: bool


@dataclass(frozen=True)
class Spoken:
    """A procedure in the order of domain.md 2.2. `heads` are the words around it by their code.

    `language` is the one it is really in for the most part; `english` says that it is not the one asked for; `digits`
    are the ten figures of that language.
    """

    code: str
    version: int
    market: str
    language: str
    right_to_left: bool
    heads: Mapping[str, str]
    english: bool
    title: str
    about: str
    old: bool
    severity: Severity
    severity_line: str
    worse: tuple[str, ...]
    use_when: str
    not_this: tuple[Way, ...]
    steps: tuple[Step, ...]
    do_not_say: tuple[NotSaid, ...]
    tell: tuple[Person, ...]
    limits: tuple[Limit, ...]
    facts: tuple[Group, ...]
    keep: tuple[Kept, ...]
    say: tuple[Said, ...]
    next_steps: tuple[str, ...]
    ends_when: str
    ends_by: str
    review_line: str
    review: tuple[str, ...]
    emergency: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    footer: str
    note: str = ""
    digits: str = LATIN_DIGITS

    def figure(self, number: int) -> str:
        """A small number with the figures of the page."""
        return str(number).translate(str.maketrans(LATIN_DIGITS, self.digits))


@dataclass(frozen=True, slots=True)
class TileSeen:
    """A symptom tile; `note` says that there is no page of its own yet, and what to do until then."""

    code: str
    title: str
    signs: str
    icon: str
    people_first: bool
    leads_to: str
    note: str
