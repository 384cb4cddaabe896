"""What was typed into any form that takes words stands there again: after Esc, after another page, after a kill."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.store.sessions import ThreadStore
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from tests.architecture.house import ROOT
from tests.repair_bench import Bench
from tests.stores import EVERYTHING, KEY
from tests.ui.real import StoreRunner
from tests.ui.typing_child import FORMS, WORDS, field_of, settle, shown
from ui.pickers.form_draft import PAUSE
from ui.widgets.inputs import TextArea, TextField
from ui.work import Desk

THROWN = {
    "note",
    "call",
    "move",
    "severity",
    "resolve",
    "change",
    "customer of a ticket",
}  # Esc is taken back: test_acts


@pytest.fixture
def ids(store_path: Path) -> dict[str, str]:
    """A customer with a ticket, and a machine on the bench."""
    store = ThreadStore(store_path, KEY, reader=False, zone="Europe/Lisbon")
    bench = Bench(store)
    customer = store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel Foz Velha"),)).result
    draft = TicketDraft(TicketKind.HOW_TO, "No heat", "Cold", customer=customer)
    ticket = store.write(EVERYTHING, open_ticket, (draft,)).result
    store.close()
    return {"customer": customer, "ticket": ticket, "repair": bench.repair}


@pytest.fixture
def store(ids: dict[str, str], store_path: Path) -> Iterator[ThreadStore]:
    opened = ThreadStore(store_path, KEY, reader=False, zone="Europe/Lisbon")
    yield opened
    opened.close()


def said(field: TextField | TextArea) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.text


def reopened(qtbot: QtBot, store: ThreadStore, ids: dict[str, str], name: str) -> str:
    """What stands in the form on a desk that has just begun."""
    desk = Desk(StoreRunner(store), EVERYTHING)
    page = shown(FORMS[name], desk, ids)
    qtbot.addWidget(page)
    settle(desk)
    return said(field_of(FORMS[name], page))


def test_words_that_were_typed_before_a_kill_stand_in_every_form_again(
    qtbot: QtBot, ids: dict[str, str], store_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.ui.typing_child", str(store_path), json.dumps(ids)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=dict(os.environ), check=False)
    assert -signal.SIGKILL == died.returncode, died.stderr

    store = ThreadStore(store_path, KEY, reader=False, zone="Europe/Lisbon")
    found = {name: reopened(qtbot, store, ids, name) for name in FORMS}
    store.close()

    assert [] == [name for name, text in found.items() if WORDS not in text]


@pytest.mark.parametrize("name", sorted(set(FORMS) - THROWN))
def test_words_stand_there_again_after_escape_and_another_page(
    qtbot: QtBot, store: ThreadStore, ids: dict[str, str], name: str
) -> None:
    desk = Desk(StoreRunner(store), EVERYTHING)
    page = shown(FORMS[name], desk, ids)
    qtbot.addWidget(page)
    field = field_of(FORMS[name], page)
    field.setFocus()
    QTest.keyClicks(field, WORDS)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.wait(PAUSE + 50)
    page.leave()
    settle(desk)

    assert WORDS in reopened(qtbot, store, ids, name)
