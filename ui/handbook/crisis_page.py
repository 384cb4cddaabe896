"""The crisis handbook over everything else: symptoms, then what to do now. It reads signed files, never the store."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.handbook.place import Shelf
from app.handbook.spoken import TileSeen
from app.kernel.errors import UserError
from app.kernel.instants import now
from app.kernel.messages import say
from app.views.handbook_page import HandbookReader, ProcedurePage, open_reader
from app.workflows import handbook_print
from app.workflows.papers import Picture
from ui.handbook.boxes import HeadBar
from ui.handbook.procedure_view import ProcedureView
from ui.handbook.tiles_view import TilesView
from ui.pickers.paper_out import PaperOut
from ui.theme.buttons import Kind, Size
from ui.theme.look import look, px
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.pdf_view import PdfView
from ui.widgets.pictures import images_of
from ui.widgets.problem import Problem
from ui.widgets.texts import Words
from ui.work import Desk

BEAT = 20_000  # ms between two looks at the clocks of the contacts
CALL_FIRST = say("Call the emergency number of your country first. In the European Union it is 112.")
ABREAST = 1180  # px: from here on the title stands between the acts


class CrisisPage(Page):
    """Opened with the Shelf of this profile; without one it says so."""

    customer_sees = CustomerSees.WHOLE
    full_window = True
    cover = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shelf: Shelf | None = None
        self._reader: HandbookReader | None = None
        self._language = ""
        self.shown: ProcedurePage | None = None
        self.out = PaperOut(self)
        self.problem = Problem()
        self.tiles, self.procedure, self.preview = TilesView(), ProcedureView(self.show_procedure), PdfView()
        self._paper = boxed(column((self.preview, 1), margins=(28, 14, 28, 20)))
        self.tiles.picked.connect(self.pick)
        self.tiles.searched.connect(self._search)
        self.tiles.market_chosen.connect(self._choose_market)
        self.tiles.language_chosen.connect(self._choose_language)
        self._middle = QWidget(self)  # before its layout: a stack shows its first widget at once, as a window if alone
        self._views = QStackedLayout(self._middle)
        for each in (self.tiles, self.procedure, self._paper):
            self._views.addWidget(each)
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._beat)
        desk.exchange.changed.connect(self._look_for_news)
        self._lay_out()

    def title(self) -> Words:
        return self.shown.spoken.title if self.shown else self._word("handbook") or say("Crisis handbook")

    def start(self) -> QWidget | None:
        if self._reader is None:
            return self.back_button
        here = self._views.currentWidget()
        if here is self._paper:
            return self.preview
        return self.tiles.first() if here is self.tiles else self.procedure.first()

    def open(self, argument: object = None) -> None:
        """Verifies and reads the handbook anew, and shows the symptoms."""
        self._shelf = argument if isinstance(argument, Shelf) else None
        self.shown = None
        self.tiles.search.clear()
        self._read()

    def retranslate(self) -> None:
        self._language = ""
        if self._shelf is not None:
            self._read()

    def leave(self) -> bool:
        self._timer.stop()
        return True

    def scanned(self, text: str) -> bool:
        return True  # a serial means nothing here, and the work behind is not to change

    def press(self, sign: str) -> bool:
        here = self._views.currentWidget()
        if here is self.tiles:
            return self.tiles.press(sign)
        if sign == "/":
            self.show_tiles()
            return self.tiles.press(sign)
        return self.procedure.press(sign) or super().press(sign)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.step_back()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._views.currentWidget() is self.procedure:
            self.procedure.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _HELD:
            self.press(event.text())  # where no scanner listens: before the desk is open
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ going

    def pick(self, tile: TileSeen) -> None:
        """The page of a symptom, with honest words where it has none of its own yet."""
        self.show_procedure(tile.leads_to, note=tile.note)

    def show_procedure(self, code: str, *, note: str = "") -> None:
        """A procedure from its top."""
        if self._reader is None:
            return
        self.problem.settle()
        self.shown = self._reader.procedure(code, now(), note=note)
        self.procedure.fill(self.shown)
        self._go_to(self.procedure)

    def show_tiles(self) -> None:
        """The symptoms."""
        self.problem.settle()
        self.shown = None
        self._go_to(self.tiles)

    def step_back(self) -> None:
        """From the paper to the procedure, from there to the symptoms, from there to the work."""
        here = self._views.currentWidget()
        if here is self._paper:
            self.problem.settle()
            self._go_to(self.procedure)
        elif here is self.procedure and self._reader is not None:
            self.show_tiles()
        else:
            self.back()

    def _go_to(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        tiles = view is self.tiles
        self.back_button.put(self._word("back_to_work" if tiles else "all_symptoms") or say("Back to work"))
        self._title.put(self.title())
        self._about.put("" if self.shown is None else self.shown.spoken.about)
        self._about.setVisible(self.shown is not None)
        self._place_title()
        if self._reader is not None:
            for button, code in ((self.print_button, "print"), (self.preview_button, "look_at_paper"),
                                 (self.all_button, "print_all")):  # fmt: skip
                button.put(self._word(code))
        self.print_button.setVisible(not tiles and self._reader is not None)
        self.all_button.setVisible(tiles and self._reader is not None)
        self.preview_button.setVisible(view is self.procedure and self._reader is not None)
        self.save_button.setVisible(view is self._paper and self._reader is not None)
        self.titled.emit()
        first = self.start()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        if tiles:
            QTimer.singleShot(0, self, self.tiles.to_top)  # after what was scrolled to the keyboard

    # ------------------------------------------------------------------ making

    def _lay_out(self) -> None:
        self.back_button = Button(
            say("Back to work"), Kind.TEXT, icon="arrow-left", keys="Esc", size=Size.TOUCH, act=self.step_back
        )
        self._title, self._about = Label("", "title", wrap=True), Label("", "lead", "ink2", wrap=True)
        self.print_button = self.offer(
            Act("print", say("Print"), "P", self.print_page, "printer", self._has_page), size=Size.TOUCH
        )
        self.preview_button = self.offer(
            Act("preview", say("Look at the paper"), "V", self.show_paper, "file-text", self._has_page),
            Kind.TEXT, size=Size.TOUCH,
        )  # fmt: skip
        self.all_button = self.offer(
            Act("print_all", say("Print all"), "Ctrl+P", self.print_all, "printer", self._has_book), Kind.TEXT,
            size=Size.TOUCH,
        )  # fmt: skip
        self.save_button = self.offer(
            Act("save", say("Save a copy"), "Ctrl+S", self.save_copy, "save", self._has_book), Kind.TEXT,
            size=Size.TOUCH,
        )  # fmt: skip
        self.acts.append(Act("search", say("Say it in your own words"), "/", partial(self.press, "/"), "search"))
        self.acts.append(Act("back_step", say("Back"), "Esc", self.step_back, "arrow-left"))
        self._words = boxed(column(self._title, self._about, gap=2))
        self._bar = row(
            self.back_button, (self._words, 1), self.preview_button, self.save_button, self.print_button,
            self.all_button, gap=16,
        )  # fmt: skip
        self._below = row(margins=(12, 0, 0, 4))
        head = column(self._bar, self._below, gap=0, margins=(16, 8, 28, 8))
        notice = row((self.problem, 1), margins=(28, 12, 28, 0))
        self.setLayout(column(HeadBar(head), notice, (self._middle, 1), gap=0))
        self.problem.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_title()

    def _place_title(self) -> None:
        wanted = self._bar if self.width() >= px(ABREAST) or self.shown is None else self._below
        if wanted.indexOf(self._words) < 0:  # a title needs a line of its own where the acts leave it none
            other = self._below if wanted is self._bar else self._bar
            other.removeWidget(self._words)
            if wanted is self._bar:
                self._bar.takeAt(1)
                self._bar.insertWidget(1, self._words, 1)
            else:
                self._bar.insertStretch(1, 1)
                self._below.addWidget(self._words, 1)

    def _has_book(self) -> bool:
        return self._reader is not None

    def _word(self, code: str) -> str:
        """A word around the page, in its language; nothing without a handbook."""
        return "" if self._reader is None else self._reader.word(code, now())

    def _has_page(self) -> bool:
        return self.shown is not None

    # ----------------------------------------------------------------- reading

    def _read(self) -> None:
        self.problem.settle()
        code, note = ("", "") if self.shown is None else (self.shown.spoken.code, self.shown.spoken.note)
        try:
            self._reader = open_reader(self._shelf, language=self._language or look().language)
        except UserError as trouble:
            self._reader, self.shown = None, None
            self._timer.stop()
            self._go_to(self.tiles)
            self.tiles.hide()
            self.problem.show_words(CALL_FIRST, trouble.message)
            return
        self._timer.start()
        self._fill_tiles()
        if code:
            self.show_procedure(code, note=note)
        else:
            self._go_to(self.tiles)

    def _fill_tiles(self) -> None:
        if self._reader is not None:
            moment = now()
            said = self.tiles.search.text()
            fits = self._reader.fits(said, moment)
            self.tiles.fill(self._reader.tiles(moment), self._reader.find(said, moment), fits=fits)

    def _search(self, text: str) -> None:
        if self._reader is not None:
            moment = now()
            self.tiles.show_tiles(self._reader.find(text, moment), fits=self._reader.fits(text, moment))

    def _choose_market(self, market: object) -> None:
        if self._reader is not None and market:
            self._reader.choose_market(str(market))
            self._fill_tiles()
            self._go_to(self.tiles)  # the keyboard is back where the next key picks a symptom

    def _choose_language(self, language: object) -> None:
        if self._reader is not None:
            self._language = self._reader.language = str(language)
            self._fill_tiles()
            self._go_to(self.tiles)

    def _look_for_news(self) -> None:
        """Another handbook has come: read again, and say so where something on screen is another now."""
        if self._reader is None or not self._timer.isActive() or not self._reader.is_old():
            return
        try:
            self._reader = fresh = self._reader.again()
        except UserError:  # what is shown was verified; it stays
            return
        moment, was = now(), self.shown
        if was is None:
            before = self.tiles.shown()
            self._fill_tiles()
            if before != self.tiles.shown():
                self._say_news(fresh.word("renewed_book", moment, version=fresh.book.version))
        elif fresh.has(was.spoken.code):
            self._renew(was, fresh.procedure(was.spoken.code, moment, note=was.spoken.note))

    def _renew(self, was: ProcedurePage, page: ProcedurePage) -> None:
        """The procedure on screen, if it reads otherwise now; the reader's place is kept."""
        self.shown = page
        if replace(was.spoken, about="") == replace(page.spoken, about=""):
            return
        place = self.procedure.place()
        self.procedure.renew(page)
        self._title.put(page.spoken.title)
        self._about.put(page.spoken.about)
        self._say_news(page.spoken.heads["renewed"].replace("{version}", page.spoken.figure(page.spoken.version)))
        QTimer.singleShot(0, self, partial(self.procedure.go_to, place))
        if self._views.currentWidget() is self._paper:
            self._ask(handbook_print.picture_page, self._show_paper)

    def _say_news(self, words: str) -> None:
        self.problem.show_words(words, tone=Tone.NONE)

    def _beat(self) -> None:
        self._look_for_news()
        reader = self._reader
        if self.shown is not None and reader is not None:
            moment = now()
            self.procedure.tick(lambda person: reader.awake(person, moment))

    # ---------------------------------------------------------------- printing

    def print_page(self) -> None:
        """To the printer: DO NOW and the numbers stand on the first sheet."""
        if self.shown is not None:
            done = partial(self.out.print_bytes, lambda _way: self._sent(), self.shown.spoken.code)
            self._ask(handbook_print.draw_page, done)

    def print_all(self) -> None:
        """Every procedure of the language, each from a page of its own, behind a list of them."""
        self._ask_all(partial(self.out.print_bytes, lambda _way: self._sent(), self._word("handbook")))

    def save_copy(self) -> None:
        """A PDF of the procedure, or of all of them from the symptoms: for where no printer is."""
        name = f"{self._word('handbook') if self.shown is None else self.shown.spoken.code}.pdf"
        done = partial(self.out.save_bytes, self._saved, name)
        if self.shown is None:
            self._ask_all(done)
        else:
            self._ask(handbook_print.draw_page, done)

    def show_paper(self) -> None:
        """The paper as it will print."""
        self.problem.settle()
        self._ask(handbook_print.picture_page, self._show_paper)

    def _ask(self, job: Callable[..., Any], done: Callable[[Any], object]) -> None:
        if self.shown is not None and self._reader is not None:
            size = handbook_print.paper_of(self._reader.book, self.shown.spoken.market)
            self.desk.background(job, self.shown.spoken, size, now(), done=done, failed=self.trouble, owner=self)

    def _ask_all(self, done: Callable[[Any], object]) -> None:
        if self._reader is not None:
            pages = self._reader.all_procedures(now())
            size = handbook_print.paper_of(self._reader.book, self._reader.market)
            self.desk.background(
                handbook_print.draw_all, pages, size, now(), done=done, failed=self.trouble, owner=self
            )

    def _show_paper(self, pictures: tuple[Picture, ...]) -> None:
        self.preview.put(images_of(pictures))
        self._go_to(self._paper)

    def _sent(self) -> None:
        self.problem.show_words(say("Sent to the printer"), tone=Tone.OK)

    def _saved(self) -> None:
        self.problem.show_words(say("Copy saved"), tone=Tone.OK)

    def trouble(self, error: BaseException) -> None:
        """The world's trouble is said here: nothing may lie over this page."""
        if isinstance(error, UserError):
            self.problem.show_words(error.message, self._instead() if error.field == "printer" else "")
        else:
            super().trouble(error)

    def _instead(self) -> Words:
        """What this page has where no printer is."""
        if self._views.currentWidget() is self.procedure:
            return say("V shows the paper here, Ctrl S saves it as a PDF.")
        return say("Ctrl S saves the paper as a PDF.")


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
