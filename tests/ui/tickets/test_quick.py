"""A quick answer by keyboard: a call of two minutes costs two minutes."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from app.tickets import rules
from app.tickets.queries import Shelf, page_of, story, ticket_facts
from app.tickets.records import Ticket
from app.tickets.rules import QUICK_KINDS, QuickAnswer, State, TicketKind
from app.workflows.drafts import read_draft
from tests.ui.real_desk import HOSTILE, RealDesk, press, shown, types, up
from ui.shell.frame import Frame
from ui.tickets.kept_form import PAUSE
from ui.tickets.quick_page import QuickPage

MOST_KEYS = 12
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def newest(desk: RealDesk) -> Any:
    rows, _ = desk.ask(page_of, Shelf.ALL)
    return max(rows, key=lambda row: row.rid)


def test_a_call_is_logged_with_five_keys_beside_the_text(desk: RealDesk, frame: Frame) -> None:
    up(frame, "today")
    QTest.keyClick(frame, Qt.Key.Key_N, BOTH)  # three keys held together
    desk.bot.waitUntil(lambda: isinstance(frame.stage.page, QuickPage))
    desk.settle()
    page = frame.stage.page
    assert isinstance(page, QuickPage) and page.asked.hasFocus()
    types("How hot is the steam?")
    press(page.asked, Qt.Key.Key_Return)
    types("He means the left wand")
    press(page.asked, Qt.Key.Key_Tab)
    assert page.answered.hasFocus()
    types("128 degrees at 1.4 bar")
    press(page.answered, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keys = 3 + 1 + 2
    desk.settle()

    made = newest(desk)
    facts = desk.ask(ticket_facts, made.id)
    assert keys <= MOST_KEYS
    assert ("How hot is the steam?", State.CLOSED, TicketKind.HOW_TO) == (facts.title, facts.state, facts.kind)
    assert "He means the left wand" in facts.words
    assert ["128 degrees at 1.4 bar"] == [
        each.body["answer"] for each in desk.ask(story, made.id) if each.kind == "resolved"
    ]


def test_a_call_back_leaves_the_ticket_open_with_what_was_answered(desk: RealDesk) -> None:
    page = QuickPage(desk)
    shown(page, desk)
    page.asked.setPlainText("Is the seal in stock?")
    page.answered.setPlainText("I look and call back")
    page.done.choose(False)

    page.save()
    desk.settle()

    made = newest(desk)
    assert desk.ask(ticket_facts, made.id).state.is_open
    assert ["I look and call back"] == [each.body["text"] for each in desk.ask(story, made.id) if each.kind == "note"]
    assert "" == page.asked.text == page.answered.text


@pytest.mark.parametrize(
    ("asked", "answered", "done", "field"),
    [("", "yes", True, "asked"), ("  \n", "yes", True, "asked"), ("why?", " ", True, "answered"),
     ("x" * 20_001, "y", True, "asked"), ("why?", "y" * 20_001, False, "answered")],
)  # fmt: skip
def test_what_lacks_is_said_at_its_field_and_nothing_is_written(
    desk: RealDesk, asked: str, answered: str, done: bool, field: str
) -> None:
    before = desk.ask(lambda session: session.scalar(select(func.count()).select_from(Ticket)))
    page = QuickPage(desk)
    shown(page, desk)
    page.asked.setPlainText(asked)
    page.answered.setPlainText(answered)
    page.done.choose(done)

    page.save()
    desk.settle()

    assert page.fields[field].problem
    assert (asked, answered) == (page.asked.text, page.answered.text)
    assert before == desk.ask(lambda session: session.scalar(select(func.count()).select_from(Ticket)))


def test_what_was_typed_comes_back(desk: RealDesk) -> None:
    page = QuickPage(desk)
    shown(page, desk)
    page.asked.setPlainText(HOSTILE)
    page.done.choose(False)
    page.keep()
    desk.settle()

    again = QuickPage(desk)
    shown(again, desk)
    again.open()
    desk.settle()

    assert (HOSTILE, False) == (again.asked.text, again.done.value)
    assert PAUSE == again._timer.interval()
    again.clear()
    desk.settle()
    assert desk.ask(read_draft, QuickPage.place) is None


def test_kinds_that_need_more_than_an_answer_are_not_offered() -> None:
    assert {TicketKind.MAINTENANCE, TicketKind.QUALITY, TicketKind.SAFETY_INSTRUCTION} == set(TicketKind) - set(
        QUICK_KINDS
    )


def test_a_long_first_line_is_cut_for_the_title_and_stands_whole_in_the_words() -> None:
    asked = "why " * 80

    draft = rules.quick_draft(QuickAnswer(asked=asked, answered="so"))

    assert rules.LONGEST_TITLE >= len(draft.title) and draft.title.endswith("…")
    assert asked.strip() == draft.words
