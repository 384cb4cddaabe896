"""One of each widget of the kit, as a page would build it; `HOSTILE` is what users may type."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from ui.theme.buttons import Kind, Size
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card, EmptyState, Section, SidePanel
from ui.widgets.chip import Chip, FilterChip
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, Choice, TextArea, TextField
from ui.widgets.label import KeyHint, Label, Prose, Rule
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.number import NumberField
from ui.widgets.pad import Pad
from ui.widgets.pdf_view import PdfView
from ui.widgets.photos import PhotoDrop
from ui.widgets.problem import Problem
from ui.widgets.progress import Meter, Progress
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Column, PagedModel
from ui.widgets.serials import SerialPair, SerialState
from ui.widgets.stages import Stage, StagesLine, StepBar
from ui.widgets.timeline import Entry, Timeline
from ui.widgets.toggle import Toggle

HOSTILE = '<b>bold</b> & <img src="x"> {name}'


def one_of_each() -> QWidget:
    """A column with every widget."""
    steps = StepBar()
    steps.fill(list(Stage))
    preview = PdfView()
    preview.put([QImage(60, 80, QImage.Format.Format_RGB32)])
    return boxed(
        column(
            Section(say("Buttons"), row(*[Button(HOSTILE, kind, icon="check", keys="Ctrl+K") for kind in Kind])),
            row(*[Button(icon="plus", name=HOSTILE, size=size) for size in Size]),
            form_row(Field(say("Customer"), TextField(HOSTILE)), Field(say("Kind"), Choice([(1, HOSTILE)]))),
            form_row(Field(say("Words"), TextArea(HOSTILE)), Field(say("Minutes"), NumberField(45, unit="min"))),
            Banner(Tone.WARN, HOSTILE, HOSTILE, Button(HOSTILE)),
            wrong(),
            EmptyState("clipboard-check", HOSTILE, HOSTILE, Button(HOSTILE)),
            SidePanel(Card(column(Label(HOSTILE), Prose(HOSTILE), Rule(), KeyHint("F1")))),
            row(Chip(HOSTILE, Tone.UNSURE), FilterChip(HOSTILE, on=True), CheckBox(HOSTILE)),
            Toggle([(1, say("One step")), (2, say("All steps"))], name=say("View")),
            StagesLine([(HOSTILE, Stage.DONE), (HOSTILE, Stage.HERE)]),
            steps,
            Timeline([Entry("phone", HOSTILE, HOSTILE, HOSTILE, unsent=True)]),
            SerialPair(SerialState(HOSTILE, HOSTILE, HOSTILE), SerialState(HOSTILE, HOSTILE, HOSTILE, Tone.UNSURE)),
            some_rows(),
            Pad(HOSTILE),
            PhotoDrop(),
            row(Meter(40), Progress()),
            preview,
        )
    )


def wrong() -> Problem:
    """A problem that shows."""
    shown = Problem(Button(say("Correct it")))
    shown.put(Tone.STOP, UserError(Trouble.BAD_INPUT, say("This part sits in {unit}.", unit=HOSTILE)).message)
    return shown


def some_rows(count: int = 3) -> RowList:
    """A list at hand, with a chip, a second line and figures."""
    columns = [Column(say("Ticket")), Column(say("State"), FIT), Column(say("Days"), FIT, end=True)]
    model = PagedModel(columns, cells=cells, key=lambda number: number)
    shown = RowList(model, name=say("Tickets"), row_height=46)
    model.fill(list(range(count)))
    return shown


def cells(number: int) -> tuple[Cell | str, ...]:
    """The cells of a numbered row."""
    chip = Cell("Not confirmed", tone=Tone.UNSURE, chip=True)
    return Cell(HOSTILE, f"T-{number:05}", icon="hand", tone=Tone.WARN, sub_code=True), chip, Cell(str(number))
