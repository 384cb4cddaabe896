"""When the customer can see the screen: what is not theirs is covered, and what would come up by itself waits.

A page says what it shows then (`Page.customer_sees`); one that says nothing is covered whole.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from ui.shell.history import Visit
from ui.shell.hits import Find, Hit
from ui.shell.wiring import Whose
from ui.theme.buttons import Kind, Size
from ui.theme.look import colour, px
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import CustomerSees, Page
from ui.widgets.texts import Words, spoken

KEYS = "Ctrl+Shift+P"


class CustomerView(QObject):
    """Whether the customer can see the screen: by hand, or for as long as a page is turned to them.

    `changed` when that is otherwise. `after` keeps what is to happen when it ends; of one name the latest.

    It begins with what is up then; of what is come to afterwards only what is about the same customer may be seen.
    """

    changed = Signal()
    sighted = Signal()  # it was found out whom the page of now is about

    def __init__(self, parent: QObject, whose: Whose) -> None:
        super().__init__(parent)
        self._whose = whose
        self._by_hand = self._by_page = False
        self._here = self._home = Visit("")
        self._customer = ""
        self._theirs = self._home_known = False
        self._waiting: dict[str, Callable[[], object]] = {}

    @property
    def on(self) -> bool:
        """Whether the customer can see the screen."""
        return self._by_hand or self._by_page

    def sight(self, page: Page | None) -> CustomerSees:
        """How much of the page that is up may be seen now: nothing before it is known whose it is."""
        if not self.on:
            return CustomerSees.WHOLE
        whole = page is not None and page.customer_sees is CustomerSees.WHOLE
        own = self._theirs or (whole and self._here is self._home)  # a form may be about nobody who is on record
        return page.customer_sees if page is not None and own else CustomerSees.NOTHING

    def come_to(self, visit: Visit) -> None:
        """Another place comes up."""
        self._here, self._theirs = visit, False
        if self.on:
            self._look()

    def toggle(self) -> None:
        """The key: on, or over, whoever began it."""
        self._put(by_hand=not self.on, by_page=False)

    def turn(self, to_customer: bool) -> None:
        """A page is turned to the customer, or back: then it is as it was before."""
        self._put(by_hand=self._by_hand, by_page=to_customer)

    def after(self, name: str, act: Callable[[], object]) -> None:
        """Does it now, or when nobody else looks any more."""
        if self.on:
            self._waiting[name] = act
        else:
            act()

    def _put(self, *, by_hand: bool, by_page: bool) -> None:
        before = self.on
        self._by_hand, self._by_page = by_hand, by_page
        if self.on and not before:
            self._home, self._customer, self._home_known, self._theirs = self._here, "", False, False
            self._look()
        if before != self.on:
            self.changed.emit()
            self._let_go()

    def _look(self) -> None:
        asked = self._here
        self._whose(asked.place, asked.argument, lambda customer: self._learn(asked, customer))

    def _learn(self, asked: Visit, customer: str) -> None:
        if not self.on:
            return
        if asked is self._home:
            self._customer, self._home_known = customer, True
            self._theirs = bool(customer) and self._here is asked
            if self._here is asked:
                self.sighted.emit()
            else:
                self._look()
        elif asked is self._here and self._home_known:
            self._customer = self._customer or customer  # begun at no customer's page: the first one opened is theirs
            self._theirs = bool(customer) and customer == self._customer
            self.sighted.emit()

    def _let_go(self) -> None:
        if not self.on:
            waiting, self._waiting = self._waiting, {}
            for act in waiting.values():
                act()


def guarded(view: CustomerView, find: Find) -> Find:
    """The palette's question; while the customer looks on no record is found, and it says so."""

    def ask(text: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        if view.on:
            words = say("Records are not shown while the customer can see the screen")
            deliver([Hit(say("Covered"), "eye-off", words)])
        else:
            find(text, lambda hits: deliver([] if view.on else hits))

    return ask


class Band(QWidget):
    """Above everything: that the customer can see the screen, and the key that ends it."""

    def __init__(self, view: CustomerView) -> None:
        super().__init__()
        self._view = view
        words = Label(say("The customer can see this screen"), "head", "on_fill")
        end = Button(say("End"), Kind.SECONDARY, keys=KEYS, size=Size.COMPACT, act=view.toggle,
                     name=say("The customer can no longer see this screen"))  # fmt: skip
        self.setLayout(row(Icon("eye", "on_fill"), (words, 1), end, gap=10, margins=(16, 5, 16, 5)))
        self.hide()
        view.changed.connect(lambda: self.setVisible(view.on))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("dark_fill"))


class Curtain(QWidget):
    """Stands in the place of a page: a few lines that this one customer may read, or that there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=8)
        self._why = Prose(say("This page is covered while the customer can see the screen."), "body", "ink2")
        card = Card(column(row(Icon("eye-off", "ink2", 24), (self._why, 1), gap=12), boxed(self._lines), gap=16,
                           margins=(28, 24, 28, 26)))  # fmt: skip
        card.setMinimumWidth(px(420))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(None, row(None, (card, 2), None), None, None, margins=(24, 24, 24, 24)))

    def show_lines(self, lines: Sequence[tuple[Words, Words]]) -> None:
        """What the customer may read of the page behind."""
        clear(self._lines)
        for label, value in lines:
            if spoken(value).strip():
                self._lines.addWidget(boxed(column(Label(label, "small", "ink2"), Label(value, "lead", weight=600,
                                                                                      wrap=True), gap=1)))  # fmt: skip
