"""The note at the foot of a story: always open, kept as typed, and a place to paste or drop a photo."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.kernel.messages import say
from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from ui.pickers.form_draft import PAUSE
from ui.widgets.inputs import TextField
from ui.widgets.photos import PhotoDrop
from ui.work import Desk

LONGEST = 20_000


class NoteField(TextField):
    """`entered` carries the text at Enter. Pasting a picture or files goes to `drop` instead of the text."""

    def __init__(self, desk: Desk, drop: PhotoDrop) -> None:
        super().__init__(icon="sticky-note", hint=say("Write a note"), name=say("Note"), longest=LONGEST)
        self._desk, self._drop, self._ticket = desk, drop, ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.textEdited.connect(lambda _: self._timer.start())

    def show_ticket(self, ticket: str) -> None:
        """Keeps what was typed for the one before, and brings back what was typed for this one."""
        if ticket == self._ticket:
            return
        self.keep_now()
        self._ticket = ticket
        self.clear()
        self._desk.read(read_draft, self._place(self._ticket), done=self._restore, latest="draft")

    def keep(self) -> None:
        """Keeps the text as it stands; an empty one is forgotten."""
        if self._ticket and self.text().strip():
            self._desk.jot(keep_draft, self._place(self._ticket), {"text": self.text()})
        elif self._ticket:
            self._desk.jot(drop_draft, self._place(self._ticket))

    def keep_now(self) -> None:
        """The same at once, when keys are still waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self.keep()

    def take(self, text: str) -> None:
        """Puts an answer behind what is typed already; it is a note when Enter says so."""
        self.setText(" ".join(filter(None, (self.text().strip(), text))))
        self.keep()
        self.setFocus()

    def forget(self, ticket: str) -> None:
        """The note of this ticket is in its story: its draft goes. What is typed for another one by now stays."""
        if ticket == self._ticket:
            self._timer.stop()
            self.clear()
        self._desk.jot(drop_draft, self._place(ticket))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self._drop.paste()):
            super().keyPressEvent(event)

    def _restore(self, kept: KeptDraft | None) -> None:
        if kept is not None and kept.place == self._place(self._ticket) and not self.text():
            self.setText(str(kept.body.get("text", "")))

    @staticmethod
    def _place(ticket: str) -> str:
        return f"tickets.note/{ticket}"
