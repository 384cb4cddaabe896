"""Controls that take a text, a choice or a tick. Each is named by the `Field` around it, or by `name`."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.kernel.lengths import too_long
from ui.theme.buttons import HEIGHT, LETTERS, Size
from ui.theme.fonts import font, metrics
from ui.theme.icons import draw_icon
from ui.theme.look import colour, look, px
from ui.theme.paint import flip, write
from ui.theme.style import field_box, is_wrong
from ui.widgets.keys import is_enter, saves
from ui.widgets.texts import Words, is_language_change, spoken

OPTION_PAD = 10
PAUSE = 600  # ms after the last letter


class TextField(QLineEdit):
    """One line. `code` is for serials and part numbers; `icon` stands at its leading edge.

    `entered` is sent with the text at Enter. `name` is for a field without a label above.
    """

    entered = Signal(str)

    def __init__(
        self,
        text: str = "",
        *,
        code: bool = False,
        icon: str = "",
        hint: Words = "",
        name: Words = "",
        size: Size = Size.DESK,
        longest: int = 400,
    ) -> None:
        super().__init__(text)
        self.size_class = size
        self._code, self._icon, self._hint, self._name = code, icon, hint, name
        self.setMaxLength(longest)
        self.setMinimumWidth(60)
        self.returnPressed.connect(lambda: self.entered.emit(self.text()))
        self.retranslate()

    def call(self, name: Words, *, hint: Words) -> None:
        """Is named and hinted otherwise from now on."""
        self._name, self._hint = name, hint
        self.retranslate()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.setFont(font(LETTERS[self.size_class], weight=400, code=self._code))
        self.setPlaceholderText(spoken(self._hint))
        if self._name:
            self.setAccessibleName(spoken(self._name))
        leading = px(18) + 14 if self._icon else 8
        self.setTextMargins(*((6, 0, leading, 0) if look().mirrored else (leading, 0, 6, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (is_enter(event) and event.isAutoRepeat()):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:  # painted, since an action's button would be one more thing without a name
            mark = QRect(10, (self.height() - px(18)) // 2, px(18), px(18))
            draw_icon(QPainter(self), flip(self.layoutDirection(), self.rect(), mark), self._icon, "ink3")

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it, Ctrl+Enter sends `entered`. `measured` says by how much it is too
    long (a Message, or None); nothing is cut, the action refuses it."""

    entered = Signal(str)
    measured = Signal(object)

    def __init__(self, text: str = "", *, lines: int = 4, hint: Words = "", name: Words = "") -> None:
        super().__init__(text)
        self._hint, self._name, self._lines = hint, name, lines
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # everything wraps
        self.setViewportMargins(8, 6, 8, 6)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(lambda: self.measured.emit(too_long(self.text)))
        self.retranslate()

    @property
    def text(self) -> str:
        """What was written, whole."""
        return self.toPlainText()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.setFont(font("body"))
        self.setMinimumHeight(metrics("body").lineSpacing() * self._lines + 18)
        self.setPlaceholderText(spoken(self._hint))
        if self._name:
            self.setAccessibleName(spoken(self._name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if saves(event):
            self.entered.emit(self.text)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """The box lies under the viewport's margins, so the frame widget itself paints it."""
        if event.type() == QEvent.Type.Paint:
            field_box(QPainter(self), QRect(self.rect()), focused=self.hasFocus(), wrong=is_wrong(self))
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class Choice(QComboBox):
    """One of several: `Choice([(Severity.S1, say("S1 ...")), ...])`. The wheel never changes it by accident.

    `waits` is for what holds at once: letters look for a whole word, and `chosen` is sent when no more of them come,
    at Enter, or when the keyboard leaves; what that changes around it does not take the keyboard away.
    """

    chosen = Signal(object)

    def __init__(
        self, options: Sequence[tuple[object, Words]] = (), *, name: Words = "", size: Size = Size.DESK,
        waits: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.size_class = size
        self._waits, self._typing = waits, False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._send)
        self._options: list[tuple[object, Words]] = []
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(_Option(self))
        self.activated.connect(lambda _: self._pause.start() if self._typing else self._send())
        self.offer(options)

    @property
    def value(self) -> Any:
        """The chosen one, or None."""
        at = self.currentIndex()
        return self._options[at][0] if 0 <= at < len(self._options) else None

    def call(self, name: Words) -> None:
        """Is named otherwise from now on."""
        self._name = name
        self.retranslate()

    def offer(self, options: Sequence[tuple[object, Words]]) -> None:
        """Other options; the chosen one stays when it is among them."""
        was = self.value
        self._options = list(options)
        self.retranslate()
        self.choose(was)

    def choose(self, value: object) -> None:
        """Chooses without sending `chosen`; the first one when there is no such value."""
        found = [at for at, (each, _) in enumerate(self._options) if each == value]
        self.setCurrentIndex(found[0] if found else 0 if self._options else -1)

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        at = self.currentIndex()
        self.setFont(font(LETTERS[self.size_class], weight=400))
        self.clear()
        self.addItems([spoken(words) for _, words in self._options])
        self.setCurrentIndex(at)
        if self._name:
            self.setAccessibleName(spoken(self._name))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and self._pause.isActive():
            self._send()
            return
        letter = event.text().isprintable() and bool(event.text().strip())
        self._typing = self._waits and letter
        super().keyPressEvent(event)
        self._typing = False
        if letter and self._pause.isActive():  # one that changes nothing belongs to the word too
            self._pause.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._pause.isActive():
            self._pause.stop()
            self.chosen.emit(self.value)

    def _send(self) -> None:
        self._pause.stop()
        held = self._waits and self.window().focusWidget() is self
        self.chosen.emit(self.value)
        if held:
            self._stay()
            QTimer.singleShot(0, self, self._stay)  # what is laid out anew comes after

    def _stay(self) -> None:
        if not self.hasFocus() and self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)


class _Option(QStyledItemDelegate):
    """A line of the open list: as high as a finger needs, the chosen one marked as in every other list."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice)
        self._size = choice.size_class

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 2 * OPTION_PAD, HEIGHT[self._size])

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colour("accent_soft" if chosen else "panel"))
        if chosen:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(flip(look().direction, rect, bar), colour("accent"))
        room = rect.adjusted(OPTION_PAD, 0, -OPTION_PAD, 0)
        write(painter, room, str(index.data() or ""), LETTERS[self._size], "ink")


class CheckBox(QCheckBox):
    """A tick with its words; `large` is for the bench. `act` gets the new state."""

    def __init__(
        self, text: Words, *, on: bool = False, large: bool = False, act: Callable[[bool], object] | None = None
    ) -> None:
        super().__init__()
        self._words, self.large = text, large
        self.setChecked(on)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if act is not None:
            self.toggled.connect(lambda state: act(state))
        self.retranslate()

    def put(self, text: Words) -> None:
        """Carries other words."""
        self._words = text
        self.retranslate()

    def retranslate(self) -> None:
        """Writes itself in the language in force."""
        self.setFont(font("lead" if self.large else "body"))
        self.setText(spoken(self._words))
        self.setShortcut("")
        self.setAccessibleName(spoken(self._words))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        side = px(28 if self.large else 18)
        words = metrics("lead" if self.large else "body").horizontalAdvance(self.text())
        return QSize(side + 20 + words, px(38 if self.large else 28))
