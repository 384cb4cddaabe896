"""A part of a page that scrolls up and down when there is not room for it."""

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from ui.theme.look import px
from ui.widgets.layouts import column

SEEN_BELOW = 180  # px


class Scroll(QScrollArea):
    """`Scroll(boxed(column(...)))`: as wide as its place or as `width`, never scrolled sideways; the page shines
    through. With `follows`, what a program puts the keyboard into is scrolled into view like what Tab reaches."""

    def __init__(self, inner: QWidget, *, width: int = 0, follows: bool = False) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard and are scrolled into view
        self._inner = inner
        content = _Content(inner)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        if width:
            self.setFixedWidth(px(width))
        app = QGuiApplication.instance()
        if follows and isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._follow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # never scrolled sideways: the page may want them
        else:
            super().keyPressEvent(event)

    def _follow(self, focused: QObject | None) -> None:
        if isinstance(focused, QWidget) and self._inner.isAncestorOf(focused):
            QTimer.singleShot(0, focused, lambda: self._bring(focused))  # after what came up with it is laid out

    def _bring(self, focused: QWidget) -> None:
        if self._inner.isAncestorOf(focused) and focused.height() < self.viewport().height():
            self.ensureWidgetVisible(focused, 0, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inner.minimumSizeHint().width(), 80)


class Whole(Scroll):
    """One that would show all of it, and scrolls where it cannot: for the cards that lie over the work."""

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint() + QSize(self.verticalScrollBar().sizeHint().width(), 0)


def lie(body: QBoxLayout, *areas: QWidget, below: bool, least: int = 0) -> None:
    """What lies side by side in `body` lies below each other, and each keeps a height in which it can be read."""
    body.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
    for each in areas:
        each.setMinimumHeight(px(SEEN_BELOW) if below else px(least))


class _Content(QWidget):
    """As high as its width asks for: Qt takes the height of wrapped texts at their narrowest, and a bar would show."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self._layout = column((inner, 1), gap=0)
        if inner.minimumWidth() == inner.maximumWidth():  # a fixed width: at the leading edge, not in the middle
            self._layout.setAlignment(inner, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._layout)

    def minimumSizeHint(self) -> QSize:
        least = self._layout.minimumSize()
        return QSize(least.width(), 0) if self._layout.hasHeightForWidth() else least

    def heightForWidth(self, width: int) -> int:
        """Of the width that is really taken: what is narrower than its place breaks its texts earlier."""
        return super().heightForWidth(min(width, self._inner.maximumWidth()))
