"""Which customer a page is about: while one of them can see the screen, a page of another one is covered."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from app.repairs.queries import repair_of
from app.signoff.queries import read_draft, read_sealed_form, subject_of
from app.signoff.rules import Subject
from app.sop.queries import read_run
from app.tickets.queries import ticket_facts
from app.units.queries import unit_by_serial, unit_of


def whose(session: Session, place: str, argument: object) -> str:
    """The id of the customer that a place with this argument is about, or empty where that is nobody or not known."""
    find = _FINDERS.get(place)
    return find(session, argument) if find is not None and argument else ""


def _of_ticket(session: Session, argument: object) -> str:
    ticket = ticket_facts(session, argument) if isinstance(argument, str) else None
    return ticket.customer if ticket else ""


def _of_unit(session: Session, argument: object) -> str:
    wanted = str(argument)
    unit = unit_of(session, wanted) or unit_by_serial(session, wanted)
    return unit.owner if unit else ""


def _of_repair(session: Session, argument: object) -> str:
    repair = repair_of(session, str(argument))
    return _of_ticket(session, repair.ticket) or _of_unit(session, repair.unit) if repair else ""


def _of_run(session: Session, argument: object) -> str:
    run = read_run(session, str(argument))
    if run is None:
        return ""
    return (_of_ticket(session, run.ticket) or (_of_repair(session, run.repair) if run.repair else "")
            or (_of_unit(session, run.unit) if run.unit else ""))  # fmt: skip


def _of_subject(session: Session, subject: Subject) -> str:
    return _of_repair(session, subject.repair) if subject.repair else _of_unit(session, subject.unit)


def _of_signing(session: Session, argument: object) -> str:
    """A repair, a subject, or a draft that was made elsewhere."""
    if isinstance(argument, Subject):
        return _of_subject(session, argument)
    if isinstance(argument, tuple):
        draft = read_draft(session, str(argument[1]))
        return _of_subject(session, Subject(draft.repair, draft.unit)) if draft else ""
    return _of_repair(session, argument)


def _of_form(session: Session, argument: object) -> str:
    form = read_sealed_form(session, str(argument))
    return _of_subject(session, subject_of(form.sealed)) if form else ""


_FINDERS: Mapping[str, Callable[[Session, object], str]] = {
    "ticket": _of_ticket,
    "tickets": _of_ticket,
    "unit": _of_unit,
    "repair": _of_repair,
    "receipt": _of_repair,
    "sop": _of_run,
    "sign": _of_signing,
    "form": _of_form,
}
