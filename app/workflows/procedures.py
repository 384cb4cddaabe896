"""Starting a procedure by hand: at a machine, at a ticket, or with pieces in stock that go to quarantine."""

from app.catalog.current import catalog_of
from app.content.published.procedure import Procedure
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.kernel.serials import part_number
from app.parts.actions import transfer_parts
from app.parts.queries import PlaceSeen, places
from app.repairs.queries import repairs_of_ticket, repairs_of_unit
from app.repairs.rules.stages import OVER
from app.sop.actions import start_run
from app.sop.queries import RunFacts, procedure_of, runs_of
from app.sop.rules import RunState
from app.store.work import Work
from app.tickets.queries import ticket_facts
from app.units.queries import UnitSeen, unit_by_serial, unit_of
from app.workflows.repair import log_repair, open_repair


def begin_procedure(work: Work, code: str, *, unit: str = "", ticket: str = "", title: str = "") -> str:
    """The id of the run: the one that is open there, else a new one.

    A procedure that ends with a form runs within a repair of the machine: the one it is in, else one for the ticket,
    else one with a ticket of its own, called `title`. UserError MISSING when the procedure or the ticket is not here.
    """
    work.require(Right.RUN_SOP)
    procedure, machine = procedure_of(work.session, code), _machine(work, unit, ticket)
    repair = _repair(work, procedure, machine, ticket, title)
    found = _open(runs_of(work.session, repair=repair, ticket=ticket, unit=machine.id if machine else ""), code)
    if found:
        return found
    return start_run(
        work, procedure=code, ticket=ticket or _ticket_of(work, machine, repair), repair=repair,
        unit=machine.id if machine else "", serial=machine.serial if machine else "",
    )  # fmt: skip


def quarantine_part(
    work: Work, part: str, *, place: str, quantity: int, reason: str = "", ticket: str = "", code: str = ""
) -> str:
    """Pieces go to the quarantine place, and the published procedure begins with them, in one act; the run's id.

    UserError names the field: `part` when the number is not known, `place` while there is no place to lock them away
    or they lie there already.
    """
    work.require(Right.MOVE_STOCK)
    number = _known_part(work, part)
    run = start_run(work, procedure=code or _for_parts(work), ticket=ticket)
    locked = _locked(places(work.session))
    if place == locked.id:
        raise UserError(Trouble.BAD_INPUT, say("These pieces lie in quarantine already."), field="place")
    transfer_parts(work, number, place=place, to=locked.id, quantity=quantity, reason=reason, run=run)
    return run


def _machine(work: Work, unit: str, ticket: str) -> UnitSeen | None:
    if unit or not ticket:
        return unit_of(work.session, unit) if unit else None
    facts = ticket_facts(work.session, ticket)
    if facts is None:
        raise UserError(Trouble.MISSING, say("This ticket is not here yet"))
    known = unit_of(work.session, facts.unit) if facts.unit else None
    return known or (unit_by_serial(work.session, facts.serial) if facts.serial else None)


def _repair(work: Work, procedure: Procedure, machine: UnitSeen | None, ticket: str, title: str) -> str:
    if machine is None or not procedure.form:
        return ""
    theirs = repairs_of_ticket(work.session, ticket) if ticket else repairs_of_unit(work.session, machine.id)
    running = [each for each in theirs if each.state not in OVER and each.unit == machine.id]
    if running:
        return max(running, key=lambda each: each.created_at).id
    if ticket:
        return open_repair(work, ticket, machine.id)
    return log_repair(work, machine.id, title=title or procedure.title, on_site=True)


def _ticket_of(work: Work, machine: UnitSeen | None, repair: str) -> str:
    if machine is None or not repair:
        return ""
    return next((each.ticket for each in repairs_of_unit(work.session, machine.id) if each.id == repair), "")


def _open(runs: tuple[RunFacts, ...], code: str) -> str:
    return next((run.id for run in reversed(runs) if run.procedure == code and run.state is RunState.OPEN), "")


def _for_parts(work: Work) -> str:
    offered = catalog_of(work.session).procedures_offered("part")
    if not offered:
        raise UserError(Trouble.MISSING, say("There is no procedure for this on this device yet."))
    return offered[0].code


def _known_part(work: Work, written: str) -> str:
    number = part_number(written)
    if not number or catalog_of(work.session).part(number) is None:
        raise UserError(Trouble.BAD_INPUT, say("No part has this number. Look at the label again."), field="part")
    return number


def _locked(where: tuple[PlaceSeen, ...]) -> PlaceSeen:
    found = next((each for each in where if each.locked), None)
    if found is None:
        words = say("There is no place to lock pieces away yet. Add one of the kind quarantine.")
        raise UserError(Trouble.MISSING, words, field="place")
    return found
