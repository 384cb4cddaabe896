"""What is typed into a form, kept as typed for what it is about until it is saved or thrown away."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.workflows.drafts import KeptDraft, drop_draft, keep_draft, read_draft
from ui.pickers.customer import CustomerPicker
from ui.pickers.ticks import Ticks
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.toggle import Toggle
from ui.work import Desk

PAUSE = 400  # ms after the last key: a crash loses less than half a second of typing
Answer = TextField | TextArea | Choice | Toggle | CustomerPicker | Ticks


def place_of(form: str, about: str) -> str:
    """Where the draft of a form lies: `form` as `tickets.call`, `about` the id of a record, or empty for a new one."""
    return f"{form}/{about}"


class FormDraft(QObject):
    """`begin(about)` when the form is filled from its record: what differs from then on is kept, so that what was not
    touched follows the record. `restored` when something was brought back."""

    restored = Signal()

    def __init__(self, desk: Desk, form: str, answers: Mapping[str, Answer], *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form, self._answers = desk, form, dict(answers)
        self._about, self._fresh = "", self._said()
        self._known: dict[str, dict[str, Any]] = {}  # a reader may be asked before the writer has kept it
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        for each in self._answers.values():
            _changed(each).connect(lambda *_: self._timer.start())

    def begin(self, about: str) -> None:
        """The form shows the record as it is; brings back what was typed for it."""
        self._timer.stop()
        self._about, self._fresh = about, self._said()
        if about in self._known:
            self._put_back(self._known[about])
        else:
            self._desk.read(read_draft, self._place(about), done=self._read, owner=self, latest="draft")

    def holds(self, about: str) -> bool:
        """Whether something typed for this one was kept since the desk was opened."""
        return bool(self._known.get(about))

    def keep(self) -> None:
        """Keeps what was changed; nothing changed is forgotten."""
        changed = {name: said for name, said in self._said().items() if said != self._fresh[name]}
        self._known[self._about] = changed
        if changed:
            self._desk.jot(keep_draft, self._place(self._about), changed)
        else:
            self._desk.jot(drop_draft, self._place(self._about))

    def keep_now(self) -> None:
        """The same at once, when keys are still waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self.keep()

    def typed(self, about: str) -> dict[str, Any]:
        """What was typed for it and is kept."""
        self.keep_now()
        return dict(self._known.get(about, {}))

    def bring_back(self, about: str, typed: Mapping[str, Any]) -> None:
        """What was thrown away is kept again, for the next time that the form comes up."""
        self._known[about] = dict(typed)
        self._desk.jot(keep_draft, self._place(about), dict(typed))

    def forget(self, about: str) -> None:
        """It was saved, or left."""
        if about == self._about:
            self._timer.stop()
        self._known[about] = {}
        self._desk.jot(drop_draft, self._place(about))

    def _place(self, about: str) -> str:
        return place_of(self._form, about)

    def _said(self) -> dict[str, Any]:
        return {name: _said(each) for name, each in self._answers.items()}

    def _read(self, kept: KeptDraft | None) -> None:
        if kept is not None and kept.place == self._place(self._about) and self._said() == self._fresh:
            self._known[self._about] = dict(kept.body)
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
    return answer.changed if isinstance(answer, CustomerPicker | Ticks) else answer.chosen


def _said(answer: Answer) -> Any:
    if isinstance(answer, TextField):
        return answer.text()
    if isinstance(answer, TextArea):
        return answer.toPlainText()
    return answer.kept() if isinstance(answer, CustomerPicker | Ticks) else str(answer.value or "")


def _put(answer: Answer, said: Any) -> None:
    if isinstance(answer, TextField):
        answer.setText(said)
    elif isinstance(answer, TextArea):
        answer.setPlainText(said)
    elif isinstance(answer, CustomerPicker | Ticks):
        answer.restore(said)
    else:
        answer.choose(said)
