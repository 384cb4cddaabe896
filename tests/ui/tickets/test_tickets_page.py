import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.repairs.rules.stages import Outcome
from app.tickets import actions
from app.tickets.actions import open_ticket
from app.tickets.queries import Shelf, attachments, counts, page_of, passed_with_reason, story, ticket_facts
from app.tickets.rules import Missing, Resolution, State, TicketDraft, TicketKind
from app.units.actions import UnitDraft, register_unit
from app.workflows.drafts import keep_draft, read_draft
from app.workflows.repair import finish_repair, open_repair
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.real_desk import HOSTILE, RealDesk, act, press, shown, types
from ui.theme.buttons import Kind
from ui.tickets.ticket_page import TicketPage
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.texts import spoken

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heat(desk: RealDesk) -> str:
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    return next(str(row.id) for row in rows if row.title.startswith("No heat"))


@pytest.fixture
def page(desk: RealDesk, heat: str) -> TicketsPage:
    made = TicketsPage(desk)
    shown(made, desk, heat)
    return made


def facts(desk: RealDesk, ticket: str) -> Any:
    return desk.ask(ticket_facts, ticket)


def test_the_list_shows_the_open_tickets_and_the_first_one_beside_it(desk: RealDesk) -> None:
    page = TicketsPage(desk)
    shown(page, desk)

    assert 2 == page.list.model.rowCount()
    assert page.list.model.record(0).title == page.view.title.text()


def test_the_arrow_keys_walk_through_the_tickets(desk: RealDesk, page: TicketsPage) -> None:
    page.list.rows.setFocus()
    before = page.view.title.text()

    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Up)
    press(page, Qt.Key.Key_Down)
    desk.settle()

    assert {before, page.view.title.text()} == {"No heat on group 2", HOSTILE}


def test_what_users_wrote_is_never_markup(desk: RealDesk, page: TicketsPage) -> None:
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    page.show_ticket(next(row.id for row in rows if row.title == HOSTILE))
    desk.settle()

    assert HOSTILE == page.view.title.text() == page.view.words.text()
    assert [] == walking.marked_up(page)


def test_every_control_has_a_name(page: TicketsPage) -> None:
    assert [] == walking.unnamed(page)


@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar"), ("light", "zh-Hans")]
)
def test_no_text_is_cut(desk: RealDesk, dress: Dress, page: TicketsPage, theme: str, language: str) -> None:
    dress(theme, language)
    desk.settle()

    assert [] == walking.cut(page.view)


