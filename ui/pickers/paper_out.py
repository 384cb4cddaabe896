"""A paper leaves the desk: to the printer, or as a copy of the very bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say
from app.workflows import papers, printing
from app.workflows.printing import PrinterChoice, PrinterWay
from ui.pickers.paper_printer import choose_printer, print_pages, printer_named
from ui.widgets.copies import write_copy
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.page import Page
from ui.widgets.pictures import Picture, images_of
from ui.widgets.texts import Words, tr

PRINT_DPI = 600

Printed = Callable[[str], object]
Saved = Callable[[], object]


def how_it_prints() -> Message:
    """Which way a paper goes to the printer on this machine."""
    if printing.printing_system():
        return say("The printer gets the file itself.")
    return say("No printing system takes files here: the pages are drawn at the printer's resolution.")


@dataclass(frozen=True, slots=True)
class _Job:
    """A paper on its way: who is told, its title in the printer's list, and its bytes."""

    printed: Printed
    title: str
    pdf: bytes


class PaperOut(QObject):
    """`print_file(sha256, printed, title=..)`, `save_file(sha256, saved, name=..)` for a kept file; `print_bytes` and
    `save_bytes` for one that is nowhere kept. `printed` gets the way, `file` or `pages`; it comes when the page may
    long show another paper, so it knows by itself which one it is about."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def print_file(self, sha256: str, printed: Printed, *, title: str) -> None:
        """The file itself where a printing system takes it, else its pages at the printer's resolution."""
        done = partial(self.print_bytes, printed, title)
        self._page.desk.read(papers.read_file, sha256, done=done, failed=self._page.trouble, owner=self)

    def save_file(self, sha256: str, saved: Saved, *, name: str) -> None:
        """Asks where, and writes the very bytes."""
        if place := self._place_for(name):
            self.save_to(sha256, saved, place)

    def save_bytes(self, saved: Saved, name: str, pdf: bytes) -> None:
        """The same for the bytes of a paper."""
        if place := self._place_for(name):
            self._save(place, saved, pdf)

    def save_to(self, sha256: str, saved: Saved, place: str) -> None:
        """Writes the file there."""
        done = partial(self._save, place, saved)
        self._page.desk.read(papers.read_file, sha256, done=done, failed=self._page.trouble, owner=self)

    def print_bytes(self, printed: Printed, title: str, pdf: bytes) -> None:
        """The same for the bytes of a paper, to the printer that this computer's settings name."""
        job = _Job(printed, title, pdf)

        def without(
            _: BaseException,
        ) -> None:  # the crisis handbook prints before the store opens, or beside a damaged one
            self._print(job, PrinterChoice())

        self._page.desk.read(printing.printer_choice, done=partial(self._print, job), failed=without, owner=self)

    def _print(self, job: "_Job", choice: PrinterChoice) -> None:
        if choice.way is PrinterWay.ASK:
            self._ask(job, choice, say("Print: choose the printer"))
        elif printing.printing_system():
            self._hand_over(job, choice)
        elif choice.way is PrinterWay.NAMED:
            self._draw(job, choice, printer_named(choice.name))
        elif (printer := choose_printer(self._page)) is not None:
            self._draw(job, choice, printer)

    def _hand_over(self, job: "_Job", choice: PrinterChoice) -> None:
        """The printing system gets the file itself."""
        self._page.desk.background(
            printing.print_file, job.pdf, title=job.title, to=choice, done=lambda _: job.printed("file"),
            failed=partial(self._not_printed, job, choice), owner=self,
        )  # fmt: skip

    def _draw(self, job: "_Job", choice: PrinterChoice, printer: QPrinter | None) -> None:
        if printer is None:
            self._not_printed(job, choice, printing.printer_is_gone(choice.name))
            return
        done = partial(self._print_pages, printer, job.printed, choice.paper)
        self._page.desk.background(
            papers.page_pictures, job.pdf, dpi=PRINT_DPI, done=done, failed=self._page.trouble, owner=self
        )

    def _not_printed(self, job: "_Job", choice: PrinterChoice, error: BaseException) -> None:
        """A printer that is gone: another one is asked for at once; left, the page says what is so."""
        gone = isinstance(error, UserError) and error.kind is Trouble.MISSING
        if not gone or not self._ask(job, choice, error.message if isinstance(error, UserError) else ""):
            self._page.trouble(error)

    def _ask(self, job: "_Job", choice: PrinterChoice, why: Words) -> bool:
        """The system's dialog; whether a printer was chosen. A file as its printer gets pages, as it is no printer."""
        printer = choose_printer(self._page, why=why)
        if printer is None:
            return False
        name = printer.printerName()
        if printing.printing_system() and name and not printer.outputFileName():
            self._hand_over(job, PrinterChoice(PrinterWay.NAMED, name, choice.paper))
        else:
            self._draw(job, choice, printer)
        return True

    def _print_pages(self, printer: QPrinter, printed: Printed, paper: str, pictures: tuple[Picture, ...]) -> None:
        print_pages(printer, images_of(pictures), paper=paper)
        printed("pages")

    def _place_for(self, name: str) -> str:
        """Where the copy goes; empty when nothing is to be saved."""
        proposed = begin_in(DOCUMENTS, name)
        place, _ = QFileDialog.getSaveFileName(self._page, tr("Save a copy"), proposed, tr("PDF files (*.pdf)"))
        ended_at(DOCUMENTS, place)
        return place

    def _save(self, place: str, saved: Saved, pdf: bytes) -> None:
        self._page.desk.background(
            write_copy, place, pdf, done=lambda _: saved(), failed=self._page.trouble, owner=self
        )
