"""What every page is: a title, acts with keys, a way to open, to hear of changes and to show trouble."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.kernel.changes import Changes
from app.kernel.errors import UserError
from ui.theme.buttons import Kind, Size
from ui.widgets.button import Button
from ui.widgets.texts import Words, is_language_change
from ui.work import Desk


class CustomerSees(Enum):
    """What of a page the customer may see when the screen is turned to them."""

    NOTHING = "nothing"
    LINES = "lines"  # what `Page.for_customer` gives, in the place of the page
    WHOLE = "whole"  # made for the customer's eyes, or published


@dataclass(frozen=True, slots=True)
class Act:
    """Something a page can do: listed in the palette and the sheet of keys, on a key, and perhaps on a button.

    A single letter as key works wherever no text is written. `instead` gives the words of its button where these
    change with what is shown.
    """

    name: str
    words: Words
    keys: str
    run: Callable[[], object]
    icon: str = ""
    possible: Callable[[], bool] = lambda: True
    instead: Callable[[], Words] = lambda: ""

    @property
    def shown(self) -> Words:
        """What it is called now: in the palette, in the sheet of keys and on its button alike."""
        return self.instead() or self.words


def sequences(keys: str) -> list[QKeySequence]:
    """What Qt listens to: it tells the Enter of the keypad, which `Enter` names there, from the large one."""
    ways = [keys, keys.replace("Enter", "Return")]
    return [QKeySequence(each) for each in dict.fromkeys(ways)]


class Page(QWidget):
    """Base of all pages. A page is made once, opened many times, and re-reads what changed under it.

    It asks for other places by `go`, says what was done by `tell`, and passes trouble on by `trouble`.
    """

    customer_sees = CustomerSees.NOTHING  # each page says it for itself: a test holds every class to that
    full_window = False  # True for the bench and the signature: no rail, no top bar
    cover = False  # True for what lies over everything and is no place to go back to: `ui.shell.cover`
    over = False  # True when its matter is closed: Back from the next page does not come here again
    went = Signal(str, object)
    told = Signal(object, object)
    broke = Signal(object)
    left = Signal()
    titled = Signal()
    wanted = Signal(str)  # an act of the window, by its name: `person`, `all_keys`
    turned = Signal(bool)  # to the customer, who signs or answers now; or back
    called = Signal()  # wants the crisis handbook, which lies one key away on every page

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.about: object = None  # what it shows now, where answers could come for what it showed before
        self.acts: list[Act] = []
        self.turned_to_customer = False  # kept by the frame, from `turned`
        self._fields: dict[str, Callable[[UserError], object]] = {}

    def title(self) -> Words:
        """What stands in the window's title and in the history."""
        return ""

    def open(self, argument: object = None) -> None:
        """Shows what the argument names, usually an id; called each time the page comes up."""

    def for_customer(self) -> Sequence[tuple[Words, Words]]:
        """What this one customer may read of what is shown, as label and value; `titled` says that it changed."""
        return ()

    def start(self) -> QWidget | None:
        """Where the keyboard begins when the page comes up; None takes the first widget that Tab reaches."""
        return None

    def on_changed(self, changes: Changes) -> None:
        """Something was committed somewhere; re-read if it concerns this page. Sent to the page that is up; another
        one reads when `open` brings it up."""

    def press(self, sign: str) -> bool:
        """A single sign typed where no text is written: the act of that letter runs; whether there was one."""
        for act in self.acts:
            if act.keys.upper() == sign.upper() and act.possible():
                act.run()
                return True
        return False

    def scanned(self, text: str) -> bool:
        """A scanner read this while the page was up; False lets the frame open the unit of that serial."""
        return False

    def still(self, done: Callable[[Any], object]) -> Callable[[Any], object]:
        """`done`, unless the page is about something else by the time the answer comes; such a call needs `owner`."""
        about = self.about
        return lambda answer: done(answer) if self.about == about else None

    def leave(self) -> bool:
        """Keeps drafts before another page comes up; False holds the person here."""
        return True

    def retranslate(self) -> None:
        """Writes the texts that do not follow the language by themselves."""

    def go(self, place: str, argument: object = None) -> None:
        """Opens another page; what was saved when this one had been left leads nowhere."""
        if self.isVisible():
            self.went.emit(place, argument)

    def back(self) -> None:
        """Returns to the page before this one, if it is still up."""
        if self.isVisible():
            self.left.emit()

    def tell(self, words: Words, *, undo: Callable[[], object] | None = None) -> None:
        """Says what was done, with Undo where it can be undone."""
        self.told.emit(words, undo)

    def offer(self, act: Act, kind: Kind = Kind.SECONDARY, *, size: Size = Size.DESK) -> Button:
        """Registers the act with its key and gives a button for it (which need not be shown)."""
        self.acts.append(act)
        if len(act.keys) > 1:  # single letters come through the scanner filter, which must see them first
            key = QShortcut(self)
            key.setKeys(sequences(act.keys))
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(lambda: act.run() if act.possible() else None)
        return Button(act.words, kind, icon=act.icon, keys=act.keys, size=size, act=act.run)

    def answer(self, field: str, show: Callable[[UserError], object]) -> None:
        """Where an error of this field is shown: `self.answer("customer", self.customer.show_error)`."""
        self._fields[field] = show

    def trouble(self, error: BaseException) -> None:
        """The `failed` of most calls: shown at its field, else passed on to the frame."""
        if isinstance(error, UserError) and error.field in self._fields:
            self._fields[error.field](error)
        else:
            self.broke.emit(error)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.retranslate()
            self.titled.emit()
