"""J1 with a keyboard (and the scanner, which is one) alone: from the serial to the signed sheet and the resolved
ticket."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QWidget

from app.content.published.procedure import StepKind
from app.views.before_signing import Go
from app.views.sop_run import StepSeen
from tests.journeys.keyboard import Keyboard, Stuck, run
from ui.repairs.repair_page import RepairPage
from ui.signoff.form_page import FormPage
from ui.signoff.sign_page import SignPage
from ui.sop.sop_page import SopPage
from ui.tickets.new_ticket_page import NewTicketPage
from ui.tickets.tickets_page import TicketsPage
from ui.tour.repair import CODES, MOST_STEPS, NEW, OLD, PARTS, SERIAL
from ui.units.unit_page import UnitPage
from ui.widgets.button import Button
from ui.widgets.inputs import Choice


def repair(keyboard: Keyboard) -> list[str]:
    """What did not hold."""
    _ticket(keyboard)
    _bench(keyboard)
    for kind, number in PARTS:
        _part(keyboard, kind, number)
    _checklist(keyboard)
    _sign(keyboard)
    return _resolve(keyboard)


def _page(keyboard: Keyboard, kind: type[QWidget]) -> QWidget | None:
    keyboard.wait(kind.__name__, lambda: isinstance(keyboard.frame.stage.page, kind))
    return keyboard.frame.stage.page


def _value(wanted: object) -> Callable[[QComboBox], bool]:
    return lambda choice: isinstance(choice, Choice) and choice.value == wanted


def _ticket(keyboard: Keyboard) -> None:
    keyboard.scan(SERIAL)
    unit = _page(keyboard, UnitPage)
    assert isinstance(unit, UnitPage)
    keyboard.wait("the machine", lambda: unit.seen is not None)
    keyboard.key("T")
    page = _page(keyboard, NewTicketPage)
    assert isinstance(page, NewTicketPage)
    keyboard.wait("the machine in the form", page.machine.isVisible)
    keyboard.tab_to("What is it about")
    keyboard.text("Relief valve drips")
    keyboard.choose("Kind", lambda choice: choice.currentIndex() == 2)
    keyboard.tab_to("What the customer says")
    keyboard.text("Since Monday.")
    keyboard.key("Ctrl+Enter")
    tickets = _page(keyboard, TicketsPage)
    assert isinstance(tickets, TicketsPage)
    keyboard.wait("the ticket", lambda: tickets.view.page and tickets.view.page.facts.title == "Relief valve drips")


def _bench(keyboard: Keyboard) -> None:
    keyboard.key("R")
    page = _page(keyboard, RepairPage)
    assert isinstance(page, RepairPage)
    keyboard.wait("the repair", lambda: page.shown is not None)
    keyboard.key("I")
    keyboard.wait("the intake", page.forms[Go.RECEIVE].isVisible)
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the machine received", lambda: not page.forms[Go.RECEIVE].isVisible())
    keyboard.key("D")
    form = page.forms[Go.DIAGNOSE]
    keyboard.wait("the diagnosis", form.isVisible)
    for name, code in CODES.items():
        field = form.codes[name]  # type: ignore[attr-defined]
        keyboard.choose(field.accessibleName(), _value(code))
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the diagnosis kept", lambda: not form.isVisible())


def _part(keyboard: Keyboard, kind: str, number: str) -> None:
    page = _page(keyboard, RepairPage)
    assert isinstance(page, RepairPage)
    keyboard.key("P")
    panel = page.parts_panel
    keyboard.wait("the question for the part", panel.part.text.hasFocus)
    keyboard.text(number)
    keyboard.settle(300)
    keyboard.wait("the part found", lambda: panel.part.list.model().rowCount() > 0)
    keyboard.key("Enter")
    keyboard.wait("the part taken", lambda: panel.part.choice is not None)
    keyboard.scan(OLD[kind])
    keyboard.scan(NEW[kind])
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the part booked", lambda: not panel.isVisible())


def _checklist(keyboard: Keyboard) -> None:
    keyboard.key("G")
    page = _page(keyboard, SopPage)
    assert isinstance(page, SopPage)
    keyboard.wait("the checklist", lambda: page.shown is not None)
    for _ in range(MOST_STEPS):
        shown = page.shown
        if shown is None or not shown.current:
            break
        step = shown.step(shown.current)
        keyboard.wait(f"step {step.number}", partial(_stands_on, page, step.code))
        _answer(keyboard, page, step)
    for _ in range(3):
        if isinstance(keyboard.frame.stage.page, SopPage):
            keyboard.key("Enter")
            keyboard.settle(50)
    _page(keyboard, RepairPage)


def _stands_on(page: SopPage, code: str) -> bool:
    return page.guide.step is not None and page.guide.step.code == code


def _answer(keyboard: Keyboard, page: SopPage, step: StepSeen) -> None:
    keyboard.settle(20)
    if step.second_person:
        keyboard.choose("second", lambda choice: choice.currentIndex() > 0)
    if step.kind is StepKind.NUMBER:
        low, high = step.minimum, step.maximum
        value = high if low is None else low if high is None else (low + high) // 2
        places = 10**step.decimals
        keyboard.tab_to(page.guide.answer.field.line.accessibleName())  # type: ignore[attr-defined]
        keyboard.text(f"{(value or 0) / places:.{step.decimals}f}")
    elif step.kind is StepKind.YES_NO:
        keyboard.key("Y" if step.expected else "N")
    elif step.kind is StepKind.CHOICE:
        keyboard.key(next(key for key, value in page.guide.answer._keys.items() if value == step.passing[0]))  # type: ignore[attr-defined]
    elif step.kind is StepKind.PHOTO:
        picture = QImage(320, 240, QImage.Format.Format_RGB32)
        picture.fill(0x445566)
        QGuiApplication.clipboard().setImage(picture)
        keyboard.key("Ctrl+V")
        keyboard.settle(100)
    elif step.kind is StepKind.SERIAL:
        keyboard.scan((OLD if step.direction == "out" else NEW)["PR" if "valve" in step.code else "BL"])
    for _ in range(4):
        if page.shown is None or page.shown.current != step.code:
            return
        keyboard.key("Enter")
        keyboard.settle(50)
    raise Stuck(f"step {step.number} {step.code} {step.kind} does not end; {type(keyboard.focus).__name__}")


def _sign(keyboard: Keyboard) -> None:
    repair = _page(keyboard, RepairPage)
    assert isinstance(repair, RepairPage)
    keyboard.key("F")
    keyboard.wait("the question how it ended", repair.forms[Go.FINISH].isVisible)
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the end kept", lambda: not repair.forms[Go.FINISH].isVisible())
    keyboard.key("S")
    page = _page(keyboard, SignPage)
    assert isinstance(page, SignPage)
    keyboard.wait("the form", lambda: page.shown is not None)
    for control in page.matter.to_write.values():
        if isinstance(control, QComboBox):
            keyboard.choose(control.accessibleName(), lambda choice: choice.currentIndex() == 1)
    _write_name(keyboard, page)
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the seal", lambda: page.shown is not None and page.shown.sealed)
    keyboard.tab_to(page.name.accessibleName())  # in the language of the form
    keyboard.key("Ctrl+A")
    keyboard.text("Ana Antunes")
    keyboard.tab_to(page.role.accessibleName())
    keyboard.text("Owner")
    _write_name(keyboard, page)
    keyboard.key("Ctrl+Enter")
    paper = _page(keyboard, FormPage)
    assert isinstance(paper, FormPage)
    keyboard.wait("both signatures in the file", lambda: paper.shown and paper.shown.answers and paper.shown.file)


def _write_name(keyboard: Keyboard, page: SignPage) -> None:
    """The name typed in the place of a drawn signature."""
    keyboard.tab_to(next(each.text() for each in page.findChildren(Button) if each.face.icon == "type"))
    keyboard.key("Space")
    keyboard.wait("the written name on the pad", lambda: not page.pad.empty)


def _resolve(keyboard: Keyboard) -> list[str]:
    keyboard.key("Ctrl+2")
    page = _page(keyboard, TicketsPage)
    assert isinstance(page, TicketsPage)
    keyboard.wait("the list", lambda: page.list.rows.current is not None or page.list.rows.hasFocus())
    for _ in range(40):
        if page.view.page is not None and page.view.page.facts.title == "Relief valve drips":
            break
        keyboard.key("Down")
    keyboard.key("E")
    panel = page.panels["resolve"]
    keyboard.wait("the question of the end", panel.isVisible)
    keyboard.text("Relief valve and boiler exchanged.")
    keyboard.key("Ctrl+Enter")
    keyboard.wait("the end", lambda: page.view.page is not None and not page.view.page.facts.state.is_open)
    return [] if page.view.page and page.view.page.follow_up else ["the customer is asked on a day"]


if __name__ == "__main__":
    run(repair, Path(sys.argv[1]))
