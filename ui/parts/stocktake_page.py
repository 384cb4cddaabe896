"""Counting a place whole: part after part, what differs is said, and everything is booked in one act."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.kernel.serials import part_number
from app.language.translate import current
from app.parts.actions import count_place, take_back_count
from app.views.count_sheet import CountLine, CountSheet, count_sheet
from app.workflows.drafts import KeptDraft, drafts, drop_draft, keep_draft, read_draft
from ui.parts.count_list import CountList, cells_of
from ui.parts.stock_forms import difference_words
from ui.parts.tally import Tally
from ui.theme.buttons import Kind
from ui.widgets.button import Button
from ui.widgets.card import Card, EmptyState, framed
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.number import NumberField
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.problem import Problem
from ui.widgets.rows import Cells
from ui.widgets.texts import Words, tr, trn
from ui.widgets.toggle import Toggle
from ui.work import Desk

DRAFT = "parts.stocktake:"  # and the id of the place: each has a count of its own
PAUSE = 400


class StocktakePage(Page):
    """Opened with the id of a place, or without one. A count may take days: it is kept until it is booked.

    What is thought to be there stays hidden until a part was counted, unless somebody wants to see it: who sees a
    number before counting tends to find it.
    """

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sheet: CountSheet | None = None
        self.tally = Tally()
        self._wanted = ""
        self.place = Choice()
        self.expected = Toggle([(False, say("Hidden")), (True, say("Shown"))], name=say("Expected pieces"))
        self.number = TextField(icon="scan-line", hint=say("Scan or type a part number"), name=say("Part number"))
        self.found = NumberField(lowest=0, highest=9999)
        self.reason = TextField(longest=200)
        self.problem = Problem()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self._make_list()
        self._lay_out()
        self._connect()

    def title(self) -> Words:
        return say("Count a place")

    def start(self) -> QWidget | None:
        return self.found if self._wanted else self.place

    def open(self, argument: object = None) -> None:
        """The place asked for; else the one that was counted last and is not booked yet."""
        if argument:
            self._go_to(str(argument))
        else:
            self.desk.read(drafts, done=self._go_on, failed=self.trouble, owner=self, latest="draft")

    def leave(self) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self.keep()
        return True

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("stock_move", "place"):
            self._read()

    def retranslate(self) -> None:
        self._read()

    def scanned(self, text: str) -> bool:
        self._seek(text)
        return True

    # ------------------------------------------------------------------ acts

    def take(self) -> None:
        """Keeps what was found of the chosen part, and goes to the next one that is not counted."""
        line, found = self._chosen(), self.found.value
        if line is None or found is None or found < 0:
            self._found.show_problem(say("Write a whole number.") if found is None else say("A count is zero or more."))
            return
        self.tally.take(line, found)
        self._show()
        self._typed()
        self._choose(self._next_after(line.number))
        self.found.setFocus()

    def forget(self) -> None:
        """The chosen part is not counted after all."""
        if self.tally.forget(self._wanted):
            self._show()
            self._typed()
            self._choose(self._wanted)

    def book(self) -> None:
        """Everything that was counted, in one act."""
        if self.sheet is None:
            return
        self.leave()
        self._settle()
        self.desk.write(
            count_place, self.sheet.place, self.tally.lines, reason=self.reason.text(),
            done=self._booked, failed=self.trouble, owner=self,
        )  # fmt: skip

    def clear(self) -> None:
        """Throws the count away; it comes back with Undo."""
        kept, place = self._body(), self.sheet.place if self.sheet else ""
        self._start_anew()
        self.tell(say("The count was thrown away"), undo=partial(self._bring_back, place, kept))

    def keep(self) -> None:
        """Keeps the count as it stands."""
        if self.sheet is None:
            return
        if self.tally.counted or self.reason.text():
            self.desk.jot(keep_draft, DRAFT + self.sheet.place, self._body())
        else:
            self.desk.jot(drop_draft, DRAFT + self.sheet.place)

    # ------------------------------------------------------------------ making

    def _make_list(self) -> None:
        self.list = CountList(digit=self._digit, cells=self._cells)
        self._framed = framed(self.list)
        self._empty = EmptyState(
            "package", say("Nothing lies here, by what was booked"), say("Scan what you find, or type its number.")
        )

    def _lay_out(self) -> None:
        book = Act("book_count", say("Book the count"), "Ctrl+Enter", self.book, "check", self._any)
        clear = Act("clear_count", say("Throw the count away"), "Ctrl+Shift+X", self.clear, "eraser", self._any)
        forget = Act("forget_line", say("Not counted"), "Ctrl+D", self.forget, "undo-2",
                     lambda: self._wanted in self.tally.counted)  # fmt: skip
        find = Act("find_part", say("Part number"), "/", lambda: self.number.setFocus(), "search")
        self.acts.append(find)
        self._book, self._clear = self.offer(book, Kind.PRIMARY), self.offer(clear, Kind.TEXT)
        self._line = Label("", "body", "ink2")
        self._name, self._code = Label("", "head", wrap=True), Label("", "small", "ink2", code=True)
        self._found = Field(say("Pieces found"), self.found, name="found")
        self._place = Field(say("Place"), self.place, name="place")
        self._why = Field(say("Why it differs"), self.reason, name="reason", note=say("One reason for all that differ"))
        take = Button(say("Next part"), keys="Enter", icon="corner-down-left", act=self.take)
        head = column(Label(say("Count a place"), "title"), self._line, gap=2)
        top = row((head, 1), column(row(self._clear, self._book, gap=8), None), gap=16)
        choice = form_row(self._place, Field(say("Find"), self.number), Field(say("Expected pieces"), self.expected))
        part = column(self._name, self._code, gap=2)
        aligned = column(None, row(take, self.offer(forget, Kind.TEXT), gap=8), gap=0)
        self._strip = Card(row((part, 1), self._found, aligned, gap=16, margins=(16, 14, 16, 14)))
        body = column((self._framed, 1), (self._empty, 1), gap=0)
        self.setLayout(
            column(top, boxed(choice), self._strip, (body, 1), self.problem, self._why, gap=12,
                   margins=(24, 20, 24, 20))
        )  # fmt: skip
        self.problem.hide()

    def _any(self) -> bool:
        return bool(self.tally.counted)

    def _connect(self) -> None:
        self.place.chosen.connect(lambda place: self._go_to(str(place)))
        self.expected.chosen.connect(lambda _: self._show())
        self.number.entered.connect(self._seek)
        self.found.entered.connect(lambda _: self.take())
        self.found.changed.connect(lambda _: self._say_difference())
        self.reason.textEdited.connect(lambda _: self._typed())
        self.list.chosen.connect(lambda line: self._choose(line.number))
        self.list.opened.connect(lambda _: self.found.setFocus())
        for field in (self._place, self._found, self._why):
            self.answer(field.name, field.show_error)

    # ------------------------------------------------------------------ showing

    def _read(self) -> None:
        chosen = self.sheet.place if self.sheet else ""
        self.desk.read(
            count_sheet, chosen, current(), self.tally.more, done=self._know, failed=self.trouble, latest="sheet"
        )

    def _know(self, sheet: CountSheet) -> None:
        self.sheet = sheet
        self.place.offer([(each.id, each.name) for each in sheet.places])
        if sheet.place:
            self.place.choose(sheet.place)
        numbers = [line.number for line in sheet.lines]
        if self._wanted not in numbers:
            self._wanted = self._next_after("")
        self._show()
        self._choose(self._wanted)
        if self.isVisible() and not self.isAncestorOf(self.focusWidget() or self):
            self.found.setFocus()

    def _show(self) -> None:
        lines = self.sheet.lines if self.sheet else ()
        self.list.lines.fill(lines)
        self._framed.setVisible(bool(lines))
        self._strip.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        differ = self.tally.differing
        said = tr("{done} of {all} counted", done=len(self.tally.counted), all=len(lines))
        if differ:
            said = tr("{said}. {more}", said=said, more=trn("{count} differs", "{count} differ", differ))
        self._line.put(said)
        self._why.setVisible(bool(differ))
        self._book.setEnabled(bool(self.tally.counted))
        self._clear.setEnabled(bool(self.tally.counted))

    def _cells(self, line: CountLine) -> Cells:
        return cells_of(line, self.tally.counted.get(line.number), see=self.expected.value)

    def _choose(self, number: str) -> None:
        self._wanted = number
        line = self._chosen()
        if line is None:
            return
        self.list.choose(number)
        self._name.put(line.name)
        self._code.put(line.number)
        done = self.tally.counted.get(number)
        self._found.clear_problem()
        self.found.put(done.found if done else None)
        self.found.line.selectAll()
        self._say_difference()

    def _say_difference(self) -> None:
        line = self._chosen()
        if line is None:
            return
        self._found.clear_problem()
        shown = self.expected.value or self.found.value is not None
        self._found.set_note(difference_words(self.found.value, self.tally.expected(line)) if shown else "")

    def _chosen(self) -> CountLine | None:
        lines = self.sheet.lines if self.sheet else ()
        return next((each for each in lines if each.number == self._wanted), None)

    def _next_after(self, number: str) -> str:
        return self.tally.next_after(number, [line.number for line in self.sheet.lines] if self.sheet else [])

    def _digit(self, sign: str) -> None:
        """A digit typed in the list begins the number."""
        self.found.setFocus()
        self.found.line.setText(sign)

    def _seek(self, text: str) -> None:
        """A part that lies here and was not expected joins the list."""
        number = part_number(text) or text.strip().upper()
        self.number.clear()
        if self.sheet and number not in {line.number for line in self.sheet.lines}:
            self._wanted = number
            self.desk.read(
                count_sheet, self.sheet.place, current(), self.tally.join(number),
                done=partial(self._joined, number), failed=self.trouble, latest="sheet",
            )  # fmt: skip
            return
        self._choose(number)
        self.found.setFocus()

    def _joined(self, number: str, sheet: CountSheet) -> None:
        known = number in {line.number for line in sheet.lines}
        if not known:
            self.tally.drop(number)
            self.problem.show_words(say("No part has this number."), say("Type it as it stands on the bag."))
            self.number.setFocus()
        self._know(sheet)
        if known:
            self._settle()
            self.found.setFocus()

    # ------------------------------------------------------------------ keeping

    def _go_on(self, kept: tuple[KeptDraft, ...]) -> None:
        begun = [each.place.removeprefix(DRAFT) for each in kept if each.place.startswith(DRAFT)]
        self._go_to(self.sheet.place if self.sheet and self.tally.counted else begun[0] if begun else "")

    def _go_to(self, place: str) -> None:
        """Another place is another count; the one of before is kept."""
        if self.sheet and place == self.sheet.place:
            self._read()
            return
        self.leave()
        self._empty_form()
        self.sheet = None
        self.desk.read(count_sheet, place, current(), done=self._begin, failed=self.trouble, latest="sheet")

    def _begin(self, sheet: CountSheet) -> None:
        self._know(sheet)
        self.desk.read(
            read_draft, DRAFT + sheet.place, done=partial(self._restore, sheet.place), failed=self.trouble, owner=self,
            latest="draft",
        )  # fmt: skip

    def _restore(self, place: str, kept: KeptDraft | None) -> None:
        if kept is not None and self.sheet and self.sheet.place == place and not self.tally.counted:
            self._put(kept.body)

    def _empty_form(self) -> None:
        self._timer.stop()
        self.tally, self._wanted = Tally(), ""
        self.reason.clear()
        self._settle()

    def _start_anew(self) -> None:
        """The same place from the start, its draft forgotten."""
        place = self.sheet.place if self.sheet else ""
        self._empty_form()
        self.desk.jot(drop_draft, DRAFT + place)
        self._read()

    def _settle(self) -> None:
        self.problem.settle()
        for field in (self._place, self._found, self._why):
            field.clear_problem()

    def _typed(self) -> None:
        self._timer.start()
        self._settle()

    def _body(self) -> dict[str, Any]:
        return {"lines": self.tally.body(), "reason": self.reason.text()}

    def _put(self, body: dict[str, Any]) -> None:
        self.tally = Tally.of(body)
        self.reason.setText(str(body.get("reason", "")))
        self._read()
        self._timer.start()

    def _bring_back(self, place: str, body: dict[str, Any]) -> None:
        if self.sheet and self.sheet.place == place and not self.tally.counted:
            self._put(body)
        else:
            self.desk.jot(keep_draft, DRAFT + place, body)

    def _booked(self, moves: tuple[str, ...]) -> None:
        self._start_anew()
        self.tell(say("Count booked"), undo=partial(self._take_back, moves))

    def _take_back(self, moves: tuple[str, ...]) -> None:
        self.desk.write(
            take_back_count, moves, reason=tr("Booked by mistake"),
            done=lambda _: self.tell(say("Count taken back")), failed=self.trouble,
        )  # fmt: skip
