"""What happened: the number for help first, then twelve symptoms with a key each, and the search."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.handbook.spoken import TileSeen
from app.kernel.messages import say
from app.views.handbook_page import TilesPage
from ui.handbook.tile import SymptomTile
from ui.theme.buttons import Size
from ui.theme.tones import Tone
from ui.widgets.card import Card
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Icon, Label, Rule
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.scroll import Scroll
from ui.widgets.texts import spoken

KEYS = "1234567890"
NARROW, NARROWER, FEWEST = 1180, 860, 2


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
        self.market = Choice(name=say("Market"), size=Size.TOUCH)
        self.market.chosen.connect(self.market_chosen)
        self.language = Choice(name=say("Language of the handbook"), size=Size.TOUCH)
        self.language.chosen.connect(self.language_chosen)
        for each in (self.market, self.language):
            each.setMinimumWidth(190)
        self._above, self._danger = row(), row(gap=18)
        self._page: TilesPage | None = None
        self.search = TextField(
            icon="search", hint=say("Or say it in your own words: cream, face swollen"), size=Size.GLOVE,
            name=say("Say it in your own words"),
        )  # fmt: skip
        self.search.textChanged.connect(self.searched)
        self.search.entered.connect(lambda _: self._pick_first())
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        danger = Card(column(self._above, self._danger, gap=0), tone=Tone.STOP, bar=True)
        ask = row(Label(say("What happened?"), "step"), (self.search, 1), gap=24)
        head = row((self.standing, 1), self.market, self.language, gap=12)
        self.nothing = Label(
            say("Nothing fits these words. Take the nearest symptom, or call a number above."), "lead", weight=600,
            wrap=True,
        )  # fmt: skip
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
        self.standing.put(page.standing)
        self.warning.put(page.warning or "")
        self.warning.setVisible(page.warning is not None)
        self.market.offer([("", say("Choose the market")), *page.markets] if not page.market else list(page.markets))
        self.market.choose(page.market)
        self.language.offer(list(page.languages))
        self.language.choose(page.language)
        self._page = page
        self._fill_danger(page)
        self.show_tiles(tiles, fits=fits)

    def to_top(self) -> None:
        """The numbers for help in sight, whatever was read before."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_tiles(self, tiles: Sequence[TileSeen], *, fits: bool = True) -> None:
        """These tiles, in this order; without `fits` it says that none has the words."""
        self.nothing.setVisible(not fits)
        clear(self._grid)
        self.tiles = []
        for at, seen in enumerate(tiles):
            tile = SymptomTile(seen, KEYS[at] if at < len(KEYS) else "")
            tile.clicked.connect(self._picker(seen))
            tile.arrowed.connect(self._walk)
            self.tiles.append(tile)
        self._place()

    def press(self, sign: str) -> bool:
        """A number picks its tile, any other sign begins the search."""
        at = KEYS.find(sign)
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
        across = 4 if self.width() >= NARROW else 3 if self.width() >= NARROWER else FEWEST
        if across != self._across:
            self._across = across
            self._place()
            if self._page is not None:
                self._fill_danger(self._page)

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
            Label(say("Somebody in danger? Call for help first."), "do", weight=600, wrap=True),
            Label(say("Then come back here. Not sure how bad it is? Take the worse case."), "lead", "ink2", wrap=True),
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
                Label(f"{duty.role}, {spoken(page.duty.awake.clock)}", "lead", "ink2"),
                gap=2,
            )
        )
