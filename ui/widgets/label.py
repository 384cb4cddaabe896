"""Text that only shows: labels, prose, icons, hairlines, keys. Always plain text."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.language.isolates import led_right_to_left
from ui.theme.fonts import font, metrics
from ui.theme.icons import draw_icon
from ui.theme.look import colour, look, px
from ui.theme.paint import key_width, paint_key
from ui.theme.tokens import LONGEST_LINE
from ui.widgets.texts import Words, is_language_change, key_text, serial, spoken

_ALIGN = Qt.AlignmentFlag


class Label(QLabel):
    """`Label(say("Parts used"), "head")`; `kind` is of the type scale, `ink` a colour token.

    `code` is for serials and part numbers, `wrap` lets it take several lines, `centred` puts it in the middle,
    `select` lets people copy it.
    """

    def __init__(
        self,
        text: Words = "",
        kind: str = "body",
        ink: str = "ink",
        *,
        weight: int = 0,
        code: bool = False,
        wrap: bool = False,
        centred: bool = False,
        select: bool = False,
    ) -> None:
        super().__init__()
        self._words, self._kind, self._ink = text, kind, ink
        self._weight, self._code, self._centred = weight, code, centred
        self._way: Qt.LayoutDirection | None = None  # of its own language; None is the desk's
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retranslate()

    def put(self, text: Words) -> None:
        """Shows another text."""
        self._words = text
        shown = serial(spoken(text)) if self._code else spoken(text)
        leads = self._way is not None and self._mirrored and not self._code
        self.setText(led_right_to_left(shown) if leads else shown)

    def follow(self, way: Qt.LayoutDirection) -> None:
        """Reads this way, whatever the desk's language."""
        self._way = way
        self.retranslate()

    @property
    def _mirrored(self) -> bool:
        return look().mirrored if self._way is None else self._way == Qt.LayoutDirection.RightToLeft

    def set_ink(self, ink: str) -> None:
        """Takes the colour of another token."""
        self._ink = ink
        shades = self.palette()
        shades.setColor(QPalette.ColorRole.WindowText, colour(ink))
        self.setPalette(shades)

    def retranslate(self) -> None:
        """Writes itself in the language and the theme in force."""
        self.setFont(font(self._kind, weight=self._weight, code=self._code))
        self.set_ink(self._ink)
        # Absolute: a text of digits alone has no direction and would fall to the left side in Arabic.
        side = _ALIGN.AlignRight if self._mirrored else _ALIGN.AlignLeft
        self.setAlignment((_ALIGN.AlignHCenter if self._centred else side | _ALIGN.AlignAbsolute) | _ALIGN.AlignVCenter)
        if self.wordWrap():
            # Qt 6.11 hangs the space at which a right-to-left line with isolates was broken out to the right, and
            # the line's last letters leave the widget at the left by as much (seen with dates in Arabic).
            self.setContentsMargins(metrics(self._kind).horizontalAdvance("  ") if self._mirrored else 0, 0, 0, 0)
        self.put(self._words)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)


class Prose(Label):
    """Running text that wraps and is never wider than 90 characters."""

    def __init__(
        self, text: Words = "", kind: str = "body", ink: str = "ink2", *, weight: int = 0, select: bool = False
    ) -> None:
        super().__init__(text, kind, ink, weight=weight, wrap=True, select=select)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self.maximumWidth()))  # a layout asks for the width of its column

    def _hold(self) -> None:
        self.setMaximumWidth(metrics(self._kind, weight=self._weight).averageCharWidth() * LONGEST_LINE)

    def retranslate(self) -> None:
        super().retranslate()
        self._hold()


class Icon(QWidget):
    """A drawing that says nothing by itself: the words beside it do."""

    def __init__(self, name: str, ink: str = "ink2", size: int = 18) -> None:
        super().__init__()
        self._name, self._ink = name, ink
        self._mirrored: bool | None = None
        self.setFixedSize(px(size), px(size))

    def follow(self, way: Qt.LayoutDirection) -> None:
        """An arrow points this way on, whatever the desk's language."""
        self._mirrored = way == Qt.LayoutDirection.RightToLeft
        self.update()

    def put(self, name: str, ink: str) -> None:
        """Shows another icon, or another colour."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self.rect(), self._name, self._ink, mirrored=self._mirrored)


def read_in(widget: QWidget, way: Qt.LayoutDirection) -> None:
    """What stands in it is in a language that is read this way, whatever the desk's: sides, order and arrows follow."""
    widget.setLayoutDirection(way)
    texts = [widget, *widget.findChildren(QWidget)]
    for each in texts:
        if isinstance(each, Label | Icon):
            each.follow(way)


class Rule(QWidget):
    """A hairline."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("line"))


class KeyHint(QWidget):
    """A key in its small box."""

    def __init__(self, keys: str, ink: str = "ink3") -> None:
        super().__init__()
        self._pressed, self._ink = keys, ink
        self.retranslate()

    def retranslate(self) -> None:
        """As it is to be pressed now."""
        self._keys = key_text(self._pressed)
        self.setAccessibleName(self._keys)
        self.setFixedSize(self.sizeHint())

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(key_width(self._keys), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key(QPainter(self), QRect(self.rect()), self._keys, self._ink)
