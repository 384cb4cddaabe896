"""The window: rail, top bar, page; and what reaches across pages (keys, palette, scanner, person, trouble).

Nothing heavy is imported here: the window stands before the database's libraries are loaded.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.kernel.damage import DamagedError
from app.kernel.errors import UserError
from app.kernel.messages import Message, say
from ui.shell.cover import Cover
from ui.shell.crash import logged
from ui.shell.desk_person import DeskPerson
from ui.shell.first_list import FirstList
from ui.shell.history import History, Visit
from ui.shell.hits import Hit
from ui.shell.pages import PLACES, Place, load_page
from ui.shell.palette import Palette
from ui.shell.presence import Presence
from ui.shell.rail import Rail
from ui.shell.scanner import Scanner
from ui.shell.sheets import CrashSheet, KeySheet
from ui.shell.stage import Load, Stage
from ui.shell.top_bar import TopBar
from ui.shell.wiring import Wiring
from ui.theme.look import colour
from ui.theme.tones import Tone
from ui.widgets.label import Rule
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, Page
from ui.widgets.problem import Problem
from ui.widgets.tab_order import in_reading_order
from ui.widgets.texts import Words, is_language_change, spoken, tr
from ui.widgets.toast import Toast
from ui.work import Desk

NARROW_UNDER = 1024
LOW_UNDER = 660
START = "today"


class Frame(QWidget):
    """`Frame(desk, wiring)`, then `show()`. `painted` is sent once, after the first paint: load the rest then and
    call `begin()` when the store is open. `damaged` carries the Damage that was found in it."""

    painted = Signal()
    damaged = Signal(object)
    closing = Signal()

    def __init__(self, desk: Desk, wiring: Wiring, *, places: Sequence[Place] = PLACES, load: Load = load_page) -> None:
        super().__init__()
        self._desk, self._places = desk, tuple(places)
        self._history, self._was_painted = History(), False
        self._begun, self._asked = False, Visit(START)
        self.rail = Rail([each for each in places if each.words], partner=wiring.partner, state=wiring.state)
        self.top = TopBar()
        self.problem = Problem()
        self.stage = Stage(desk, places, FirstList(wiring.first), load=load)
        self._head = boxed(column(self.top, Rule(), gap=0))
        self._notice = boxed(row((self.problem, 1), margins=(24, 12, 24, 0)))
        self._notice.hide()
        self._strip = column(gap=0)
        right = column(self._head, self._notice, self._strip, (self.stage, 1), gap=0)
        self.setLayout(row(self.rail, (boxed(right), 1), gap=0))
        self.palette_over = Palette(self, wiring.find)
        self.keys, self.crash, self.toast = KeySheet(self), CrashSheet(self), Toast(self)
        self.person = DeskPerson(self, desk, wiring)
        self.cover = Cover(self, desk, wiring.handbook, places=places, load=load)
        self.scanner, self._presence = Scanner(self), Presence(desk, self)
        self.acts = self._own_acts()
        self.resize(1440, 900)
        self.setMinimumSize(720, 480)
        self._connect()
        self.retranslate()

    # ------------------------------------------------------------------ going

    def begin(self, place: str = "") -> None:
        """The store is open: brings up the first page, or the one that was asked for while it was being opened."""
        self._begun = True
        self.person.refresh()
        self._visit(Visit(place) if place else self._asked)  # a palette that is up already stays

    def go(self, place: str, argument: object = None) -> None:
        """Opens a place; the page of now may hold the person (a draft that cannot be kept)."""
        if not self._begun:
            self._asked = Visit(place, argument)
        elif self._may_leave():
            self._uncover()
            self._visit(Visit(place, argument))

    def _visit(self, visit: Visit) -> None:
        over = self.stage.page is not None and self.stage.page.over
        (self._history.replace if over else self._history.visit)(visit)
        self._show(visit)

    def back(self) -> None:
        """The place before this one."""
        self._step(self._history.back)

    def forward(self) -> None:
        """The place that was left by going back."""
        self._step(self._history.forward)

    def _step(self, step: Callable[[], Visit | None]) -> None:
        if self._may_leave():
            visit = step()
            if visit is not None:
                self._uncover()
                self._show(visit)

    def _may_leave(self) -> bool:
        return self.stage.page is None or self.stage.page.leave()

    def _show(self, visit: Visit) -> None:
        self._settle()
        self.stage.show_visit(visit)
        self.rail.mark(visit.place)

    def _shown(self, page: Page) -> None:
        self.rail.setVisible(not page.full_window)
        self._head.setVisible(not page.full_window)
        if page.full_window:
            self.toast.hide()
        self._title()
        focus = QApplication.focusWidget()
        if not self._covered() and (focus is None or not page.isAncestorOf(focus)):
            start = page.start() or _first_stop(page)
            if start is not None:
                start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> None:
        words = spoken(self.stage.page.title()) if self.stage.page else ""
        self.setWindowTitle(tr("{page} · Aftercare", page=words) if words else tr("Aftercare"))

    # ------------------------------------------------------------------ trouble

    def trouble(self, error: BaseException) -> None:
        """Shows what nobody else has shown: the world's fault above the page, ours as a report, damage with ways on."""
        if isinstance(error, DamagedError):
            self.damaged.emit(error.damage)
        elif isinstance(error, UserError):
            self._notice.show()
            self.problem.show_error(error, tone=Tone.STOP)
        else:
            self.crash.show_report(logged(error))

    def warn(self, words: Message) -> None:
        """Says above the page what people should know, though nothing failed."""
        self._notice.show()
        self.problem.show_words(words, tone=Tone.WARN)

    def _settle(self) -> None:
        self.problem.settle()
        self._notice.hide()

    # ------------------------------------------------------------------ acts and keys

    def all_acts(self) -> list[Act]:
        """What can be done now: by this page first, then by the desk."""
        page = self._front()
        return [*(page.acts if page else []), *self.acts]

    def _front(self) -> Page | None:
        """The page that hears keys now: what covers everything, else the one on the stage."""
        return self.cover.page if self.cover.isVisible() else self.stage.page

    def _own_acts(self) -> list[Act]:
        going = [
            Act(f"go_{each.name}", each.words, each.keys, self._going(each.name), each.icon)
            for each in self._places
            if each.words
        ]
        return [
            Act("new_ticket", say("New ticket"), "Ctrl+N", lambda: self.go("new_ticket"), "plus"),
            Act("quick", say("Quick answer"), "Ctrl+Shift+N", lambda: self.go("quick"), "phone"),
            *going,
            Act("exchange", say("Exchange with the manufacturer"), "Ctrl+E", lambda: self.go("exchange"), "refresh-cw"),
            Act("crisis", say("Crisis handbook"), "F9", self.toggle_crisis, "siren"),
            Act("find", say("Find"), "Ctrl+K", self.ask_palette, "search"),
            Act("person", say("Change who is at the desk"), "F2", self.person.ask, "circle-user"),
            Act("back", say("Back"), "Alt+Left", self.back, "arrow-left"),
            Act("forward", say("Forward"), "Alt+Right", self.forward, "arrow-right"),
            Act("pane", say("Next part of the window"), "F6", self.next_pane, "layout-list"),
            Act("keys", say("Show all keys"), "F1", self.show_keys, "keyboard"),
        ]

    def _going(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def toggle_crisis(self) -> None:
        """F9 from anywhere: the crisis handbook lies over everything, and is gone again with the work as it was."""
        self.keys.close_over()
        self.cover.toggle()

    def ask_palette(self, text: str = "") -> None:
        """Opens the palette."""
        self._uncover()
        self.palette_over.ask(self.all_acts(), text)

    def show_keys(self) -> None:
        """Opens the sheet of keys."""
        self.palette_over.close_over()
        page = self._front()
        groups: list[tuple[Words, Sequence[Act]]] = [(say("Everywhere"), self.acts)]
        self.keys.show_keys([(page.title(), page.acts), *groups] if page and page.acts else groups)

    def next_pane(self) -> None:
        """F6: rail, top bar, page, and round again."""
        panes = [pane for pane in (self.rail, self.top, self.stage) if pane.isVisible()]
        focus = QApplication.focusWidget()
        at = next((at for at, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), -1)
        pane = panes[(at + 1) % len(panes)]
        target = self.rail.first() if pane is self.rail else _first_stop(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self, sign: str) -> None:
        if self.person.who.isVisible():
            self.person.who.press(sign)
            return
        page = self._front()
        if page is not None and not self._covered() and page.press(sign):
            return
        focus = QApplication.focusWidget()
        if focus is self.top.search:
            self.ask_palette(sign)

    def _covered(self) -> bool:
        over = (self.palette_over, self.keys, self.crash, self.person.who)
        return any(each.isVisible() for each in over)

    def _uncover(self) -> None:
        """One sheet at a time, and none over a page that was just asked for."""
        self.cover.close_over()
        for each in (self.palette_over, self.keys):
            each.close_over()

    def _scanned(self, text: str) -> None:
        if self.person.who.isVisible():
            return
        page = self._front()
        self.palette_over.close_over()
        if page is None or not page.scanned(text):
            self.go("unit", text)

    def _take_hit(self, hit: Hit) -> None:
        if hit.run is not None:
            hit.run()
        elif hit.place:
            self.go(hit.place, hit.argument)

    # ------------------------------------------------------------------ wiring

    def _connect(self) -> None:
        self.rail.gone.connect(self.go)
        self.rail.person_asked.connect(self.person.ask)
        self.rail.state_asked.connect(lambda: self.go("exchange"))
        self.top.searched.connect(self.ask_palette)
        self.top.new_asked.connect(lambda: self.go("new_ticket"))
        self.top.crisis_asked.connect(self.toggle_crisis)
        self.cover.made.connect(lambda page: page.broke.connect(self.trouble))
        self.palette_over.chosen.connect(self._take_hit)
        self.person.who.crisis_asked.connect(self.toggle_crisis)
        self.person.named.connect(self.rail.show_person)
        self.stage.made.connect(self._adopt)
        self.stage.shown.connect(self._shown)
        self.scanner.scanned.connect(self._scanned)
        self.scanner.pressed.connect(self._pressed)
        self._desk.troubled.connect(self.trouble)
        also = [("Ctrl+Shift+H", self.show_keys)]
        for keys, run in [*[(act.keys, act.run) for act in self.acts], *also]:
            QShortcut(QKeySequence(keys), self, run)

    def _adopt(self, page: Page) -> None:
        page.went.connect(self.go)
        page.left.connect(self.back)
        page.called.connect(self.toggle_crisis)
        page.told.connect(lambda words, undo: self.toast.show_done(words, undo=undo))
        page.broke.connect(self.trouble)
        page.titled.connect(self._title)

    def retranslate(self) -> None:
        """Writes the window's title in the language in force."""
        self._title()

    def come_forward(self) -> None:
        """A second start wants this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self.scanner)
            handle.installEventFilter(self._presence)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_leave():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_UNDER
        self.rail.set_narrow(narrow)
        self._place_toast(in_rail=not narrow and self.height() >= LOW_UNDER)

    def _place_toast(self, *, in_rail: bool) -> None:
        """Above the foot of the rail, where it covers nothing; where that has no room, a line over the page."""
        if in_rail == self.rail.isAncestorOf(self.toast) and self.toast.parentWidget() is not None:
            return
        self.toast.stand(upright=in_rail, margins=(0, 0, 0, 6) if in_rail else (24, 12, 24, 0))
        if in_rail:
            self.rail.take(self.toast)
        else:
            self._strip.addWidget(self.toast)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Every Tab comes here, from whatever has the keyboard."""
        if self.stage.page is not None:
            in_reading_order(self.stage.page)
        return super().focusNextPrevChild(next)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)


def _first_stop(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that takes the keyboard by Tab."""
    for each in pane.findChildren(QWidget):
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return each
    return None
