"""What is asked in place, above the story: a call, a move, a severity, a person, a reopening, a follow-up."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.people.queries import StaffRow, staff_list
from app.tickets import actions
from app.tickets.rules import MOVES, NEED_A_DAY, Direction, FollowUpOutcome, Severity, State
from app.tickets.texts import DIRECTIONS, OUTCOMES, SEVERITIES, STATES
from app.views.ticket_page import TicketPage
from ui.pickers.days import DayChoice
from ui.pickers.form_draft import FormDraft
from ui.pickers.person import PersonPicker
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.keys import saves
from ui.widgets.label import Label
from ui.widgets.layouts import Item, column, row
from ui.widgets.problem import Problem
from ui.widgets.texts import Words, tr
from ui.widgets.toggle import Toggle
from ui.work import Desk

_CAN_GO_BACK: tuple[Callable[..., Any], ...] = (actions.log_call, actions.move)


def short_area() -> TextArea:
    """Two lines that do not grow: the story below stays in sight."""
    area = TextArea(lines=2)
    area.setFixedHeight(area.minimumHeight() + 6)
    return area


class Panel(Card):
    """A question in place. Esc throws away what was typed (which can be taken back), Ctrl+Enter saves it; put away by
    anything else, it comes back as it was.

    `place` names it, `answers` the controls whose content is kept.
    """

    place: ClassVar[str]
    answers: ClassVar[tuple[str, ...]] = ()
    saved = Signal(object, object)  # words, and what takes it back, or None
    broke = Signal(object)
    closed = Signal()
    wanted = Signal(str)  # comes up again for this ticket
    _fields: dict[str, Field]

    def __init__(self, desk: Desk, title: Words, verb: Words, *items: Item) -> None:
        self.desk, self.ticket = desk, ""
        self.problem = Problem()
        self.save = Button(verb, Kind.PRIMARY, icon="check", keys="Ctrl+Enter", act=self.submit)
        self._leave = Button(say("Leave"), Kind.TEXT, keys="Esc", act=self.leave)
        foot = row(self.save, self._leave, None)
        self._fields = getattr(self, "_fields", {})
        super().__init__(column(Label(title, "head"), *items, self.problem, foot, gap=10, margins=(16, 14, 16, 14)))
        self.problem.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.draft_kept = FormDraft(
            desk, f"tickets.{self.place}", {name: getattr(self, name) for name in self.answers}, parent=self
        )
        self.draft_kept.restored.connect(self.came_back)

    def named(self, name: str, label: Words, control: QWidget) -> Field:
        """A field that shows the errors of this name; before `super().__init__`, so that it can be laid out there."""
        self._fields[name] = Field(label, control, name=name)
        return self._fields[name]

    def ask(self, page: TicketPage, *, quietly: bool = False) -> None:
        """Comes up for a ticket, with what was typed for it; `quietly` leaves the keyboard where it is."""
        self.ticket = page.facts.id
        self.settle()
        self.fill(page)
        self.draft_kept.begin(self.ticket)
        self.show()
        if not quietly:
            self.first().setFocus()

    def put_away(self) -> None:
        """Makes room for something else; what was typed is kept."""
        self.draft_kept.keep_now()
        self.hide()

    def came_back(self) -> None:
        """What was typed stands in the controls again."""

    def fill(self, page: TicketPage) -> None:
        """Starts the controls from the ticket."""

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.save

    def submit(self) -> None:
        """Saves what was answered."""

    def settle(self) -> None:
        """Nothing is wrong any more."""
        self.problem.settle()
        for field in self._fields.values():
            field.clear_problem()

    def leave(self) -> None:
        """Throws away what was typed; Undo brings it back with the panel."""
        typed = self.draft_kept.typed(self.ticket)
        bring_back = partial(self._bring_back, self.ticket, typed)
        self.close_panel()
        if typed:
            self.saved.emit(say("What was typed is thrown away"), bring_back)

    def _bring_back(self, ticket: str, typed: Mapping[str, Any]) -> None:
        self.draft_kept.bring_back(ticket, typed)
        self.wanted.emit(ticket)

    def close_panel(self) -> None:
        """Goes, with what was typed."""
        self.draft_kept.forget(self.ticket)
        self.hide()
        self.closed.emit()

    def write(
        self, action: Callable[..., Any], *args: Any, said: Words, back: Callable[[str], object] | None = None,
        **named: Any,
    ) -> None:  # fmt: skip
        """Runs the action; closes when it is done. `back(ticket)` takes it back; an action that gives an entry which
        can be taken back needs none."""
        self.settle()
        self.draft_kept.keep_now()

        def done(ticket: str, result: object) -> None:
            self.was_saved(ticket)
            own = partial(self.take_back, actions.take_back, result) if action in _CAN_GO_BACK else None
            self.saved.emit(said, partial(back, ticket) if back else own)

        self.desk.write(
            action, self.ticket, *args, done=partial(done, self.ticket), failed=self.trouble, owner=self, **named
        )

    def take_back(self, action: Callable[..., Any], *args: object, **named: Any) -> None:
        """Runs what undoes it."""
        self.desk.write(action, *args, failed=self.broke.emit, owner=self, **named)

    def was_saved(self, ticket: str) -> None:
        """It stands in the story of that ticket; the panel may be asking for another one by now."""
        if self.ticket == ticket and not self.isHidden():
            self.close_panel()
        else:
            self.draft_kept.forget(ticket)

    def trouble(self, error: BaseException) -> None:
        """At its field, else in the panel; what is no worded error goes on to the page."""
        if not isinstance(error, UserError):
            self.broke.emit(error)
        elif error.field in self._fields:
            self._fields[error.field].show_error(error)
            self._fields[error.field].control.setFocus()
        else:
            self.problem.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif saves(event):
            self.submit()
        else:
            super().keyPressEvent(event)


class CallPanel(Panel):
    """A call: who called, and what was said."""

    place = "call"
    answers = ("way", "text")

    def __init__(self, desk: Desk) -> None:
        self.way = Toggle([(each, DIRECTIONS[each]) for each in (Direction.OUT, Direction.IN)], name=say("Who called"))
        self.text = short_area()
        self.text.entered.connect(lambda _: self.submit())
        self._text = Field(say("What was said"), self.text, name="text")
        super().__init__(desk, say("Log a call"), say("Save call"), row(self.way, None), self._text)
        self._fields["text"] = self._text

    def fill(self, page: TicketPage) -> None:
        self.text.setPlainText("")

    def first(self) -> QWidget:
        return self.text

    def submit(self) -> None:
        self.write(actions.log_call, self.text.text, direction=self.way.value, said=say("Call saved"))


class MovePanel(Panel):
    """Where the ticket stands now; a day where one waits, a reason where it is cancelled."""

    place = "move"
    answers = ("to", "day", "reason")

    def __init__(self, desk: Desk) -> None:
        self.to = Choice([(state, STATES[state]) for state in MOVES])
        self.day = DayChoice()
        self.reason = TextField()
        self._day = Field(say("Look at it again on"), self.day, name="day")
        why = Field(say("Why"), self.reason, name="reason")
        where = Field(say("It stands"), self.to)
        super().__init__(desk, say("Move the ticket"), say("Move it"), row((where, 1), (self._day, 1)), why)
        self._fields |= {"day": self._day, "reason": why}
        self.to.chosen.connect(lambda _: self._judge())

    def fill(self, page: TicketPage) -> None:
        self.day.start(date.today())
        self.to.choose(State.IN_PROGRESS if page.facts.state is State.NEW else State.WAITING_CUSTOMER)
        self.reason.clear()
        self._judge()

    def first(self) -> QWidget:
        return self.to

    def came_back(self) -> None:
        self._judge()

    def submit(self) -> None:
        day = self.day.value if self.to.value in NEED_A_DAY else ""
        self.write(actions.move, self.to.value, reason=self.reason.text(), remind_on=day, said=say("Ticket moved"))

    def _judge(self) -> None:
        self._day.setVisible(self.to.value in NEED_A_DAY)


class SeverityPanel(Panel):
    """The severity; lowering it asks why."""

    place = "level"
    answers = ("to", "reason")

    def __init__(self, desk: Desk) -> None:
        self.to = Choice([(each, SEVERITIES[each]) for each in Severity])
        self.reason = TextField()
        why = Field(say("Why"), self.reason, note=say("Needed when it becomes less severe"), name="reason")
        level = Field(say("Severity"), self.to, note=say("When unsure, take the graver one"))
        super().__init__(desk, say("Change the severity"), say("Change it"), level, why)
        self._fields["reason"] = why

    def fill(self, page: TicketPage) -> None:
        self._was = Severity(page.facts.severity)
        self.to.choose(self._was)
        self.reason.clear()

    def first(self) -> QWidget:
        return self.to

    def submit(self) -> None:
        was, why = self._was, tr("Taken back")
        self.write(
            actions.set_severity, self.to.value, reason=self.reason.text(), said=say("Severity changed"),
            back=lambda ticket: self.take_back(actions.set_severity, ticket, was, reason=why),
        )  # fmt: skip


class PersonPanel(Panel):
    """Who has the ticket from now on."""

    place = "person"

    def __init__(self, desk: Desk) -> None:
        self.person = PersonPicker()
        self.person.chosen.connect(self._chosen)
        super().__init__(desk, say("Hand the ticket to somebody"), say("Hand it over"), self.person)

    def fill(self, page: TicketPage) -> None:
        self._now = page.facts.owner
        self.desk.read(staff_list, done=self._offer)

    def first(self) -> QWidget:
        return self.person

    def submit(self) -> None:
        person: StaffRow | None = self.person.list.current
        if person is not None:
            self._chosen(person.id)

    def _offer(self, people: tuple[StaffRow, ...]) -> None:
        self.person.offer(people, now=self._now)

    def _chosen(self, person: str) -> None:
        was = self._now
        self.write(
            actions.assign, person, said=say("Ticket handed over"),
            back=lambda ticket: self.take_back(actions.assign, ticket, was),
        )  # fmt: skip


class ReopenPanel(Panel):
    """Why an ended ticket is taken up again."""

    place = "reopen"
    answers = ("reason",)

    def __init__(self, desk: Desk) -> None:
        self.reason = TextField()
        self.reason.entered.connect(lambda _: self.submit())
        why = Field(say("What happened"), self.reason, name="reason")
        super().__init__(desk, say("Open the ticket again"), say("Open it"), why)
        self._fields["reason"] = why

    def fill(self, page: TicketPage) -> None:
        self.reason.clear()

    def first(self) -> QWidget:
        return self.reason

    def submit(self) -> None:
        self.write(actions.reopen, self.reason.text(), said=say("Ticket opened again"))


class FollowUpPanel(Panel):
    """What the customer said when asked how it went."""

    place = "follow_up"
    answers = ("outcome", "text")

    def __init__(self, desk: Desk) -> None:
        self.outcome = Choice([(each, OUTCOMES[each]) for each in FollowUpOutcome])
        self.text = short_area()
        said = Field(say("In the customer's words"), self.text, name="text")
        answer = Field(say("Answer"), self.outcome, note=say("Who is not content gets the ticket opened again"))
        super().__init__(desk, say("Ask how it went"), say("Save answer"), answer, said)
        self._fields["text"] = said
        self.text.entered.connect(lambda _: self.submit())

    def fill(self, page: TicketPage) -> None:
        self.outcome.choose(FollowUpOutcome.CONTENT)
        self.text.setPlainText("")

    def first(self) -> QWidget:
        return self.outcome

    def submit(self) -> None:
        self.write(
            actions.finish_follow_up, self.outcome.value, today=date.today(), text=self.text.text,
            said=say("Answer saved"),
        )  # fmt: skip
