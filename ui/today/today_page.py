"""Today: one list by what is due next, the bench, and at the side what only informs."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.spacing import joined
from app.tickets.actions import see_reason
from app.tickets.queries import Shelf
from app.views.moments import Urgency
from app.views.repair_list import RepairRow
from app.views.today import DueRow, PassedRow, Today, today
from ui.theme.buttons import Kind, Size
from ui.theme.look import look, px
from ui.theme.tones import Tone, colour_of, shape_of
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, Section, framed
from ui.widgets.label import Icon, Label, Prose, Rule
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, speak, spoken, tr, trn
from ui.work import Desk

MINUTE = 60_000  # ms: due times are re-judged on display, never counted down
SHOWN = 12
SIDE_WIDTH, MOST = 312, 16_777_215  # px; the second is what Qt takes for no limit
SIDE_BELOW_UNDER = 1060  # px of the page: a window of 1280 with its rail
TIME_WIDTH = 132
_TONES = {Urgency.NOW: Tone.STOP, Urgency.SOON: Tone.WARN, Urgency.LATER: Tone.NONE}


class TodayPage(Page):
    """It lists what breaks first; the first line holds the one filled button."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Today | None = None
        self._first: Button | None = None
        self._came_up = False
        self.day, self.greeting = Label("", "title"), Label("", "body", "ink2")
        self.count = Label("", "small", "ink2")
        self._rows = column(gap=0)
        self.due = Section(say("What is due first"), boxed(self._rows), right=self.count, edge_to_edge=True, gap=8)
        self.no_due = EmptyState(
            "circle-check", say("Nothing is due"), say("First answers, reminders and calls show here by their time."),
            Button(say("New ticket"), icon="plus", act=lambda: self.go("new_ticket")),
        )  # fmt: skip
        columns = [
            Column(say("On the bench")), Column(say("Serial"), FIT), Column(say("Step"), FIT),
            Column(say("Responsible"), FIT, spare=True), Column(say("Days"), FIT, end=True, spare=True),
        ]  # fmt: skip
        self.bench_rows = PagedModel(columns, cells=_bench_cells, key=lambda each: each.repair)
        self.bench = RowList(self.bench_rows, name=say("On the bench"), row_height=TWO_LINES, fit=True)
        self.bench.opened.connect(lambda each: self.go("repair", each.repair))
        self.bench.clicked.connect(lambda index: self.go("repair", self.bench_rows.record(index.row()).repair))
        self.bench_card = framed(self.bench)
        self.bench_empty = Card(
            column(EmptyState("wrench", say("No machine is on the bench"), say("An open repair shows here.")))
        )
        self._passed = column(gap=10)
        self.passed = Section(say("Ended with a reason"), boxed(self._passed))
        self.figures = self._figures()
        self._build()
        for each in (self.due, self.no_due, self.bench_card, self.bench_empty, self.passed):
            each.hide()  # until it is known which of them is true
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self.reread)

    def title(self) -> Words:
        return say("Today")

    def start(self) -> QWidget | None:
        return self._first

    def open(self, argument: object = None) -> None:
        self._came_up = True
        self.reread()
        self._timer.start()

    def leave(self) -> bool:
        self._timer.stop()
        return True

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("ticket", "ticket_event", "repair", "repair_event", "customer", "staff"):
            self.reread()

    def retranslate(self) -> None:
        if self._seen is not None:
            self._show(self._seen)

    def reread(self) -> None:
        """Reads what is due now."""
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(today, person, done=self._show, failed=self.trouble, latest="today")

    def open_first(self) -> None:
        """Opens what is due first."""
        if self._seen and self._seen.due:
            self.go("tickets", self._seen.due[0].ticket)

    def _build(self) -> None:
        act = Act("first", say("Open what is due first"), "G", self.open_first, "arrow-right", self._has_due)
        self.acts.append(act)
        left = column(self.due, self.no_due, self.bench_card, self.bench_empty, None, gap=14)
        self._side = boxed(column(self.figures, self.passed, None, gap=14))
        self._parts = row((left, 1), self._side, gap=16)
        body = column(self.day, self.greeting, 8, self._parts, None, gap=2, margins=(24, 20, 24, 24))
        self._scroll = Scroll(boxed(body))
        self.setLayout(column((self._scroll, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the side column goes below."""
        below = self.width() < px(SIDE_BELOW_UNDER)
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._parts.setDirection(way)
        self._side.setMinimumWidth(0 if below else px(SIDE_WIDTH))
        self._side.setMaximumWidth(MOST if below else px(SIDE_WIDTH))
        super().resizeEvent(event)

    def _figures(self) -> Section:
        self.open_line, self.mine_line = Label("", "body", weight=600), Label("", "small", "ink2")
        self.asks_line = Label("", "body", weight=600)
        tickets = Button(say("Tickets"), Kind.LINK, size=Size.COMPACT, act=lambda: self.go("tickets", Shelf.OPEN))
        asks = Button(say("Calls"), Kind.LINK, size=Size.COMPACT, act=lambda: self.go("tickets", Shelf.RESOLVED))
        return Section(
            say("On the desk"),
            row(Icon("ticket"), (column(self.open_line, self.mine_line, gap=1), 1), tickets, gap=10),
            row(Icon("phone"), (self.asks_line, 1), asks, gap=10),
        )

    def _has_due(self) -> bool:
        return bool(self._seen and self._seen.due)

    def _show(self, seen: Today) -> None:
        self._seen = seen
        self.day.put(seen.day)
        self.greeting.put(joined((spoken(seen.greeting), spoken(seen.summary)), look().language))
        self.count.put(trn("{count} with a date", "{count} with a date", len(seen.due)))
        self.due.setVisible(bool(seen.due))
        self.no_due.setVisible(not seen.due)
        clear(self._rows)
        self._first = None
        for each in seen.due[:SHOWN]:
            self._rows.addWidget(Rule())
            self._rows.addWidget(self._due_line(each))
        self.bench_rows.fill(seen.bench)
        self.bench_card.setVisible(bool(seen.bench))
        self.bench_empty.setVisible(not seen.bench)
        self._show_passed(seen.passed)
        self.open_line.put(trn("{count} open ticket", "{count} open tickets", seen.open))
        self.mine_line.put(trn("{count} is yours", "{count} are yours", seen.mine))
        self._begin_at_first()
        self.asks_line.put(trn("{count} customer to ask", "{count} customers to ask", seen.follow_ups))

    def _begin_at_first(self) -> None:
        """The keyboard begins at what is due first, once, when the page comes up."""
        if self._came_up and self._first is not None:
            self._first.setFocus()
            QTimer.singleShot(0, self, self._show_top)  # once the lines have their height
        self._came_up = False

    def _show_top(self) -> None:
        """A page comes up with its title, wherever the keyboard is."""
        self._scroll.verticalScrollBar().setValue(0)

    def _due_line(self, due: DueRow) -> QWidget:
        tone = _TONES[due.due.urgency]
        button = Button(due.act, Kind.SECONDARY if self._first else Kind.PRIMARY)
        self._first = self._first or button
        button.clicked.connect(lambda: self.go("tickets", due.ticket))
        button.setMinimumWidth(px(132))
        button.setAccessibleName(f"{speak(due.act)}: {speak(due.title)}")
        when = column(
            None, Label(due.due.when, "lead", weight=600), Label(due.due.distance, "small", "ink2"), None, gap=1
        )
        matter = column(Label(due.title, weight=600, wrap=True), Label(due.line, "small", "ink2", wrap=True), gap=2)
        items: list[Item] = [
            Icon(shape_of(tone), colour_of(tone), 18), boxed(when, width=TIME_WIDTH), Icon(due.icon), (matter, 1),
            button,
        ]  # fmt: skip
        return boxed(row(*items, gap=14, margins=(18, 9, 16, 9)))

    def _show_passed(self, passed: tuple[PassedRow, ...]) -> None:
        clear(self._passed)
        for each in passed:
            self._passed.addWidget(self._passed_line(each))
        self.passed.setVisible(bool(passed))

    def _passed_line(self, passed: PassedRow) -> QWidget:
        ticket = Button(passed.number, Kind.LINK, size=Size.COMPACT, act=lambda: self.go("tickets", passed.ticket))
        seen = Button(say("Read"), size=Size.COMPACT, icon="eye", name=say("Mark the reason as read"))
        seen.clicked.connect(lambda: self.desk.write(see_reason, passed.ticket, failed=self.trouble, owner=self))
        words = column(Label(passed.title, "small", weight=600, wrap=True), Prose(passed.reason, "small"), gap=1)
        return boxed(column(row(ticket, None, seen), words, gap=2))


def _bench_cells(bench: RepairRow) -> Cells:
    days = tr("{days}", days=bench.days)
    return (
        Cell(bench.title, bench.customer, weight=500), Cell(bench.serial, code=True), Cell(spoken(bench.step)),
        Cell(bench.responsible or tr("Nobody"), ink="ink2"), days,
    )  # fmt: skip
