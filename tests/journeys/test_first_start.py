"""From an empty folder to the first ticket, by keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.people.queries import names_of
from app.store import engine
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.tickets.records import Ticket
from tests.ui.shell.first import ENTER, TAB, WORDS, walking
from tests.ui.walking import focused
from ui.shell.desktop import Desktop
from ui.theme.apply import apply
from ui.tickets.new_ticket_page import NewTicketPage

CTRL = Qt.KeyboardModifier.ControlModifier
WAIT = 20_000


@pytest.fixture(autouse=True)
def own_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk forbids this thread to ask the store; the next test may."""
    monkeypatch.setattr(engine, "_refused_threads", set())


def test_from_an_empty_folder_to_the_first_ticket_by_keyboard(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    folder = tmp_path / "desk"
    with walking(qtbot, folder) as walk:
        walk.past_recovery()
        walk.types("Rita Figueira")
        walk.press(ENTER)
        walk.types("Moinho Sul")
        walk.press(ENTER)
        assert 1 == walk.opened
        made = walk.made

    with made.hold():
        desktop = Desktop(qapp, made)
        try:
            frame, desk = desktop.frame, desktop.desk
            frame.show()
            frame.activateWindow()
            qtbot.waitUntil(lambda: frame.stage.page is not None and not desk.busy, timeout=WAIT)
            qtbot.waitUntil(lambda: "Rita Figueira" in frame.person._names.values(), timeout=WAIT)
            assert desk.actor is not None and desk.actor.person  # nobody asks again who is there
            QTest.keyClick(frame, Qt.Key.Key_N, CTRL)
            qtbot.waitUntil(lambda: isinstance(frame.stage.page, NewTicketPage) and not desk.busy, timeout=WAIT)
            page = frame.stage.page
            assert isinstance(page, NewTicketPage)
            for _ in range(20):
                if page.subject.hasFocus():
                    break
                QTest.keyClick(focused(), TAB)
            QTest.keyClicks(page.subject, "Steam wand drips")
            for _ in range(20):
                if page.kind.hasFocus():
                    break
                QTest.keyClick(focused(), TAB)
            QTest.keyClick(page.kind, Qt.Key.Key_Down)
            QTest.keyClick(frame, Qt.Key.Key_S, CTRL)
            qtbot.waitUntil(lambda: frame.stage.page is not page and not desk.busy, timeout=WAIT)
        finally:
            desktop.close()
            apply(qapp, "light", "en")

    engine._refused_threads.clear()
    with open_store(unlock(Profile(folder), passphrase=WORDS)) as store:
        names = store.read(names_of)
        title, by = store.read(lambda session: session.query(Ticket.title, Ticket.created_by).one())
    assert ("Steam wand drips", "Rita Figueira") == (title, names[by])
