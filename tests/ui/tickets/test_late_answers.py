"""What was asked for one ticket and is answered when another one is up, and what is pressed twice."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.tickets import actions
from app.tickets.queries import Attachment, attachments, read_file, story, ticket_facts
from app.tickets.rules import TicketDraft, TicketKind
from app.units.records import Unit
from app.views.ticket_page import ticket_page
from app.workflows.attachments import attached_pages
from app.workflows.drafts import read_draft
from tests.bench_pack import FD2
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import Opened, act
from ui.tickets.file_view import MOST_SIGNS
from ui.tickets.ticket_view import _content_of
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.pictures import decoded


class Two:
    """Two tickets, the first of them up."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.runner, self.bench = opened, opened.runner, opened.bench
        self.first, self.second = (self.do(actions.open_ticket, TicketDraft(TicketKind.HOW_TO, n)) for n in "ab")
        self.page = opened.page(TicketsPage, self.first)

    def do(self, action: Any, *args: Any) -> Any:
        return self.bench.store.write(EVERYTHING, action, args).result

    def told(self, ticket: str) -> list[str]:
        """What happened to a ticket, newest first."""
        return [each.kind for each in self.bench.ask(story, ticket)]

    def file(self, name: str, content: bytes) -> Attachment:
        self.do(actions.attach, self.first, name, content)
        return next(each for each in attachments(self.bench.ask(story, self.first)) if each.name == name)


@pytest.fixture
def two(opened: Opened) -> Two:
    return Two(opened)


def pdf() -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=200, height=100)
    writer.write(made)
    return made.getvalue()


def test_a_note_that_is_saved_when_another_ticket_is_up_takes_nothing_of_that_one(two: Two) -> None:
    note = two.page.view.note
    note.setFocus()
    two.opened.types("for a", enter=False)
    two.runner.hold(actions.add_note)
    two.page.view.add_note()
    two.page.show_ticket(two.second)
    two.opened.turn()
    QTest.keyClicks(note, "for b")

    two.runner.let_go()
    two.opened.settle()

    assert "for b" == note.text()
    assert ["note", "opened"] == two.told(two.first)
    assert two.bench.ask(read_draft, f"tickets.note/{two.first}") is None


def test_while_the_chosen_ticket_is_read_nothing_is_asked_for_the_one_before(two: Two) -> None:
    two.runner.hold(ticket_page)
    two.page.show_ticket(two.second)
    two.opened.turn()
    call = next(each for each in two.page.acts if each.name == "call")

    possible = call.possible()
    call.run()

    assert not possible
    assert two.page.panels["call"].isHidden()
    two.runner.let_go()
    two.opened.settle()
    assert call.possible()


def test_a_ticket_that_is_not_here_takes_no_act_of_the_one_before(two: Two) -> None:
    two.page.show_ticket("elsewhere")
    two.opened.settle()

    assert not next(each for each in two.page.acts if each.name == "resolve").possible()


def test_a_file_belongs_to_the_ticket_that_it_was_dropped_on(two: Two, tmp_path: Path) -> None:
    (tmp_path / "plate.txt").write_text("FD2A")
    two.runner.hold(_content_of)
    two.page.view.attach_paths([str(tmp_path / "plate.txt")])
    two.page.show_ticket(two.second)
    two.opened.turn()

    two.runner.let_go()
    two.opened.settle()

    assert (["attached", "opened"], ["opened"]) == (two.told(two.first), two.told(two.second))


def test_a_panel_that_is_saved_late_does_not_close_what_is_asked_for_another_ticket(two: Two) -> None:
    panel: Any = two.page.panels["call"]
    act(two.page, "call")
    panel.text.setPlainText("about a")
    two.runner.hold(actions.log_call)
    panel.submit()
    two.page.show_ticket(two.second)
    two.opened.turn()
    act(two.page, "call")
    panel.text.setPlainText("about b")

    two.runner.let_go()
    two.opened.settle()

    assert ["call", "opened"] == two.told(two.first)
    assert (True, "about b") == (panel.isVisible(), panel.text.text)


def test_a_call_that_is_saved_by_two_presses_is_one_call(two: Two) -> None:
    act(two.page, "call")
    two.opened.types("wants to know", enter=False)
    two.runner.hold(actions.log_call)
    for _ in range(2):
        QTest.keyClick(two.opened.focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    two.runner.let_go()
    two.opened.settle()

    assert ["call", "opened"] == two.told(two.first)


def test_pages_that_are_drawn_late_do_not_cover_the_file_that_is_open(two: Two) -> None:
    paper, text = two.file("paper.pdf", pdf()), two.file("words.txt", b"words")
    two.runner.hold(attached_pages)
    two.page.open_file(paper)
    two.opened.turn()
    two.page.close_file()
    two.page.open_file(text)
    two.opened.turn()

    two.runner.let_go()
    two.opened.settle()

    files = two.page.files
    assert ("words.txt", True) == (files.name.text(), files.pile.currentWidget() is files.text)


def test_a_file_that_is_read_late_does_not_cover_another_ticket(two: Two) -> None:
    text = two.file("words.txt", b"words")
    two.runner.hold(read_file)
    two.page.open_file(text)
    two.page.show_ticket(two.second)
    two.opened.turn()

    two.runner.let_go()
    two.opened.settle()

    assert two.page.view is two.page.pile.currentWidget()


def test_a_picture_is_decoded_beside_the_window(two: Two) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    )
    picture = two.file("dot.png", png)
    two.runner.hold(decoded)

    two.page.open_file(picture)
    two.opened.turn()
    before = len(two.page.files.pages._sheet.pages)
    two.runner.let_go()
    two.opened.settle()

    assert (0, 1) == (before, len(two.page.files.pages._sheet.pages))


def test_a_very_long_text_shows_its_beginning_and_says_so(two: Two) -> None:
    text = two.file("log.txt", b"x" * (MOST_SIGNS + 1))

    two.page.open_file(text)
    two.opened.settle()

    assert MOST_SIGNS == len(two.page.files.text.toPlainText())
    assert "Only its beginning is shown: save a copy to read it all." == two.page.files.more.text()


def test_a_copy_that_cannot_be_written_is_said_in_words(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.page.open_file(two.file("words.txt", b"words"))
    two.opened.settle()
    broken: list[object] = []
    two.page.broke.connect(broken.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "such" / "place.txt"), ""))

    two.page.files.save_copy()
    two.opened.settle()

    assert [] == broken
    assert "The copy could not be written there. Choose another folder." == two.page.view.problem.headline.text()


def test_a_number_that_was_not_touched_stays_with_its_machine(two: Two, bench: Bench) -> None:
    def registered_again(work: Any) -> str:
        twin = Unit(serial=FD2, model="FD2")
        work.session.add(twin)
        work.session.flush()
        return twin.id

    twin = two.do(registered_again)
    ticket = two.do(actions.open_ticket, TicketDraft(TicketKind.HOW_TO, "c", unit=twin, serial=FD2))
    two.page.open(ticket)
    two.opened.settle()
    panel: Any = two.page.panels["edit"]
    act(two.page, "edit")
    two.opened.settle()
    panel.subject.setText("cold")

    panel.submit()
    two.opened.settle()

    facts = bench.ask(ticket_facts, ticket)
    assert ("cold", twin) == (facts.title, facts.unit)
