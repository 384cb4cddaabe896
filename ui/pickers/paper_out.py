"""A paper leaves the desk: to the printer, or as a copy of the very bytes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.kernel.messages import Message, say
from app.workflows import papers, printing
from app.workflows.papers import Picture
from ui.pickers.paper_printer import choose_printer, print_pages
from ui.pickers.pictures import images_of
from ui.widgets.page import Page
from ui.widgets.texts import tr

PRINT_DPI = 600


def how_it_prints() -> Message:
    """Which way a paper goes to the printer on this machine."""
    if printing.printing_system():
        return say("The printer gets the file itself.")
    return say("No printing system takes files here: the pages are drawn at the printer's resolution.")


class PaperOut(QObject):
    """`print_file(sha256, title=..)`, `save_file(sha256, name=..)` for a kept file, `print_bytes(pdf, title=..)` for
    one that is nowhere kept; `printed` gets the way, `file` or `pages`."""

    def __init__(self, page: Page, printed: Callable[[str], None], saved: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._printed, self._saved = page, printed, saved

    def print_file(self, sha256: str, *, title: str) -> None:
        """The file itself where a printing system takes it, else its pages at the printer's resolution."""
        self._page.desk.read(
            papers.read_file, sha256, done=partial(self.print_bytes, title=title), failed=self._page.trouble, owner=self
        )

    def save_file(self, sha256: str, *, name: str) -> None:
        """Asks where, and writes the very bytes."""
        place, _ = QFileDialog.getSaveFileName(self._page, tr("Save a copy"), name, tr("PDF files (*.pdf)"))
        if place:
            self.save_to(sha256, place)

    def save_to(self, sha256: str, place: str) -> None:
        """Writes the file there."""
        self._page.desk.read(
            papers.read_file, sha256, done=partial(self._save, place), failed=self._page.trouble, owner=self
        )

    def print_bytes(self, pdf: bytes, *, title: str) -> None:
        """The same for the bytes of a paper."""
        desk, trouble = self._page.desk, self._page.trouble
        if printing.printing_system():
            desk.background(
                printing.print_file, pdf, title=title, done=lambda _: self._printed("file"), failed=trouble, owner=self
            )
        elif (printer := choose_printer(self._page)) is not None:
            done = partial(self._print_pages, printer)
            desk.background(papers.page_pictures, pdf, dpi=PRINT_DPI, done=done, failed=trouble, owner=self)

    def _print_pages(self, printer: QPrinter, pictures: tuple[Picture, ...]) -> None:
        print_pages(printer, images_of(pictures))
        self._printed("pages")

    def _save(self, place: str, pdf: bytes) -> None:
        try:
            Path(place).write_bytes(pdf)
        except OSError:
            self._page.tell(say("The copy could not be written there. Choose another folder."))
            return
        self._saved()
