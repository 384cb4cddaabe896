"""One machine: number, owner and site in a line; warranty before history; components as a table."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.instants import day_of
from app.kernel.messages import Message, Shown, say
from app.kernel.serials import SerialState
from app.language.translate import current
from app.signoff.rules import Subject
from app.tickets.texts import AUTOMATIC_TITLE
from app.views.unit_life import LifeEntry
from app.views.unit_page import ComponentRow, Fact, NoUnit, unit_page
from app.views.unit_page import UnitPage as Seen
from app.warranty.rules.facts import Verdict
from app.workflows.repair import log_repair, open_repair
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.units.no_unit import NoUnitView
from ui.units.procedures import ProcedureForm, RunsSection
from ui.units.unit_form import UnitForm
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card, Section
from ui.widgets.flow import Flow
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, serial, speak, tr, trn
from ui.widgets.timeline import Entry, Timeline
from ui.widgets.wrapping import Wrap
from ui.work import Desk

NARROW = 860  # px: under it the acts of the head and the serials of the components would be cut
_ADD = {
    "purchased_on": say("Say when it was bought"), "delivered_on": say("Say when it was delivered"),
    "installed_on": say("Say when it was installed"), "registered_on": say("Say when it was registered"),
    "customer_kind": say("Say what kind of customer"),
}  # fmt: skip
KINDS = (
    "unit",
    "unit_event",
    "repair",
    "repair_event",
    "ticket",
    "customer",
    "site",
    "sealed_form",
    "sop_run",
    "sop_tick",
)
_VERDICTS = {
    Verdict.COVERED: ("shield-check", "ok"),
    Verdict.CANNOT_TELL: ("shield-alert", "warn"),
    Verdict.NOT_COVERED: ("shield", "ink2"),
}


class UnitPage(Page):
    """Opened with the id of a machine, or with whatever was scanned or typed."""

    customer_sees = CustomerSees.LINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self.seen: Seen | None = None
        self.form = UnitForm(desk, say("What is known of this machine"), say("Save"))
        self.form.saved.connect(self._saved)
        self.form.broke.connect(self.trouble)
        self.procedure = ProcedureForm(desk)
        self.procedure.begun.connect(lambda run: self.go("sop", run))
        self.procedure.broke.connect(self.trouble)
        self.missing = NoUnitView(desk)
        self.missing.wanted.connect(self.open)
        self.missing.registered.connect(self._registered)
        self.missing.broke.connect(self.trouble)
        self._make_head()
        self._make_body()

    def title(self) -> Words:
        return serial(self.seen.serial) if self.seen else say("Machine")

    def for_customer(self) -> Sequence[tuple[Words, Words]]:
        seen = self.seen
        return ((say("Machine"), seen.model), (say("Serial"), serial(seen.serial))) if seen else ()

    def open(self, argument: object = None) -> None:
        self._wanted = str(argument or "")
        self.form.hide()
        self.procedure.hide()
        self._choose.hide()
        self._repair.dress(Kind.PRIMARY)
        self._read()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches(*KINDS):
            self._read()

    def retranslate(self) -> None:
        if self._wanted:
            self._read()

    def new_repair(self) -> None:
        """To the repair that it is in, else a new one with a ticket of its own."""
        if self.seen is None:
            return
        if self.seen.open_repair:
            self.go("repair", self.seen.open_repair)
            return
        if self.seen.open_ticket is not None and self._choose.isHidden():
            self._choose.put(Tone.WARN, self.seen.open_ticket.words, say("Is the repair about this?"))
            self._choose.show()
            self._repair.dress(Kind.SECONDARY)
            self._within.setFocus()
            return
        self._repair_anew()

    def _repair_anew(self) -> None:
        """A repair with a ticket of its own."""
        if self.seen is None:
            return
        title = speak(Message(AUTOMATIC_TITLE.msgid, {"serial": Shown("plain", self.seen.serial)}))
        self.desk.write(
            log_repair, self.seen.id, title=title, done=lambda made: self.go("repair", made), failed=self.trouble,
            owner=self,
        )  # fmt: skip

    def _repair_within(self) -> None:
        """A repair for the ticket that is open."""
        if self.seen is not None and self.seen.open_ticket is not None:
            self.desk.write(
                open_repair, self.seen.open_ticket.id, self.seen.id, done=lambda made: self.go("repair", made),
                failed=self.trouble, owner=self,
            )  # fmt: skip

    def edit(self) -> None:
        """What is known of it."""
        if self.seen:
            self.form.begin(unit=self.seen.seen)

    # ------------------------------------------------------------------ making

    def _make_head(self) -> None:
        self._model = Label("", "lead", "ink2")
        self._serial = Label("", "title", weight=600, code=True, select=True)
        self._facts = Wrap(gap=28)
        there = self._is_there
        repair = Act("new_repair", say("New repair"), "R", self.new_repair, "wrench", there, self._repair_words)
        ticket = Act("new_ticket", say("New ticket"), "T", self._new_ticket, "ticket", there)
        self._repair = self.offer(repair, Kind.PRIMARY)
        self._ticket = self.offer(ticket)
        self._procedure = self.offer(
            Act("procedure", say("Procedure"), "P", self._ask_procedure, "list-checks", self._has_offers)
        )
        self._form = self.offer(
            Act("form", say("Sign-off form"), "F", self._sign, "file-check", self._has_forms, self._form_words)
        )
        self._edit = self.offer(Act("edit", say("Edit"), "E", self.edit, "pencil", there))
        plate = Card(column(None, row(None, Icon("coffee", "ink3", 44), None), None), fill="sunken")
        plate.setFixedSize(px(132), px(112))
        text = column(self._model, self._serial, 6, boxed(self._facts), None, gap=2)
        acts = (self._repair, self._ticket, self._procedure, self._form, self._edit)
        self._plate, self._acts = plate, acts
        self._doing, self._lines = column(gap=8), Flow(gap=8)
        self._beside, self._across = boxed(column(self._doing, None)), boxed(self._lines)
        for each in acts:
            self._doing.addWidget(each)
        self._across.hide()
        self._top = row((boxed(row(plate, (text, 1), gap=18)), 1), self._beside, self._across, gap=18)
        self._head = boxed(self._top)
        self._twin = Button(say("Open the other one"), Kind.SECONDARY, icon="arrow-right-left", act=self._open_twin)
        self._within = Button(say("Repair within it"), Kind.PRIMARY, icon="wrench", act=self._repair_within)
        anew = Button(say("With a new ticket"), Kind.SECONDARY, icon="plus", act=self._repair_anew)
        self._choose = Banner(Tone.WARN, "", "", self._within, anew)
        self._choose.hide()
        self._notice = Banner(Tone.WARN, "", "", self._twin)

    def _make_body(self) -> None:
        self._warranty = column(gap=2)
        self._shield = Icon("shield", "ink2", 24)
        self._add = Button(say("Add the date"), icon="calendar", act=self.edit)
        mark = boxed(column(self._shield, None))
        self._card = Card(row(mark, (boxed(self._warranty), 1), self._add, gap=16, margins=(18, 14, 14, 14)))
        self._count = Label("", "small", "ink3")
        self._life = Timeline()
        life = Section(say("Life of this machine"), self._life, right=self._count)
        self._components = PagedModel(
            [Column(say("Component")), *(Column(head, FIT) for head in (say("Serial"), say("Since"), say("State")))],
            cells=_component_cells, key=lambda each: (each.name, each.serial),
        )  # fmt: skip
        table = RowList(self._components, name=say("Components with a serial"), fit=True)
        self._parts = Section(say("Components with a serial"), table, edge_to_edge=True)
        self._runs = RunsSection()
        self._runs.opened.connect(lambda run: self.go("sop", run))
        self._both = row((column(life, None), 1), (column(self._parts, self._runs, None, gap=14), 1), gap=14)
        self._there = boxed(
            column(
                self._head, self._choose, self._notice, self.form, self.procedure, self._card, self._both, None, gap=12
            )
        )
        scroll = Scroll(boxed(column(self._there, self.missing, None, margins=(24, 20, 24, 20))))
        self.setLayout(column((scroll, 1), gap=0))
        self._there.hide()
        self.missing.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the acts go below the title, and the components below the life."""
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._plate.setHidden(narrow)
        for layout in (self._top, self._both):
            layout.setDirection(down if narrow else across)
        self._fold(narrow)

    def _fold(self, narrow: bool) -> None:
        """The acts one below the other, or in lines below the title."""
        layout: QLayout = self._lines if narrow else self._doing
        for each in self._acts:
            layout.addWidget(each)
        self._beside.setHidden(narrow)
        self._across.setVisible(narrow)

    # ------------------------------------------------------------------ showing

    def _read(self) -> None:
        self.desk.read(unit_page, self._wanted, current(), done=self._show, failed=self.trouble, latest="unit")

    def _show(self, found: Seen | NoUnit) -> None:
        known = isinstance(found, Seen)
        self._there.setVisible(known)
        self.missing.setVisible(not known)
        if isinstance(found, NoUnit):
            self.seen = None
            self._nowhere(found)
        else:
            self.seen, self._wanted = found, found.id
            self._show_unit(found)
            focus = QApplication.focusWidget()
            if focus is None or not self.isAncestorOf(focus):
                self._repair.setFocus()
        self.titled.emit()

    def _nowhere(self, found: NoUnit) -> None:
        """The number of a component leads straight to its machine."""
        if found.inside:
            self.open(found.inside)
        else:
            self.missing.show_nothing(found)

    def _show_unit(self, seen: Seen) -> None:
        self._model.put(tr("{model}, {supply}", model=seen.model, supply=seen.supply) if seen.supply else seen.model)
        self._serial.put(seen.serial)
        self._repair.put(self._repair_words())
        clear(self._facts)
        for fact in seen.facts:
            self._facts.addWidget(_fact(fact))
        self._notice.setVisible(seen.notice is not None)
        if seen.notice:
            self._notice.put(Tone.WARN, seen.notice)
        self._twin.setVisible(bool(seen.twin))
        self._show_warranty(seen)
        self._show_life(seen.life)
        self._components.fill(seen.components)
        self._parts.setVisible(bool(seen.components))
        self._runs.show_runs(seen)
        self._procedure.setVisible(bool(seen.offers))
        self._form.setVisible(bool(seen.forms))
        self._form.put(self._form_words())

    def _show_warranty(self, seen: Seen) -> None:
        card = seen.warranty
        self._shield.put(*_VERDICTS[card.verdict])
        clear(self._warranty)
        self._warranty.addWidget(Label(card.sentence, "lead", weight=600, wrap=True))
        if card.exclusion:
            self._warranty.addWidget(Prose(card.exclusion))
        for each in card.why:
            self._warranty.addWidget(Prose(each))
        if card.source:
            self._warranty.addWidget(Label(card.source, "meta", "ink3", wrap=True))
        self._add.put(_ADD.get(card.missing, say("Add the date")))
        self._add.setVisible(bool(card.missing))

    def _show_life(self, life: Sequence[LifeEntry]) -> None:
        self._count.put(trn("{count} entry, newest first", "{count} entries, newest first", len(life)))
        self._life.fill([_entry(each) for each in life])

    # ------------------------------------------------------------------ acts

    def _repair_words(self) -> Words:
        return say("Open the repair") if self.seen and self.seen.open_repair else say("New repair")

    def _is_there(self) -> bool:
        return self.seen is not None

    def _has_offers(self) -> bool:
        return self.seen is not None and bool(self.seen.offers)

    def _ask_procedure(self) -> None:
        if self.seen is not None:
            self.form.hide()
            self.procedure.begin(self.seen)

    def _has_forms(self) -> bool:
        return self.seen is not None and bool(self.seen.forms)

    def _form_words(self) -> Words:
        return self.seen.forms[0][1] if self.seen is not None and self.seen.forms else say("Sign-off form")

    def _sign(self) -> None:
        """The first form; another one is chosen on its page."""
        if self.seen is not None and self.seen.forms:
            self.go("sign", Subject(unit=self.seen.id, form=self.seen.forms[0][0]))

    def _open_twin(self) -> None:
        """The other machine with this number: by going there, so that Back returns to this one."""
        if self.seen and self.seen.twin:
            self.go("unit", self.seen.twin)

    def _new_ticket(self) -> None:
        self.go("new_ticket", self.seen.serial if self.seen else "")

    def _saved(self, unit: str, undo: Callable[[], object] | None) -> None:
        self.tell(say("Machine saved"), undo=undo)

    def _registered(self, unit: str) -> None:
        self.tell(say("Machine registered"))
        self.open(unit)


