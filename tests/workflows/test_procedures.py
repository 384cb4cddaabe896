"""Procedures begun by hand on the sample desk: the service at a machine, quarantine with pieces from stock."""

from typing import Any

import pytest

from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Actor, How, Right
from app.parts.actions import add_place, receive_parts
from app.parts.queries import places, stock_levels
from app.parts.rules import PlaceKind
from app.repairs.queries import repair_of
from app.repairs.rules.stages import RepairPlace
from app.sop.actions import stop_run, tick_step
from app.sop.queries import read_run
from app.sop.rules import TickKind
from app.tickets.actions import open_ticket
from app.tickets.queries import ticket_facts
from app.tickets.rules import TicketDraft, TicketKind
from app.views.parts_page import part_detail
from app.views.repair_page import repair_page
from app.views.sop_run import sop_page
from app.views.ticket_page import ticket_page
from app.views.unit_page import unit_page
from app.workflows.procedures import begin_procedure, quarantine_part
from app.workflows.repair import hand_over_machine
from tests.signoff.conftest import Bench, bench, signing_template

__all__ = ["bench", "signing_template"]

VALVE = "AV-C-1204-R"


def shelf_of(bench: Bench) -> str:
    return str(next(each.id for each in bench.read(places) if not each.locked))


def lock_up(bench: Bench) -> str:
    return str(bench.act(add_place, "Locked shelf", PlaceKind.QUARANTINE))


def pieces(bench: Bench, place: str) -> int:
    return int(bench.read(stock_levels).get(VALVE, {}).get(place, 0))


def test_the_service_begins_within_the_repair_that_the_machine_is_in(bench: Bench) -> None:
    run = bench.act(begin_procedure, "SOP-04", unit=bench.job.unit)

    found = bench.read(read_run, run)
    assert (bench.job.repair, bench.job.ticket, bench.job.unit) == (found.repair, found.ticket, found.unit)
    page = bench.read(repair_page, bench.job.repair, "en")
    assert [("SOP-04", run)] == [(each.procedure, each.run) for each in page.checks if each.run == run]


def test_the_service_of_a_machine_that_works_makes_a_repair_on_site_with_a_ticket_of_its_own(bench: Bench) -> None:
    bench.act(hand_over_machine, bench.job.repair, to="Teresa Teixeira")

    run = bench.act(begin_procedure, "SOP-04", unit=bench.job.unit, title="Half-year service")

    found = bench.read(read_run, run)
    assert bench.job.repair != found.repair
    assert RepairPlace.ON_SITE == bench.read(repair_of, found.repair).place
    ticket = bench.read(ticket_facts, found.ticket)
    assert ("Half-year service", TicketKind.MAINTENANCE) == (ticket.title, ticket.kind)


def test_a_procedure_that_runs_there_already_is_gone_on_with(bench: Bench) -> None:
    first = bench.act(begin_procedure, "SOP-04", ticket=bench.job.ticket)

    assert first == bench.act(begin_procedure, "SOP-04", unit=bench.job.unit)
    bench.act(stop_run, first, "The customer needs the machine")
    assert first != bench.act(begin_procedure, "SOP-04", unit=bench.job.unit)


def test_pages_offer_what_belongs_there_and_show_what_runs(bench: Bench) -> None:
    other = bench.act(open_ticket, TicketDraft(kind=TicketKind.DELIVERY, title="Where is it?"))
    upkeep = bench.act(open_ticket, TicketDraft(TicketKind.MAINTENANCE, "Service", unit=bench.job.unit))
    run = bench.act(begin_procedure, "SOP-08", ticket=other)

    unit = bench.read(unit_page, bench.job.unit, "en")
    assert [("SOP-04", False), ("SOP-07", False), ("SOP-08", True)] == [
        (each.code, each.takes_part) for each in unit.offers
    ]
    assert ["SOP-04", "SOP-07", "SOP-08"] == [each.code for each in bench.read(ticket_page, upkeep).offers]
    shown = bench.read(ticket_page, other)
    assert (["SOP-08"], [run]) == ([each.code for each in shown.offers], [each.id for each in shown.runs])
    assert bench.job.run in [each.id for each in unit.runs]
    assert "حجز قطعة أو ماكينة" == bench.read(ticket_page, other, "ar").runs[0].title


