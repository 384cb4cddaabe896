"""What is asked in a repair beside parts: the intake, the diagnosis, working time, the end, the hand-over."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.language.translate import current
from app.repairs.rules.stages import LabourKind, Outcome
from app.views.repair_choices import CodeChoice, DiagnosisChoices, diagnosis_choices, intake_choices
from app.views.repair_words import labour_word, outcome_word
from app.workflows.repair import (
    add_labour,
    diagnose,
    finish_repair,
    hand_over_machine,
    move_repair,
    receive_machine,
)
from ui.pickers.days import PastDay
from ui.pickers.form_draft import FormDraft
from ui.pickers.ticks import Ticks
from ui.theme.look import px
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.number import NumberField
from ui.widgets.panel import Panel
from ui.widgets.texts import Words, trn
from ui.widgets.toggle import Toggle
from ui.work import Desk

TWO_TEXT_LINES = 62


class RepairForm(Panel):
    """A panel for one repair; `saved` carries what to tell. What is typed into the controls that `kept` names stays
    until it is saved; one that is filled by an answer (`waits`) begins to keep when that has come."""

    saved = Signal(object)
    place: ClassVar[str]
    kept: ClassVar[tuple[str, ...]] = ()
    waits: ClassVar[bool] = False

    def __init__(self, desk: Desk, title: Words, verb: Words, *items: QWidget) -> None:
        self.desk, self.repair = desk, ""
        super().__init__(title, verb, *items)
        self.draft_kept = FormDraft(
            desk, f"repairs.{self.place}", {name: getattr(self, name) for name in self.kept}, parent=self
        )

    def begin(self, repair_id: str) -> None:
        """Comes up for a repair."""
        self.draft_kept.keep_now()
        self.repair = repair_id
        self.prepare()
        if not self.waits:
            self.draft_kept.begin(repair_id)
        self.ask()

    def prepare(self) -> None:
        """Reads what the form offers."""

    def finished(self, words: Words) -> None:
        """Saved: the panel goes and says so."""
        self.draft_kept.forget(self.repair)
        self.hide()
        self.saved.emit(words)


class IntakeForm(RepairForm):
    """In which condition the machine came, and what came with it."""

    place, kept, waits = "intake", ("condition", "accessories", "note"), True

    def __init__(self, desk: Desk) -> None:
        self.condition, self.accessories = Ticks(), Ticks()
        self.note = TextArea(lines=2)
        self.note.setFixedHeight(px(TWO_TEXT_LINES))
        self.note.entered.connect(lambda _: self.submit())
        noted = Field(say("What else you see"), self.note, name="note")
        super().__init__(
            desk, say("Take the machine in"), say("Machine is here"),
            _titled(say("Condition"), self.condition), _titled(say("Came with it"), self.accessories), noted,
        )  # fmt: skip
        self.name_fields(noted)

    def prepare(self) -> None:
        self.desk.read(intake_choices, current(), done=self._offer, failed=self.show_trouble)

    def _offer(self, found: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]) -> None:
        for ticks, choices in zip((self.condition, self.accessories), found, strict=True):
            ticks.offer(choices)
        self.note.setPlainText("")
        self.draft_kept.begin(self.repair)
        if self.note.hasFocus():  # where it began while there were no boxes yet
            QTimer.singleShot(0, self, self._begin)  # a box that was just made is shown, and focused, by the event loop

    def first(self) -> QWidget | None:
        return self.condition.first or self.note

    def _begin(self) -> None:
        first = self.first()
        if first is not None:
            first.setFocus()

    def submit(self) -> None:
        self.desk.write(
            receive_machine, self.repair, condition=self.condition.value, accessories=self.accessories.value,
            note=self.note.text,
            done=lambda _: self.finished(say("Machine taken in")), failed=self.show_trouble, owner=self,
        )  # fmt: skip


class DiagnosisForm(RepairForm):
    """Symptom, fault, cause, remedy: what follows from the one before and what is used most stands first."""

    place, kept, waits = "diagnosis", ("words",), True

    def __init__(self, desk: Desk) -> None:
        self.codes = {name: Choice() for name in ("symptom", "fault", "cause", "remedy")}
        titles = {"symptom": say("Symptom"), "fault": say("Fault"), "cause": say("Cause"), "remedy": say("Remedy")}
        fields = [Field(titles[name], choice, name=name) for name, choice in self.codes.items()]
        self.words = TextArea(lines=2)
        self.words.setFixedHeight(px(TWO_TEXT_LINES))
        self.words.entered.connect(lambda _: self.submit())
        words = Field(say("In words"), self.words, name="text")
        self.found_on = PastDay()
        found = Field(
            say("Hidden fault, found on"), self.found_on, name="found_on",
            note=say("The day it showed itself; a term may count from it"),
        )  # fmt: skip
        super().__init__(
            desk, say("Diagnosis"), say("Save the diagnosis"),
            boxed(form_row(*fields[:2])), boxed(form_row(*fields[2:])), boxed(form_row(words, found)),
        )  # fmt: skip
        self.name_fields(*fields, words, found)
        for name, choice in self.codes.items():
            if name != "remedy":
                choice.chosen.connect(lambda _: self._propose())

    def prepare(self) -> None:
        self.words.setPlainText("")
        self.desk.read(
            diagnosis_choices, self.repair, current(), done=self._start, failed=self.show_trouble, latest="start"
        )

    def submit(self) -> None:
        said = {name: choice.value or "" for name, choice in self.codes.items()}
        self.desk.write(
            diagnose, self.repair, **said, text=self.words.text, found_on=self.found_on.value,
            done=lambda _: self.finished(say("Diagnosis saved")), failed=self.show_trouble, owner=self,
        )  # fmt: skip

    def _start(self, found: DiagnosisChoices) -> None:
        self._offer(found)
        for name, choice in self.codes.items():
            choice.choose(getattr(found.repair, name))
        self.words.setPlainText(found.repair.diagnosis)
        self.draft_kept.begin(self.repair)
        self.found_on.put(found.repair.found_on)
        self._propose()

    def _propose(self) -> None:
        chosen = {name: choice.value or "" for name, choice in self.codes.items() if name != "remedy"}
        self.desk.read(
            diagnosis_choices, self.repair, current(), chosen, done=self._offer, failed=self.show_trouble,
            latest="codes",
        )  # fmt: skip

    def _offer(self, found: DiagnosisChoices) -> None:
        for name, choice in self.codes.items():
            kept = choice.value
            choice.offer([("", say("Not said yet")), *((each.code, _used(each)) for each in getattr(found, name))])
            if kept:
                choice.choose(kept)


class LabourForm(RepairForm):
    """Working time by kind, in minutes."""

    place = "labour"

    def __init__(self, desk: Desk) -> None:
        self.kind = Toggle([(each, labour_word(each)) for each in LabourKind], name=say("Kind of work"))
        self.kind.choose(LabourKind.REPAIR)
        self.minutes = NumberField(30, unit="min", step=15, lowest=1, highest=1440)
        minutes = Field(say("Time"), self.minutes, name="minutes")
        super().__init__(desk, say("Working time"), say("Add the time"), boxed(row(self.kind, None)), minutes)
        self.name_fields(minutes)

    def submit(self) -> None:
        self.desk.write(
            add_labour, self.repair, kind=self.kind.value, minutes=self.minutes.value or 0,
            done=lambda _: self.finished(say("Time added")), failed=self.show_trouble, owner=self,
        )  # fmt: skip


class StandingForm(RepairForm):
    """What no record says: that it waits and for what, that it is worked on again, tested, or closed."""

    place, kept = "standing", ("reason",)

    def __init__(self, desk: Desk) -> None:
        self.to, self.reason = Choice(), TextField()
        self.reason.entered.connect(lambda _: self.submit())
        to = Field(say("The repair is now"), self.to, name="to")
        reason = Field(say("Why, or for what it waits"), self.reason, name="reason")
        super().__init__(desk, say("Where it stands"), say("Save where it stands"), boxed(form_row(to, reason)))
        self.name_fields(to, reason)

    def offer(self, moves: Sequence[tuple[object, Words]]) -> None:
        """The states that it may be put into now."""
        self.to.offer(moves)
        self.reason.clear()

    def submit(self) -> None:
        self.settle()
        self.desk.write(
            move_repair, self.repair, self.to.value, reason=self.reason.text(),
            done=lambda _: self.finished(say("Saved where it stands")), failed=self.show_trouble, owner=self,
        )  # fmt: skip


class FinishForm(RepairForm):
    """How the repair ended."""

    place, kept = "end", ("note",)

    def __init__(self, desk: Desk) -> None:
        self.outcome = Choice([(each, outcome_word(each)) for each in Outcome])
        self.note = TextField()
        outcome = Field(say("Outcome"), self.outcome, name="remedy")
        note = Field(say("Note"), self.note, name="note")
        super().__init__(desk, say("How it ended"), say("Save the outcome"), boxed(form_row(outcome, note)))
        self.name_fields(outcome, note)

    def prepare(self) -> None:
        self.note.clear()

    def submit(self) -> None:
        self.desk.write(
            finish_repair, self.repair, self.outcome.value, note=self.note.text(),
            done=lambda _: self.finished(say("Outcome saved")), failed=self.show_trouble, owner=self,
        )  # fmt: skip


class HandOverForm(RepairForm):
    """Who took the machine back."""

    place, kept = "hand_over", ("who",)

    def __init__(self, desk: Desk) -> None:
        self.who = TextField()
        who = Field(say("Who took the machine"), self.who, name="to")
        super().__init__(desk, say("Hand the machine over"), say("Handed over"), who)
        self.name_fields(who)
        self.who.entered.connect(lambda _: self.submit())

    def prepare(self) -> None:
        self.who.clear()

    def submit(self) -> None:
        self.desk.write(
            hand_over_machine, self.repair, to=self.who.text(),
            done=lambda _: self.finished(say("Machine handed over")), failed=self.show_trouble, owner=self,
        )  # fmt: skip


def _titled(title: Words, inner: QWidget) -> QWidget:
    return boxed(column(Label(title, "small", "ink2", weight=500), inner, gap=6))


def _used(choice: CodeChoice) -> str:
    if not choice.used:
        return choice.text
    return trn("{code} (used {count} time)", "{code} (used {count} times)", choice.used, code=choice.text)
