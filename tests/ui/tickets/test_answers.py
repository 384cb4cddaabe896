"""Answers beside a ticket: three while one types, one opened and taken over, and by themselves from the palette."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.real import StoreRunner
from tests.ui.walking import cut, unnamed
from ui.tickets.answers_page import AnswersPage
from ui.tickets.new_ticket_page import NewTicketPage
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.label import Label
from ui.widgets.page import Page
from ui.work import Desk

__all__ = ["bench", "signing_template"]

Open = Callable[..., Any]


@pytest.fixture
def open_page(qtbot: QtBot, bench: Bench) -> Open:
    def opened(kind: type[Page], argument: object = None) -> Page:
        desk = Desk(StoreRunner(bench.store), bench.job.actor)
        page = kind(desk)
        desk.setParent(page)
        qtbot.addWidget(page)
        desk.changed.connect(page.on_changed)
        page.resize(1200, 860)
        page.show()
        page.open(argument)
        settle(qtbot, page)
        return page

    return opened


def settle(qtbot: QtBot, page: Page) -> None:
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)


def shown(page: Any) -> str:
    return "\n".join(each.text() for each in page.findChildren(Label) if each.isVisible())


def ask(qtbot: QtBot, bench: Bench, page: Any, title: str = "The steam wand is weak") -> Any:
    """The panel of answers over a new ticket."""
    page.open(bench.act(open_ticket, TicketDraft(TicketKind.HOW_TO, title)))
    settle(qtbot, page)
    act = next(each for each in page.acts if each.name == "answers")
    assert "A" == act.keys and act.possible()
    act.run()
    settle(qtbot, page)
    return page.panels["answers"]


def test_the_best_three_come_up_while_a_ticket_is_typed_and_the_best_opens_by_its_key(
    qtbot: QtBot, bench: Bench, open_page: Open
) -> None:
    page = open_page(NewTicketPage)
    QTest.keyClicks(page.subject, "the steem wand is weak")
    qtbot.waitUntil(lambda: bool(page.answers.found), timeout=10_000)
    before = shown(page)

    next(act for act in page.acts if act.name == "answer").run()
    qtbot.waitUntil(lambda: "clean the four holes" in shown(page), timeout=5_000)

    assert len(page.answers.found) <= 3 and "FAQ-07" == page.answers.found[0].code
    assert page.answering.isVisible()
    assert "clean the four holes" not in before
    assert "To widen the holes with a drill." in shown(page)


def test_what_nobody_published_leaves_the_new_ticket_as_it_was(qtbot: QtBot, bench: Bench, open_page: Open) -> None:
    page = open_page(NewTicketPage)

    QTest.keyClicks(page.subject, "xylophone")
    qtbot.wait(400)
    settle(qtbot, page)

    assert not page.answering.isVisible()


def test_the_answer_goes_into_the_note_behind_what_was_typed_and_onto_the_clipboard(
    qtbot: QtBot, bench: Bench, open_page: Open
) -> None:
    page = open_page(TicketsPage)
    panel = ask(qtbot, bench, page)
    page.view.note.setText("Told her:")
    QTest.keyClick(panel.search, Qt.Key.Key_Return)

    panel.submit()

    assert page.view.note.text().startswith("Told her: Switch the steam off")
    assert QGuiApplication.clipboard().text().startswith("Switch the steam off")
    assert panel.isHidden()


def test_another_question_is_searched_and_none_says_what_to_do(qtbot: QtBot, bench: Bench, open_page: Open) -> None:
    page = open_page(TicketsPage)
    panel = ask(qtbot, bench, page)
    first = panel.best.found[0].code
    QTest.keyClicks(panel.search, "recall")
    qtbot.waitUntil(lambda: bool(panel.best.found) and panel.best.found[0].code == "FAQ-15", timeout=10_000)
    panel.search.clear()
    QTest.keyClicks(panel.search, "xylophone")
    qtbot.waitUntil(lambda: not panel.best.found, timeout=10_000)

    assert "FAQ-07" == first
    assert panel._none.isVisible() and not panel.save.isEnabled()


def test_an_answer_leads_to_its_part_its_procedure_and_the_crisis_page(
    qtbot: QtBot, bench: Bench, open_page: Open
) -> None:
    page = open_page(TicketsPage)
    went: list[tuple[str, Any]] = []
    called: list[bool] = []
    page.went.connect(lambda place, what: went.append((place, what)))
    page.called.connect(lambda: called.append(True))
    panel = ask(qtbot, bench, page)

    for kind, code in (("part", "AV-E-2605-G"), ("crisis", "CP-04"), ("procedure", "SOP-08")):
        panel.best.linked.emit(kind, code)

    assert [("parts", "AV-E-2605-G")] == went
    assert [True] == called
    assert page.panels["procedure"].isVisible()


@pytest.mark.parametrize("code", ["FAQ-17", "FAQ-15"])
def test_the_palette_opens_one_answer_whole_and_nothing_is_cut(
    qtbot: QtBot, bench: Bench, open_page: Open, code: str
) -> None:
    page = open_page(AnswersPage, code)

    assert code == page.answers.open_one.code
    assert "Do not say" in shown(page) and "Hand over when" in shown(page)
    assert [] == unnamed(page)
    assert [] == cut(page)
