"""An attachment opened inside: pictures, PDF and plain text alone; anything else is only saved as a copy."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.kernel.filetypes import FileType
from app.kernel.messages import say
from app.tickets.queries import Attachment, read_file
from app.workflows.attachments import attached_pages
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, framed
from ui.widgets.copies import write_copy
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.pdf_view import PdfView
from ui.widgets.pictures import Picture, decoded, images_of
from ui.widgets.texts import tr, trn
from ui.work import Desk

MOST_SIGNS = 200_000  # of a text: laying out 25 MB would hold the window for seconds


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
        """Reads the content and shows it; pictures and PDFs are decoded on a worker."""
        self._desk.read(
            read_file, file.sha256, done=partial(self.show_file, file), failed=self.troubled.emit, owner=self,
            latest="file",
        )  # fmt: skip

    def show_file(self, file: Attachment, content: bytes) -> None:
        """Shows an attachment by the type of its content."""
        self._file, self._content = file, content
        self.name.put(file.name)
        self.more.put("")
        self.pages.put([])
        if file.type.picture:
            self._draw(decoded, self._show_picture)
        elif file.type is FileType.PDF:
            self._draw(attached_pages, self._show_paper)
        elif file.type is FileType.TEXT:
            self._show_text(content.decode("utf-8", "replace"))
        else:
            self.pile.setCurrentWidget(self.closed_type)
        self.opened.emit()
        self.back.setFocus()

    def _draw(self, job: Callable[[bytes], Any], show: Callable[[Any], None]) -> None:
        """Decodes on a worker; what comes when another file is open is not shown."""
        file = self._file

        def drawn(found: Any) -> None:
            if self._file is file:
                show(found)

        def failed(problem: BaseException) -> None:
            if self._file is file:
                self.troubled.emit(problem)

        self.pile.setCurrentWidget(self.pages)
        self._desk.background(job, self._content, done=drawn, failed=failed, owner=self)

    def _show_picture(self, picture: QImage) -> None:
        self._show_pages([picture])

    def _show_paper(self, drawn: tuple[tuple[Picture, ...], int]) -> None:
        pages, count = drawn
        self._show_pages(images_of(pages))
        if len(pages) < count:
            self.more.put(trn("The first {count} page is shown.", "The first {count} pages are shown.", len(pages)))

    def _show_text(self, text: str) -> None:
        self.text.setPlainText(text[:MOST_SIGNS])
        self.pile.setCurrentWidget(self.text)
        if len(text) > MOST_SIGNS:
            self.more.put(say("Only its beginning is shown: save a copy to read it all."))

    def save_copy(self) -> None:
        """Asks where to, and writes the content there on a worker."""
        proposed = begin_in(DOCUMENTS, self._file.name if self._file else "")
        path, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), proposed)
        ended_at(DOCUMENTS, path)
        if path:
            self._desk.background(
                write_copy, path, self._content, done=self._copied, failed=self.troubled.emit, owner=self
            )

    def _copied(self, _: object) -> None:
        self.told.emit(say("Copy saved"))

    def _show_pages(self, pages: list[QImage]) -> None:
        drawn = [page for page in pages if not page.isNull()]
        self.pages.put(drawn)
        self.pile.setCurrentWidget(self.pages if drawn else self.closed_type)
