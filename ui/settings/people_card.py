"""The people who work here: added, changed, gone and come back, in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.kernel.rights import Right, Role
from app.language.languages import LANGUAGES
from app.people import actions
from app.people.queries import StaffRow, staff_list
from app.people.rules import StaffDraft, initials_of
from app.people.texts import ROLES
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, Section, framed
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, Choice, TextField
from ui.widgets.keys import saves
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.problem import Problem
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import speak, tr
from ui.work import Desk


class StaffForm(Card):
    """Name, initials, language and roles of one person; `saved` when it was kept, `closed` when it was left."""

    saved = Signal()
    closed = Signal()
    broke = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._person: StaffRow | None = None
        self.head = Label("", "head")
        self.name, self.initials = TextField(longest=120), TextField(longest=4)
        self.language = Choice([(each.code, each.own_name) for each in LANGUAGES])
        self.roles = {role: CheckBox(ROLES[role]) for role in Role}
        self.problem = Problem()
        self.fields = {"name": Field(say("Name"), self.name)}
        initials = Field(say("Initials"), self.initials, note=say("Typed to say who is at the desk"))
        self.save = Button(say("Save person"), Kind.PRIMARY, icon="check", keys="Ctrl+Enter", act=self.submit)
        self.gone = Button(say("No longer works here"), Kind.TEXT, icon="user-x", act=self.retire)
        leave = Button(say("Leave"), Kind.TEXT, keys="Esc", act=self.leave)
        roles = row(*self.roles.values(), None, gap=18)
        who = form_row(self.fields["name"], initials, Field(say("Language"), self.language))
        super().__init__(
            column(
                self.head, who, Label(say("Roles"), "small", "ink2", weight=500), roles, self.problem,
                row(self.save, leave, None, self.gone), gap=10, margins=(16, 14, 16, 14),
            )
        )  # fmt: skip
        self.problem.hide()
        self.name.textEdited.connect(self._propose_initials)

    def ask(self, person: StaffRow | None) -> None:
        """Comes up for this person, or for a new one."""
        self._person = person
        self.head.put(say("Change a person") if person else say("A new person"))
        self.name.setText(person.name if person else "")
        self.initials.setText(person.initials if person else "")
        self.language.choose(person.language if person else "en")
        for role, box in self.roles.items():
            box.setChecked(bool(person and role in person.roles))
        self.gone.put(say("No longer works here") if person is None or person.active else say("Works here again"))
        self.gone.setVisible(person is not None)
        self._settle()
        self.show()
        self.name.setFocus()

    def submit(self) -> None:
        """Saves the person."""
        self._settle()
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        draft = StaffDraft(self.name.text(), self.initials.text(), self.language.value, roles)
        if self._person is None:
            self._desk.write(actions.add_staff, draft, done=self._done, failed=self._trouble, owner=self)
        else:
            self._desk.write(
                actions.edit_staff, self._person.id, draft, done=self._done, failed=self._trouble, owner=self
            )

    def retire(self) -> None:
        """The person leaves, or comes back."""
        if self._person is not None:
            action = actions.retire_staff if self._person.active else actions.bring_back_staff
            self._desk.write(action, self._person.id, done=self._done, failed=self._trouble, owner=self)

    def leave(self) -> None:
        """Closes it unsaved."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif saves(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _propose_initials(self, name: str) -> None:
        """For somebody new; who is known here keeps the initials that everybody types."""
        if self._person is None:
            self.initials.setText(initials_of(name))

    def _settle(self) -> None:
        self.problem.settle()
        self.fields["name"].clear_problem()

    def _done(self, _: object) -> None:
        self.leave()
        self.saved.emit()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field in self.fields:
            self.fields[error.field].show_error(error)
        elif isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self.broke.emit(error)


class PeopleCard(Section):
    """The list; a person is opened with Enter or a click. Only who may manage people sees the ways to change it."""

    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.add = Button(say("Add a person"), icon="user-plus", keys="A", act=lambda: self.form.ask(None))
        self.form = StaffForm(desk)
        columns = [Column(say("Name")), Column(say("Roles"), FIT), Column(say("Initials"), FIT)]
        self.model = PagedModel(columns, cells=_cells, key=lambda each: each.id)
        self.list = RowList(self.model, name=say("People"), row_height=TWO_LINES - 6, fit=True)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(self.model.record(index.row())))
        self.empty = EmptyState("users", say("Nobody is on the list yet"), say("The first person becomes manager."))
        self._framed = framed(self.list)
        super().__init__(say("People"), self._framed, self.empty, boxed(column(self.form)), right=self.add)
        self.form.hide()
        self.form.saved.connect(lambda: self.told.emit(say("Person saved")))
        self.form.closed.connect(self.list.setFocus)

    def reread(self) -> None:
        """Reads who works here, and who did."""
        self._desk.read(staff_list, everyone=True, done=self._show, latest="people", owner=self)

    def _may(self) -> bool:
        return self._desk.actor is not None and Right.MANAGE_STAFF in self._desk.actor.rights

    def _open(self, person: StaffRow) -> None:
        if self._may():
            self.form.ask(person)

    def _show(self, people: tuple[StaffRow, ...]) -> None:
        self.model.fill(people)
        self._framed.setVisible(bool(people))
        self.empty.setVisible(not people)
        self.add.setVisible(self._may())


def _cells(person: StaffRow) -> Cells:
    roles = tr(", ").join(speak(ROLES[role]) for role in person.roles)
    name = Cell(person.name, weight=500) if person.active else Cell(person.name, tr("no longer works here"), ink="ink3")
    return name, Cell(roles, ink="ink2"), Cell(person.initials, ink="ink2")
