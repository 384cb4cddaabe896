"""An attachment opened inside: pictures, PDF and plain text alone; anything else is only saved as a copy."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.kernel.filetypes import FileType
from app.kernel.messages import say
from app.tickets.queries import Attachment, read_file
from app.workflows.attachments import attached_pages
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, framed
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.pdf_view import PdfView
from ui.widgets.texts import tr, trn
from ui.work import Desk

MOST_MEMORY = 400  # MB that one decoded picture may take; its pixels were counted before it was kept


class Picture(Protocol):
    """A drawn page: RGBA rows without padding."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def pixels(self) -> bytes: ...


class FileView(QWidget):
    """`opened` when a content shows, `closed` when one goes back."""

    opened = Signal()
    closed = Signal()
    told = Signal(object)
    troubled = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: Attachment | None = None
        self._content = b""
        self.name = Label("", "head")
        self.back = Button(say("Back to the ticket"), icon="arrow-left", keys="Esc", act=self.closed.emit)
        save = Button(say("Save a copy"), Kind.TEXT, icon="download", act=self.save_copy)
        self.pages = PdfView()
        self.text = TextArea(name=say("Text of the file"))
        self.text.setReadOnly(True)
        self.closed_type = EmptyState(
            "box", say("This kind of file is not opened here"), say("Save a copy and open it with its own program.")
        )
        self.pile = QStackedWidget()
        for each in (self.pages, self.text, self.closed_type):
            self.pile.addWidget(each)
        self.more = Label("", "small", "warn")
        self.setLayout(column(row(self.back, (self.name, 1), self.more, save), (framed(self.pile), 1), gap=12))

    def open(self, file: Attachment) -> None:
        """Reads the content and shows it; a PDF is drawn on a worker."""

        def show(content: bytes) -> None:
            self.show_file(file, content)
            self.opened.emit()
            if file.type is FileType.PDF:
                self._desk.background(attached_pages, content, done=self._drawn, failed=self.troubled.emit, owner=self)

        self._desk.read(read_file, file.sha256, done=show, failed=self.troubled.emit, owner=self)

    def show_file(self, file: Attachment, content: bytes) -> None:
        """Shows an attachment by the type of its content."""
        self._file, self._content = file, content
        self.name.put(file.name)
        self.more.put("")
        if file.type.picture:
            self._show_pages([decoded(content)])
        elif file.type is FileType.TEXT:
            self.text.setPlainText(content.decode("utf-8", "replace"))
            self.pile.setCurrentWidget(self.text)
        else:
            self.pile.setCurrentWidget(self.closed_type)
        self.back.setFocus()

    def show_pages(self, pages: tuple[Picture, ...], count: int) -> None:
        """Shows the drawn pages of the PDF whose name and content were shown before."""
        self._show_pages([_image(page) for page in pages])
        if len(pages) < count:
            self.more.put(trn("The first {count} page is shown.", "The first {count} pages are shown.", len(pages)))

    def _drawn(self, pages: tuple[tuple[Picture, ...], int]) -> None:
        self.show_pages(*pages)

    def save_copy(self) -> None:
        """Asks where to, and writes the content there on a worker."""
        path, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), self._file.name if self._file else "")
        if path:
            self._desk.background(
                Path(path).write_bytes, self._content, done=self._copied, failed=self.troubled.emit, owner=self
            )

    def _copied(self, _: int) -> None:
        self.told.emit(say("Copy saved"))

    def _show_pages(self, pages: list[QImage]) -> None:
        drawn = [page for page in pages if not page.isNull()]
        self.pages.put(drawn)
        self.pile.setCurrentWidget(self.pages if drawn else self.closed_type)


def _image(page: Picture) -> QImage:
    """A copy: the image would otherwise point into bytes that may go."""
    raw = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888)
    return raw.copy()


def decoded(content: bytes) -> QImage:
    """The picture, turned as its camera was held; a null image when it cannot be decoded within the limit."""
    QImageReader.setAllocationLimit(MOST_MEMORY)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()
