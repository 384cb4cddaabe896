"""What is signed, at reading size: parts out and in, what was measured, what it costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.signoff.values import choice, measured, yes_no
from app.workflows.sign_page import ExchangeSeen, FittedSeen, SignPageSeen, TestSeen, ToWrite
from ui.theme.buttons import Size
from ui.theme.look import direction_of
from ui.theme.tones import Tone
from ui.widgets.card import Banner, Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Icon, Label, Rule, read_in
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.number import NumberField
from ui.widgets.scroll import Scroll
from ui.widgets.texts import serial, speak
from ui.widgets.wrapping import Wrap

NONE = "\u2013"
Control = TextField | Choice | NumberField


class Matter(Card):
    """`fill(page)`; `typed()` is what was written into the empty fields."""

    written = Signal()  # something was entered by hand

    def __init__(self) -> None:
        self._rows = column()
        self._inner = boxed(self._rows)
        self._in_scroll, self._whole = column(self._inner, gap=0), column(gap=0)
        self._scroll = Scroll(boxed(self._in_scroll))
        super().__init__(column((self._scroll, 1), self._whole, margins=(6, 6, 6, 6)))
        self._controls: dict[str, Control] = {}
        self._questions: set[str] = set()
        self._fields: dict[str, Field] = {}

    def show_whole(self, whole: bool) -> None:
        """As high as it is, for a page that scrolls as one; else it scrolls within its place."""
        (self._whole if whole else self._in_scroll).addWidget(self._inner)
        self._scroll.setVisible(not whole)

    def fill(self, page: SignPageSeen, *, same: bool) -> None:
        """Shows a matter; what was written stays when it is the same one, in another language perhaps."""
        kept = self.typed() if same else {}
        clear(self._rows)
        self._controls, self._fields, self._questions = {}, {}, set()
        self._rows.addWidget(boxed(column(*self._items(page), None, gap=12, margins=(22, 18, 22, 16))))
        read_in(self, direction_of(page.language))
        self.put_back(kept)
        for control in self._controls.values():
            _changed(control).connect(lambda *_: self.written.emit())

    def put_back(self, typed: Mapping[str, Any]) -> None:
        """Writes what `typed` gave into its fields again; a field that is not here any more is passed over."""
        for path, value in typed.items():
            self._put(path, value)

    @property
    def to_write(self) -> Mapping[str, Control]:
        """The empty fields by their path."""
        return self._controls

    def typed(self) -> dict[str, Any]:
        """Field path to value, the empty ones left out."""
        found: dict[str, Any] = {}
        for path, control in self._controls.items():
            value = self._value(path, control)
            if value is not None:
                found[path] = value
        return found

    def _value(self, path: str, control: Control) -> Any:
        """What stands in a control as a form keeps it, or None."""
        if isinstance(control, NumberField):
            return None if control.value is None else measured(control.value)
        if isinstance(control, TextField):
            return control.text().strip() or None
        if not control.value:
            return None
        return yes_no(control.value == "yes") if path in self._questions else choice(str(control.value))

    def show_missing(self, path: str, words: str) -> bool:
        """Marks the field of this path; False when it is not here."""
        if path not in self._fields:
            return False
        self._fields[path].show_problem(words)
        self._controls[path].setFocus()
        return True

    def _put(self, path: str, value: Any) -> None:
        control = self._controls.get(path)
        if isinstance(control, Choice):
            control.choose(("yes" if value["yes"] else "no") if path in self._questions else value["code"])
        elif isinstance(control, NumberField):
            control.put(value["value"])
        elif control is not None:
            control.setText(value)

    def _items(self, page: SignPageSeen) -> list[Item]:
        what = page.what
        items: list[Item] = [Label(what.heading, "title"), Label(what.unit, "lead", "ink2", wrap=True)]
        items += [Banner(Tone.STOP, speak(each)) for each in page.blockers]
        if what.stopped:
            items.append(Banner(Tone.STOP, what.stopped))
        if what.exchanges:
            items += [Rule(), Label(what.exchange_heading, "small", "ink3", weight=600), _exchanges(what.exchanges)]
        if what.unsure:
            items.append(Label(what.unsure, "body", "ink2", wrap=True))
        if what.fitted:
            items += [Rule(), Label(what.fitted_heading, "small", "ink3", weight=600), *map(_inside, what.fitted)]
        if what.tests:
            items += [Rule(), Label(what.tests_heading, "small", "ink3", weight=600), _tests(what.tests)]
        if what.pays:
            items += [Rule(), Label(what.pays_heading, "small", "ink3", weight=600),
                      Label(what.pays, "lead", wrap=True, weight=600)]  # fmt: skip
        if what.pays_why:
            items.append(Label(what.pays_why, "body", "ink2", wrap=True))
        if what.closing:
            items.append(Label(what.closing, "lead", "ink2", wrap=True))
        items += [_told(label, text) for label, text in what.written]
        if page.to_write:
            items += [Rule(), Label(what.to_write_heading, "small", "ink3", weight=600),
                      *[self._field(each, what.choose) for each in page.to_write]]  # fmt: skip
        return [*items, 4, Label(what.edition, "small", "ink3")]

    def _field(self, wanted: ToWrite, choose: str) -> Field:
        control: Control
        if wanted.question:
            self._questions.add(wanted.path)
        if wanted.places is not None:
            control = NumberField(places=wanted.places, unit=wanted.unit, size=Size.TOUCH, name=wanted.label)
        elif wanted.choices:
            control = Choice([("", choose), *wanted.choices], size=Size.TOUCH)
        else:
            control = TextField(size=Size.TOUCH)
        self._controls[wanted.path] = control
        self._fields[wanted.path] = Field(wanted.label, control, note=wanted.allowed, name=wanted.path)
        return self._fields[wanted.path]


def _changed(control: Control) -> Any:
    if isinstance(control, TextField):
        return control.textChanged
    return control.chosen if isinstance(control, Choice) else control.changed


def _inside(seen: FittedSeen) -> QWidget:
    number = Label(serial(seen.number) or NONE, "lead", weight=600, code=True)
    state = Chip(seen.state, Tone.UNSURE if seen.unsure else Tone.OK)
    return boxed(column(Label(seen.name, "lead", wrap=True), boxed(Wrap(number, state, gap=16)), gap=2))


def _told(label: str, text: str) -> QWidget:
    return boxed(column(Label(label, "small", "ink3", wrap=True), Label(text, "lead", wrap=True), gap=2))


def _exchanges(rows: Sequence[ExchangeSeen]) -> QWidget:
    return boxed(column(*map(_exchange, rows), gap=12))


def _exchange(seen: ExchangeSeen) -> QWidget:
    """The name above the pair, so that no number is cut in a small window."""
    old = Label(serial(seen.old) or NONE, "lead", "ink2", code=True)
    new = Label(serial(seen.new) or NONE, "lead", weight=600, code=True)
    pair = boxed(row(old, Icon("arrow-right", "ink2", 18), new, gap=12))
    state = Chip(seen.state, Tone.UNSURE if seen.unsure else Tone.OK)
    return boxed(column(Label(seen.name, "lead", weight=600, wrap=True), boxed(Wrap(pair, state, gap=16)), gap=4))


def _tests(rows: Sequence[TestSeen]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    for at, each in enumerate(rows):
        mark = ("circle-check", "ok") if each.good else ("octagon-alert", "stop")
        grid.addWidget(Icon(*mark, 20), at, 0)
        grid.addWidget(Label(each.name, "lead", wrap=True), at, 1)
        grid.addWidget(Label(each.value, "lead", weight=600), at, 2)
        grid.addWidget(Label(each.allowed, "body", "ink2", wrap=True), at, 3)
    grid.setColumnStretch(1, 1)
    return boxed(grid)
