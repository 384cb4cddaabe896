"""A paper leaves the desk: to the printer, or as a copy of the very bytes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.kernel.messages import Message, say
from app.workflows import papers, printing
from ui.pickers.paper_printer import choose_printer, print_pages
from ui.widgets.copies import write_copy
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.page import Page
from ui.widgets.pictures import Picture, images_of
from ui.widgets.texts import tr

PRINT_DPI = 600

Printed = Callable[[str], object]
Saved = Callable[[], object]


def how_it_prints() -> Message:
    """Which way a paper goes to the printer on this machine."""
    if printing.printing_system():
        return say("The printer gets the file itself.")
    return say("No printing system takes files here: the pages are drawn at the printer's resolution.")


class PaperOut(QObject):
    """`print_file(sha256, printed, title=..)`, `save_file(sha256, saved, name=..)` for a kept file; `print_bytes` for
    one that is nowhere kept. `printed` gets the way, `file` or `pages`; it comes when the page may long show another
    paper, so it knows by itself which one it is about."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def print_file(self, sha256: str, printed: Printed, *, title: str) -> None:
        """The file itself where a printing system takes it, else its pages at the printer's resolution."""
        done = partial(self.print_bytes, printed, title)
        self._page.desk.read(papers.read_file, sha256, done=done, failed=self._page.trouble, owner=self)

    def save_file(self, sha256: str, saved: Saved, *, name: str) -> None:
        """Asks where, and writes the very bytes."""
        proposed = begin_in(DOCUMENTS, name)
        place, _ = QFileDialog.getSaveFileName(self._page, tr("Save a copy"), proposed, tr("PDF files (*.pdf)"))
        ended_at(DOCUMENTS, place)
        if place:
            self.save_to(sha256, saved, place)

    def save_to(self, sha256: str, saved: Saved, place: str) -> None:
        """Writes the file there."""
        done = partial(self._save, place, saved)
        self._page.desk.read(papers.read_file, sha256, done=done, failed=self._page.trouble, owner=self)

    def print_bytes(self, printed: Printed, title: str, pdf: bytes) -> None:
        """The same for the bytes of a paper."""
        desk, trouble = self._page.desk, self._page.trouble
        if printing.printing_system():
            desk.background(
                printing.print_file, pdf, title=title, done=lambda _: printed("file"), failed=trouble, owner=self
            )
        elif (printer := choose_printer(self._page)) is not None:
            done = partial(self._print_pages, printer, printed)
            desk.background(papers.page_pictures, pdf, dpi=PRINT_DPI, done=done, failed=trouble, owner=self)

    def _print_pages(self, printer: QPrinter, printed: Printed, pictures: tuple[Picture, ...]) -> None:
        print_pages(printer, images_of(pictures))
        printed("pages")

    def _save(self, place: str, saved: Saved, pdf: bytes) -> None:
        self._page.desk.background(
            write_copy, place, pdf, done=lambda _: saved(), failed=self._page.trouble, owner=self
        )
