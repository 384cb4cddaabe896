"""The chosen part: what is locked, where it lies, what it fits, what was moved."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.kernel.instants import day_of
from app.kernel.messages import Shown, say
from app.views.parts_page import MoveRow, PartDetail
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.theme.paint import box, flip
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.label import Label, Prose, Rule
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.texts import Words, serial, tr

_WIDE = 84


class PartSide(Card):
    """`number_asked` carries a part number to show instead."""

    number_asked = Signal(str)

    def __init__(
        self, acts: tuple[Button, ...], reverse: Callable[[MoveRow], object], run: Callable[[str], object]
    ) -> None:
        self._reverse, self._run = reverse, run
        self._name, self._number = Label("", "head", wrap=True), Label("", "small", "ink2", code=True, select=True)
        self._chips = row(gap=8)
        self._lines = column(gap=8)
        self._acts = boxed(row(*acts, None, gap=8))
        text = column(self._name, self._number, boxed(self._chips), gap=4)
        super().__init__(column(text, boxed(self._lines), self._acts, None, gap=12, margins=(16, 14, 16, 16)))

    def show_part(self, part: PartDetail) -> None:
        """Shows another part."""
        self._name.put(part.name)
        self._number.put(part.number)
        clear(self._chips)
        if part.safety:
            self._chips.addWidget(Chip(say("Safety part"), Tone.WARN, icon="shield-alert"))
        if part.serialised:
            self._chips.addWidget(Chip(say("Each piece has a serial")))
        self._chips.addStretch(1)
        clear(self._lines)
        for item in self._items(part):
            if isinstance(item, QWidget):
                self._lines.addWidget(item)

    def _items(self, part: PartDetail) -> list[Item]:
        items: list[Item] = []
        if part.description:
            items.append(Prose(part.description, ink="ink2"))
        if part.lots:
            items.append(_locked(part))
        items += [_chain(say("Replaced by"), part.newer, self.number_asked.emit)] if part.newer else []
        most = max([abs(held) for _, held in part.places] or [1])
        items += [_place(place.name, held, most, locked=place.locked) for place, held in part.places]
        items.append(Rule())
        items += [_line(label, value) for label, value in part.facts]
        items += [_chain(say("Replaces"), part.older, self.number_asked.emit)] if part.older else []
        for each in part.runs:
            run = partial(self._run, each.id)
            items.append(
                boxed(row(Button(each.words, Kind.LINK, icon="list-checks", size=Size.COMPACT, act=run), None))
            )
        if part.moves:
            items += [Rule(), Label(say("Last movements"), "small", weight=600)]
            items += [self._move(each) for each in part.moves[:5]]
        return items

    def _move(self, move: MoveRow) -> QWidget:
        day = tr("{day}", day=Shown("date", day_of(move.at, move.zone).isoformat()))
        who = tr("{day}, {who}", day=day, who=move.who) if move.who else day
        ink = "ink3" if move.reversed else "ink"
        count = Label(tr("{n}", n=move.quantity), "small", ink, weight=600)
        words = Label(
            tr("{what} (taken back)", what=move.words) if move.reversed else move.words, "small", ink, wrap=True
        )
        lines: list[Item] = [words, Label(who, "meta", "ink3")]
        if move.why:
            lines.insert(1, Label(tr("“{why}”", why=move.why), "small", "ink2", wrap=True))
        text = column(*lines, gap=0)
        items: list[Item] = [boxed(column(count, None), width=34), (text, 1)]
        if move.may_reverse:
            name = tr("Take back: {what}", what=move.words)
            items.append(
                Button("", Kind.TEXT, icon="undo-2", size=Size.COMPACT, name=name, act=lambda: self._reverse(move))
            )
        return boxed(row(*items, gap=8))


def _locked(part: PartDetail) -> QWidget:
    lots = tr(", ").join(serial(lot) for lot in part.lots)
    head = Label(tr("Recalled: lot {lots}", lots=lots), "small", weight=600, wrap=True)
    line = Label(say("Do not fit these pieces. Put them into quarantine."), "small", "ink2", wrap=True)
    return Card(column(head, line, gap=1, margins=(14, 10, 14, 10)), tone=Tone.STOP)


def _line(label: Words, value: Words) -> QWidget:
    name = Label(label, "small", "ink3")
    name.setFixedWidth(px(_WIDE))
    return boxed(row(boxed(column(name, None)), (Label(value, "small", wrap=True), 1), gap=8))


def _chain(label: Words, numbers: tuple[str, ...], ask: Callable[[str], object]) -> QWidget:
    name = Label(label, "small", "ink3")
    name.setFixedWidth(px(_WIDE))
    links = [Button(serial(each), Kind.LINK, size=Size.COMPACT, act=partial(ask, each)) for each in numbers]
    return boxed(row(name, column(*links, gap=0), None, gap=8))


def _place(name: str, held: int, most: int, *, locked: bool) -> QWidget:
    ink = "stop" if held < 0 or (locked and held) else "ink"
    bar = _Bar(held, most, ink if held < 0 or locked else "ink3")
    count = Label(tr("{n}", n=held), "small", ink, weight=600)
    count.setFixedWidth(px(34))
    label = Label(name, "small", wrap=True)
    label.setFixedWidth(px(118))
    return boxed(row(label, count, bar, Label(_held_words(held, locked=locked), "meta", "ink3"), None, gap=6))


def _held_words(held: int, *, locked: bool) -> Words:
    if held < 0:
        return say("below zero")
    if not held:
        return say("none")
    return say("locked") if locked else ""


class _Bar(QWidget):
    """How much of the most, as a bar of 6 px."""

    def __init__(self, held: int, most: int, ink: str) -> None:
        super().__init__()
        self._share, self._ink = abs(held) / max(most, 1), ink
        self.setFixedSize(px(56), px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share:
            bar = QRect(0, px(3), max(6, round(self.width() * self._share)), px(6))
            box(QPainter(self), flip(self.layoutDirection(), self.rect(), bar), self._ink, radius=3)
