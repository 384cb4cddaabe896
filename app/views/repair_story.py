"""What happened in the repairs of a ticket, told in the ticket's story: the steps that a customer asks about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.kernel.happenings import Happening, in_force
from app.kernel.messages import Message, Shown, say
from app.kernel.slips import printed_number
from app.repairs.queries import RepairSeen, happenings_of
from app.repairs.rules.lines import LineAction, line_of
from app.repairs.rules.stages import Outcome
from app.signoff.queries import FormFacts, sealed_forms
from app.signoff.rules import Outcome as Answer
from app.sop.queries import RunFacts, runs_of
from app.sop.rules import TickKind
from app.sop.rules import in_force as ticks_in_force
from app.views.form_page import OUTCOME_WORDS
from app.views.moments import exact_of
from app.views.published import Published
from app.views.repair_words import outcome_word
from app.views.story import DEVICE, StoryLine

Told = tuple[int, StoryLine]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who and when in words; `published` is None while no catalogue is here."""

    names: Mapping[str, str]
    now: int
    zone: str
    published: Published | None

    def line(
        self, each: str, kind: str, at: int, title: Message, *, text: str = "", note: Message | None = None
    ) -> Told:
        """One entry with its instant, for the place where it belongs."""
        when = exact_of(at, now=self.now, zone=self.zone)
        return at, StoryLine(each, kind, title, text, note, when, undone=False, can_take_back=False)

    def who(self, person: str) -> object:
        """A name, or this desk."""
        return self.names.get(person) or DEVICE

    def part(self, number: str) -> str:
        """What a part is called, or its number."""
        return self.published.part(number) if self.published else number


def repair_story(
    session: Session, repairs: Iterable[RepairSeen], names: Mapping[str, str], *, now: int, zone: str, language: str
) -> tuple[Told, ...]:
    """The entries of these repairs with their instants, in no order."""
    catalog = installed_catalog(session)
    telling = Telling(names, now, zone, Published(catalog, language) if catalog else None)
    return tuple(told for each in repairs for told in _of_repair(session, each.id, telling))


def _of_repair(session: Session, repair: str, telling: Telling) -> Iterator[Told]:
    for event in in_force(happenings_of(session, repair), undo="line_undone"):
        if event.kind in _TOLD:
            yield _TOLD[event.kind](event, telling)
    for run in runs_of(session, repair=repair):
        yield from _of_run(run, telling)
    for form in sealed_forms(session, repair=repair):
        yield from _of_form(form, telling)


def _of_run(run: RunFacts, telling: Telling) -> Iterator[Told]:
    for tick in ticks_in_force(run.ticks):
        if tick.kind is TickKind.COMPLETED:
            title = say(
                "{who} finished the checklist {code}", who=telling.who(tick.by), code=Shown("plain", run.procedure)
            )
            yield telling.line(tick.id, "run", tick.at, title)


def _of_form(form: FormFacts, telling: Telling) -> Iterator[Told]:
    sealed = form.sealed
    name, number = str(sealed.partner["signer"]["name"]), Shown("plain", sealed.number)
    yield telling.line(sealed.id, "form", sealed.at, say("{name} signed form {number}", name=name, number=number))
    for answer in form.acceptances:
        yield telling.line(answer.id, "form", answer.at, OUTCOME_WORDS[Answer(answer.shared["outcome"])])


def _received(event: Happening, telling: Telling) -> Told:
    title = say("{who} took the machine in", who=telling.who(event.by))
    return telling.line(event.id, "received", event.at, title, text=str(event.body.get("note", "")))


def _diagnosed(event: Happening, telling: Telling) -> Told:
    title = say("{who} found out what is wrong", who=telling.who(event.by))
    tables = ("symptom", "fault", "cause", "remedy")
    codes = [(name.upper(), str(event.body.get(name, ""))) for name in tables]
    words = [telling.published.code(table, code) for table, code in codes if code] if telling.published else []
    text = "\n".join(filter(None, (" · ".join(words), str(event.body.get("text", "")))))
    return telling.line(event.id, "diagnosed", event.at, title, text=text)


def _part(event: Happening, telling: Telling) -> Told:
    line = line_of(event.body)
    words = {"who": telling.who(event.by), "part": telling.part(line.part)}
    fitted = line.action == LineAction.ADD
    title = say("{who} fitted {part}", **words) if fitted else say("{who} took {part} out", **words)
    old, new = (Shown("plain", printed_number(each)) if each else None for each in (line.old_serial, line.new_serial))
    note = None
    if old and new:
        note = say("Old number {old}, new number {new}", old=old, new=new)
    elif old or new:
        note = say("Number {number}", number=old or new)
    return telling.line(event.id, "line", event.at, title, note=note)


def _ended(event: Happening, telling: Telling) -> Told:
    outcome = outcome_word(Outcome(event.body["outcome"]))
    title = say("{who} finished the repair: {outcome}", who=telling.who(event.by), outcome=outcome)
    return telling.line(event.id, "outcome", event.at, title, text=str(event.body.get("note", "")))


def _handed_over(event: Happening, telling: Telling) -> Told:
    words = {"who": telling.who(event.by), "whom": str(event.body.get("to", "")) or say("the customer")}
    return telling.line(event.id, "handed_over", event.at, say("{who} gave the machine back to {whom}", **words))


_TOLD: Mapping[str, Callable[[Happening, Telling], Told]] = {
    "received": _received,
    "diagnosed": _diagnosed,
    "line": _part,
    "outcome": _ended,
    "handed_over": _handed_over,
}
