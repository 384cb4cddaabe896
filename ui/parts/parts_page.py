"""Spare parts: places are columns, the total stands against what must be held, the chosen part stays in reach."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from app.kernel.changes import Changes
from app.kernel.messages import Shown as Value
from app.kernel.messages import say
from app.kernel.serials import looks_like_unit
from app.language.translate import current
from app.parts.actions import reverse_move
from app.parts.queries import PlaceSeen
from app.parts.rules import Level
from app.views.parts_page import MoveRow, PartDetail, PartRow, part_detail, parts_page
from app.views.parts_page import PartsPage as Shown
from ui.parts.part_side import PartSide
from ui.parts.stock_forms import CountForm, MoveForm, PlaceForm, QuarantineForm, ReceiveForm, StockForm
from ui.pickers.table_out import TableOut
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.card import EmptyState, framed
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.panel import Panel
from ui.widgets.row_list import TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, tr, trn
from ui.work import Desk

PAUSE = 120
_LEVELS = {
    Level.BELOW: ("triangle-alert", Tone.WARN),
    Level.GONE: ("octagon-alert", Tone.STOP),
    Level.NEGATIVE: ("octagon-alert", Tone.STOP),
}
_LOW = (Level.BELOW, Level.GONE, Level.NEGATIVE)
_FILTERS: dict[str, Callable[[PartRow], bool]] = {
    "all": lambda part: True,
    "low": lambda part: part.level in _LOW,
    "locked": lambda part: part.locked != 0,
    "must": lambda part: part.must,
}


class PartsPage(Page):
    """Opened with a part number, or without one."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: Shown | None = None
        self._detail: PartDetail | None = None
        self._wanted, self._filter = "", "all"
        self._asked = ""  # the part that the page was opened for, also when the list does not hold it
        self._places: tuple[PlaceSeen, ...] = ()
        self._line = Label("", "body", "ink2")
        self.search = TextField(icon="search", hint=say("Part, number, model or serial"), name=say("Find a part"))
        self.search.setMinimumWidth(px(280))
        self.search.setMaximumWidth(px(280))
        self._make_forms()
        self._make_list()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._read)
        self.search.textEdited.connect(lambda: self._seek())
        self.search.entered.connect(lambda _: self.list.setFocus())

    def title(self) -> Words:
        return say("Spare parts")

    def open(self, argument: object = None) -> None:
        if argument:
            self._asked = self._wanted = str(argument)
            self.search.clear()
            self._filter_by("all", self._asked)
        self._read()
        self.list.setFocus()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("stock_move", "place", "unit", "repair_event", "sop_run", "sop_tick"):
            self._read()

    def retranslate(self) -> None:
        self._read()

    def scanned(self, text: str) -> bool:
        """A part's own number chooses it; the serial of a component finds its like. A machine is the frame's."""
        if looks_like_unit(text):
            return False
        self.search.setText(text)
        self._seek()
        return True

    # ------------------------------------------------------------------ making

    def _make_forms(self) -> None:
        self.forms: dict[str, StockForm] = {
            "count": CountForm(self.desk),
            "receive": ReceiveForm(self.desk),
            "move": MoveForm(self.desk),
            "quarantine": self._quarantine_form(),
        }
        self.place_form = PlaceForm(self.desk)
        for form in self.forms.values():
            form.saved.connect(self._told)
            form.broke.connect(self.trouble)
        self.place_form.saved.connect(self._told)
        self.place_form.broke.connect(self.trouble)

    def _told(self, words: Words, undo: Callable[[], object] | None) -> None:
        self.tell(words, undo=undo)

    def _quarantine_form(self) -> QuarantineForm:
        form = QuarantineForm(self.desk)
        form.begun.connect(lambda run: self.go("sop", run))
        return form

    def _make_list(self) -> None:
        self._model = PagedModel([Column(say("Part"))], cells=self._cells, key=lambda part: part.number)
        self.list = RowList(self._model, name=say("Spare parts"), row_height=TWO_LINES)
        self.list.chosen.connect(lambda part: self._go_to(part.number))
        self._framed = framed(self.list)
        self._empty = EmptyState("package", say("No part is found"), say("Try another word or a drawing position."))
        self._empty.hide()
        self._chips: dict[str, FilterChip] = {}
        for name in _FILTERS:
            chip = FilterChip("", on=name == "all")
            chip.clicked.connect(lambda _on, name=name: self._filter_by(name))
            chip.hide()  # until there are numbers to say
            self._chips[name] = chip
        self._bar = Flow(*self._chips.values(), None, self.search, gap=8)

    def _lay_out(self) -> None:
        count = self._act("count", say("Count"), "Z", "clipboard-list")
        whole = Act("count_place", say("Count a place"), "K", lambda: self.go("stocktake"), "list-checks")
        receive = self._act("receive", say("Receive"), "W", "package-plus")
        move = self._act("move", say("Move"), "V", "arrow-right-left")
        lock = Act("quarantine", say("Quarantine"), "Q", lambda: self._ask("quarantine"), "lock", self._may_lock)
        place = Act("add_place", say("New place"), "", self._add_place, "map-pin")
        head = column(Label(say("Spare parts"), "title"), self._line, gap=2)
        self._receive = self.offer(receive, Kind.PRIMARY)
        self.table = TableOut(self.desk, "stock", say("Save the stock as a table"), name=say("Stock"), own=None)
        acts = (self.table.offer_on(self), self.offer(place), self.offer(whole), self.offer(count), self._receive)
        top = Flow((boxed(head), 1), *acts, gap=8)
        panels: tuple[Panel, ...] = (*self.forms.values(), self.place_form, self.table)
        for panel in panels:
            panel.came.connect(lambda came: self._receive.dress(Kind.SECONDARY if came else Kind.PRIMARY))
        self.side = PartSide((self.offer(move), self.offer(lock)), self._reverse, lambda run: self.go("sop", run))
        self.side.number_asked.connect(self._ask_for)
        self._scroll = Scroll(boxed(column(self.side, None)), width=344)
        main = column((self._framed, 1), (self._empty, 1), gap=0)
        body = row((main, 1), self._scroll, gap=14)
        self.setLayout(column(top, *panels, self._bar, (body, 1), gap=12, margins=(24, 20, 24, 20)))
        self._scroll.hide()

    def _may_lock(self) -> bool:
        return self._detail is not None and bool(self._detail.offers)

    def _act(self, name: str, words: Words, keys: str, icon: str) -> Act:
        return Act(name, words, keys, lambda: self._ask(name), icon, lambda: self._detail is not None)

    # ------------------------------------------------------------------ showing

    def _read(self) -> None:
        self.desk.read(parts_page, current(), self.search.text(), done=self._show, failed=self.trouble, latest="parts")

    def _show(self, page: Shown) -> None:
        self._shown = page
        if page.places != self._places or len(self._model.columns) == 1:
            self._places = page.places
            self._model.put_columns(_columns(page.places))
        self._say_line(page)
        for name, chip in self._chips.items():
            chip.put(_filter_words(name, sum(map(_FILTERS[name], page.rows))))
            chip.show()
        self._fill()

    def _fill(self) -> None:
        rows = [part for part in (self._shown.rows if self._shown else ()) if _FILTERS[self._filter](part)]
        self._model.fill(rows)
        self._framed.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        numbers = [part.number for part in rows]
        stays = self._wanted in numbers or bool(self._asked) or not numbers
        wanted = self._wanted if stays else numbers[0]
        if wanted:
            self._choose(wanted)

    def _say_line(self, page: Shown) -> None:
        said = [
            trn("{count} below its floor", "{count} below their floor", page.below) if page.below else "",
            trn("{count} gone", "{count} gone", page.gone) if page.gone else "",
            trn("{count} below zero", "{count} below zero", page.negative) if page.negative else "",
        ]
        parts = [each for each in said if each] or [tr("Nothing is below its floor")]
        line = tr(", ").join(parts)
        if page.sought:
            line = tr("{what}. {line}", what=page.sought, line=line)
        if page.counted_on:
            day = Value("date", page.counted_on)
            line = tr("{line}. Last counted on {day}.", line=line, day=day)
        self._line.put(line)

    def _seek(self) -> None:
        self._asked = ""
        self._pause.start()

    def _ask_for(self, number: str) -> None:
        self._asked = number
        self._choose(number)

    def _go_to(self, number: str) -> None:
        self._asked = ""
        self._choose(number)

    def _choose(self, number: str) -> None:
        self._wanted = number
        if not self.list.choose(number):
            self.list.unmark()
        self.desk.read(part_detail, number, current(), done=self._show_part, failed=self.trouble, latest="part")

    def _show_part(self, part: PartDetail | None) -> None:
        self._detail = part
        self._scroll.setVisible(part is not None)
        if part:
            self.side.show_part(part)

    # ------------------------------------------------------------------ acts

    def _filter_by(self, name: str, asked: str = "") -> None:
        self._filter, self._asked = name, asked
        for each, chip in self._chips.items():
            chip.setChecked(each == name)
        self._fill()

    def _ask(self, name: str) -> None:
        if self._detail is None:
            return
        for each, form in self.forms.items():
            form.setVisible(each == name)
        self.place_form.hide()
        self.forms[name].begin(self._detail)

    def _add_place(self) -> None:
        for form in self.forms.values():
            form.hide()
        self.place_form.ask()

    def _reverse(self, move: MoveRow) -> None:
        self.desk.write(
            reverse_move, move.id, reason=tr("Booked by mistake"),
            done=lambda _: self.tell(say("Movement taken back")), failed=self.trouble, owner=self,
        )  # fmt: skip

    def _cells(self, part: PartRow) -> Cells:
        sub = part.number
        if part.older:
            sub = tr("{number}, replaces {older}", number=part.number, older=part.older)
        elif part.superseded:
            sub = tr("{number}, replaced, use it up", number=part.number)
        icon, tone = _LEVELS.get(part.level, ("", Tone.NONE))
        total = Cell(tr("{n}", n=part.total), icon=icon, tone=tone, weight=600)
        floor = Cell(_count(part.floor), ink="ink3")
        held = (Cell(_count(each), tone=Tone.STOP if each < 0 else Tone.NONE) for each in part.at)
        return (Cell(part.name, sub=sub, weight=500), *held, total, floor)


def _columns(where: Sequence[PlaceSeen]) -> list[Column]:
    places = [Column(place.name, FIT, end=True, spare=True) for place in where]
    return [
        Column(say("Part")),
        *places,
        Column(say("In all"), FIT, end=True),
        Column(say("Floor"), FIT, end=True, spare=True),
    ]


def _count(number: int) -> str:
    return tr("{n}", n=number) if number else "–"  # noqa: RUF001


def _filter_words(name: str, count: int) -> str:
    words: dict[str, Any] = {
        "all": say("All {n}", n=count),
        "low": say("Below floor {n}", n=count),
        "locked": say("In quarantine {n}", n=count),
        "must": say("Must be held {n}", n=count),
    }
    return tr("{words}", words=words[name])
