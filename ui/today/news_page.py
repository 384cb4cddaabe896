"""What is new: what happened while nobody looked, since when, and one key to the place where it is dealt with."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.people.told import mark_seen, mark_unseen, mute
from app.views.news import News, Notice, Sort, Urgent, news, sorts
from app.workflows.settings import choose_closing
from ui.theme.buttons import Kind
from ui.theme.look import look, px
from ui.theme.tones import Tone
from ui.widgets.card import Card, EmptyState, Section, framed
from ui.widgets.inputs import CheckBox
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import TICKETS, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, spoken, tr, trn
from ui.work import Desk

MINUTE = 60_000  # ms
SIDE_WIDTH, MOST = 340, 16_777_215
SIDE_BELOW_UNDER = 1060
CRISIS = "crisis"
_TONES = {Urgent.BROKEN: Tone.STOP, Urgent.TO_DO: Tone.WARN, Urgent.TO_KNOW: Tone.NONE}


class NewsPage(Page):
    """Read from the records each time. Whoever opens a line has seen it."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._news = News()
        self.count = Label("", "body", "ink2")
        columns = [Column(say("What")), Column(say("Since"), FIT), Column(say("Seen"), FIT)]
        self.rows = PagedModel(columns, cells=_cells, key=lambda each: each.key)
        self.list = RowList(self.rows, name=say("What is new"), row_height=TICKETS, fit=True)
        self.list.opened.connect(self.open_line)
        self.list.clicked.connect(lambda index: self.open_line(self.rows.record(index.row())))
        self.card = framed(self.list)
        self.empty = Card(
            column(EmptyState("circle-check", say("Nothing new"), say("What happens while nobody looks shows here.")))
        )
        self._ticks = {sort: CheckBox(words, on=True, act=partial(self._hear, sort)) for sort, words in sorts()}
        self.stays = CheckBox(say("Stay beside the clock when closed"), act=self._stay)
        self._build()
        for each in (self.card, self.empty):
            each.hide()  # until it is known which of them is true
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self.reread)
        desk.board.changed.connect(self._lies_otherwise)

    def title(self) -> Words:
        return say("What is new")

    def start(self) -> QWidget | None:
        return self.list if self._news.lines else None

    def open(self, argument: object = None) -> None:
        self.stays.setVisible(self.desk.board.tray)
        _tick(self.stays, self.desk.board.stays)
        self.reread()
        self._timer.start()

    def leave(self) -> bool:
        self._timer.stop()
        return True

    def on_changed(self, changes: Changes) -> None:
        self.reread()

    def retranslate(self) -> None:
        self._show(self._news)

    def reread(self) -> None:
        """Reads what is new now."""
        exchange = self.desk.exchange
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(
            news, person, look().language, exchange.trouble, exchange.since, self.desk.board.beside,
            done=self._show, failed=self.trouble, owner=self, latest="news",
        )  # fmt: skip

    def open_line(self, notice: Notice) -> None:
        """Goes where it is dealt with; it is seen by that."""
        self.desk.jot(mark_seen, [notice.key], done=self._rewritten)
        if notice.place == CRISIS:
            self.called.emit()
        else:
            self.go(notice.place, notice.argument)

    def open_first(self) -> None:
        """The first line, which is the newest that breaks something."""
        if self._news.lines:
            self.open_line(self._news.lines[0])

    def see_all(self) -> None:
        """Nothing of it is new any more."""
        keys = [each.key for each in self._news.lines if not each.seen]
        self.desk.write(mark_seen, keys, done=lambda _: self._saw(keys), failed=self.trouble, owner=self)

    def _saw(self, keys: list[str]) -> None:
        self.desk.board.changed.emit()
        self.tell(say("All marked as seen"), undo=partial(self._unsee, keys))

    def _unsee(self, keys: list[str]) -> None:
        self.desk.write(mark_unseen, keys, done=self._rewritten, failed=self.trouble, owner=self)

    def _rewritten(self, _: None) -> None:
        self.desk.board.changed.emit()

    def _hear(self, sort: Sort, on: bool) -> None:
        self.desk.write(
            mute, str(sort), on=not on, done=self._rewritten, failed=partial(self._not_kept, self._ticks[sort], not on),
            owner=self,
        )  # fmt: skip

    def _stay(self, on: bool) -> None:
        self.desk.write(
            choose_closing, stays=on, done=lambda _: self._stays(on),
            failed=partial(self._not_kept, self.stays, not on), owner=self,
        )  # fmt: skip

    def _stays(self, on: bool) -> None:
        self.desk.board.stays = on

    def _not_kept(self, tick: CheckBox, before: bool, error: BaseException) -> None:
        _tick(tick, before)
        self.trouble(error)

    def _lies_otherwise(self) -> None:
        if self.isVisible():
            self.reread()

    def _build(self) -> None:
        some = lambda: bool(self._news.lines)  # noqa: E731
        new = lambda: any(not each.seen for each in self._news.lines)  # noqa: E731
        self.acts.append(Act("first", say("Open what is new first"), "G", self.open_first, "arrow-right", some))
        self._all = self.offer(Act("seen", say("Mark all as seen"), "S", self.see_all, "check", new), Kind.TEXT)
        head = row(boxed(column(Label(say("What is new"), "title"), self.count, gap=2)), None, self._all)
        side = Section(
            say("Tell me about"), Prose(say("What is not ticked stands in the list and is not counted."), "small"),
            *self._ticks.values(), self.stays,
        )  # fmt: skip
        self._side = boxed(column(side, None))
        self._parts = row((boxed(column(self.card, self.empty, None, gap=14)), 1), self._side, gap=16)
        self._scroll = Scroll(boxed(column(head, 8, self._parts, None, gap=2, margins=(24, 20, 24, 24))))
        self.setLayout(column((self._scroll, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the side column goes below."""
        below = self.width() < px(SIDE_BELOW_UNDER)
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._parts.setDirection(way)
        self._side.setMinimumWidth(0 if below else px(SIDE_WIDTH))
        self._side.setMaximumWidth(MOST if below else px(SIDE_WIDTH))
        super().resizeEvent(event)

    def _show(self, found: News) -> None:
        came_up = not self._news.lines and self.isVisible()
        self._news = found
        new = len(found.new)
        self.count.put(trn("{count} new thing", "{count} new things", new) if new else tr("Nothing new"))
        self.rows.fill(found.lines)
        self.card.setVisible(bool(found.lines))
        self.empty.setVisible(not found.lines)
        self._all.setEnabled(any(not each.seen for each in found.lines))
        for sort, tick in self._ticks.items():
            _tick(tick, sort not in found.muted)
        if came_up and found.lines:
            self.list.setFocus()


def _tick(tick: CheckBox, on: bool) -> None:
    tick.blockSignals(True)
    tick.setChecked(on)
    tick.blockSignals(False)
    tick.update()


def _cells(notice: Notice) -> Cells:
    weight, ink = (500, "ink2") if notice.seen else (600, "")
    tone = Tone.NONE if notice.seen else _TONES[notice.urgent]
    what = Cell(spoken(notice.what), spoken(notice.line), icon=notice.icon, tone=tone, weight=weight, ink=ink)
    return (
        what, Cell(spoken(notice.since) if notice.since else "", ink="ink2"),
        Cell(tr("Seen"), ink="ink3") if notice.seen else Cell(tr("New"), tone=Tone.ACCENT, chip=True),
    )  # fmt: skip
