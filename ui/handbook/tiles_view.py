"""What happened: the number for help first, then twelve symptoms with a key each, and the search."""

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.handbook.spoken import TileSeen
from app.views.handbook_page import TilesPage
from ui.handbook.tile import SymptomTile
from ui.theme.buttons import Size
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Icon, Label, Rule
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.scroll import Scroll

KEYS = "1234567890-+"  # each is on every layout; letters are not (Arabic), and begin the search
ALIKE = {"=": "+", "\u2212": "-"}  # the same key without shift; the minus of some number pads
NARROW, NARROWER, FEWEST = 1180, 860, 2


def key_of(sign: str) -> str:
    """The sign of KEYS that this one stands for: figures of any script, and signs on the same key."""
    figure = unicodedata.decimal(sign, None) if len(sign) == 1 else None
    return ALIKE.get(sign, sign) if figure is None else str(figure)


class TilesView(QWidget):
    """`picked` carries a tile, `searched` what is typed, `market_chosen` and `language_chosen` a code."""

    picked = Signal(object)
    searched = Signal(str)
    market_chosen = Signal(object)
    language_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[SymptomTile] = []
        self._across = 4
        self.standing, self.warning = Label("", "lead", "ink2", wrap=True), Label("", "lead", "warn", wrap=True)
        self.market = Choice(size=Size.TOUCH)
        self.market.chosen.connect(self.market_chosen)
        self.language = Choice(size=Size.TOUCH)
        self.language.chosen.connect(self.language_chosen)
        for each in (self.market, self.language):
            each.setMinimumWidth(px(190))
        self._above, self._danger = row(), row(gap=18)
        self.page: TilesPage | None = None
        self.search = TextField(icon="search", size=Size.GLOVE)
        self.search.textChanged.connect(self.searched)
        self.search.entered.connect(lambda _: self._pick_first())
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        danger = Card(column(self._above, self._danger, gap=0), tone=Tone.STOP, bar=True)
        self._ask = Label("", "step")
        ask = Flow(self._ask, (self.search, 1), gap=24)
        head = Flow((self.standing, 1), self.market, self.language, gap=12)
        self.nothing = Label("", "lead", weight=600, wrap=True)
        self.nothing.hide()
        self._head = boxed(head)
        self._inner = column(
            danger, self.warning, ask, self.nothing, boxed(column(self._grid, None)), None, self._head, gap=14,
            margins=(28, 16, 28, 20),
        )  # fmt: skip
        self._scroll = Scroll(boxed(self._inner))
        self.setLayout(column(self._scroll))

    def fill(self, page: TilesPage, tiles: Sequence[TileSeen], *, fits: bool = True) -> None:
        """Shows the page; `tiles` are those that fit what was typed, all when nothing was."""
        self._inner.removeWidget(self._head)  # asked for above the symptoms, else at the foot
        self._inner.insertWidget(self._inner.count() if page.market else 1, self._head)
        words = page.words
        self.standing.put(page.standing)
        self.warning.put(page.warning)
        self.warning.setVisible(bool(page.warning))
        self._ask.put(words["what_happened"])
        self.nothing.put(words["nothing_fits"])
        self.search.call(words["search"], hint=words["search_hint"])
        self.market.call(words["market"])
        self.language.call(words["language"])
        self.market.offer([("", words["choose_market"]), *page.markets] if not page.market else list(page.markets))
        self.market.choose(page.market)
        self.language.offer(list(page.languages))
        self.language.choose(page.language)
        self.page = page
        self._fill_danger(page)
        self.show_tiles(tiles, fits=fits)

    def shown(self) -> tuple[object, ...]:
        """What is on the page, to tell whether another one shows the same."""
        texts = (self.page.emergency, self.page.words, self.page.duty.person) if self.page else ()
        return (*texts, *(each.seen for each in self.tiles))

    def to_top(self) -> None:
        """The numbers for help in sight, whatever was read before."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_tiles(self, tiles: Sequence[TileSeen], *, fits: bool = True) -> None:
        """These tiles, in this order; without `fits` it says that none has the words."""
        self.nothing.setVisible(not fits)
        had = next((at for at, each in enumerate(self.tiles) if each.hasFocus()), -1)
        clear(self._grid)
        self.tiles = []
        for at, seen in enumerate(tiles):
            tile = SymptomTile(seen, KEYS[at] if at < len(KEYS) else "")
            tile.clicked.connect(self._picker(seen))
            tile.arrowed.connect(self._walk)
            self.tiles.append(tile)
        self._place()
        if 0 <= had < len(self.tiles):
            self.tiles[had].setFocus()

    def press(self, sign: str) -> bool:
        """A number picks its tile, any other sign begins the search."""
        at = KEYS.find(key_of(sign))
        if 0 <= at < len(self.tiles):
            self.picked.emit(self.tiles[at].seen)
        elif sign == "/":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif sign.strip() and at < 0:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.setText(self.search.text() + sign)
        return True

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        if self.market.value == "":
            return self.market
        return self.tiles[0] if self.tiles else self.search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.tiles:  # out of the search field
            self.tiles[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = 4 if self.width() >= px(NARROW) else 3 if self.width() >= px(NARROWER) else FEWEST
        if across != self._across:
            self._across = across
            self._place()
            if self.page is not None:
                self._fill_danger(self.page)

    # ------------------------------------------------------------------ insides

    def _walk(self, key: Qt.Key) -> None:
        here = next((at for at, each in enumerate(self.tiles) if each.hasFocus()), 0)
        there = here + self._step(key)
        if 0 <= there < len(self.tiles):
            self.tiles[there].setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, key: Qt.Key) -> int:
        onward = -1 if self.isRightToLeft() else 1
        return {
            Qt.Key.Key_Right: onward, Qt.Key.Key_Left: -onward, Qt.Key.Key_Down: self._across,
            Qt.Key.Key_Up: -self._across,
        }.get(key, 0)  # fmt: skip

    def _place(self) -> None:
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // self._across, at % self._across)
            tile.show()  # a layout shows what it is given only later, and the keyboard goes nowhere hidden
        for at in range(self._across):
            self._grid.setColumnStretch(at, 1)

    def _picker(self, seen: TileSeen) -> Callable[[], None]:
        return lambda: self.picked.emit(seen)

    def _pick_first(self) -> None:
        if self.tiles and self.search.text().strip():
            self.picked.emit(self.tiles[0].seen)

    def _fill_danger(self, page: TilesPage) -> None:
        clear(self._above)
        clear(self._danger)
        words = column(
            Label(page.words["danger"], "do", weight=600, wrap=True),
            Label(page.words["danger_then"], "lead", "ink2", wrap=True),
            gap=2,
        )
        self._danger.setContentsMargins(22, 12, 20, 12)
        self._danger.addWidget(Icon("siren", "stop", 28))
        above = self._across == FEWEST  # there the numbers need the width
        self._above.setContentsMargins(*((22, 10, 20, 0) if above else (0, 0, 0, 0)))
        (self._above if above else self._danger).addLayout(words, 1)
        for at, (number, text) in enumerate(page.emergency):
            shown = Label(number, "value" if at == 0 else "do", "stop" if at == 0 else "ink", weight=600, code=True)
            self._danger.addLayout(column(shown, Label(text, "lead", "ink2", wrap=True), gap=0))
        self._danger.addWidget(Rule(upright=True))
        duty = page.duty.person
        self._danger.addLayout(
            column(
                Label(duty.phone, "do", weight=600, code=True),
                Label(f"{duty.role}, {page.duty.awake.clock}", "lead", "ink2", wrap=True),
                gap=2,
            )
        )
