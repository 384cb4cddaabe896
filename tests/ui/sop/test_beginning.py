"""A procedure begun at a machine, a ticket or a part, each in the page and by its key."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.parts.actions import add_place
from app.parts.queries import places, stock_levels
from app.parts.rules import PlaceKind
from app.sop.queries import read_run
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.real import StoreRunner
from ui.parts.parts_page import PartsPage
from ui.tickets.tickets_page import TicketsPage
from ui.units.unit_page import UnitPage
from ui.widgets.page import Page
from ui.work import Desk

__all__ = ["bench", "signing_template"]

VALVE = "AV-C-1204-R"
Open = Callable[[type[Page], object], tuple[Any, list[tuple[str, Any]]]]


@pytest.fixture
def open_page(qtbot: QtBot, bench: Bench) -> Open:
    """A page with everything read, and the places that it asks for."""

    def opened(kind: type[Page], argument: object) -> tuple[Any, list[tuple[str, Any]]]:
        desk = Desk(StoreRunner(bench.store), bench.job.actor)
        page = kind(desk)
        desk.setParent(page)
        qtbot.addWidget(page)
        went: list[tuple[str, Any]] = []
        page.went.connect(lambda place, what: went.append((place, what)))
        desk.changed.connect(page.on_changed)
        page.resize(1200, 860)
        page.show()
        page.open(argument)
        qtbot.waitUntil(lambda: not desk.busy, timeout=10_000)
        return page, went

    return opened


def run_act(qtbot: QtBot, page: Any, name: str) -> None:
    act = next(each for each in page.acts if each.name == name)
    assert act.possible()
    act.run()
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)


def submit(qtbot: QtBot, page: Any, panel: Any) -> None:
    panel.submit()
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)


def test_the_service_is_begun_at_the_machine_and_stands_on_its_page(
    qtbot: QtBot, bench: Bench, open_page: Open
) -> None:
    page, went = open_page(UnitPage, bench.job.unit)
    run_act(qtbot, page, "procedure")
    offered = [page.procedure.code.itemText(at) for at in range(page.procedure.code.count())]

    submit(qtbot, page, page.procedure)

    assert ["SOP-04 Half-year service", "SOP-07 Descaling and hygiene after a long stop"] == [
        plain(each) for each in offered[:2]
    ]
    assert "SOP-08 Quarantine of a part or machine" == plain(offered[-1])
    [(place, run)] = went
    assert ("sop", "SOP-04") == (place, bench.read(read_run, run).procedure)
    assert run in [each.id for each in page.seen.runs]
    assert page.procedure.isHidden()


def test_pieces_are_locked_away_from_the_ticket_that_is_about_them(qtbot: QtBot, bench: Bench, open_page: Open) -> None:
    locked = bench.act(add_place, "Locked shelf", PlaceKind.QUARANTINE)
    ticket = bench.act(open_ticket, TicketDraft(TicketKind.MAINTENANCE, "Valve drips", unit=bench.job.unit))
    page, went = open_page(TicketsPage, ticket)
    run_act(qtbot, page, "procedure")
    panel = page.panels["procedure"]
    hidden = panel._pieces.isHidden()
    panel.code.choose("SOP-08")
    panel._judge()
    panel.part.setText(VALVE)

    submit(qtbot, page, panel)

    assert hidden and not panel._pieces.isHidden()
    assert 1 == bench.read(stock_levels)[VALVE][locked]
    [(place, run)] = went
    assert ("sop", ticket) == (place, bench.read(read_run, run).ticket)


def test_a_wrong_part_number_is_said_at_its_field_and_what_was_typed_stays(
    qtbot: QtBot, bench: Bench, open_page: Open
) -> None:
    page, went = open_page(TicketsPage, bench.job.ticket)
    run_act(qtbot, page, "procedure")
    panel = page.panels["procedure"]
    panel.code.choose("SOP-08")
    QTest.keyClicks(panel.part, "AV-C-1204-X")

    submit(qtbot, page, panel)

    assert [] == went
    assert ("AV-C-1204-X", True) == (panel.part.text(), panel.isVisible())
    assert "No part has this number" in panel._fields["part"].problem


def test_the_part_itself_leads_to_quarantine_and_back_to_the_run(qtbot: QtBot, bench: Bench, open_page: Open) -> None:
    bench.act(add_place, "Locked shelf", PlaceKind.QUARANTINE)
    page, went = open_page(PartsPage, VALVE)
    run_act(qtbot, page, "quarantine")
    form = page.forms["quarantine"]
    form.place.choose(next(each.id for each in bench.read(places) if not each.locked))

    submit(qtbot, page, form)

    [(place, run)] = went
    assert ("sop", "SOP-08") == (place, bench.read(read_run, run).procedure)
    assert [run] == [each.id for each in page._detail.runs]


def plain(text: str) -> str:
    """Without the signs that keep a code's direction."""
    return "".join(sign for sign in text if not "\u2066" <= sign <= "\u2069" and sign not in "\u200e\u200f")
