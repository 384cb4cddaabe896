"""One repair: where it stands, parts and serial pairs in one column, what blocks the signature beside them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.kernel.serials import fold
from app.language.translate import current
from app.sop.actions import start_run
from app.views.before_signing import Go
from app.views.repair_page import PartRow, repair_page
from app.views.repair_page import RepairPage as Shown
from app.workflows.receipt import YOUR_CASE
from app.workflows.repair import LineMade, undo_line
from ui.repairs.forms import DiagnosisForm, FinishForm, HandOverForm, IntakeForm, LabourForm, RepairForm, StandingForm
from ui.repairs.part_panel import PartPanel
from ui.repairs.sections import BeforeSigning, Pairs, PartsUsed, SerialNumbers, labour_lines, pays_lines
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import SidePanel
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.panel import Panel
from ui.widgets.scroll import Scroll, lie
from ui.widgets.stages import Stage, StagesLine
from ui.widgets.texts import Words, serial, speak, spoken, tr
from ui.widgets.wrapping import Wrap
from ui.work import Desk

KINDS = ("repair", "repair_event", "unit", "unit_event", "stock_move", "sop_run", "sop_tick", "sealed_form", "ticket")

BELOW = 680  # px: under it the side column goes below
NARROW = 980  # px: under it title and acts, or a question and what stands beside it, cut each other


class RepairPage(Page):
    """Opened with the id of a repair."""

    customer_sees = CustomerSees.LINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id = ""
        self.shown: Shown | None = None
        self.parts_panel = PartPanel(desk)
        self.forms: dict[Go, RepairForm] = {
            Go.RECEIVE: IntakeForm(desk),
            Go.DIAGNOSE: DiagnosisForm(desk),
            Go.FINISH: FinishForm(desk),
            Go.HAND_OVER: HandOverForm(desk),
        }
        self.labour_form, self.standing_form = LabourForm(desk), StandingForm(desk)
        self._make_head()
        self._make_sections()
        self._lay_out()
        self._connect()

    def title(self) -> Words:
        return self.shown.title if self.shown else say("Repair")

    def for_customer(self) -> Sequence[tuple[Words, Words]]:
        seen = self.shown
        if seen is None:
            return ()
        return (
            (YOUR_CASE, seen.number), (say("Customer"), seen.customer), (say("Serial"), serial(seen.serial)),
            (say("Where it stands"), seen.state),
        )  # fmt: skip

    def open(self, argument: object = None) -> None:
        if str(argument) != self._id:
            self._close_panels()
            self.shown = None
        self._id = str(argument or "")
        self._read()
        self.next.setFocus()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches(*KINDS):
            self._read()

    def scanned(self, text: str) -> bool:
        return self.parts_panel.scanned(text)

    def retranslate(self) -> None:
        if self._id:
            self._read()

    def add_part(self) -> None:
        """Asks for a part."""
        self._bring(self.parts_panel)
        self.parts_panel.begin(self._id)

    def add_time(self) -> None:
        """Asks for working time."""
        self._bring(self.labour_form)
        self.labour_form.begin(self._id)

    def change_standing(self) -> None:
        """Asks where it stands: waiting, in work again, tested, closed."""
        if self._may_move() and self.shown:
            self._bring(self.standing_form)
            self.standing_form.offer(self.shown.moves)
            self.standing_form.begin(self._id)

    def go_on(self) -> None:
        """The one next step."""
        if self.shown is None:
            return
        step = self.shown.next
        if step.go in self.forms:
            self._ask(step.go)
        elif step.go is Go.RUN:
            self._run(step.procedure, step.run)
        else:
            {Go.ADD_PART: self.add_part, Go.SIGN: self.sign, Go.TICKET: self.open_ticket}[step.go]()

    def sign(self) -> None:
        """To the signature."""
        self.go("sign", self._id)

    def show_receipt(self) -> None:
        """To the paper for the customer who handed the machine in."""
        self.go("receipt", self._id)

    def open_ticket(self) -> None:
        """To the ticket that this repair was made for, else to the machine."""
        if self.shown:
            self.go("ticket", self.shown.ticket) if self.shown.ticket else self.go("unit", self.shown.unit)

    # ------------------------------------------------------------------ making

    def _make_head(self) -> None:
        self._number = Label("", "small", "ink2", weight=600, code=True)
        self._state = Chip("", Tone.NONE)
        self._reason = Label("", "small", "ink2", wrap=True)
        standing = Act("standing", say("Where it stands"), "W", self.change_standing, "hourglass", self._may_move)
        self._standing = self.offer(standing, Kind.TEXT, size=Size.COMPACT)
        self._title = Label("", "title", wrap=True)
        self._customer = Label("", "body", weight=500)
        self._unit = Button("", Kind.LINK, size=Size.COMPACT, name=say("Open the machine"), act=self._open_unit)
        self._who = Label("", "body", "ink2")
        self._stages = StagesLine()

    def _make_sections(self) -> None:
        add = self.offer(Act("add_part", say("Add a part"), "P", self.add_part, "plus", self._is_open), Kind.SECONDARY)
        self._add = add
        self.parts = PartsUsed(add, self._take_back)
        self.serials = SerialNumbers()
        go_on = Act("go_on", say("Go on"), "G", self.go_on, "arrow-right", lambda: self.shown is not None)
        self.next = self.offer(go_on, Kind.PRIMARY)
        self.before = BeforeSigning(self.next)
        self.pays = Pairs(say("Who pays"))
        self.found = Pairs(say("Diagnosis"))
        self.time = Pairs(say("Working time"))
        self.old_parts = Pairs(say("Old parts"))

    def _lay_out(self) -> None:
        diagnose = Act("diagnose", say("Diagnosis"), "D", lambda: self._ask(Go.DIAGNOSE), "list-checks", self._is_open)
        labour = Act("labour", say("Time"), "L", self.add_time, "timer", self._is_open)
        signing = Act("sign", say("Take signatures"), "S", self.sign, "signature", self._is_open)
        for act in (
            Act(
                "receive", say("Take the machine in"), "I", lambda: self._ask(Go.RECEIVE), "package-open", self._is_open
            ),
            Act("finish", say("Say how it ended"), "F", lambda: self._ask(Go.FINISH), "flag", self._is_open),
        ):
            self.acts.append(act)
        receipt = Act("receipt", say("Receipt for the customer"), "R", self.show_receipt, "receipt", self._was_received)
        self._receipt = self.offer(receipt, Kind.TEXT, size=Size.COMPACT)
        self._receipt.put(say("Receipt"), name=receipt.words)
        head = column(
            _wrapped(self._number, self._state, self._standing, self._receipt),
            self._reason,
            self._title,
            _wrapped(self._customer, self._unit, self._who),
            gap=2,
        )
        self._work = boxed(Flow(self.offer(diagnose), self.offer(labour), self.offer(signing), gap=8))
        self._panels: tuple[Panel, ...] = (self.parts_panel, self.labour_form, self.standing_form, *self.forms.values())
        main = self._main = Scroll(boxed(column(*self._panels, self.parts, self.serials, None, gap=12)), follows=True)
        self._side = Scroll(
            SidePanel(self.before, self.pays, self.found, self.time, self.old_parts, width=312), width=324
        )
        self._top = row((head, 1), column(self._work, None), gap=16)
        body = self._body = row((main, 1), self._side, gap=14)
        self.setLayout(column(self._top, self._stages, (body, 1), gap=14, margins=(24, 20, 24, 20)))

    def _connect(self) -> None:
        self.parts_panel.booked.connect(self._booked)
        self.parts_panel.broke.connect(self.trouble)
        for panel in self._panels:
            panel.came.connect(self._give_way)
            panel.closed.connect(self.next.setFocus)
        for form in (*self.forms.values(), self.labour_form, self.standing_form):
            form.saved.connect(self._saved)
            form.broke.connect(self.trouble)

    # ------------------------------------------------------------------ showing

    def _read(self) -> None:
        self.desk.read(repair_page, self._id, current(), done=self._show, failed=self.trouble, latest="repair")

    def _show(self, page: Shown) -> None:
        self.shown = page
        self._number.put(page.number)
        self._number.setVisible(bool(page.number))
        self._state.put(page.state, Tone.WARN if page.waiting else Tone.NONE, icon="hourglass" if page.waiting else "")
        self._reason.put(page.reason)
        self._reason.setVisible(bool(page.reason))
        self._standing.setVisible(bool(page.moves))
        self._receipt.setVisible(self._was_received())
        for each in (self._work, self._add):  # what is over takes no more work
            each.setVisible(not page.over)
        self._title.put(page.title)
        self._customer.put(page.customer)
        self._customer.setVisible(bool(page.customer))
        self._unit.put(serial(page.serial), name=tr("Open machine {serial}", serial=page.serial))
        self._who.put(page.responsible)
        self._stages.fill([(each.words, Stage(each.how.value)) for each in page.stages])
        self.parts.show_parts(page.parts, over=page.over)
        self.serials.show_pairs(page.pairs)
        self.before.show_checks(page.checks)
        self.before.head.put(say("Before you can sign") if not page.over else say("This repair is over"))
        self.next.put(page.next.words)
        self._show_side(page)
        self.titled.emit()

    def _show_side(self, page: Shown) -> None:
        lines, below = pays_lines(page)
        self.pays.show_lines(lines, below=below)
        found: list[tuple[Words, Words]] = [(label, text) for label, text in page.diagnosis.codes]
        words = [Label(page.diagnosis.text, "small", "ink2", wrap=True)] if page.diagnosis.text else []
        self.found.show_lines(found, below=[*words])
        self.time.show_lines(labour_lines(page.labour))
        self.old_parts.show_lines(
            [(name, tr("{serial}: {fate}", serial=serial(number), fate=speak(fate)) if number else spoken(fate))
             for name, number, fate in page.old_parts]
        )  # fmt: skip

    # ------------------------------------------------------------------ acts

    def _is_open(self) -> bool:
        return self.shown is not None and not self.shown.over

    def _was_received(self) -> bool:
        return self.shown is not None and self.shown.stages[0].how.value == Stage.DONE.value

    def _may_move(self) -> bool:
        return self.shown is not None and bool(self.shown.moves)

    def _ask(self, which: Go) -> None:
        if self._is_open():
            self._bring(self.forms[which])
            self.forms[which].begin(self._id)

    def _bring(self, wanted: Panel) -> None:
        """One question at a time."""
        for each in self._panels:
            if each is not wanted:
                each.hide()

    def _close_panels(self) -> None:
        for each in self._panels:
            each.hide()

    def _give_way(self, came: bool) -> None:
        """One blue button: the question that is up has it, else the next step."""
        self.next.dress(Kind.SECONDARY if came else Kind.PRIMARY)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow window the acts go below the title, and a question has the whole width."""
        narrow = self.width() < px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._top.direction() != way:
            self._top.setDirection(way)
        lie(self._body, self._main, self._side, below=self.width() < px(BELOW))
        self._side.setHidden(narrow and any(not each.isHidden() for each in self._panels))

    def _open_unit(self) -> None:
        if self.shown:
            self.go("unit", self.shown.unit)

    def _run(self, procedure: str, run: str) -> None:
        if run:
            self.go("sop", run)
            return
        if self.shown is None:
            return
        page = self.shown
        self.desk.write(
            start_run, procedure=procedure, repair=page.id, ticket=page.ticket, unit=page.unit,
            serial=fold(page.serial), done=lambda made: self.go("sop", made), failed=self.trouble, owner=self,
        )  # fmt: skip

    def _booked(self, made: LineMade) -> None:
        self.parts.list.setFocus()
        words = say("Part booked; it needs form {form}.", form=serial(made.form)) if made.form else say("Part booked")
        self.tell(words, undo=partial(self._undo, self._id, made.event))

    def _saved(self, words: Words) -> None:
        self.next.setFocus()
        self.tell(words)

    def _take_back(self, part: PartRow) -> None:
        self._undo(self._id, part.event)

    def _undo(self, repair: str, event: str) -> None:
        self.desk.write(
            undo_line, repair, event, done=lambda _: self.tell(say("Line taken back")), failed=self.trouble,
            owner=self,
        )  # fmt: skip


def _wrapped(*items: QWidget) -> QWidget:
    """Side by side, and below each other where the window is narrow."""
    wrap = Wrap(gap=10)
    for each in items:
        wrap.addWidget(each)
    return boxed(wrap)