def test_pieces_go_to_quarantine_and_the_procedure_begins_in_one_act(bench: Bench) -> None:
    shelf, locked = shelf_of(bench), lock_up(bench)
    bench.act(receive_parts, VALVE, place=shelf, quantity=5)
    before = pieces(bench, shelf)

    run = bench.act(quarantine_part, VALVE, place=shelf, quantity=2, reason="Lot PR2612", ticket=bench.job.ticket)

    assert (before - 2, 2) == (pieces(bench, shelf), pieces(bench, locked))
    assert [run] == [each.id for each in bench.read(part_detail, VALVE, "en").runs]
    page = bench.read(sop_page, run, "en")
    assert ("SOP-08", "Relief valve, 1.8 bar", 11) == (page.procedure, page.subject, len(page.steps))
    assert bench.job.ticket == page.ticket


@pytest.mark.parametrize(
    ("part", "place", "field"), [("AV-C-1204-X", "shelf", "part"), (VALVE, "locked", "place"), ("", "shelf", "part")]
)
def test_nothing_is_moved_and_nothing_begins_when_the_number_or_the_place_is_wrong(
    bench: Bench, part: str, place: str, field: str
) -> None:
    chosen = {"shelf": shelf_of(bench), "locked": lock_up(bench)}

    with pytest.raises(UserError) as caught:
        bench.act(quarantine_part, part, place=chosen[place], quantity=1, ticket=bench.job.ticket)

    assert (Trouble.BAD_INPUT, field) == (caught.value.kind, caught.value.field)
    assert [bench.job.run] == [each.id for each in bench.read(ticket_page, bench.job.ticket).runs]


def test_without_a_place_to_lock_pieces_away_it_says_which_one_to_add(bench: Bench) -> None:
    with pytest.raises(UserError) as caught:
        bench.act(quarantine_part, VALVE, place=shelf_of(bench), quantity=1)

    assert (Trouble.MISSING, "place") == (caught.value.kind, caught.value.field)


def test_who_stores_may_lock_away_and_who_only_answers_may_not(bench: Bench) -> None:
    shelf = shelf_of(bench)
    lock_up(bench)

    def act_as(*rights: Right) -> Any:
        actor = Actor(bench.job.actor.person, frozenset(), bench.job.actor.device, How.CHOSEN, frozenset(rights))
        return bench.store.write(actor, quarantine_part, (VALVE,), {"place": shelf, "quantity": 1}).result

    assert act_as(Right.MOVE_STOCK, Right.RUN_SOP)
    with pytest.raises(UserError):
        act_as(Right.LOG_TICKET, Right.RESOLVE_TICKET)


def test_somebody_hurt_stops_the_quarantine_until_the_crisis_page_is_followed(bench: Bench) -> None:
    run = bench.act(begin_procedure, "SOP-08", ticket=bench.job.ticket)
    bench.act(tick_step, run, "hurt", TickKind.CHOSEN, {"value": "yes", "reason": "Hand scalded"})

    with pytest.raises(UserError):
        bench.act(tick_step, run, "out_of_use", TickKind.DONE)

    assert "F9" in bench.read(sop_page, run, "en").step("hurt").fail_text


def test_a_recalled_valve_found_at_the_service_keeps_the_machine_shut(bench: Bench) -> None:
    run = bench.act(begin_procedure, "SOP-04", unit=bench.job.unit)
    bench.act(tick_step, run, "valve_lot", TickKind.CHOSEN, {"value": "recalled", "reason": "PR-2612-0031"})

    with pytest.raises(UserError):
        bench.act(tick_step, run, "earth", TickKind.MEASURED, {"value": 8})
