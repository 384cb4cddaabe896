"""What lies over everything: the crisis handbook. The place behind it is kept, whatever is open there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from ui.shell.pages import CRISIS, PLACES, Place, load_page, place_named
from ui.shell.reach import Reach
from ui.shell.stage import Load
from ui.theme.look import colour
from ui.widgets.layouts import column
from ui.widgets.page import Page
from ui.widgets.tab_order import in_reading_order
from ui.work import Desk

KEY = Qt.Key.Key_F9


class Cover(QWidget):
    """Covers `window` with a page that asks nobody and leaves nothing; its key again takes it away.

    What is behind keeps its state and hears no key meanwhile. A dialog of the system that stands in the way is put
    away. `made` carries the page, once.
    """

    made = Signal(object)
    closed = Signal()

    def __init__(
        self, window: QWidget, desk: Desk, argument: object, *, places: Sequence[Place] = PLACES, load: Load = load_page
    ) -> None:
        super().__init__(window)
        self._around = window
        self._desk, self._argument, self._places, self._load = desk, argument, places, load
        self._before: QWidget | None = None
        self._silenced: list[QWidget] = []
        self.page: Page | None = None
        self.hide()
        self.setLayout(column(gap=0))
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._listen)

    def toggle(self) -> None:
        """Up, or away again."""
        if self.isVisible():
            self.close_over()
        else:
            self.come_up()

    def come_up(self) -> None:
        """Shows it now: its code is imported here if no worker has done it yet, for nothing else may be needed."""
        if self.isVisible():
            return
        page = self._page()
        self._before = QApplication.focusWidget()
        self._silenced = [each for each in self._around.findChildren(QWidget, options=_DIRECT) if self._hears(each)]
        self.setGeometry(self._around.rect())
        self.show()
        self.raise_()
        for each in self._silenced:
            each.setEnabled(False)
        page.open(self._argument)
        start = page.start()
        if start is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> Page:
        """The page, made now if it has not come up yet."""
        return self._page()

    def close_over(self) -> None:
        """Takes it away; the keyboard goes back where it was."""
        if not self.isVisible():
            return
        if self.page is not None:
            self.page.leave()
        for each in self._silenced:
            if isValid(each):
                each.setEnabled(True)
        self._silenced = []
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def stay_above(self, came: QWidget, first: QWidget) -> None:
        """Something came up behind: it gets the keyboard when this goes."""
        self._silenced.append(came)
        came.setEnabled(False)
        self._before = first
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._around:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self._around.rect())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == KEY:
            self._through()
            return True
        return False

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab stays on the page."""
        if self.page is not None:
            in_reading_order(self.page)
        return super().focusNextPrevChild(onward)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))

    # ------------------------------------------------------------------ insides

    def _page(self) -> Page:
        if self.page is None:
            self.page = self._load(place_named(CRISIS, self._places))(self._desk)
            self.page.left.connect(self.close_over)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(Reach(self.page))
            self.made.emit(self.page)
        return self.page

    def _hears(self, widget: QWidget) -> bool:
        return widget is not self and not widget.isWindow() and widget.isEnabled()

    def _listen(self, window: QWindow | None) -> None:
        """A window of its own (a dialog of this program) has the keyboard: the key works there too."""
        own = self.window().windowHandle() if isValid(self) and self.window().isVisible() else None
        if window is not None and own is not None and window is not own:
            window.installEventFilter(self)

    def _through(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()
        QTimer.singleShot(0, self, self.come_up)


_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def cover_of(window: QWidget) -> Cover | None:
    """The cover that lies over this window now."""
    found = window.findChildren(Cover, options=_DIRECT)
    return next((each for each in found if each.isVisible()), None)
