"""The crisis handbook: procedures, symptom tiles, contacts, time limits, and what a market's numbers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HANDBOOK_SLOTS = ("version", "day", "market", "minutes", "hours", "days", "number", "place", "role", "time", "count",
                  "name", "page", "pages")  # fmt: skip
HANDBOOK_LINES = (  # the labels HANDBOOK: words around every page, on screen and on paper
    "own_name", "handbook", "use_when", "not_this", "normal_ticket", "do_now", "do_not_say", "say_instead", "tell",
    "tell_order", "tell_order_paper", "clocks", "nothing_sent", "facts", "before_first_call", "within_4h", "later",
    "health", "keep", "say", "next", "ends", "review", "review_within", "confirmed_by", "worse", "for_market",
    "version_of", "since", "old", "decides", "informed", "any_hour", "office_hours", "no_answer", "severity",
    "duty", "checked", "mark_read", "mark_remembered", "mark_own", "no_advice", "no_limits", "free", "ask_first",
    "holding", "scope", "update", "end", "english", "page", "changed", "owner", "not_saved", "awake_unnamed",
    "awake_any_day", "awake_any_night", "awake_unknown", "awake_open", "awake_night", "awake_closed",
    "what_happened", "search_hint", "search", "danger", "danger_then", "nothing_fits", "market",
    "choose_market", "language", "standing", "standing_since", "put_back", "bundled", "back_to_work",
    "all_symptoms", "print", "print_all", "look_at_paper", "chosen", "renewed", "renewed_book", "contents",
)  # fmt: skip
ADVICE_SLOTS = ("emergency", "manufacturer")
STATEMENT_SLOTS = ("manufacturer", "partner", "time", "product", "name")


class Severity(StrEnum):
    """domain.md 2.3; unsure takes the higher one."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Unit(StrEnum):
    """What a time limit is counted in. `unknown`: nobody has found the limit; what is shown is "report at once"."""

    AT_ONCE = "at_once"
    ELAPSED_HOURS = "elapsed_h"
    CALENDAR_DAYS = "calendar_d"
    BUSINESS_DAYS = "business_d"
    UNKNOWN = "unknown"


COUNTED = frozenset({Unit.ELAPSED_HOURS, Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS})


class Mark(StrEnum):
    """How sure a fact is: read in a source, only remembered, or the manufacturer's own rule."""

    READ = "read"
    REMEMBERED = "remembered"
    OWN = "own"


class Needed(StrEnum):
    """Until when a fact is to be known."""

    FIRST_CALL = "before_first_call"
    FOUR_HOURS = "within_4h"
    LATER = "later"


class Privacy(StrEnum):
    NORMAL = "normal"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Line:
    """One coded text; its path is `LIST/CODE/text`."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Other:
    """Where to go when this is not the right procedure; `go_to` is a procedure's code, or empty: a normal ticket."""

    code: str
    text: str
    go_to: str = ""


@dataclass(frozen=True, slots=True)
class DoNow:
    """One urgent step. `consequence` says what happens when it is done wrongly."""

    code: str
    text: str
    memory: bool = False
    critical: bool = False
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice of a decision: what to do then, or the procedure to go to."""

    code: str
    text: str
    then: str
    go_to: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A question after an urgent step; its answers exclude each other."""

    code: str
    after: str
    question: str
    choices: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A sentence that is read before a step."""

    code: str
    before: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class NotSaid:
    """What must not be said, why, and what to say instead."""

    code: str
    text: str
    why: str
    say_instead: str


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell; `wait_minutes` before the next one is called; who decides and who is only informed."""

    code: str
    contact: str
    why: str
    decides: bool
    wait_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to find out."""

    code: str
    text: str
    kind: str
    needed: Needed
    privacy: Privacy
    who_knows: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing to keep, how, and what not to do with it."""

    code: str
    text: str
    how: str
    do_not: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A text to read out or to send; `free` may be used without asking, for `max_age_hours` from the first call."""

    code: str
    kind: str
    channel: str
    text: str
    approved_by: str
    free: bool
    max_age_hours: int


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Models and consumables; `classes` as of the warranty (professional, household)."""

    models: tuple[str, ...]
    consumables: tuple[str, ...]
    classes: tuple[str, ...]
    serials_from: str = ""
    serials_to: str = ""


@dataclass(frozen=True, slots=True)
class CrisisProcedure:
    """One version of a procedure in English (domain.md 2.4); other languages by path. `market` empty: the base."""

    code: str
    version: int
    market: str
    title: str
    symptom_words: str
    use_when: str
    not_this: tuple[Other, ...]
    severity: Severity
    escalate_if: tuple[Line, ...]
    applies_to: AppliesTo
    owner_role: str
    approved_by: str
    approved_on: date
    review_due: date
    legal_checked_on: date
    legal_checked_by: str
    changes: tuple[Line, ...]
    do_now: tuple[DoNow, ...]
    decisions: tuple[Decision, ...]
    warnings: tuple[Warned, ...]
    do_not_say: tuple[NotSaid, ...]
    tell: tuple[Told, ...]
    deadlines: tuple[str, ...]
    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]
    statements: tuple[Statement, ...]
    next_steps: tuple[Line, ...]
    ends_when: str
    ends_by: str
    review_days: int
    review: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A symptom in plain words. `not_written`: there is no procedure of its own yet, and what to do until then."""

    code: str
    version: int
    rank: int
    title: str
    signs: str
    words: str
    icon: str
    people_first: bool
    leads_to: str
    not_written: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached: an IANA zone, the calendar of the office hours, `always` at any hour."""

    person: str
    number: str
    place: str
    zone: str
    calendar: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A role that is told; `reach` by market, the key "" holds everywhere else."""

    code: str
    version: int
    role: str
    channel: str
    languages: tuple[str, ...]
    reach: Mapping[str, Reach]


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One time limit of a market: a fact with source, day and mark, never advice."""

    code: str
    version: int
    markets: tuple[str, ...]
    regime: str
    trigger: str
    time: str
    duty: str
    channel: str
    unit: Unit
    amount: int
    target_hours: int
    start_event: str
    product_class: str
    mark: Mark
    source: str
    checked_on: date
    checked_by: str
    review_due: date


@dataclass(frozen=True, slots=True)
class Emergency:
    code: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class CrisisMarket:
    """The public emergency numbers of a market; the first one is the one to call for a person in danger."""

    code: str
    version: int
    emergency: tuple[Emergency, ...]
    mark: Mark
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class HandbookSettings:
    """`old_after_days`: from then on the page is amber. `duty` is the contact whose number stands on every page.

    `idle_words` say nothing in a search. `banned_words`, parted by semicolons, stand in no statement (GPSR Art. 36
    and the manufacturer's own).
    """

    old_after_days: int
    duty: str
    banned_words: str
    idle_words: str
