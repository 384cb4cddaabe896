"""A number with its unit and two large keys; the value is a scaled integer, never a float."""

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kernel.messages import say
from ui.theme.buttons import HEIGHT, Size
from ui.theme.fonts import font, width_of
from ui.theme.paint import TRAILING, write
from ui.widgets.button import Button
from ui.widgets.keys import is_enter
from ui.widgets.layouts import row
from ui.widgets.texts import Words, is_language_change, spoken

_SEPARATORS = dict.fromkeys(map(ord, ",\u066b\uff0e\u3002"), ".")  # Arabic and full-width ones too
_KIND = {Size.BENCH: "value", Size.GLOVE: "step", Size.TOUCH: "lead"}


def scaled(text: str, places: int) -> int | None:
    """`"1,78"` with 2 places is 178; digits of any script; None when it is no number or has more places."""
    folded = "".join(_ascii(sign) for sign in text.translate(_SEPARATORS) if not sign.isspace())
    sign, bare = (-1, folded[1:]) if folded[:1] in ("-", "\u2212") else (1, folded)
    whole, _, part = bare.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(part) > places or len(whole) > 12:
        return None
    return sign * int(whole + part.ljust(places, "0"))


def written(value: int, places: int) -> str:
    """178 with 2 places is `"1.78"`: Latin digits and a point, as on an instrument."""
    digits = str(abs(value)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


def _ascii(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


class _Line(QLineEdit):
    """The field with the unit painted at its end."""

    def __init__(self, size: Size, places: int) -> None:
        super().__init__()
        self.size_class, self.unit = size, ""
        self._kind, self._places = _KIND.get(size, "body"), places
        self.setMaxLength(20)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a scale of values is never mirrored
        self.dress()

    def dress(self) -> None:
        self.setFont(font(self._kind, columns=True))
        self.setFixedHeight(HEIGHT[self.size_class])
        self.setMinimumWidth(width_of("0000.00", self._kind) + 70)
        side = 20 if self.size_class is Size.BENCH else 8
        self.setTextMargins(side, 0, width_of(self.unit, self._unit_kind) + side + 6 if self.unit else 6, 0)

    @property
    def _unit_kind(self) -> str:
        return "do" if self.size_class in (Size.BENCH, Size.GLOVE) else "small"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (is_enter(event) and event.isAutoRepeat()):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.unit:
            side = 20 if self.size_class is Size.BENCH else 10
            room = self.rect().adjusted(side, 0, -side, 0)
            painter = QPainter(self)
            write(painter, room, self.unit, self._unit_kind, "ink2", align=TRAILING, direction=self.layoutDirection())


class NumberField(QWidget):
    """`NumberField(places=2, unit="bar", step=1, size=Size.BENCH)`; `value` is 178 for 1.78, None when empty or wrong.

    `changed` is sent with the value at each keystroke, `entered` at Enter. Up and Down step like the two keys.
    """

    changed = Signal(object)
    entered = Signal(object)

    def __init__(
        self,
        value: int | None = None,
        *,
        places: int = 0,
        unit: str = "",
        step: int = 1,
        lowest: int | None = None,
        highest: int | None = None,
        size: Size = Size.DESK,
        name: Words = "",
    ) -> None:
        super().__init__()
        self._places, self._step, self._name = places, step, name
        self._lowest, self._highest = lowest, highest
        self.line = _Line(size, places)
        self.line.unit = unit
        self.line.dress()
        less = Button(icon="minus", size=size, name=say("Less"), act=lambda: self.nudge(-1))
        more = Button(icon="plus", size=size, name=say("More"), act=lambda: self.nudge(1))
        for key in (less, more):
            key.setAutoRepeat(True)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Up and Down do the same
        self._keys = (less, more)
        self.setLayout(row(less, (self.line, 1), more, gap=10 if size is Size.BENCH else 6))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # less stands left, as on the band of limits below
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _: self.changed.emit(self.value))
        self.line.returnPressed.connect(lambda: self.entered.emit(self.value))
        self.put(value)
        self.retranslate()

    @property
    def value(self) -> int | None:
        """The scaled integer, or None."""
        return scaled(self.line.text(), self._places)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def put(self, value: int | None) -> None:
        """Shows another value."""
        self.line.setText("" if value is None else written(value, self._places))

    def nudge(self, steps: int) -> None:
        """So many steps up, within the borders."""
        value = (self.value or 0) + steps * self._step
        if self._lowest is not None:
            value = max(value, self._lowest)
        if self._highest is not None:
            value = min(value, self._highest)
        self.put(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.nudge(steps)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.line.dress()
        for key in self._keys:
            key.setFixedWidth(HEIGHT[self.line.size_class])
        if self._name:
            self.setAccessibleName(spoken(self._name))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange:
            self.line.setProperty("wrong", self.property("wrong"))
            self.line.update()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)
