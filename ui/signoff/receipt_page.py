"""The receipt for a machine that was handed in: shown as it will print, printed, saved."""

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.workflows import papers, receipt
from app.workflows.receipt import IntakeSheet
from ui.pickers.paper_out import PaperOut, how_it_prints
from ui.theme.buttons import Kind
from ui.widgets.card import Section, SidePanel
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.pdf_view import PdfView
from ui.widgets.pictures import Picture, images_of
from ui.widgets.texts import Words
from ui.work import Desk


class ReceiptPage(Page):
    """Opened with the id of a repair whose machine was taken in."""

    customer_sees = CustomerSees.WHOLE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._repair, self._file, self._number = "", "", ""
        self.view = PdfView()
        self.out = PaperOut(self)
        printed = self.offer(
            Act("print", say("Print"), "Ctrl+P", self.print_receipt, "printer", self._has_file), Kind.PRIMARY
        )
        saved = self.offer(Act("save", say("Save a copy"), "Ctrl+S", self.save_copy, "save", self._has_file))
        self._how = Label(how_it_prints(), "small", "ink2", wrap=True)
        side = SidePanel(Section(say("Paper"), printed, saved, self._how), width=328)
        title = Label(say("Receipt for the customer"), "title")
        self.setLayout(column(title, (_row(self.view, side), 1), gap=14, margins=(24, 18, 24, 20)))

    def title(self) -> Words:
        return say("Receipt for the customer")

    def start(self) -> QWidget | None:
        return self.view

    def open(self, argument: object = None) -> None:
        self._repair, self._file = str(argument or ""), ""
        self.about = self._repair
        self.view.put([])
        drawn = self.still(self._draw)
        self.desk.read(receipt.receipt_sheet, self._repair, done=drawn, failed=self.trouble, owner=self)

    def print_receipt(self) -> None:
        """To the printer."""
        if self._file:
            self.out.print_file(self._file, lambda _: self.tell(say("Sent to the printer")), title=self._number)

    def save_copy(self) -> None:
        """The very bytes to a place that the person chooses."""
        if self._file:
            self.out.save_file(self._file, lambda: self.tell(say("Copy saved")), name=f"{self._number}.pdf")

    def _has_file(self) -> bool:
        return bool(self._file)

    def _draw(self, sheet: IntakeSheet) -> None:
        self._number = sheet.frame.number
        self.desk.background(receipt.draw_receipt, sheet, done=self.still(self._keep), failed=self.trouble, owner=self)

    def _keep(self, pdf: bytes) -> None:
        kept, shown = self.still(self._kept), self.still(self._show)
        self.desk.write(receipt.keep_receipt, self._repair, pdf, done=kept, failed=self.trouble, owner=self)
        self.desk.background(papers.page_pictures, pdf, done=shown, failed=self.trouble, owner=self)

    def _kept(self, sha256: str) -> None:
        self._file = sha256

    def _show(self, pictures: tuple[Picture, ...]) -> None:
        self.view.put(images_of(pictures))


def _row(view: QWidget, side: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row((view, 1), side, gap=20))
    return holder
