"""Printing where no printing system takes the file itself: its pages, drawn at the printer's resolution."""

from collections.abc import Sequence

from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.widgets.texts import tr


def choose_printer(parent: QWidget) -> QPrinter | None:
    """The system's own dialog; None when it was left."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print: pages are drawn at the printer's resolution"))
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Each picture fills one sheet."""
    painter = QPainter(printer)
    try:
        for at, page in enumerate(pages):
            if at:
                printer.newPage()
            painter.drawImage(painter.viewport(), page)
    finally:
        painter.end()
