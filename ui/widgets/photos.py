"""Where photos and papers come in: dropped, pasted, or chosen. It reads no file: paths and pasted pictures go on."""

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from app.kernel.messages import say
from ui.theme.buttons import Size
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.folders import PICTURES, begin_in, ended_at
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import row
from ui.widgets.texts import Words, is_language_change, spoken, tr

MOST_FILES = 20
_WORDS = say("Drop photos or papers here, or paste")
_FILTERS = say("Pictures, PDF and text (*.png *.jpg *.jpeg *.webp *.pdf *.txt)")


class PhotoDrop(Card):
    """`drop.given` carries paths (list of str), `drop.pasted` the PNG bytes of a picture from the clipboard."""

    given = Signal(list)
    pasted = Signal(bytes)

    def __init__(
        self,
        words: Words = _WORDS,
        *,
        size: Size = Size.DESK,
        filters: Words = _FILTERS,
    ) -> None:
        self._words, self._filters = words, filters
        self._choose = Button(say("Choose files"), icon="paperclip", size=size, act=self.choose)
        self._paste = Button(say("Paste"), icon="image", keys="Ctrl+V", size=size, act=self.paste)
        text = Label(words, "small", "ink2", wrap=True)
        acts = row(Icon("camera", "ink3", 22), (text, 1), self._choose, self._paste, gap=10, margins=(14, 10, 10, 10))
        super().__init__(acts, fill="sunken", dashed=True)
        self.setAcceptDrops(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Names itself in the language in force."""
        self.setAccessibleName(spoken(self._words))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self._choose

    def choose(self) -> None:
        """Asks for files with the system's dialog."""
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Choose files"), begin_in(PICTURES), spoken(self._filters))
        ended_at(PICTURES, paths[0] if paths else "")
        self._give(paths)

    def paste(self) -> bool:
        """Takes a picture or files from the clipboard; False when there are none."""
        mime = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
        if mime is None:  # an empty clipboard, whatever the stubs say
            return False
        if mime.hasUrls():
            return self._give([url.toLocalFile() for url in mime.urls() if url.isLocalFile()])
        picture = QGuiApplication.clipboard().image() if mime.hasImage() else QImage()
        if picture.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
        self.pasted.emit(bytes(buffer.data().data()))
        return True

    def _give(self, paths: list[str]) -> bool:
        if paths:
            self.given.emit(paths[:MOST_FILES])
        return bool(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self.set_tone(Tone.ACCENT)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_tone(Tone.NONE)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_tone(Tone.NONE)
        if self._give([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]):
            event.acceptProposedAction()
