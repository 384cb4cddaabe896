"""Movements of stock. Nothing is ever edited: a mistake is reversed, a difference is counted."""

from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import LONGEST_LINE, kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.kernel.storable import storable
from app.parts.queries import moves_of_line, quantity_at
from app.parts.records import Place, StockMove
from app.parts.rules import Counted, PlaceKind, countable, positive, reason_given
from app.store.work import Work

LONGEST_NAME = 120  # of a place


def add_place(work: Work, name: str, kind: PlaceKind = PlaceKind.WORKSHOP) -> str:
    """The id of a new place; UserError(BAD_INPUT) without a name, or for an endless one."""
    work.require(Right.MOVE_STOCK)
    kept = " ".join(storable(name).split())
    if not kept:
        raise UserError(Trouble.BAD_INPUT, say("Give the place a name, as it stands on the shelf."), field="name")
    if len(kept) > LONGEST_NAME:
        raise UserError(
            Trouble.BAD_INPUT, say("A name has at most {most} characters.", most=LONGEST_NAME), field="name"
        )
    place = Place(name=kept, kind=kind.value)
    work.session.add(place)
    work.session.flush()
    return place.id


def receive_parts(work: Work, part: str, *, place: str, quantity: int, document: str = "") -> str:
    """Book pieces in; the movement's id. `document`: delivery note or order number as printed."""
    work.require(Right.MOVE_STOCK)
    body = {"place": place, "quantity": positive(quantity), "document": kept_text("document", document, LONGEST_LINE)}
    return work.add_event(StockMove, part, "received", body).id


def count_parts(work: Work, part: str, *, place: str, found: int, reason: str = "") -> str:
    """Book the difference between what was counted and what was thought to be there; the movement's id.

    A difference needs a reason, else UserError(NEEDS_REASON); a count that agrees is kept too, as proof.
    """
    work.require(Right.MOVE_STOCK)
    if found < 0:
        raise UserError(Trouble.BAD_INPUT, say("A count is zero or more."), field="found")
    difference = countable(found) - quantity_at(work.session, part, place)
    why = reason_given(reason) if difference else kept_text("reason", reason)
    body = {"place": place, "quantity": difference, "found": found, "reason": why}
    return work.add_event(StockMove, part, "counted", body).id


def count_place(work: Work, place: str, lines: Sequence[Counted], *, reason: str = "") -> tuple[str, ...]:
    """Book a whole count of a place in one act; the ids of its movements.

    Each difference is against what stood there when the part was counted, so that what was used since still counts.
    One reason explains all that differ; without one UserError(NEEDS_REASON). UserError(BAD_INPUT) for an empty count
    and for a place that is not here.
    """
    work.require(Right.MOVE_STOCK)
    if work.session.scalar(select(Place.id).where(Place.id == place, Place.deleted.is_(False))) is None:
        raise UserError(Trouble.BAD_INPUT, say("Choose the place that was counted."), field="place")
    if not lines:
        raise UserError(Trouble.BAD_INPUT, say("Count at least one part first."), field="found")
    differs = any(each.difference for each in lines)
    why = reason_given(reason) if differs else ""
    return tuple(_count(work, place, each, why if each.difference else "") for each in lines)


def _count(work: Work, place: str, line: Counted, why: str) -> str:
    if line.found < 0:
        raise UserError(Trouble.BAD_INPUT, say("A count is zero or more."), field="found")
    body = {"place": place, "quantity": line.difference, "found": countable(line.found), "reason": why}
    return work.add_event(StockMove, line.part, "counted", body).id


def take_back_count(work: Work, moves: Sequence[str], *, reason: str) -> None:
    """Make the movements of a count count for nothing, in one act."""
    work.require(Right.MOVE_STOCK)
    for each in moves:
        _reverse(work, each, reason_given(reason))


def transfer_parts(
    work: Work, part: str, *, place: str, to: str, quantity: int, reason: str = "", run: str = ""
) -> str:
    """Move pieces from one place to another in one movement, so that no half of it can arrive alone; `run` names the
    run of a procedure that it belongs to."""
    work.require(Right.MOVE_STOCK)
    if place == to:
        raise UserError(Trouble.BAD_INPUT, say("Choose another place to move to."), field="to")
    body = {"place": place, "to": to, "quantity": positive(quantity), "reason": kept_text("reason", reason)}
    return work.add_event(StockMove, part, "transferred", body | ({"run": run} if run else {})).id


def issue_parts(work: Work, part: str, *, place: str, quantity: int, repair: str, line: str) -> str:
    """Take pieces out for a repair line; the movement's id. Never refused: the part is in the machine already."""
    work.require(Right.LOG_REPAIR)
    body = {"place": place, "quantity": -positive(quantity), "repair": repair, "line": line}
    return work.add_event(StockMove, part, "issued", body).id


def recycle_parts(work: Work, part: str, *, place: str, quantity: int, repair: str, line: str) -> str:
    """Put pieces from a machine back into stock; the movement's id."""
    work.require(Right.LOG_REPAIR)
    body = {"place": place, "quantity": positive(quantity), "repair": repair, "line": line}
    return work.add_event(StockMove, part, "recycled", body).id


def reverse_move(work: Work, move_id: str, *, reason: str) -> str:
    """Make a movement count for nothing; the reversing movement's id. UserError(MISSING) when it is not here."""
    work.require(Right.MOVE_STOCK)
    return _reverse(work, move_id, reason_given(reason))


def reverse_line(work: Work, part: str, *, line: str, reason: str) -> None:
    """Make the movements that a repair line made of a part count for nothing."""
    work.require(Right.LOG_REPAIR)
    for move_id in moves_of_line(work.session, part, line):
        _reverse(work, move_id, kept_text("reason", reason))


def _reverse(work: Work, move_id: str, reason: str) -> str:
    part = work.session.scalar(select(StockMove.subject_id).where(StockMove.id == move_id))
    if part is None:
        raise UserError(Trouble.MISSING, say("This movement is not here yet."))
    return work.add_event(StockMove, part, "reversed", {"reason": reason}, corrects_id=move_id).id
