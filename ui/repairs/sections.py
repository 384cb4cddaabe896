"""The parts of a repair's page: parts used, serial pairs, what stands before the signature, who pays."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.kernel.messages import Message, say
from app.kernel.serials import SerialState as Known
from app.views.before_signing import Check, Weight
from app.views.repair_page import PairRow, PartRow, RepairPage, SerialSeen
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.theme.tones import Tone, colour_of
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, Section
from ui.widgets.label import Icon, Label, Prose, Rule
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.serials import SerialBox, SerialPair, SerialState
from ui.widgets.texts import Words, speak, spoken, tr

_TONES = {Known.CHECKED: Tone.OK, Known.NOT_CONFIRMED: Tone.UNSURE, Known.NO_LEGIBLE: Tone.UNSURE}
_MARKS = {
    Weight.DONE: ("circle-check", "ok"),
    Weight.UNSURE: ("circle-dashed", "warn"),
    Weight.OPEN: ("circle", "ink3"),
    Weight.STOP: ("octagon-alert", "stop"),
}


class PartsUsed(Section):
    """The table of part lines; `add` is the button of its head, `undo` takes the chosen line back."""

    def __init__(self, add: Button, undo: Callable[[PartRow], object]) -> None:
        self._model = PagedModel(
            [Column(say("Part")), Column(say("Number"), FIT, spare=True), Column(say("Taken from"), FIT, spare=True),
             Column(say("Quantity"), FIT, end=True), Column(say("State"), FIT)],
            cells=_part_cells, key=lambda part: part.event,
        )  # fmt: skip
        self.list = RowList(self._model, name=say("Parts used"), fit=True)
        self.empty = EmptyState(
            "package", say("No part was used yet"), say("A part is booked with its old and new number in one step.")
        )
        self._undo = Button(
            say("Take the chosen line back"), Kind.TEXT, icon="undo-2", size=Size.COMPACT,
            act=lambda: undo(self.list.current) if self.list.current else None,
        )  # fmt: skip
        self._foot = boxed(row(self._undo, None, margins=(8, 0, 8, 4)))
        super().__init__(say("Parts used"), self.list, self.empty, self._foot, right=add, edge_to_edge=True)

    def show_parts(self, parts: tuple[PartRow, ...], *, over: bool) -> None:
        """Shows these lines."""
        self._model.fill(parts)
        self.list.setVisible(bool(parts))
        self.empty.setVisible(not parts)
        self._foot.setVisible(bool(parts) and not over)


def _part_cells(part: PartRow) -> Cells:
    state = Cell(speak(part.action), icon="circle-check", tone=Tone.OK, ink="ink2")
    if part.short:
        state = Cell(tr("{action}, stock below zero", action=speak(part.action)), icon="triangle-alert", tone=Tone.WARN)
    place = part.place or "–"  # noqa: RUF001
    return Cell(part.name, weight=500), Cell(part.number, code=True), place, tr("{n}", n=part.quantity), state


class SerialNumbers(Section):
    """Old and new numbers, pair by pair."""

    def __init__(self) -> None:
        self._pairs = column(gap=12)
        super().__init__(say("Serial numbers, old and new"), boxed(self._pairs))

    def show_pairs(self, pairs: tuple[PairRow, ...]) -> None:
        """Shows these pairs; goes when there are none."""
        clear(self._pairs)
        for at, pair in enumerate(pairs):
            if at:
                self._pairs.addWidget(Rule())
            self._pairs.addWidget(_pair(pair))
        self.setVisible(bool(pairs))


def _pair(pair: PairRow) -> QWidget:
    head = row(Label(pair.name, "body", weight=600), Label(pair.number, "small", "ink2", code=True), None, gap=8)
    items: list[QWidget] = [_boxes(pair)]
    if pair.note:
        note = column(Prose(pair.note), margins=(14, 10, 14, 10))
        items.append(Card(note, tone=Tone.WARN))
    return boxed(column(head, *items, gap=8))


def _boxes(pair: PairRow) -> QWidget:
    old = _box(say("Old, taken out"), pair.old) if pair.old else None
    new = _box(say("New, put in"), pair.new) if pair.new else None
    if old and new:
        return SerialPair(old, new)
    return boxed(row(*[(SerialBox(each), 1) for each in (old, new) if each], None))


def _box(caption: Words, seen: SerialSeen) -> SerialState:
    return SerialState(caption, seen.number, seen.words, _TONES[seen.state])


class BeforeSigning(Section):
    """What is done, unsure and open, and the blue button below."""

    def __init__(self, next_button: Button) -> None:
        self._lines = column(gap=10)
        super().__init__(say("Before you can sign"), boxed(self._lines), next_button, gap=12)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Shows this list."""
        clear(self._lines)
        for check in checks:
            self._lines.addWidget(_check(check))


def _check(check: Check) -> QWidget:
    icon, ink = _MARKS[check.weight]
    words: list[QWidget] = [Label(check.words, "small", weight=600, wrap=True)]
    if check.line:
        words.append(Label(check.line, "small", "ink2", wrap=True))
    mark = boxed(column(Icon(icon, ink, 18), None))
    return boxed(row(mark, (column(*words, gap=1), 1), gap=9))


class Pairs(Section):
    """A small list of label and value; goes when it is empty."""

    def __init__(self, title: Words) -> None:
        self._lines = column(gap=6)
        super().__init__(title, boxed(self._lines))

    def show_lines(self, lines: list[tuple[Words, Words]], *, below: list[QWidget] | None = None) -> None:
        """Shows these lines, and widgets below them."""
        clear(self._lines)
        for label, value in lines:
            name = Label(label, "small", "ink3", wrap=True)
            name.setFixedWidth(px(106))  # the longest words: desplazamiento, and in the name of a part sikkerhedsventil
            self._lines.addLayout(row(boxed(column(name, None)), (Label(value, "small", wrap=True), 1), gap=8))
        for each in below or []:
            self._lines.addWidget(each)
        self.setVisible(bool(lines or below))


def pays_lines(page: RepairPage) -> tuple[list[tuple[Words, Words]], list[QWidget]]:
    """Who pays, the sentence, and the rule in small."""
    lines: list[tuple[Words, Words]] = [(each.cost, each.payer) for each in page.pays]
    tone = {"covered": "ink", "cannot_tell": colour_of(Tone.WARN)}.get(page.verdict.value, "ink")
    below: list[QWidget] = [Label(page.sentence, "small", tone, weight=500, wrap=True)]
    if page.exclusion:
        below.append(Label(page.exclusion, "small", "ink2", wrap=True))
    below += [Label(each, "meta", "ink2", wrap=True) for each in page.why]
    if page.source:
        below.append(Label(page.source, "meta", "ink3", wrap=True))
    return lines, below


def hours(minutes: int) -> str:
    """`1 h 30 min`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return tr("{minutes} min", minutes=rest)
    return tr("{hours} h {minutes} min", hours=whole, minutes=rest) if rest else tr("{hours} h", hours=whole)


def labour_lines(labour: tuple[tuple[Message, int], ...]) -> list[tuple[Words, Words]]:
    """Working time by kind."""
    return [(spoken(kind), hours(minutes)) for kind, minutes in labour]
