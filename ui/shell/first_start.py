"""The first start of a desk: from its language to who works there, one sheet after the other.

What takes time runs on a worker through `Desk.background`. Loaded by name, when there is a first start.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.kernel.beginnings import Beginning, Founding, Known, Step
from app.kernel.messages import say
from ui.shell.first_desk import ConnectSheet, PeopleSheet
from ui.shell.first_port import First
from ui.shell.first_sheets import CODE, SAMPLE, LanguageSheet, PassphraseSheet, WaySheet
from ui.shell.recovery_sheet import RecoverySheet
from ui.shell.sheet import Sheet
from ui.theme.apply import SYSTEM, apply
from ui.theme.look import look
from ui.widgets.texts import Words
from ui.work import Desk

MANUFACTURER = "Averdell"  # until a pack says it; the program is handed out by this one


class FirstStart(QObject):
    """`shown` carries the sheet that is to stand in the doorway; `done` is sent when the desk can be opened,
    `sample_asked` when somebody wants to look around first. `begin` starts, or goes on where a first start was cut
    off."""

    shown = Signal(object)
    done = Signal()
    sample_asked = Signal()

    def __init__(self, first: First, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._first, self._desk = first, desk
        self._with_code, self._connected = False, False
        self.language = LanguageSheet(self.ask_way)
        self.way = WaySheet(MANUFACTURER)
        self.passphrase = PassphraseSheet()
        self.recovery = RecoverySheet(self._kept)
        self.connect_sheet = ConnectSheet(MANUFACTURER)
        self.people = PeopleSheet(first.zone)
        self.sheets: tuple[Sheet, ...] = (
            self.language, self.way, self.passphrase, self.recovery, self.connect_sheet, self.people,
        )  # fmt: skip
        for each in self.sheets:
            each.setParent(parent)  # those that are never asked go with the doorway too
        self.sheet: Sheet = self.language
        self._wire()

    def begin(self) -> None:
        """The first sheet, or the one of the step that is still to be done."""
        begun = self._first.begun()
        if begun is None:
            self.show_sheet(self.language)
            self._run(self._first.has_key_store, self.passphrase.offer_key_store)
            return
        application = QApplication.instance()
        if isinstance(application, QApplication) and begun.language != look().language:
            apply(application, SYSTEM, begun.language)
        self._with_code = begun.with_code
        if begun.step is Step.RECOVERY:
            self._renew()
        elif begun.step is Step.CONNECT:
            self.show_sheet(self.connect_sheet)
        else:
            self._ask_people()

    def show_sheet(self, sheet: Sheet) -> None:
        """This sheet stands in the doorway now."""
        for each in self.sheets:
            if each is not sheet:
                each.forget()
        self.sheet = sheet
        way = self._way()
        sheet.place.put(say("Step {n} of {count}", n=way.index(sheet) + 1, count=len(way)) if sheet in way else "")
        sheet.back.setVisible(self._before() is not None)
        self.shown.emit(sheet)

    def ask_way(self) -> None:
        """The three ways in."""
        self.show_sheet(self.way)

    def go_back(self) -> None:
        """Esc, Alt+Left, or the button: the sheet before, where there is a way back."""
        before = self._before()
        if before is not None and not self.sheet.busy:
            self.show_sheet(before)

    # ------------------------------------------------------------------ insides

    def _wire(self) -> None:
        for sheet in self.sheets:
            sheet.back.clicked.connect(self.go_back)
        self.way.taken.connect(self._took)
        self.passphrase.typed.connect(self._create)
        self.connect_sheet.typed.connect(self._connect)
        self.connect_sheet.later.connect(self._wait)
        self.connect_sheet.skipped.connect(self._skip)
        self.people.founded.connect(self._found)

    def _way(self) -> list[Sheet]:
        sheets: list[Sheet] = list(self.sheets)
        if not self._with_code and self.sheet is not self.connect_sheet:
            sheets.remove(self.connect_sheet)
        return sheets

    def _before(self) -> Sheet | None:
        """What was made (the key) is not unmade; a connection can still be made, or left."""
        return {
            self.way: self.language,
            self.passphrase: self.way,
            self.people: None if self._connected else self.connect_sheet,
        }.get(self.sheet)

    def _took(self, way: str) -> None:
        if way == SAMPLE:
            self.sample_asked.emit()
            return
        self._with_code = way == CODE
        self.show_sheet(self.passphrase)

    def _create(self, passphrase: str, key_store: bool) -> None:
        beginning = Beginning(Step.RECOVERY, look().language, self._with_code)

        def made(key: str) -> None:
            self._show_key(key, renewed=False)

        self._run(
            self._first.create, made, beginning, passphrase, key_store, words=say("The key of the desk is being made …")
        )

    def _renew(self) -> None:
        """Nobody has said that the key is kept, and nobody can show it again."""
        self.show_sheet(self.recovery)
        self._run(
            self._first.renew,
            lambda key: self._show_key(key, renewed=True),
            words=say("A new recovery key is being made …"),
        )

    def _show_key(self, key: str, *, renewed: bool) -> None:
        self.show_sheet(self.recovery)
        self.recovery.put(key, renewed=renewed)
        # so a second Enter after the passphrase does not dismiss the key; the event loop shows a button first
        QTimer.singleShot(0, self.recovery, self.recovery.copy.setFocus)

    def _kept(self) -> None:
        after: Callable[[], None] = self._ask_code if self._with_code else self._ask_people
        self._run(self._first.kept, lambda _: after())

    def _ask_code(self) -> None:
        self.show_sheet(self.connect_sheet)

    def _connect(self, address: str, code: str) -> None:
        self._run(self._first.connect, self._joined, address, code, words=say("Connecting …"))

    def _joined(self, known: Known) -> None:
        self._connected = known.connected
        self._show_people(known)

    def _wait(self, address: str, code: str) -> None:
        self._run(self._first.wait, lambda _: self._ask_people(), address, code)

    def _skip(self) -> None:
        self._run(self._first.skip, lambda _: self._ask_people())

    def _ask_people(self) -> None:
        """The store is made meanwhile, if it is not there yet."""
        self.show_sheet(self.people)
        self._run(self._first.known, self._show_people, words=say("One moment …"))

    def _show_people(self, known: Known) -> None:
        self._connected = self._connected or known.connected
        self.people.put(known)
        self.show_sheet(self.people)

    def _found(self, founding: Founding) -> None:
        self._run(self._first.finish, lambda _: self.done.emit(), founding, words=say("The desk is being made …"))

    def _run(self, job: Callable[..., Any], done: Callable[[Any], object], /, *args: Any, words: Words = "") -> None:
        """Runs a step on a worker; the sheet of now waits for it and tells what went wrong."""
        sheet = self.sheet
        if words:
            sheet.wait(words)

        def landed(answer: Any) -> None:
            sheet.ready()
            done(answer)

        self._desk.background(job, *args, done=landed, failed=sheet.show_error, owner=sheet)
