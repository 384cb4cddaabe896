"""What is typed into a panel above a story, kept for its ticket until it is saved or left by Esc."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from ui.pickers.customer import CustomerPicker
from ui.tickets.note_field import PAUSE
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.toggle import Toggle
from ui.work import Desk

Answer = TextField | TextArea | Choice | Toggle | CustomerPicker


def place_of(panel: str, ticket: str) -> str:
    """Where the draft of a panel lies."""
    return f"tickets.{panel}/{ticket}"


class PanelDraft(QObject):
    """`begin(ticket)` when the panel is filled from the ticket: what differs from then on is kept, so that what was not
    touched follows the ticket. `restored` when something was brought back."""

    restored = Signal()

    def __init__(self, desk: Desk, panel: str, answers: Mapping[str, Answer], *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel, self._answers = desk, panel, dict(answers)
        self._ticket, self._fresh = "", self._said()
        self._known: dict[str, dict[str, Any]] = {}  # by ticket: a reader may be asked before the writer has kept it
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        for each in self._answers.values():
            _changed(each).connect(lambda *_: self._timer.start())

    def begin(self, ticket: str) -> None:
        """The panel shows the ticket as it is; brings back what was typed for it."""
        self._timer.stop()
        self._ticket, self._fresh = ticket, self._said()
        if ticket in self._known:
            self._put_back(self._known[ticket])
        else:
            self._desk.read(read_draft, self._place(ticket), done=self._read, owner=self, latest="draft")

    def holds(self, ticket: str) -> bool:
        """Whether something typed for this ticket was kept since the desk was opened."""
        return bool(self._known.get(ticket))

    def keep(self) -> None:
        """Keeps what was changed; nothing changed is forgotten."""
        changed = {name: said for name, said in self._said().items() if said != self._fresh[name]}
        self._known[self._ticket] = changed
        if changed:
            self._desk.jot(keep_draft, self._place(self._ticket), changed)
        else:
            self._desk.jot(drop_draft, self._place(self._ticket))

    def keep_now(self) -> None:
        """The same at once, when keys are still waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self.keep()

    def forget(self, ticket: str) -> None:
        """It was saved, or left."""
        if ticket == self._ticket:
            self._timer.stop()
        self._known[ticket] = {}
        self._desk.jot(drop_draft, self._place(ticket))

    def _place(self, ticket: str) -> str:
        return place_of(self._panel, ticket)

    def _said(self) -> dict[str, Any]:
        return {name: _said(each) for name, each in self._answers.items()}

    def _read(self, kept: KeptDraft | None) -> None:
        if kept is not None and kept.place == self._place(self._ticket) and self._said() == self._fresh:
            self._known[self._ticket] = dict(kept.body)
            self._put_back(kept.body)

    def _put_back(self, body: Mapping[str, Any]) -> None:
        for name in self._answers.keys() & body.keys():
            _put(self._answers[name], body[name])
        self._timer.stop()  # it is kept already
        if body:
            self.restored.emit()


def _changed(answer: Answer) -> Any:
    if isinstance(answer, TextField | TextArea):
        return answer.textChanged
    return answer.changed if isinstance(answer, CustomerPicker) else answer.chosen


def _said(answer: Answer) -> Any:
    if isinstance(answer, TextField):
        return answer.text()
    if isinstance(answer, TextArea):
        return answer.toPlainText()
    return answer.kept() if isinstance(answer, CustomerPicker) else str(answer.value or "")


def _put(answer: Answer, said: Any) -> None:
    if isinstance(answer, TextField):
        answer.setText(said)
    elif isinstance(answer, TextArea):
        answer.setPlainText(said)
    elif isinstance(answer, CustomerPicker):
        answer.restore(said)
    else:
        answer.choose(said)
