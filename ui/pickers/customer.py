"""A customer: found while typing, or new with name and telephone, without leaving the form."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.customers.queries import CustomerRow, find_customers
from app.customers.rules import CustomerDraft, CustomerKind
from app.customers.texts import KINDS
from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import column, form_row, row
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import Cell, Cells, Column, PagedModel
from ui.widgets.texts import dotted
from ui.work import Desk

PAUSE = 120  # ms after the last key; a search takes less, and a fast typist asks once


@dataclass(frozen=True, slots=True)
class Picked:
    """An id of a known customer, or the draft of a new one, or neither: the customer is not known."""

    id: str = ""
    new: CustomerDraft | None = None


class CustomerPicker(QWidget):
    """`picked` says who; `changed` is sent whenever that changes. Enter takes the first one found."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._id = desk, ""
        self._found_for, self._taking = "", False  # what the hits are for; whether Enter waits for them
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._search)
        self.search = TextField(icon="search", hint=say("Name, telephone or place"))
        self.field = Field(say("Customer"), self.search, note=say("May stay empty: the customer is not known"))
        self.model = PagedModel([Column(say("Customer"))], cells=_cells, key=lambda each: each.id)
        self.found = RowList(self.model, name=say("Customers found"), row_height=TWO_LINES, header=False, fit=True)
        self.add = Button(say("New customer"), Kind.LINK, icon="user-plus", act=self.start_new)
        self._results = Card(column(self.found, row(self.add, None), gap=2, margins=(1, 4, 1, 4)))
        self.name_label = Label("", weight=600)
        self.change = Button(say("Another customer"), Kind.TEXT, size=Size.COMPACT, act=self.clear)
        self._chosen = Card(row(Icon("user-round"), (self.name_label, 1), self.change, margins=(12, 4, 6, 4)))
        self._form = self._new_form()
        self.setLayout(column(self.field, self._chosen, self._results, self._form, gap=6))
        self.setFocusProxy(self.search)
        self._form.hide()
        self._connect()
        self._show()

    @property
    def picked(self) -> Picked:
        """Who it is now."""
        if self._form.isHidden():
            return Picked(self._id)
        draft = CustomerDraft(
            self.new_name.text(), self.new_kind.value, contact=self.new_contact.text(), phone=self.new_phone.text()
        )
        return Picked(new=draft)

    def put(self, customer: str, name: str) -> None:
        """Chooses a known customer."""
        self._id = customer
        self.name_label.put(name)
        self._form.hide()
        self.search.clear()
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Nobody is chosen any more."""
        self.put("", "")
        self.search.setFocus()

    def start_new(self) -> None:
        """A new customer, with what was typed as the name."""
        typed = self.search.text().strip()
        number = typed and all(sign.isdigit() or sign in "+ -/()" for sign in typed)
        (self.new_phone if number else self.new_name).setText(typed)
        self._id = ""
        self._form.show()
        self._show()
        (self.new_name if number else self.new_phone).setFocus()
        self.changed.emit()

    def show_error(self, error: UserError) -> None:
        """What is wrong with the new customer."""
        self.new_fields.show_error(error)

    def kept(self) -> dict[str, str]:
        """What a draft keeps of it."""
        picked = self.picked
        new = picked.new
        kept = {"id": picked.id, "name": self.name_label.text() if picked.id else "", "search": self.search.text()}
        if new is not None:
            kept |= {"new": new.name, "kind": str(new.kind), "contact": new.contact, "phone": new.phone}
        return kept

    def restore(self, kept: dict[str, str]) -> None:
        """Puts back what a draft kept."""
        self.put(kept.get("id", ""), kept.get("name", ""))
        self.search.setText(kept.get("search", ""))
        for field, key in ((self.new_name, "new"), (self.new_contact, "contact"), (self.new_phone, "phone")):
            field.setText(kept.get(key, ""))
        self._form.setVisible("new" in kept)
        self.new_kind.choose(CustomerKind(kept.get("kind", CustomerKind.BUSINESS)))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._results.isVisible():
            self.found.setFocus()
        elif event.key() == Qt.Key.Key_Escape and not self._form.isHidden():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _new_form(self) -> Card:
        self.new_name, self.new_contact, self.new_phone = TextField(), TextField(), TextField()
        self.new_kind = Choice([(kind, KINDS[kind]) for kind in CustomerKind])
        self.new_kind.choose(CustomerKind.BUSINESS)
        self.new_fields = Field(say("Name"), self.new_name, name="name")
        back = Button(say("Not new"), Kind.TEXT, size=Size.COMPACT, act=self.clear)
        return Card(
            column(
                row(Icon("user-plus"), Label(say("New customer"), weight=600), None, back),
                form_row(self.new_fields, Field(say("Telephone"), self.new_phone)),
                form_row(Field(say("Contact person"), self.new_contact), Field(say("Kind"), self.new_kind)),
                gap=10, margins=(14, 10, 14, 14),
            )
        )  # fmt: skip

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._typed())
        self.search.entered.connect(lambda _: self._first())
        self.found.opened.connect(self._take)
        self.found.clicked.connect(lambda index: self._take(self.model.record(index.row())))
        for field in (self.new_name, self.new_contact, self.new_phone):
            field.textChanged.connect(lambda _: self.changed.emit())
        self.new_name.textChanged.connect(lambda _: self.new_fields.clear_problem())

    def _show(self) -> None:
        new = not self._form.isHidden()
        self.field.setVisible(not new and not self._id)
        self._chosen.setVisible(not new and bool(self._id))
        self._results.setVisible(not new and not self._id and bool(self.search.text().strip()))

    def _typed(self) -> None:
        self._taking = False
        self._show()
        self._timer.start()
        self.changed.emit()

    def _search(self) -> None:
        typed = self.search.text()
        if typed.strip():
            self._desk.read(
                find_customers, typed, limit=6, done=partial(self._found, typed), owner=self, latest="customers"
            )

    def _found(self, typed: str, rows: tuple[CustomerRow, ...]) -> None:
        self._found_for = typed
        self.model.fill(rows)
        self.found.setVisible(bool(rows))
        if rows:
            self.found.choose(rows[0].id)
        if self._taking:
            self._first()

    def _first(self) -> None:
        """Enter: the hits are waited for, since those of fewer letters may be somebody else."""
        typed = self.search.text()
        if typed.strip() and typed != self._found_for:
            self._timer.stop()
            self._taking = True
            self._search()
        elif typed.strip() and self.model.rowCount() and self.found.current is not None:
            self._take(self.found.current)
        elif typed.strip():
            self.start_new()

    def _take(self, customer: CustomerRow) -> None:
        self.put(customer.id, customer.name)


def _cells(customer: CustomerRow) -> Cells:
    return (Cell(customer.name, dotted(customer.contact, customer.phone), weight=500),)
