"""Procedures as they are offered at a machine, a ticket or a part, and those that are running there."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.kernel.messages import Message, Shown, say
from app.parts.queries import part_of_run
from app.sop.queries import RunFacts, read_run
from app.sop.rules import RunState
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that may be started here; `takes_part`: with pieces from stock as well."""

    code: str
    title: str
    takes_part: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run and where it stands, in words."""

    id: str
    title: str
    words: Message


def offers_at(published: Published, place: str, *, model: str = "", ticket_kind: str = "") -> tuple[Offer, ...]:
    """What may be started here, by code."""
    found = published.catalog.procedures_offered(place, model=model, ticket_kind=ticket_kind)
    return tuple(Offer(each.code, _title(published, each.code, each.version), "part" in each.offered) for each in found)


def run_lines(published: Published, runs: Iterable[RunFacts]) -> tuple[RunLine, ...]:
    """Runs, newest first."""
    return tuple(_line(published, run) for run in reversed(tuple(runs)))


def runs_named(session: Session, published: Published, ids: Iterable[str]) -> tuple[RunLine, ...]:
    """The runs with these ids that are here, in this order."""
    found = (read_run(session, each) for each in ids)
    return tuple(_line(published, run) for run in found if run)


def subject_of(session: Session, published: Published, run: RunFacts) -> str:
    """The part that a run is about, by name, when it is about no machine."""
    number = "" if run.unit else part_of_run(session, run.id)
    return published.part(number) if number else ""


def _line(published: Published, run: RunFacts) -> RunLine:
    code = Shown("plain", run.procedure)
    words = {
        RunState.OPEN: say("{procedure} open", procedure=code),
        RunState.COMPLETED: say("{procedure} complete", procedure=code),
        RunState.STOPPED: say("{procedure} stopped", procedure=code),
    }[run.state]
    return RunLine(run.id, _title(published, run.procedure, run.version), words)


def _title(published: Published, code: str, version: int) -> str:
    if published.catalog.procedure(code, version=version) is None:
        return code
    return published.catalog.text("procedure", code, "title", published.language, version=version).text
