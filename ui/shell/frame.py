"""The window: rail, top bar, page; and what reaches across pages (keys, palette, scanner, person, trouble).

Nothing heavy is imported here: the window stands before the database's libraries are loaded.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication

from app.kernel.damage import DamagedError
from app.kernel.errors import UserError
from app.kernel.messages import Message
from ui.shell.canvas import Canvas
from ui.shell.cover import Cover
from ui.shell.crash import logged
from ui.shell.crash_sheet import CrashSheet
from ui.shell.customer_view import Band, CustomerView, guarded
from ui.shell.desk_person import DeskPerson
from ui.shell.first_list import FirstList
from ui.shell.help_sheets import HelpSheets
from ui.shell.history import History, Visit
from ui.shell.hits import Hit
from ui.shell.own_acts import own_acts, undo_act
from ui.shell.pages import CRISIS, PLACES, Place, load_page, place_named
from ui.shell.palette import Palette
from ui.shell.panes import to_next_pane
from ui.shell.presence import Presence
from ui.shell.rail import Rail
from ui.shell.scanner import Scanner
from ui.shell.stage import Load, Stage
from ui.shell.text_size import TextSize
from ui.shell.top_bar import TopBar
from ui.shell.wiring import Wiring
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.label import Rule
from ui.widgets.layouts import boxed, column, row
from ui.widgets.letters import letters_alone
from ui.widgets.page import Act, Page
from ui.widgets.problem import Problem
from ui.widgets.tab_order import first_stop, in_reading_order
from ui.widgets.texts import Words, is_language_change, spoken, tr
from ui.widgets.toast import Toast
from ui.work import Desk

NARROW_UNDER = 1024
LOW_UNDER = 660
START = "today"


class Frame(Canvas):
    """`Frame(desk, wiring)`, then `show()`. `painted` is sent once, after the first paint: load the rest then and
    call `begin()` when the store is open. `damaged` carries the Damage that was found in it."""

    damaged = Signal(object)
    closing = Signal()
    ended = Signal()  # the program is to end although its window was away

    def __init__(self, desk: Desk, wiring: Wiring, *, places: Sequence[Place] = PLACES, load: Load = load_page) -> None:
        super().__init__()
        self._desk = desk
        self.places: Sequence[Place] = tuple(places)
        self._history = History()
        self._begun, self._asked = False, Visit(START)
        self.customer = CustomerView(self, wiring.whose)
        self._ending = False
        self.rail = Rail([each for each in places if each.words], partner=wiring.partner, state=wiring.state)
        self.top = TopBar()
        self.problem = Problem()
        self.stage = Stage(desk, places, FirstList(wiring.first), load=load)
        self._head = boxed(column(self.top, Rule(), gap=0))
        self._notice = boxed(row((self.problem, 1), margins=(24, 12, 24, 0)))
        self._notice.hide()
        self._strip = column(gap=0)
        right = column(self._head, self._notice, self._strip, (self.stage, 1), gap=0)
        self.setLayout(column(Band(self.customer), (boxed(row(self.rail, (boxed(right), 1), gap=0)), 1), gap=0))
        self.palette_over = Palette(self, guarded(self.customer, wiring.find))
        self.crash, self.toast = CrashSheet(self, desk), Toast(self)
        self.person = DeskPerson(self, desk, wiring)
        self.text_size = TextSize(self, self._say_size)
        self.cover = Cover(self, desk, wiring.handbook, places=places, load=load)
        self.help = HelpSheets(
            self, front=self._front, pages=lambda: [*self.stage.pages, self.cover.ready()],
            make_next=self.stage.make_next, address=self._guide_address,
        )  # fmt: skip
        self.scanner, self._presence = Scanner(self), Presence(desk, self)
        self.acts = self.help.acts = own_acts(self)
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
        self.customer.turn(page.turned_to_customer)
        self.rail.setVisible(not page.full_window)
        self._head.setVisible(not page.full_window)
        if page.full_window:
            self.toast.hide()
        self._title()
        focus = QApplication.focusWidget()
        if not self._covered() and (focus is None or not page.isAncestorOf(focus)):
            start = page.start() or first_stop(page)
            if start is not None:
                start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> None:
        page = None if self.stage.covered else self.stage.page
        words = spoken(page.title()) if page else ""
        self.setWindowTitle(tr("{page} · Aftercare", page=words) if words else tr("Aftercare"))

    # ------------------------------------------------------------------ trouble

    def trouble(self, error: BaseException) -> None:
        """Shows what nobody else has shown: the world's fault above the page, ours as a report, damage with ways on."""
        if isinstance(error, DamagedError):
            self.damaged.emit(error.damage)
        elif isinstance(error, UserError):
            self.customer.after("trouble", lambda: self._complain(error))
        else:
            self.crash.show_report(logged(error))

    def _complain(self, error: UserError) -> None:
        self._notice.show()
        self.problem.show_error(error, tone=Tone.STOP)

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
        return [*(page.acts if page else []), *self.acts, undo_act(self.toast)]

    def _front(self) -> Page | None:
        """The page that hears keys now: what covers everything, else the one on the stage."""
        if self.cover.isVisible():
            return self.cover.page
        return None if self.stage.covered else self.stage.page

    def toggle_crisis(self) -> None:
        """F9 from anywhere: the crisis handbook lies over everything, and is gone again with the work as it was."""
        self.help.close_over()
        self.cover.toggle()

    def show_crisis(self) -> None:
        """The handbook comes up, and stays when it is there."""
        self.help.close_over()
        self.cover.come_up()

    def _face(self) -> None:
        """The customer can see the screen, or no longer: covers what is not theirs, and holds back what comes up."""
        on = self.customer.on
        self.palette_over.close_over()
        self.help.close_over()
        self.top.face_customer(on)
        self.stage.place()
        self.toast.hold(on)
        if on and not self._notice.isHidden():
            self._notice.hide()
            self.customer.after("notice", self._notice.show)
        self._title()

    def _sighted(self) -> None:
        self.stage.place()
        self._title()

    def ask_palette(self, text: str = "") -> None:
        """Opens the palette."""
        self._uncover()
        self.palette_over.ask(self.all_acts(), text)

    def show_help(self, show: Callable[[], object]) -> None:
        """One of the sheets that explain the desk, over whatever is up."""
        self.palette_over.close_over()
        show()

    def _guide_address(self) -> str:
        visit = self._history.here
        place = CRISIS if self.cover.isVisible() else visit.place if visit else START
        return place_named(place, self.places).guide

    def next_pane(self) -> None:
        """F6: rail, top bar, page, and round again."""
        to_next_pane({self.rail: self.rail.first, self.top: None, self.stage: None})

    def _pressed(self, sign: str) -> None:
        if self.person.who.isVisible():
            self.person.who.press(sign)
            return
        page = self._front()
        alone = letters_alone() or page is self.cover.page  # its figures are pressed by a hand that shakes
        if page is not None and alone and not self._covered() and page.press(sign):
            return
        open_page = page is self.stage.page and page is not None and not page.full_window and not self._covered()
        if QApplication.focusWidget() is self.top.search or (alone and open_page and sign.isalnum()):
            self.ask_palette(sign)  # whoever types where no field is looks for something

    def _commanded(self, sign: str) -> None:
        """A sign with Alt, where signs alone do nothing."""
        page = self._front()
        if page is not None and not self._covered():
            page.press(sign)

    def _run(self, name: str) -> None:
        """An act of the window that a page asks for."""
        next(act for act in self.acts if act.name == name).run()

    def _covered(self) -> bool:
        over = (self.palette_over, *self.help.sheets, self.crash, self.person.who)
        return any(each.isVisible() for each in over)

    def _uncover(self) -> None:
        """One sheet at a time, and none over a page that was just asked for."""
        self.cover.close_over()
        self.palette_over.close_over()
        self.help.close_over()

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
        self.top.news_asked.connect(lambda: self.go("news"))
        self.top.customer_asked.connect(self.customer.toggle)
        self.customer.changed.connect(self._face)
        self.customer.sighted.connect(self._sighted)
        self.stage.sight = self.customer.sight
        self.stage.coming.connect(self.customer.come_to)
        self.cover.made.connect(lambda page: page.broke.connect(self.trouble))
        self.palette_over.chosen.connect(self._take_hit)
        self.person.who.crisis_asked.connect(self.toggle_crisis)
        self.person.named.connect(self.rail.show_person)
        self.stage.made.connect(self._adopt)
        self.stage.shown.connect(self._shown)
        self.scanner.scanned.connect(self._scanned)
        self.scanner.pressed.connect(self._pressed)
        self.scanner.commanded.connect(self._commanded)
        self._desk.troubled.connect(self.trouble)
        also: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Shift+H", lambda: self.show_help(self.help.show_keys)),
            *self.text_size.also,
        ]
        for keys, run in [*[(act.keys, act.run) for act in self.acts], *also]:
            QShortcut(QKeySequence(keys), self, run)

    def _adopt(self, page: Page) -> None:
        page.went.connect(self.go)
        page.left.connect(self.back)
        page.called.connect(self.toggle_crisis)
        page.wanted.connect(self._run)
        page.told.connect(lambda words, undo: self.toast.show_done(words, undo=undo))
        page.broke.connect(self.trouble)
        page.titled.connect(self._title)
        page.turned.connect(lambda to_customer: self._turn(page, to_customer))

    def _turn(self, page: Page, to_customer: bool) -> None:
        page.turned_to_customer = to_customer
        if page is self.stage.page:
            self.customer.turn(to_customer)

    def _say_size(self, words: Words) -> None:
        self._make_room()
        self.toast.show_done(words)

    def retranslate(self) -> None:
        """Writes the window's title in the language in force."""
        self._title()

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

    def end(self) -> None:
        """The program ends, unless the page of now holds the person."""
        self._ending = True
        away = not self.isVisible()
        if not self.close():
            self.come_forward()
        elif away:
            self.ended.emit()
        self._ending = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends the program; where the person chose so, the window goes to the icon beside the clock."""
        board = self._desk.board
        if board.tray and board.stays and not self._ending:
            self.hide()
            event.ignore()
        elif self._may_leave():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The rail and the toast, by what the window has beside the size of its text."""
        narrow = self.width() < px(NARROW_UNDER)
        self.rail.set_narrow(narrow)
        self._place_toast(in_rail=not narrow and self.height() >= px(LOW_UNDER))

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