def test_a_note_is_written_with_enter_and_can_be_taken_back(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    told: list[Any] = []
    page.told.connect(lambda words, undo: told.append(undo))
    act(page, "N").run()
    types("lent machine is ready")
    press(page, Qt.Key.Key_Return)
    desk.settle()
    noted = desk.ask(story, heat)[0]

    told[0]()
    desk.settle()

    assert ("lent machine is ready", "") == (noted.body["text"], page.view.note.text())
    assert desk.ask(story, heat)[0].undone


def test_the_latest_entry_is_taken_back_by_key(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.add_note, heat, "wrong ticket")
    desk.settle()

    act(page, "U").run()
    desk.settle()

    assert [True, False] == [each.undone for each in desk.ask(story, heat)]
    assert not act(page, "U").possible()


def test_a_repair_is_started_once_and_then_opened(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    unit = desk.make(register_unit, UnitDraft("FD2A261700428N"))
    desk.make(
        actions.edit_ticket, heat, TicketDraft(TicketKind.MAINTENANCE, "No heat", unit=unit, serial="FD2A261700428N")
    )
    went: list[tuple[str, object]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))
    for _ in range(2):
        act(page, "R").run()
        desk.settle()

    assert 2 == len(went)
    assert went[0] == went[1]
    assert "repair" == went[0][0]


def test_a_repair_needs_a_machine(desk: RealDesk, page: TicketsPage) -> None:
    told: list[Any] = []
    page.told.connect(lambda words, undo: told.append(words))

    act(page, "R").run()

    assert 1 == len(told)


def test_a_note_is_kept_as_typed_for_its_own_ticket(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    page.view.note.setFocus()
    types("half a sen")
    page.leave()
    desk.settle()

    assert {"text": "half a sen"} == desk.ask(read_draft, f"tickets.note/{heat}").body
    again = TicketsPage(desk)
    shown(again, desk, heat)
    assert "half a sen" == again.view.note.text()


def test_what_is_being_typed_is_kept_when_another_ticket_is_chosen(
    desk: RealDesk, heat: str, page: TicketsPage
) -> None:
    rows, _ = desk.ask(page_of, Shelf.OPEN)
    page.view.note.setFocus()
    types("half a sen")

    page.show_ticket(next(row.id for row in rows if row.id != heat))
    desk.settle()
    page.show_ticket(heat)
    desk.settle()

    assert "half a sen" == page.view.note.text()


def test_a_note_draft_never_moves_to_another_ticket(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(keep_draft, f"tickets.note/{heat}", {"text": "for the hotel"})
    rows, _ = desk.ask(page_of, Shelf.OPEN)

    page.show_ticket(next(row.id for row in rows if row.id != heat))
    desk.settle()

    assert "" == page.view.note.text()


def test_resolving_lists_what_is_missing_and_passes_with_a_reason(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["resolve"]
    act(page, "E").run()
    desk.settle()
    types("Element changed")
    before = len(panel.still_missing())
    panel.cause.setText("element")
    press(panel.answer, Qt.Key.Key_Return, CTRL)
    desk.settle()
    asked = panel._why.problem

    panel.reason.setText("customer left for the airport")
    panel.submit()
    desk.settle()

    assert (2, 1) == (before, len(panel.still_missing()))
    assert "Something is still missing. Add it, or write why the ticket ends without it." == asked
    assert State.RESOLVED == facts(desk, heat).state
    assert [heat] == [each.id for each in desk.ask(passed_with_reason)]
    assert page.panels["resolve"].isHidden()


def test_what_can_be_written_and_is_missing_has_the_keyboard_before_the_excuse(
    desk: RealDesk, page: TicketsPage
) -> None:
    panel: Any = page.panels["resolve"]
    act(page, "E").run()
    desk.settle()
    began = []
    for write in (lambda: None, lambda: panel.answer.setPlainText("Element changed"), lambda: panel.cause.setText("x")):
        write()
        panel.submit()
        desk.settle()
        began.append(walking.focused())

    assert [panel.answer, panel.cause, panel.remedy] == began


def test_escape_leaves_a_panel_and_the_keyboard_goes_to_the_list(desk: RealDesk, page: TicketsPage) -> None:
    act(page, "C").run()

    press(page, Qt.Key.Key_Escape)

    assert page.panels["call"].isHidden()
    assert page.list.rows.hasFocus()


def test_a_call_is_logged_by_keyboard(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    act(page, "C").run()
    types("wants to know today")
    press(page, Qt.Key.Key_Return, CTRL)
    desk.settle()

    first = desk.ask(story, heat)[0]
    assert ("call", "wants to know today") == (first.kind, first.body["text"])


def test_an_empty_call_is_refused_at_its_field(desk: RealDesk, page: TicketsPage) -> None:
    panel: Any = page.panels["call"]
    act(page, "C").run()

    panel.submit()
    desk.settle()

    assert "Write something first." == panel._text.problem


def test_a_move_asks_for_the_day_where_one_waits(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["move"]
    act(page, "M").run()
    at_once = panel._day.isHidden()
    panel.to.choose(State.WAITING_CUSTOMER)
    panel._judge()

    panel.submit()
    desk.settle()

    assert (True, False) == (at_once, panel._day.isHidden())
    assert State.WAITING_CUSTOMER == facts(desk, heat).state


def test_lowering_the_severity_asks_why_at_its_field(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["level"]
    for level in ("S2", "S4"):
        act(page, "S").run()
        panel.to.choose(level)
        panel.submit()
        desk.settle()

    assert "S2" == facts(desk, heat).severity
    assert panel._fields["reason"].problem


def test_a_ticket_is_handed_to_somebody_by_initials(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    act(page, "H").run()
    desk.settle()
    types("rf")
    press(page, Qt.Key.Key_Return)
    desk.settle()

    assert desk.actor is not None
    assert desk.actor.person == facts(desk, heat).owner


def test_a_ticket_is_corrected_in_place_with_a_new_customer(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["edit"]
    act(page, "D").run()
    desk.settle()
    panel.subject.setText("No heat on group 1")
    panel.serial.setText("fd2a-2617-00428-n")
    panel.customer.clear()
    panel.customer.search.setText("Café Novo")
    panel.customer.start_new()
    desk.settle()

    panel.submit()
    desk.settle()

    found = facts(desk, heat)
    assert ("No heat on group 1", "FD2A261700428N") == (found.title, found.serial)
    assert "Café Novo" == page.view.customer.text()


def test_a_ticket_without_a_title_is_refused_at_its_field(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["edit"]
    act(page, "D").run()
    panel.subject.clear()

    panel.submit()
    desk.settle()

    assert "Write in one sentence what it is about." == panel._fields["title"].problem


def test_a_customer_is_corrected_in_place_and_gets_a_site(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    panel: Any = page.panels["customer"]
    act(page, "K").run()
    panel.phone.setText("+351 22 000")
    panel.site.setText("Roof bar")
    panel.submit()
    desk.settle()
    act(page, "K").run()
    panel.email.setText("nowhere")

    panel.submit()
    desk.settle()

    assert page.view.page is not None
    kept = page.view.page.customer
    assert kept is not None
    assert ("+351 22 000", ["Roof bar"]) == (kept.phone, [site.name for site in kept.sites])
    assert panel._fields["email"].problem


def test_a_move_can_be_undone(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    undo: list[Any] = []
    page.told.connect(lambda words, back: undo.append(back))
    act(page, "M").run()
    page.panels["move"].submit()
    desk.settle()
    moved = facts(desk, heat).state

    undo[0]()
    desk.settle()

    assert (State.IN_PROGRESS, State.NEW) == (moved, facts(desk, heat).state)


def test_an_ended_ticket_is_followed_up_and_opened_again(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.resolve, heat, Resolution("done", "a", "b", "2026-11-27"), [])
    panel: Any = page.panels["follow_up"]
    act(page, "F").run()
    panel.outcome.choose("not_content")
    panel.text.setPlainText("drips again")
    panel.submit()
    desk.settle()

    assert State.IN_PROGRESS == facts(desk, heat).state
    assert not act(page, "O").possible()


def test_a_closed_ticket_is_opened_again_with_a_reason(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.resolve, heat, Resolution("done"), [])
    act(page, "O").run()
    types("cold again")
    press(page, Qt.Key.Key_Return)
    desk.settle()

    assert State.IN_PROGRESS == facts(desk, heat).state


def test_a_manager_marks_a_reason_as_read(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.resolve, heat, Resolution("done"), [Missing.CAUSE], reason="in a hurry")
    desk.settle()
    shown_reason = page.view.side.reason_text.text()

    act(page, "G").run()
    desk.settle()

    assert "in a hurry" == shown_reason
    assert () == desk.ask(passed_with_reason)


def test_a_search_narrows_the_list_and_says_kindly_when_nothing_is_found(desk: RealDesk, page: TicketsPage) -> None:
    page.list.search.setText("velha")
    desk.bot.waitUntil(lambda: page.list.model.rowCount() == 1)
    page.list.search.setText("zeppelin")
    desk.bot.waitUntil(lambda: page.list.model.rowCount() == 0)

    assert "No ticket holds these words" == page.list.empty.headline.text()
    assert page.list.empty is page.list.pile.currentWidget()


@pytest.mark.parametrize(("key", "rows"), [("1", 2), ("2", 2), ("3", 0), ("4", 2)])
def test_each_shelf_has_its_key(desk: RealDesk, page: TicketsPage, key: str, rows: int) -> None:
    act(page, key).run()
    desk.settle()

    assert rows == page.list.model.rowCount()
    assert 2 == desk.ask(counts, "").open


def closed_one(desk: RealDesk) -> str:
    ended = desk.make(open_ticket, TicketDraft(TicketKind.HOW_TO, "Which water filter fits", "Asked by telephone"))
    desk.make(actions.resolve, ended, Resolution("The small one"), [Missing.CAUSE], reason="only a question")
    return str(ended)


def test_a_ticket_that_the_shelf_does_not_hold_is_shown_and_marked_among_all(
    desk: RealDesk, page: TicketsPage, heat: str
) -> None:
    ended = closed_one(desk)

    page.open(ended)
    desk.settle()
    press(page, Qt.Key.Key_Return)
    desk.settle()

    assert Shelf.ALL is page.list.shelf
    assert page.list.shelves[Shelf.ALL].isChecked()
    assert ended == page.list.rows.current.id
    assert "Which water filter fits" == page.view.title.text()


def test_a_search_gives_way_to_a_ticket_that_it_leaves_out_and_the_shelf_stays(
    desk: RealDesk, page: TicketsPage, heat: str
) -> None:
    page.list.search.setText("bold")
    desk.bot.waitUntil(lambda: page.list.model.rowCount() == 1)

    page.open(heat)
    desk.settle()

    assert (Shelf.OPEN, "") == (page.list.shelf, page.list.search.text())
    assert heat == page.list.rows.current.id


def test_on_a_shelf_without_the_ticket_that_is_shown_no_row_is_marked_and_enter_opens_none(
    desk: RealDesk, page: TicketsPage
) -> None:
    page.open(closed_one(desk))
    desk.settle()

    act(page, "1").run()
    desk.settle()
    page.list.search.setFocus()
    page.list.rows.setFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Return)
    desk.settle()

    assert page.list.rows.current is None
    assert "Which water filter fits" == page.view.title.text()


def picture(path: Path) -> Path:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(path))
    return path


def files(desk: RealDesk, ticket: str) -> list[str]:
    return [each.name for each in attachments(desk.ask(story, ticket))]


def test_files_are_attached_by_drag(desk: RealDesk, heat: str, page: TicketsPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "plate.png")))])
    drop = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    page.view.dropEvent(drop)
    desk.bot.waitUntil(lambda: files(desk, heat) == ["plate.png"])
    desk.settle()

    assert ["plate.png"] == files(desk, heat)


def test_a_picture_pasted_into_the_note_is_attached(
    desk: RealDesk, heat: str, page: TicketsPage, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(picture(tmp_path / "a.png"))))
    page.view.note.setFocus()

    press(page, Qt.Key.Key_V, CTRL)
    desk.bot.waitUntil(lambda: bool(files(desk, heat)))
    desk.settle()
    QGuiApplication.clipboard().clear()

    assert "" == page.view.note.text()


def test_a_picture_is_pasted_from_the_list_too(desk: RealDesk, heat: str, page: TicketsPage, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(picture(tmp_path / "a.png"))))
    page.list.rows.setFocus()

    press(page, Qt.Key.Key_V, CTRL)

    desk.bot.waitUntil(lambda: bool(files(desk, heat)))
    desk.settle()
    QGuiApplication.clipboard().clear()


def test_a_file_that_is_too_large_or_gone_is_said_in_place(desk: RealDesk, page: TicketsPage, tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(30 * 1024 * 1024)

    page.view.attach_paths([str(tmp_path / "film.mp4")])
    desk.settle()

    assert "film.mp4 is no file, or larger than 25 MB." == page.view.problem.headline.text()


@pytest.mark.parametrize(
    ("content", "where"), [(None, "pages"), (b"plain <b>text</b>", "text"), (b"MZ\x00\x01", "closed_type")]
)
def test_only_pictures_and_text_open_inside(
    desk: RealDesk, heat: str, page: TicketsPage, tmp_path: Path, content: bytes | None, where: str
) -> None:
    data = picture(tmp_path / "a.png").read_bytes() if content is None else content
    desk.make(actions.attach, heat, "named.exe", data)
    (file,) = attachments(desk.ask(story, heat))

    page.open_file(file)
    desk.settle()

    assert getattr(page.files, where) is page.files.pile.currentWidget()
    page.close_file()
    assert page.view is page.pile.currentWidget()


def test_a_pdf_opens_inside_page_by_page(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.attach, heat, "paper.txt", pdf_of_two_pages())
    (file,) = attachments(desk.ask(story, heat))

    page.open_file(file)
    desk.settle()

    assert (1, 2) == (page.files.pages.page, len(page.files.pages._sheet.pages))
    assert "" == page.files.more.text()


def test_a_copy_of_a_file_is_saved_byte_by_byte(
    desk: RealDesk, heat: str, page: TicketsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.make(actions.attach, heat, "setup.exe", b"MZ\x00\x01")
    (file,) = attachments(desk.ask(story, heat))
    page.open_file(file)
    desk.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.bin"), ""))

    page.files.save_copy()
    desk.settle()

    assert b"MZ\x00\x01" == (tmp_path / "copy.bin").read_bytes()


def test_a_broken_pdf_is_said_in_place(desk: RealDesk, heat: str, page: TicketsPage) -> None:
    desk.make(actions.attach, heat, "paper.pdf", b"%PDF-1.7 and then nothing")
    (file,) = attachments(desk.ask(story, heat))

    page.open_file(file)
    desk.settle()

    assert "This file cannot be shown: it is damaged or no PDF." == page.view.problem.headline.text()
    assert page.view is page.pile.currentWidget()


def pdf_of_two_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(width=200, height=100)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_ticket_that_is_not_here_yet_says_so(desk: RealDesk) -> None:
    page = TicketPage(desk)
    shown(page, desk, "elsewhere")

    assert page.nothing is page.pile.currentWidget()
    assert "This ticket is not here yet" == page.nothing.headline.text()


def test_a_shelf_that_was_asked_for_is_shown_and_not_taken_for_a_ticket(desk: RealDesk) -> None:
    page = TicketsPage(desk)
    shown(page, desk, Shelf.OPEN)

    assert Shelf.OPEN is page.list.shelf
    assert page.view is page.pile.currentWidget()
    assert page.list.model.record(0).title == page.view.title.text()


def test_the_first_ticket_of_a_desk_shows_where_an_empty_shelf_was_asked_for(desk: RealDesk) -> None:
    for row in desk.ask(page_of, Shelf.OPEN)[0]:
        desk.make(actions.resolve, row.id, Resolution("Done"), [], reason="")
    page = TicketsPage(desk)
    shown(page, desk, Shelf.OPEN)

    act(page, "4").run()
    desk.settle()

    assert page.view is page.pile.currentWidget()
    assert page.list.rows.current.title == page.view.title.text()


def test_in_a_narrow_window_list_and_ticket_take_turns(desk: RealDesk, page: TicketsPage) -> None:
    page.resize(700, 600)
    QApplication.processEvents()
    covered = (page.list.isHidden(), page.pile.isHidden())

    act(page, "L").run()

    assert (True, False) == covered
    assert (False, True) == (page.list.isHidden(), page.pile.isHidden())


def test_an_open_repair_is_the_next_step_of_its_ticket_on_button_and_key(
    desk: RealDesk, heat: str, page: TicketsPage
) -> None:
    def seen() -> list[Any]:
        resolve, repair = page._buttons["resolve"], page._buttons["repair"]
        return [repair.text(), spoken(act(page, "R").shown), repair.face.kind, resolve.face.kind]

    unit = desk.make(register_unit, UnitDraft("FD2A261700428N"))
    before = seen()
    repair = desk.make(open_repair, heat, unit)
    during = seen()
    desk.make(finish_repair, repair, Outcome.CANCELLED)
    after = seen()

    assert ["Start a repair", "Start a repair", Kind.SECONDARY, Kind.PRIMARY] == before == after
    assert ["Open the repair", "Open the repair", Kind.PRIMARY, Kind.SECONDARY] == during


def test_the_owner_of_the_machine_is_proposed_and_not_saved_unasked(desk: RealDesk) -> None:
    owner = desk.make(add_customer, CustomerDraft("Café Ribeira"))
    unit = desk.make(register_unit, UnitDraft("FD2A261700428N", owner=owner))
    draft = TicketDraft(TicketKind.HOW_TO, "Cup volume", unit=unit, serial="FD2A261700428N")
    ticket = desk.make(actions.open_ticket, draft)
    page = TicketsPage(desk)
    shown(page, desk, ticket)
    panel: Any = page.panels["edit"]

    act(page, "D").run()
    desk.settle()
    offered = (panel.owner.isVisible(), panel.owner.text())
    panel.submit()
    desk.settle()
    unasked = facts(desk, ticket).customer
    act(page, "D").run()
    desk.settle()
    panel.owner.click()
    panel.submit()
    desk.settle()

    assert (True, "The machine belongs to Café Ribeira: take as customer") == offered
    assert ("", owner) == (unasked, facts(desk, ticket).customer)
