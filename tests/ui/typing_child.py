"""A process that types into every form that takes words, and is killed: `python -m tests.ui.typing_child STORE IDS`."""

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.store.sessions import ThreadStore
from app.workflows.drafts import drafts
from tests.stores import EVERYTHING, KEY
from tests.ui.real import StoreRunner
from ui.customers.customers_page import CustomersPage
from ui.repairs.repair_page import RepairPage
from ui.theme.apply import apply
from ui.tickets.new_ticket_page import NewTicketPage
from ui.tickets.quick_page import QuickPage
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.inputs import TextArea, TextField
from ui.widgets.page import Page
from ui.work import Desk

WORDS = "half a sentence"


@dataclass(frozen=True)
class Form:
    """A form that takes words: its page, what that is opened with, the act that brings it up, and where the words go,
    as a path of attributes and keys."""

    page: type[Page]
    about: str
    act: str
    field: str


FORMS = {
    "new ticket": Form(NewTicketPage, "", "", "subject"),
    "quick answer": Form(QuickPage, "", "", "asked"),
    "note": Form(TicketsPage, "ticket", "", "view.note"),
    "call": Form(TicketsPage, "ticket", "call", "panels.call.text"),
    "move": Form(TicketsPage, "ticket", "move", "panels.move.reason"),
    "severity": Form(TicketsPage, "ticket", "level", "panels.level.reason"),
    "resolve": Form(TicketsPage, "ticket", "resolve", "panels.resolve.answer"),
    "change": Form(TicketsPage, "ticket", "edit", "panels.edit.words"),
    "customer of a ticket": Form(TicketsPage, "ticket", "customer", "panels.customer.contact"),
    "customer": Form(CustomersPage, "customer", "change_customer", "form.note"),
    "new customer": Form(CustomersPage, "customer", "new_customer", "form.contact"),
    "site": Form(CustomersPage, "customer", "add_site", "site_form.address"),
    "diagnosis": Form(RepairPage, "repair", "diagnose", "forms.DIAGNOSE.words"),
    "intake": Form(RepairPage, "repair", "receive", "forms.RECEIVE.note"),
    "standing": Form(RepairPage, "repair", "standing", "standing_form.reason"),
    "end": Form(RepairPage, "repair", "finish", "forms.FINISH.note"),
}


def settle(desk: Desk) -> None:
    """Until every answer is there."""
    for _ in range(20):
        QTest.qWait(5)
        if not desk.busy:
            return


def shown(form: Form, desk: Desk, ids: dict[str, str]) -> Page:
    """Its page in a window, with the form up."""
    page = form.page(desk)
    desk.setParent(page)
    page.resize(1200, 820)
    page.show()
    page.activateWindow()
    page.open(ids.get(form.about) or None)
    settle(desk)
    for act in page.acts:
        if act.name == form.act:
            act.run()
    settle(desk)
    return page


def field_of(form: Form, page: Page) -> TextField | TextArea:
    """Where its words go."""
    found: Any = page
    for name in form.field.split("."):
        if isinstance(found, dict):
            found = next(each for key, each in found.items() if name in (key, getattr(key, "name", "")))
        else:
            found = getattr(found, name)
    assert isinstance(found, TextField | TextArea)
    return found


def main() -> None:
    """Types, waits until the store has it, and dies."""
    application = QApplication([])
    apply(application, "light", "en")
    store = ThreadStore(Path(sys.argv[1]), KEY, reader=False, zone="Europe/Lisbon")
    ids: dict[str, str] = json.loads(sys.argv[2])
    kept: list[QWidget] = []
    for form in FORMS.values():
        desk = Desk(StoreRunner(store), EVERYTHING)
        before = len(store.read(drafts, ()))
        page = shown(form, desk, ids)
        kept.append(page)
        field = field_of(form, page)
        field.setFocus()
        QTest.keyClicks(field, WORDS)
        for _ in range(100):
            QTest.qWait(20)
            if len(store.read(drafts, ())) > before:
                break
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
