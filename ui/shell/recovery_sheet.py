"""The recovery key, shown once: copied, printed or saved, and a check that it was kept."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont, QGuiApplication, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.kernel.errors import UserError
from app.kernel.messages import say
from ui.pickers.paper_printer import choose_printer
from ui.shell.sheet import Sheet
from ui.theme.buttons import Kind
from ui.theme.fonts import font
from ui.theme.look import look
from ui.widgets.button import Button
from ui.widgets.copies import write_copy
from ui.widgets.field import Field
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import row
from ui.widgets.texts import tr

GROUP = 6


class RecoverySheet(Sheet):
    """`kept` is called when the last group was typed again, or somebody says that they have the key."""

    def __init__(self, kept: Callable[[], object]) -> None:
        self._kept, self._key = kept, ""
        self.key = Label("", "lead", code=True, wrap=True, select=True)
        self.copy = Button(say("Copy"), icon="copy", act=self._copy)
        self.print = Button(say("Print"), icon="printer", act=self.print_sheet)
        self.save = Button(say("Save as a sheet"), icon="save", act=self.save_sheet)
        self.typed = TextField(code=True, longest=40)
        self.check = Button(say("Check"), icon="check", act=self.go_on)
        self.have = Button(say("I have kept it"), Kind.PRIMARY, act=self._have_it)
        self.renewed = Prose(
            say("This is a new key: one that was shown before does not open the desk any more."), weight=500
        )
        words = Prose(
            say(
                "It opens the desk when the passphrase is forgotten. Print it or write it down, and keep it away"
                " from this computer. It is shown only now."
            )
        )
        note = say("Or leave it empty, if you are sure.")
        fields = {
            "typed": Field(say("Type its last group again, to be sure that you can read it"), self.typed, note=note)
        }
        super().__init__(
            say("Keep this recovery key"), words, self.renewed, self.key,
            row(self.copy, self.print, self.save, None, gap=8),
            row((fields["typed"], 1), self.check, gap=8), acts=self.have, first=self.copy, fields=fields,
        )  # fmt: skip
        self.typed.entered.connect(lambda _: self.go_on())

    def put(self, key: str, *, renewed: bool) -> None:
        """Shows this key, in groups that can be written down; blanks do not matter when it is typed."""
        self._key = key
        self.key.put(grouped(key))
        self.key.show()
        self.renewed.setVisible(renewed)
        self.copy.put(say("Copy"))

    def go_on(self) -> None:
        """The last group was typed: right or wrong."""
        if self.busy:
            return
        self.settle()
        if "".join(self.typed.text().split()).upper() == grouped(self._key).split()[-1]:
            self._have_it()
        else:
            self.fields["typed"].show_problem(say("This is not the last group. Look at the sheet once more."))

    def forget(self) -> None:
        self._key = ""
        self.key.put("")
        self.key.hide()
        self.typed.clear()

    def save_sheet(self) -> None:
        """Asks where, and writes a sheet to print elsewhere."""
        proposed = begin_in(DOCUMENTS, tr("Recovery key of Aftercare") + ".pdf")
        place, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), proposed, tr("PDF files (*.pdf)"))
        ended_at(DOCUMENTS, place)
        if place:
            self.save_to(place)

    def save_to(self, place: str) -> None:
        """Writes the sheet there; a place that takes none is told."""
        kept = QBuffer()
        kept.open(QIODevice.OpenModeFlag.WriteOnly)
        self._sheet().print_(QPdfWriter(kept))
        self.settle()
        try:
            write_copy(place, bytes(kept.data().data()))
        except UserError as error:
            self.show_error(error)
        else:
            self.save.put(say("Saved"))

    def print_sheet(self) -> None:
        """To a printer that is chosen."""
        printer: QPrinter | None = choose_printer(self)
        if printer is not None:
            self._sheet().print_(printer)
            self.print.put(say("Printed"))

    def _have_it(self) -> None:
        if not self.busy:
            self._kept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self.copy.put(say("Copied"))

    def _sheet(self) -> QTextDocument:
        """One page; markup is ours, the texts in it are escaped."""
        sheet = QTextDocument()
        option = sheet.defaultTextOption()
        option.setTextDirection(look().direction)
        sheet.setDefaultTextOption(option)
        sheet.setDefaultFont(QFont(font("body").families(), 12))
        groups = " ".join(f"<nobr>{each}</nobr>" for each in grouped(self._key).split())
        told = tr(
            "It opens the desk when the passphrase is forgotten. Whoever has it can read everything: lock it away."
        )
        how = tr("At the start, type it into the field for the recovery key. Blanks do not matter.")
        title = escape(tr("Recovery key of Aftercare"))
        key = f'<p dir="ltr" style="font-family: monospace; font-size: 16pt">{groups}</p>'
        sheet.setHtml(f"<h1>{title}</h1><p>{escape(told)}</p>{key}<p>{escape(how)}</p>")
        return sheet


def grouped(key: str) -> str:
    """`AGE-SECRET-KEY-1 QQQQQQ QQQQQQ …`: whole on the sheet, and a place to go on after looking away."""
    at = key.rfind("-") + 2
    rest = key[at:]
    return " ".join([key[:at], *(rest[each : each + GROUP] for each in range(0, len(rest), GROUP))])
