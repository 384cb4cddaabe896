"""The icon beside the clock, where the system has one: how the exchange stands, how much is new, and a few ways in.

What it says may be read by a stranger on a locked screen: no customer, no serial, no title.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.kernel.messages import Message, say
from ui.shell.frame import Frame
from ui.theme.icons import draw_icon
from ui.theme.look import colour
from ui.theme.paint import box
from ui.widgets.texts import spoken, tr, trn
from ui.work import Board

SIDE = 64
_PRESSES = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QSystemTrayIcon):
    """`stand` puts it up where there is room for it; without one, everything it is told stays unsaid."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._state: Message = say("Not connected")
        self._count = 0
        self._actions: list[tuple[QAction, Message]] = []
        self.menu = QMenu(frame)
        self.setContextMenu(self.menu)
        for words, run in self._ways():
            action = self.menu.addAction("")
            action.triggered.connect(lambda _=False, way=run: way())
            self._actions.append((action, words))
        self.menu.aboutToShow.connect(self._write)
        self.activated.connect(self._pressed)
        self.messageClicked.connect(self._open_news)
        self._write()

    def stand(self, board: Board) -> None:
        """Shows itself if the system has a place for it; the window may stay there from now on."""
        board.tray = self.isSystemTrayAvailable()
        if board.tray:
            self.show()

    def go(self) -> None:
        """The program ends."""
        self.hide()

    def show_state(self, state: Message) -> None:
        """How the exchange stands."""
        self._state = state
        self._write()

    def show_news(self, count: int) -> None:
        """How much is new."""
        self._count = count
        self._write()

    def tell(self, words: str) -> None:
        """A notification of the system; a press on it opens what is new."""
        if self.isVisible():
            self.showMessage(tr("Aftercare"), words, self.icon())

    def _ways(self) -> list[tuple[Message, Callable[[], object]]]:
        def going(place: str) -> Callable[[], object]:
            return lambda: self._come(lambda: self._frame.go(place))

        return [
            (say("Open Aftercare"), lambda: self._come(lambda: None)),
            (say("Quick answer"), going("quick")),
            (say("Crisis handbook"), lambda: self._come(self._frame.show_crisis)),
            (say("What is new"), going("news")),
            (say("Close Aftercare"), self._frame.end),
        ]

    def _come(self, then: Callable[[], object]) -> None:
        self._frame.come_forward()
        then()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _PRESSES:
            self._come(lambda: None)

    def _open_news(self) -> None:
        self._come(lambda: self._frame.go("news"))

    def _write(self) -> None:
        """In the language in force."""
        for action, words in self._actions:
            action.setText(spoken(words))
        new = trn("{count} new thing", "{count} new things", self._count) if self._count else tr("Nothing new")
        self.setToolTip("\n".join((tr("Aftercare"), spoken(self._state), new)))
        self.setIcon(picture(new=bool(self._count)))


def picture(*, new: bool) -> QIcon:
    """The product's mark, with a dot when something is new."""
    made = QPixmap(SIDE, SIDE)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    box(painter, QRect(0, 0, SIDE, SIDE), "accent", radius=14)
    draw_icon(painter, QRect(14, 14, 36, 36), "wrench", "on_accent")
    if new:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("stop_fill"))
        painter.drawEllipse(QPoint(SIDE - 13, 13), 12, 12)
    painter.end()
    return QIcon(made)