def _fact(fact: Fact) -> QWidget:
    return boxed(column(Label(fact.label, "small", "ink3"), Label(fact.value, "body", weight=500, select=True), gap=1))


def _entry(each: LifeEntry) -> Entry:
    when = tr("{day}", day=Shown("date", day_of(each.at, each.zone).isoformat()))
    return Entry(each.icon, each.title, each.text, when, Tone.ACCENT if each.running else Tone.NONE)


def _component_cells(each: ComponentRow) -> Cells:
    if each.state is None:
        return Cell(each.name, weight=500), Cell(tr("not recorded"), ink="ink3"), "", ""
    since = tr("{day}", day=each.since) if each.since else tr("factory")
    state = {
        SerialState.CHECKED: Cell(tr("Fitted"), ink="ink2"),
        SerialState.NOT_CONFIRMED: Cell(speak(say("Not confirmed")), tone=Tone.UNSURE, chip=True),
        SerialState.NO_LEGIBLE: Cell(tr("No legible number"), tone=Tone.UNSURE, chip=True),
    }[each.state]
    if each.recalled:
        state = Cell(tr("Recalled: lot {lots}", lots=serial(each.recalled)), icon="octagon-alert", tone=Tone.STOP)
    return Cell(each.name, weight=500), Cell(each.serial or "–", code=True), Cell(since, ink="ink2"), state  # noqa: RUF001
