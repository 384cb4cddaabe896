"""The photograph that was kept with a step, small: a person sees whether it is the right one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.kernel.errors import UserError
from app.workflows.pictures import picture_of
from ui.theme.look import px
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.pictures import decoded
from ui.widgets.texts import tr
from ui.work import Desk, Failed

LARGEST = QSize(320, 200)


class StepPhoto(QWidget):
    """`StepPhoto(desk, sha256)` reads the picture and decodes it beside the window; `image` is what shows."""

    def __init__(self, desk: Desk, sha256: str, *, failed: Failed) -> None:
        super().__init__()
        self._desk, self._broke = desk, failed
        self.image = QLabel()
        self.image.setAccessibleName(tr("Photo kept"))
        self.words = Label("", "body", "ink2", wrap=True)
        self.words.hide()
        self.setLayout(column(row(self.image, None), self.words))
        desk.read(picture_of, sha256, done=self._decode, failed=self._failed, owner=self)

    def _decode(self, content: bytes) -> None:
        self._desk.background(decoded, content, done=self._show, failed=self._failed, owner=self)

    def _show(self, picture: QImage) -> None:
        if picture.isNull():
            return
        scale = self.devicePixelRatioF()
        most = QSize(px(LARGEST.width()), px(LARGEST.height())) * scale
        small = picture.scaled(
            most.boundedTo(picture.size()), Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        small.setDevicePixelRatio(scale)
        self.image.setPixmap(QPixmap.fromImage(small))

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, UserError):
            self.words.put(problem.message)
            self.words.show()
        else:
            self._broke(problem)
