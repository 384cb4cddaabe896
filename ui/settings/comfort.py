"""How large the text is and whether things move: two choices of the card of the look, each holds at once."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.kernel.messages import Shown, say
from app.workflows.settings import get_setting, keep_motion, keep_text_size
from ui.theme.apply import move, resize
from ui.theme.look import look
from ui.theme.motion import AS_SYSTEM, LESS, motion_of
from ui.theme.sizes import SIZES
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.layouts import form_row
from ui.widgets.texts import is_language_change
from ui.work import Desk


class Comfort(QWidget):
    """Two fields side by side; `reread` when the page comes up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.text_size = Choice([(each, say("{size} %", size=Shown("plain", str(each)))) for each in SIZES], waits=True)
        self.motion = Choice([(AS_SYSTEM, say("As the system")), (LESS, say("Less movement"))], waits=True)
        self.text_size.chosen.connect(self._resize)
        self.motion.chosen.connect(self._move)
        keys = say("Ctrl with plus, minus and 0 does the same everywhere.")
        size = Field(say("Size of the text"), self.text_size, note=keys)
        self.setLayout(form_row(size, Field(say("Movement"), self.motion)))

    def reread(self) -> None:
        """Shows what holds now."""
        self.text_size.choose(look().size)
        self._desk.read(get_setting, "shell.motion", AS_SYSTEM, done=self._know, owner=self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event):
            self.text_size.choose(look().size)  # a key changed it

    def _know(self, kept: object) -> None:
        self.motion.choose(motion_of(kept))

    def _resize(self, size: int) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            resize(application, size)
        self._desk.write(keep_text_size, size, owner=self)

    def _move(self, motion: str) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            move(application, motion)
        self._desk.write(keep_motion, motion, owner=self)
