"""Every page that shows what other desks sent, after one that sends each row with its keys missing or wrong."""

import pytest
from pytestqt.qtbot import QtBot

from app.signoff.rules import Outcome
from tests.signoff.conftest import Bench, bench, signing_template
from tests.signoff.test_signing import ANSWERS
from tests.sync.test_hostile_pages import Peer, fields_of, things, variants
from tests.ui.test_every_page import opened
from ui.shell.pages import place_named

__all__ = ["bench", "signing_template"]

KINDS = ("sop_tick", "repair_event", "unit_event", "ticket_event", "form_event", "acceptance")
PAGES = ("ticket", "unit", "repair", "sop", "sign", "forms", "form", "receipt", "sight", "exchange", "today", "parts")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_on_rows_of_a_hostile_desk(qtbot: QtBot, bench: Bench, name: str) -> None:
    bench.accept(bench.seal(), ANSWERS[Outcome.REFUSED])
    for kind in KINDS:
        for thing in things(bench, kind):
            Peer(bench).send(kind, [fields_of(thing), *list(variants(thing))[::7]])

    opened(qtbot, bench, place_named(name))
