"""Every key of every page in one list, with a search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.language.folding import folded
from ui.shell.overlay import Overlay
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.card import EmptyState
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.page import Act
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import Words, key_text, spoken

Groups = Sequence[tuple[Words, Sequence[Act]]]
_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What is done, where, and by which key."""

    what: str
    where: str
    keys: str


class AllKeys(Overlay):
    """`groups()` gives title and acts of each page that is there; `more()` makes one page more, until it says False:
    a page tells its keys when it stands, and making all of them at once would hold the window up."""

    def __init__(self, window: QWidget, groups: Callable[[], Groups], more: Callable[[], bool]) -> None:
        super().__init__(window, width=760, top=64)
        self._groups, self._more = groups, more
        self._rows: list[KeyRow] = []
        self.field = TextField(icon="search", name=say("Search the keys"), hint=say("What you want to do, or a key"))
        columns = [Column(say("What")), Column(say("Where"), FIT), Column(say("Key"), FIT, end=True)]
        self.model = PagedModel(columns, cells=_cells, key=lambda each: each)
        self.list = RowList(self.model, name=say("All keys"))
        self.list.setMinimumHeight(px(160))
        self.nothing = EmptyState(
            "keyboard", say("No key is called so"), say("Try a shorter word, or the page's name.")
        )
        self._close = Button(say("Close"), Kind.TEXT, icon="x", keys="Esc", act=self.close_over)
        head = row(Label(say("All keys"), "title"), None, self._close)
        self.arrange(column(head, self.field, self.nothing, (self.list, 1), gap=12, margins=(24, 20, 24, 20)))
        self._fill = QTimer(self, interval=0)
        self._fill.timeout.connect(self._one_more)
        self.field.textChanged.connect(lambda _: self.narrow())
        self.field.installEventFilter(self)
        self.closed.connect(self._fill.stop)

    def ask(self) -> None:
        """Opens with what is known, and goes on gathering."""
        self.field.clear()
        self._gather()
        self.come_up(self.field)
        self._fill.start()

    def narrow(self) -> None:
        """The keys whose words, page or key hold every word of the search."""
        wanted = folded(self.field.text()).split()
        found = [each for each in self._rows if all(word in _text(each) for word in wanted)]
        self.model.fill(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def place(self) -> None:
        """As high as the window lets it: a list that grows would jump."""
        super().place()
        around = self.parentWidget()
        if around is not None:
            top = self.card.y()
            self.card.setGeometry(self.card.x(), top, self.card.width(), max(200, around.height() - top - 48))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _STEPS
        if watched is self.field and down and not self.list.isHidden():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _one_more(self) -> None:
        if self._more():
            self._gather()
        else:
            self._fill.stop()

    def _gather(self) -> None:
        found: dict[frozenset[tuple[str, str]], list[KeyRow]] = {}
        for title, acts in self._groups():  # pages that can do the same, as a ticket alone and in its list, are one
            rows = [KeyRow(spoken(act.words), spoken(title), act.keys) for act in acts if act.keys]
            found.setdefault(frozenset((each.what, each.keys) for each in rows), list(dict.fromkeys(rows)))
        self._rows = [each for rows in found.values() for each in rows]
        self.narrow()


def _text(each: KeyRow) -> str:
    return folded(f"{each.what} {each.where} {each.keys} {key_text(each.keys)}")


def _cells(each: KeyRow) -> Cells:
    return Cell(each.what, weight=500), Cell(each.where, ink="ink2"), Cell(key_text(each.keys), ink="ink2")
