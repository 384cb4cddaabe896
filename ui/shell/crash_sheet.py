"""The report of a fault: shown whole before anything of it goes, and sent by a press alone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.kernel.errors import UserError
from app.kernel.ids import new_id
from app.kernel.messages import say
from ui.shell.overlay import Overlay
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.copies import write_copy
from ui.widgets.field import Field
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import column, row
from ui.widgets.texts import tr
from ui.work import Desk

_MARGINS = (24, 20, 24, 20)
MOST_REPORT, MOST_WORDS = 20_000, 2_000  # together less than what the manufacturer takes
_WORDS_HEAD = "What was done:"  # of the report, which is read by people who know English


class CrashSheet(Overlay):
    """Plain words for our own mistakes, and the report: kinds and places, no customer's text, and what its reader adds.

    What is shown in `text` is what is copied, saved and sent, to the letter. `settled` is sent when the report went on
    its way, so that it need not be offered again; `reported` carries each report of now, before anybody reads it.
    """

    settled = Signal()
    reported = Signal(str)

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, width=680, top=56)
        self._desk, self._report, self._key = desk, "", ""
        self.text = TextArea("", lines=5, name=say("This is the whole report"))
        self.text.setReadOnly(True)
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words = TextArea("", lines=2)
        self.words.setFixedHeight(self.words.minimumHeight())
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._field = Field(
            say("What did you do just before? (if you like)"), self.words,
            note=say("It becomes part of the report. Please name no customers."),
        )  # fmt: skip
        self._title, self._told = Label("", "title", wrap=True), Prose("")
        self.state = Label("", "body", weight=500, wrap=True)
        self.send = Button("", icon="send", act=self.send_now)
        self.back = Button(say("Take it back"), icon="undo-2", act=self.take_back)
        self._close = Button(say("Go on working"), Kind.PRIMARY, keys="Esc", act=self.close_over)
        self.copy_button = Button(say("Copy"), icon="copy", act=self.copy)
        self.save_button = Button(say("Save as a file"), icon="save", act=self.save)
        acts = row(self.copy_button, self.save_button, None, self.send, self.back, self._close, gap=8)
        head = Label(say("This is the whole report"), "small", "ink2", weight=500)
        self.arrange(
            column(
                self._title, self._told, self._field, head, (self.text, 1), self.state, acts, gap=10, margins=_MARGINS
            )
        )
        self.words.textChanged.connect(self._compose)
        self._manufacturer = self._outcome = ""
        self.offer_sending("")

    def show_report(self, text: str) -> None:
        """Opens with a report of now; a second one while it is open is added below."""
        self.reported.emit(text)
        self._title.put(say("That was our mistake"))
        self._told.put(
            say(
                "Something in Aftercare went wrong. What was saved is safe; the last step may not be. "
                "The report below names places in the program, nothing of your customers. Nothing is sent by itself."
            )
        )
        self._open(f"{self._report}\n\n{text}" if self.isVisible() else text)

    def offer_again(self, text: str) -> None:
        """Opens with what is left from the last time, once."""
        self._title.put(say("Something went wrong the last time"))
        self._told.put(
            say(
                "Its report was not sent. You can send or save it now; it is not offered again. It names places in the"
                " program, nothing of your customers. Nothing is sent by itself."
            )
        )
        self._open(text)

    def offer_sending(self, manufacturer: str) -> None:
        """The desk is connected to this manufacturer, or (empty) to none."""
        self._manufacturer = manufacturer
        self.send.put(say("Send to {manufacturer}", manufacturer=manufacturer))
        self._dress(self._outcome)

    def copy(self) -> None:
        """Puts the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.text)
        self.copy_button.put(say("Copied"))

    def save(self) -> None:
        """Asks where, and writes the report."""
        proposed = begin_in(DOCUMENTS, tr("Report of Aftercare") + ".txt")
        place, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), proposed, tr("Text files (*.txt)"))
        ended_at(DOCUMENTS, place)
        if place:
            self.save_to(place)

    def save_to(self, place: str) -> None:
        """Writes it there."""
        try:
            write_copy(place, self.text.text.encode())
        except UserError as error:
            self.state.put(error.message)
            self._dress(self._outcome)
        else:
            self.save_button.put(say("Saved"))

    def send_now(self) -> None:
        """This very text goes to the manufacturer: somebody pressed."""
        if not self._manufacturer or self._outcome:
            return
        self.words.setReadOnly(True)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state.put(say("It is being sent …"))
        self._dress("sending")
        self._desk.exchange.report(self._key, self.text.text, done=self._went, failed=self._failed, owner=self)

    def take_back(self) -> None:
        """It did not go yet, and never will."""
        self._desk.exchange.take_back(self._key)
        self._key = new_id()
        self.words.setReadOnly(False)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state.put(say("It was taken back and is not sent."))
        self._dress("")

    # ------------------------------------------------------------------ insides

    def _open(self, report: str) -> None:
        self._report, self._key = report[:MOST_REPORT], new_id()
        self.words.setReadOnly(False)
        if not self.isVisible():
            self.words.setPlainText("")
        self.state.put("")
        self.copy_button.put(say("Copy"))
        self.save_button.put(say("Save as a file"))
        self._dress("")
        self._compose()
        self.come_up(self._close)

    def _compose(self) -> None:
        words = self.words.text.strip()[:MOST_WORDS]
        self.text.setPlainText(f"{self._report}\n\n{_WORDS_HEAD}\n{words}" if words else self._report)

    def _dress(self, outcome: str) -> None:
        self._outcome = outcome
        self.send.setVisible(bool(self._manufacturer) and not outcome)
        self.back.setVisible(outcome == "waits")
        self.state.setVisible(bool(self.state.text()))

    def _went(self, outcome: str) -> None:
        told = {
            "sent": say("It was sent. Thank you."),
            "waits": say("There is no network now. It waits here and goes by itself; until then it can be taken back."),
        }
        refused = say(
            "{manufacturer} could not take it. Save it as a file, and send that.", manufacturer=self._manufacturer
        )
        self.state.put(told.get(outcome, refused))
        self._dress(outcome)
        if outcome in told:
            self.settled.emit()

    def _failed(self, problem: BaseException) -> None:
        words = say("It could not be sent. Save it as a file, and send that.")
        self.state.put(problem.message if isinstance(problem, UserError) else words)
        self._dress("refused")
