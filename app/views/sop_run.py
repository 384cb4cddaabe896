"""One run of a procedure as the page shows it, in the reader's language, ready to be painted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.catalog.words import Spoken
from app.content.published.procedure import Direction, Procedure, Step, StepKind
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, Shown, say, say_count
from app.kernel.slips import printed_number
from app.people.queries import names_of, staff_list
from app.people.rules import short_name
from app.repairs.queries import lines_of
from app.repairs.rules.lines import PartLine
from app.sop import rules
from app.sop.queries import Place, place_of, procedure_of, read_run
from app.sop.rules import RunState, Standing, State, Tick, TickKind
from app.tickets.queries import ticket_facts
from app.views.procedures import subject_of
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a step."""

    text: str
    who: str
    at: Shown


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step. `seen` says what was seen, `when` who and when; `shut` why it cannot be answered now, or None.

    `photo` is the hash of the photograph that was kept with the answer. `minimum`, `maximum` and `value` are scaled
    by `decimals`. `foreign` names the language when the text is not in the one asked for. `booked` are the printed
    numbers that the repair's part lines hold for this component.
    """

    code: str
    number: int
    phase: str
    kind: StepKind
    text: str
    why: str
    warning: str
    fail_text: str
    safety: bool
    second_person: bool
    limits: Message
    unit: str
    decimals: int
    minimum: int | None
    maximum: int | None
    choices: tuple[tuple[str, str], ...]
    passing: tuple[str, ...]
    expected: bool | None
    component: str
    direction: str
    state: State
    state_words: Message
    seen: Message | str
    when: Message | str
    late_entry: Message | None
    tick: str
    earlier: int
    value: int | None
    reason: str
    notes: tuple[Note, ...]
    shut: Message | None
    foreign: str
    booked: tuple[str, ...] = ()
    photo: str = ""

    @property
    def locked(self) -> bool:
        return self.shut is not None

    @property
    def can_skip(self) -> bool:
        """Whether it may be left out or put off with a reason."""
        return not self.safety and self.kind != StepKind.HOLD


@dataclass(frozen=True, slots=True)
class RunPage:
    """The page of a run. `current` is the step to do next, empty when all is done; `place` where it was left; `subject`
    the part that it is about, where it is about no machine."""

    id: str
    procedure: str
    version: int
    title: str
    serial: str
    ticket: str
    ticket_number: str
    repair: str
    unit: str
    state: RunState
    current: str
    steps: tuple[StepSeen, ...]
    summary: Message
    place: Place
    people: tuple[tuple[str, str], ...]
    blockers: tuple[Message, ...]
    end_tick: str
    stopped_reason: str
    subject: str = ""

    @property
    def can_complete(self) -> bool:
        return self.state == RunState.OPEN and not self.blockers

    def step(self, code: str) -> StepSeen:
        """The step with this code; KeyError when there is none."""
        return {step.code: step for step in self.steps}[code]


def sop_page(session: Session, run_id: str, language: str, *, person: str = "") -> RunPage:
    """The page; `person` is who is at the desk (a second person is somebody else). UserError MISSING."""
    run = read_run(session, run_id)
    if run is None:
        raise UserError(Trouble.MISSING, say("This procedure run is not on this device yet."))
    procedure = procedure_of(session, run.procedure, run.version)
    catalog, names = catalog_of(session), names_of(session)
    standing = rules.standings(procedure, run.ticks)
    lines = tuple(each.line for each in lines_of(session, run.repair)) if run.repair else ()
    seeing = _Seeing(catalog, procedure, language, names, lines)
    steps = tuple(seeing.step(standing, each) for each in procedure.steps)
    ends = [tick for tick in rules.in_force(run.ticks) if tick.kind in (TickKind.COMPLETED, TickKind.STOPPED)]
    ticket = ticket_facts(session, run.ticket) if run.ticket else None
    return RunPage(
        id=run.id, procedure=run.procedure, version=run.version,
        title=catalog.text("procedure", run.procedure, "title", language, version=run.version).text,
        serial=printed_number(run.serial), ticket=run.ticket, ticket_number=ticket.number if ticket else "",
        repair=run.repair, unit=run.unit, state=run.state, current=rules.current(procedure, standing), steps=steps,
        summary=_summary(procedure, standing), place=place_of(session, run_id),
        people=tuple((each.id, each.name) for each in staff_list(session) if each.id != person),
        blockers=tuple(each.why for each in rules.completion_blockers(procedure, standing)),
        end_tick=ends[-1].id if ends else "",
        stopped_reason=str(ends[-1].body.get("reason", "")) if ends else "",
        subject=subject_of(session, Published(catalog, language), run),
    )  # fmt: skip


STATE_WORDS: Mapping[State, Message] = {
    State.OPEN: Message(""),
    State.DONE: say("Done"),
    State.UNCONFIRMED: say("Not confirmed"),
    State.OUTSIDE: say("Outside"),
    State.DEFERRED: say("Put off"),
    State.NOT_APPLICABLE: say("Does not apply"),
}


def _summary(procedure: Procedure, standing: rules.Standings) -> Message:
    done = sum(each.state in rules.PASSED for each in standing.values())
    unsure = sum(each.state == State.UNCONFIRMED for each in standing.values())
    outside = sum(each.state == State.OUTSIDE for each in standing.values())
    base = say_count("{count} of {steps} step done", "{count} of {steps} steps done", done, steps=len(procedure.steps))
    if skipped := sum(each.state == State.NOT_APPLICABLE for each in standing.values()):
        base = say("{base}, {skipped} skipped", base=base, skipped=skipped)
    if outside:
        return say("{base}, {outside} outside", base=base, outside=outside)
    return say("{base}, {unsure} to confirm", base=base, unsure=unsure) if unsure else base


@dataclass(frozen=True, slots=True)
class _Seeing:
    """Looks at the steps of one run in one language."""

    catalog: Catalog
    procedure: Procedure
    language: str
    names: Mapping[str, str]
    lines: tuple[PartLine, ...] = ()

    def step(self, standing: rules.Standings, step: Step) -> StepSeen:
        own = standing[step.code]
        text = self._text(step, "text")
        blocker = rules.shut(self.procedure, standing, step.code)
        tick = own.tick
        return StepSeen(
            code=step.code, number=step.number, phase=self._published(f"phases/{step.phase}/text").text,
            kind=step.kind, text=text.text, why=self._part(step, step.why, "why"),
            warning=self._part(step, step.warning, "warning"),
            fail_text=self._part(step, step.fail_text, "fail_text"), safety=step.safety,
            second_person=step.second_person, limits=rules.allowed(step), unit=step.unit,
            decimals=step.decimals, minimum=step.minimum, maximum=step.maximum,
            choices=tuple((each.code, self._choice(step, each.code)) for each in step.choices),
            passing=tuple(each.code for each in step.choices if each.passes), expected=step.expected,
            direction=step.direction.value if step.direction else "", component=self._component(step),
            state=own.state, state_words=STATE_WORDS[own.state],
            seen=self._seen(step, tick), when=self._when(tick), late_entry=_late(tick), tick=tick.id if tick else "",
            earlier=max(len(own.ticks) - 1, 0), value=_value(tick),
            reason=str(tick.body.get("reason", "")) if tick else "", notes=self._notes(own),
            shut=blocker.why if blocker else None,
            foreign=text.language if text.is_fallback(self.language) else "", booked=self._booked(step),
            photo=str(tick.body.get("sha256") or "") if tick else "",
        )  # fmt: skip

    def _booked(self, step: Step) -> tuple[str, ...]:
        """The latest first: what was booked last is what lies on the bench."""
        if step.kind != StepKind.SERIAL:
            return ()
        old = step.direction is Direction.OUT
        found = [each.old_serial if old else each.new_serial for each in self.lines if each.type == step.component_type]
        return tuple(printed_number(each) for each in dict.fromkeys(reversed(found)) if each)

    def _text(self, step: Step, part: str) -> Spoken:
        """A stale translation of a safety step is not shown: the English is (J8 of product.md)."""
        return self._published(step.path(part), safe=step.safety)

    def _published(self, path: str, *, safe: bool = False) -> Spoken:
        return self.catalog.words.text(
            "procedure", self.procedure.code, path, self.language, version=self.procedure.version, safe=safe
        )

    def _part(self, step: Step, english: str, part: str) -> str:
        return self._text(step, part).text if english else ""

    def _choice(self, step: Step, code: str) -> str:
        """The words of a choice; its code where the step has none such: a tick may come from anywhere."""
        known = any(each.code == code for each in step.choices)
        return self._text(step, f"choices/{code}/text").text if known else code

    def _component(self, step: Step) -> str:
        return Published(self.catalog, self.language).component(step.component_type)

    def _seen(self, step: Step, tick: Tick | None) -> Message | str:
        if tick is None:
            return ""
        return _SEEN[tick.kind](self, step, tick) if tick.kind in _SEEN else str(tick.body.get("reason", ""))

    def _when(self, tick: Tick | None) -> Message | str:
        if tick is None:
            return ""
        at = Shown("time", tick.at, tick.zone)
        who = short_name(self.names.get(tick.by, tick.by))
        return say("{at}, {who}", at=at, who=who) if who else say("{at}", at=at)

    def _notes(self, standing: Standing) -> tuple[Note, ...]:
        return tuple(
            Note(str(tick.body["text"]), self.names.get(tick.by, tick.by), Shown("datetime", tick.at, tick.zone))
            for tick in standing.notes
        )

    def reading(self, step: Step, tick: Tick) -> Message:
        number = rules.reading(tick.body["value"], step.decimals)
        return say("{number} {unit}", number=number, unit=Shown("plain", step.unit))

    def released(self, step: Step, tick: Tick) -> Message:
        who = str(tick.body.get("second", ""))
        return say("Released, {who} watched", who=short_name(self.names.get(who, who))) if who else say("Released")

    def chosen(self, step: Step, tick: Tick) -> str:
        return self._choice(step, str(tick.body["value"]))


def _number(seeing: _Seeing, step: Step, tick: Tick) -> Message | str:
    if tick.body.get("state") == "no_legible":
        return say("No legible number")
    return printed_number(str(tick.body.get("serial", "")))


_SEEN: Mapping[TickKind, Callable[[_Seeing, Step, Tick], Message | str]] = {
    TickKind.DONE: lambda seeing, step, tick: say("Done"),
    TickKind.ANSWERED: lambda seeing, step, tick: say("Yes") if tick.body["value"] else say("No"),
    TickKind.MEASURED: _Seeing.reading,
    TickKind.CHOSEN: _Seeing.chosen,
    TickKind.PHOTO: lambda seeing, step, tick: say("Photo kept"),
    TickKind.SERIAL: _number,
    TickKind.RELEASED: _Seeing.released,
}


def _late(tick: Tick | None) -> Message | None:
    """Said when the act was entered more than five minutes after it was done."""
    if tick is None or tick.body.get("entered_at", tick.at) - tick.at < 300_000_000:
        return None
    return say("entered at {at}", at=Shown("time", tick.body["entered_at"], tick.zone))


def _value(tick: Tick | None) -> int | None:
    value = tick.body.get("value") if tick and tick.kind == TickKind.MEASURED else None
    return value if isinstance(value, int) else None
