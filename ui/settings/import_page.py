"""Old tickets from another system's table: chosen, seen as they would become, taken in or called off."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.kernel.errors import UserError
from app.kernel.instants import day_of
from app.kernel.messages import Message, Shown, say, say_count
from app.kernel.stopping import Stop, Stopped
from app.tickets.texts import KINDS
from app.views.moments import zone_of
from app.workflows.history_file import History, HistoryRow, Refused
from app.workflows.import_map import shipped_maps
from app.workflows.importing import Imported, import_history, known_rows, read_table
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.card import Banner, EmptyState, Section
from ui.widgets.field import Field
from ui.widgets.folders import DOCUMENTS, begin_in, ended_at
from ui.widgets.inputs import Choice
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.problem import Problem
from ui.widgets.progress import Progress, Steps
from ui.widgets.row_list import ONE_LINE, TWO_LINES, RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, spoken, tr, trn
from ui.work import Desk

PREVIEWED, WIDTH = 12, 900
_OTHER = Path()


class ImportPage(Page):
    """Nothing is written before the last press, and then all of it or nothing."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.history: History | None = None
        self._zone, self._file, self._known = "UTC", Path(), 0
        self._busy, self._stop, self._steps = False, Stop(), Steps()
        self.map = Choice([(_OTHER, say("Another map, in a file"))])
        self.map_field = Field(say("What its columns mean"), self.map, name="map")
        self.problem, self.result, self.progress = Problem(), Banner(Tone.OK, ""), Progress()
        self._make_lists()
        self._build()
        self._steps.setParent(self)
        self._steps.moved.connect(self.progress.put)
        self.map.chosen.connect(lambda _: self._map_chosen())
        self.answer("map", self.map_field.show_error)

    def title(self) -> Words:
        return say("Take in old tickets")

    def start(self) -> QWidget | None:
        return self._choose

    def open(self, argument: object = None) -> None:
        self.desk.read(zone_of, done=self._know_zone, failed=self.trouble, owner=self)
        self.desk.background(shipped_maps, done=self._know_maps, failed=self.trouble, owner=self)

    def retranslate(self) -> None:
        self._show()

    # ------------------------------------------------------------------ acts

    def choose(self) -> None:
        """Asks for the table."""
        name = self._ask_file(say("Choose the table"), say("Tables (*.csv)"))
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Reads the table whole, and shows what it would become."""
        self._settle()
        self._file, self.history = file, None
        self._show()
        if self.map.value == _OTHER:
            self.map_field.show_problem(say("Choose the map that belongs to the table."))
            return
        self.progress.start(say("Reading the table"))
        self.desk.background(
            read_table, file, self.map.value, self._zone, done=self._read, failed=self._failed, owner=self,
            latest="table",
        )  # fmt: skip

    def take_in(self) -> None:
        """A backup first, then all rows in one transaction."""
        if self.history is None or self._busy:
            return
        self._settle()
        self._stop, self._busy = Stop(), True
        self._show()
        self.progress.start(say("Taking a backup first"), cancel=self._stop.ask)
        self.desk.background(self.desk.back_up, done=self._backed_up, failed=self._failed, owner=self)

    def _ask_file(self, title: Message, kinds: Message) -> str:
        name, _ = QFileDialog.getOpenFileName(self, spoken(title), begin_in(DOCUMENTS), spoken(kinds))
        ended_at(DOCUMENTS, name)
        return name

    def _map_chosen(self) -> None:
        """Another map is asked for; what was chosen is read anew by it."""
        if self.map.value == _OTHER:
            name = self._ask_file(say("Choose the map"), say("Maps (*.yaml)"))
            if name:
                self._offer([(Path(name), Path(name).name)], Path(name))
        if self._file != Path():
            self.read(self._file)

    def _may_choose(self) -> bool:
        return not self._busy

    def _may_take(self) -> bool:
        return self._fresh > 0 and not self._busy

    # ------------------------------------------------------------------ making

    def _make_lists(self) -> None:
        columns = [Column(say("Ticket")), Column(say("Kind"), FIT, spare=True), Column(say("Day"), FIT, end=True)]
        self.rows = PagedModel(columns, cells=self._cells, key=lambda each: each.line)
        table = RowList(self.rows, name=say("What it becomes"), row_height=TWO_LINES, fit=True)
        self._count = Label("", "small", "ink3")
        self.preview = Section(say("What it becomes"), table, right=self._count, edge_to_edge=True)
        columns = [Column(say("Line"), FIT, end=True), Column(say("Why it cannot be read"))]
        self.bad = PagedModel(columns, cells=_refused_cells, key=lambda each: each.line)
        self.bad_list = RowList(self.bad, name=say("Rows that cannot be read"), row_height=ONE_LINE)
        self.bad_list.setMinimumHeight(px(180))
        self.refused = Section(say("Rows that cannot be read"), self.bad_list, edge_to_edge=True)

    def _build(self) -> None:
        choose = Act("choose_table", say("Choose the table"), "Ctrl+O", self.choose, "folder-open", self._may_choose)
        take = Act("take_in", say("Take them in"), "Ctrl+S", self.take_in, "download", self._may_take)
        back = Act("leave_import", say("Back"), "Esc", self.back, "arrow-left", self._may_choose)
        self._choose, self._take = self.offer(choose, Kind.PRIMARY), self.offer(take, Kind.PRIMARY)
        self._name, self._sum = Label("", "body", weight=500, wrap=True), Prose("", ink="ink")
        self._empty = EmptyState(
            "upload", say("No table is chosen"), say("What it would become shows here. Nothing is written before.")
        )
        head = row((Label(say("Take in old tickets"), "title"), 1), self.offer(back, Kind.TEXT), gap=16)
        about = Prose(say("A table (CSV, UTF-8) from another system becomes tickets that are closed, with their day."))
        field = row((self.map_field, 1), None)
        chosen = row(column(self._choose, None), (boxed(column(None, self._name, None)), 1), gap=14)
        act = row(column(self._take, None), None)
        body = column(
            head, about, field, chosen, self.problem, self.result, self.progress, self._sum, act, self._empty,
            self.refused, self.preview, None, gap=14,
        )  # fmt: skip
        inner = boxed(body)
        inner.setMaximumWidth(px(WIDTH))
        around = boxed(row((inner, 5), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))
        self.result.hide()
        self._show()

    # ------------------------------------------------------------------ answers

    def _know_zone(self, zone: str) -> None:
        self._zone = zone

    def _know_maps(self, found: Sequence[tuple[Path, str]]) -> None:
        if self.map.value == _OTHER and self._file == Path():
            self._offer(found, found[0][0] if found else _OTHER)

    def _offer(self, found: Sequence[tuple[Path, str]], chosen: Path) -> None:
        self.map.offer([*found, (_OTHER, say("Another map, in a file"))])
        self.map.choose(chosen)

    def _read(self, history: History) -> None:
        self.desk.read(
            known_rows, history, done=partial(self._know, history), failed=self._failed, owner=self, latest="known"
        )

    def _know(self, history: History, known: int) -> None:
        self.progress.finish()
        self.history, self._known = history, known
        self._show()
        if self._may_take():
            self._take.setFocus()

    def _backed_up(self, _: object) -> None:
        self.progress.start(say("Taking in tickets"), cancel=self._stop.ask)
        self.desk.write(
            import_history, self.history, progress=self._steps.heeding(self._stop), done=self._taken,
            failed=self._failed, owner=self,
        )  # fmt: skip

    def _taken(self, made: Imported) -> None:
        self._over()
        words = say_count("{count} ticket added.", "{count} tickets added.", made.added)
        self.result.put(Tone.OK, words, say("They stand among all tickets, as closed ones."))
        self.result.show()
        self._known += made.added
        self._show()
        self._choose.setFocus()
        self.tell(words)

    def _failed(self, error: BaseException) -> None:
        self._over()
        self._show()
        if isinstance(error, Stopped):
            self.tell(say("Called off. Nothing was written."))
        elif isinstance(error, UserError) and error.field != "map":
            self.problem.show_error(error)
        else:
            self.trouble(error)

    def _over(self) -> None:
        self._busy = False
        self.progress.finish()

    def _settle(self) -> None:
        self.problem.settle()
        self.map_field.clear_problem()
        self.result.hide()

    # ------------------------------------------------------------------ showing

    @property
    def _fresh(self) -> int:
        return len(self.history.rows) - self._known if self.history else 0

    def _show(self) -> None:
        history = self.history
        self._name.put(self._file.name)
        self._empty.setVisible(history is None)
        self._sum.setVisible(history is not None)
        self.preview.setVisible(bool(history and history.rows))
        self.refused.setVisible(bool(history and history.refused))
        self._take.setVisible(self._fresh > 0)
        self._take.setEnabled(self._may_take())
        self._choose.setEnabled(self._may_choose())
        self._choose.dress(Kind.SECONDARY if self._fresh > 0 else Kind.PRIMARY)
        if history is not None:
            self._sum.put(self._told_of(history))
            self._count.put(tr("The first {count}", count=min(PREVIEWED, len(history.rows))))
            self.rows.fill(history.rows[:PREVIEWED])
            self.bad.fill(history.refused)

    def _told_of(self, history: History) -> str:
        bad = len(history.refused)
        told = (
            trn("{count} new ticket", "{count} new tickets", self._fresh),
            trn("{count} is here already", "{count} are here already", self._known) if self._known else "",
            trn("{count} row cannot be read", "{count} rows cannot be read", bad) if bad else "",
        )
        return tr(", ").join(filter(None, told))

    def _cells(self, each: HistoryRow) -> Cells:
        kind = spoken(KINDS[self.history.map.kind]) if self.history else ""
        day = tr("{day}", day=Shown("date", day_of(each.at, self._zone).isoformat()))
        below = " ".join((each.words or each.answer).split())
        return Cell(each.title, below, icon="ticket", weight=500), Cell(kind, ink="ink2"), Cell(day, ink="ink2")


def _refused_cells(each: Refused) -> Cells:
    return Cell(tr("{n}", n=each.line), ink="ink2"), Cell(spoken(each.message))
