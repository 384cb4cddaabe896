"""Choosing a printer, and printing where no printing system takes the file itself: its pages, drawn at the printer's
resolution."""

from collections.abc import Sequence

from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.widgets.texts import Words, spoken, tr

_SIZES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


def choose_printer(parent: QWidget, *, why: Words = "") -> QPrinter | None:
    """The system's own dialog, headed by the reason for asking; None when it was left."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(spoken(why) or tr("Print: pages are drawn at the printer's resolution"))
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def known_printers() -> tuple[str, ...]:
    """The printers that the system tells, by name."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printer_named(name: str) -> QPrinter | None:
    """That printer, or the system's own for an empty name; None when it is not there."""
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def print_pages(printer: QPrinter, pages: Sequence[QImage], *, paper: str = "") -> None:
    """Each picture fills one sheet, of this size where one is wanted."""
    if paper in _SIZES:
        printer.setPageSize(QPageSize(_SIZES[paper]))
    painter = QPainter(printer)
    try:
        for at, page in enumerate(pages):
            if at:
                printer.newPage()
            painter.drawImage(painter.viewport(), page)
    finally:
        painter.end()
