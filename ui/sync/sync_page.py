"""The exchange with the manufacturer: how it stands, what is to be decided, what waits. Nothing here ever blocks."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import Message, say
from app.language.translate import current
from app.views.sync_page import Fact, RefusedSeen, SyncPage, Waiting, sync_page
from app.workflows.clashes import see_refused, settle_clash
from ui.sync.clash_card import ClashCard
from ui.sync.connect_card import ConnectCard
from ui.theme.buttons import Size
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.address import Address
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card, EmptyState, Section, framed
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, spoken, tr, trn
from ui.work import Desk

NARROW = 760
MINUTE = 60_000


class ExchangePage(Page):
    """Three facts, then what somebody has to decide, then what waits."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.seen: SyncPage | None = None
        self.name = Label("", "title", wrap=True)
        self.motto = Prose(say("Everything you enter is kept on this computer first. Nothing is lost without network."))
        self.try_button = self.offer(Act("try", say("Try now"), "T", self.try_now, "refresh-cw", self._linked))
        self.connect_card = ConnectCard(desk, self.reread)
        self._facts = row(gap=12)
        self.clock = Banner(
            Tone.WARN, "", say("Set the clock of this computer. What you wrote is put in order anyway.")
        )
        self.deleting = Banner(
            Tone.WARN, "", "",
            Button(say("Let them disappear"), act=lambda: desk.exchange.try_now(deleting=True)),
        )  # fmt: skip
        for each in (self.clock, self.deleting):  # in a narrow window they need more lines than they ask for
            each.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._clashes, self._refusals = column(gap=12), column(gap=10)
        self.refused = Section(say("Not taken"), boxed(self._refusals))
        self._reports = column(gap=10)
        self.reports = Section(say("Reports of faults that wait"), boxed(self._reports))
        self.held = Label("", "small", "ink2", wrap=True)
        columns = [
            Column(say("Waiting to go out")),
            Column(say("By"), FIT, spare=True),
            Column(say("Since"), FIT, end=True),
        ]
        self.rows = PagedModel(columns, cells=_cells, key=lambda each: each.key)
        self.waiting = RowList(self.rows, name=say("Waiting to go out"), fit=True)
        self.waiting_card = framed(self.waiting)
        self.nothing = Card(column(EmptyState(
            "cloud-check", say("Nothing waits to go out"), say("What you write next shows here until it was sent."),
        )))  # fmt: skip
        self._build()
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self.reread)
        desk.exchange.changed.connect(self.reread)

    def title(self) -> Words:
        return say("Exchange")

    def open(self, argument: object = None) -> None:
        self.reread()
        self._timer.start()

    def leave(self) -> bool:
        self._timer.stop()
        return True

    def start(self) -> QWidget | None:
        return self.try_button if self._linked() else self.connect_card.first()

    def on_changed(self, changes: Changes) -> None:
        self.reread()

    def retranslate(self) -> None:
        self.reread()

    def reread(self) -> None:
        """Reads how it stands now."""
        exchange = self.desk.exchange
        self.desk.read(
            sync_page,
            exchange.trouble,
            exchange.since,
            current(),
            done=self._show,
            failed=self.trouble,
            latest="page",
            owner=self,
        )

    def try_now(self) -> None:
        """Exchanges at once."""
        self.desk.exchange.try_now()
        self._dress_button()

    def decide(self, clash: str, take_other: bool) -> None:
        """Keeps what is shown, or puts the other value in its place."""
        words = say("The other value is taken") if take_other else say("It stays as it is shown")
        self.desk.write(
            settle_clash, clash, take_other=take_other, done=lambda _: self.tell(words), failed=self.trouble, owner=self
        )

    def _read(self, _: object) -> None:
        """A refusal is no record: nobody is told of a change, so the page and the light are."""
        self.desk.exchange.changed.emit()

    def _linked(self) -> bool:
        return bool(self.seen and self.seen.address)

    def _build(self) -> None:
        head = row((boxed(column(self.name, self.motto, gap=2)), 1), self.try_button, gap=16)
        connect = row((self.connect_card, 100), None)
        body = column(
            head, boxed(self._facts), connect, self.clock, self.deleting, boxed(self._clashes), self.refused,
            self.reports, self.held,
            self.waiting_card, self.nothing, None, gap=14, margins=(24, 20, 24, 24),
        )  # fmt: skip
        self.setLayout(column((Scroll(boxed(body)), 1)))
        for each in (self.connect_card, self.clock, self.deleting, self.refused, self.reports, self.held,
                     self.waiting_card, self.nothing, self.try_button):  # fmt: skip
            each.hide()  # until it is known which of them is true

    def _show(self, page: SyncPage) -> None:
        was, self.seen = self.seen, page
        self.name.put(tr("Exchange with {name}", name=page.manufacturer) if page.manufacturer else tr("Exchange"))
        linked = bool(page.address)
        self.connect_card.setVisible(not linked or page.trouble == "unknown_device")
        self.try_button.setVisible(linked)
        self.connect_card.put(page.manufacturer)
        self.connect_card.remember(page.address_before, code_waits=page.code_waits)
        self._dress_button()
        self._show_facts(page.facts)
        self.clock.setVisible(page.clock is not None)
        if page.clock is not None:
            self.clock.headline.put(page.clock)
        self.deleting.setVisible(page.deleting is not None)
        if page.deleting is not None:
            self.deleting.put(Tone.WARN, *page.deleting)
        self._show_decisions(page)
        self.held.put(trn(
            "{count} record from a newer version of the program is kept until this one is updated.",
            "{count} records from a newer version of the program are kept until this one is updated.", page.held,
        ))  # fmt: skip
        self.held.setVisible(page.held > 0)
        self.rows.fill(page.waiting)
        self.waiting_card.setVisible(linked and bool(page.waiting))
        self.nothing.setVisible(linked and not page.waiting)
        start = self.start()
        if start is not None and self.isVisible() and (was is None or was.address != page.address):
            start.setFocus()

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        clear(self._facts)
        for each in facts:
            self._facts.addWidget(_fact(each), 1)

    def _show_decisions(self, page: SyncPage) -> None:
        clear(self._clashes)
        for n, clash in enumerate(page.clashes, 1):
            self._clashes.addWidget(ClashCard(clash, self.decide, at=n, of=len(page.clashes)))
        clear(self._refusals)
        for refused in page.refused:
            self._refusals.addWidget(self._refusal(refused))
        self.refused.setVisible(bool(page.refused))
        clear(self._reports)
        for key, since in page.reports:
            self._reports.addWidget(self._report(key, since))
        self.reports.setVisible(bool(page.reports))

    def _report(self, key: str, since: Message) -> QWidget:
        back = Button(say("Take it back"), size=Size.COMPACT, icon="undo-2", name=say("Take the report back"))
        back.clicked.connect(lambda: self.desk.exchange.take_back(key))
        words = Label(say("It goes by itself as soon as there is a network."), "body", wrap=True)
        return boxed(row((words, 1), Label(since, "small", "ink2"), back, gap=12))

    def _refusal(self, refused: RefusedSeen) -> QWidget:
        by = Label(refused.by, "small", "ink2")
        words = column(row(Label(refused.what, weight=600), by, None, gap=10), Prose(refused.why, "small"), gap=2)
        seen = Button(say("Read"), size=Size.COMPACT, icon="eye", name=say("Mark the refusal as read"))
        seen.clicked.connect(
            lambda: self.desk.write(see_refused, refused.op_id, done=self._read, failed=self.trouble, owner=self)
        )
        return boxed(row((words, 1), seen, gap=12))

    def _dress_button(self) -> None:
        busy = self.desk.exchange.busy  # never switched off: that would take the keyboard from whoever pressed it
        self.try_button.put(say("Exchanging …") if busy else say("Try now"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction.TopToBottom if self.width() < px(NARROW) else QBoxLayout.Direction.LeftToRight
        self._facts.setDirection(way)


def _fact(fact: Fact) -> Card:
    icon = "warn" if fact.icon in ("cloud-off", "triangle-alert") else "ok" if fact.icon == "download" else "ink2"
    texts = column(
        Label(fact.headline, "head", wrap=True), Label(fact.line, "small", "ink2", wrap=True),
        *([Address(fact.address)] if fact.address else []),
        *([Label(fact.note, "meta", "ink3", wrap=True)] if fact.note else []), None, gap=2,
    )  # fmt: skip
    return Card(row(Icon(fact.icon, icon, 22), (texts, 1), gap=14, margins=(18, 14, 16, 14)))


def _cells(waiting: Waiting) -> Cells:
    what = Cell(spoken(waiting.what), icon=waiting.icon, weight=500)
    return what, Cell(waiting.by, ink="ink2"), spoken(waiting.since)
