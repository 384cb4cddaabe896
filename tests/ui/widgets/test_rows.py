"""Lists: painted whole, paged by key, choice kept, plain text."""

import time
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui.conftest import Dress
from tests.ui.kit import HOSTILE, cells, some_rows
from ui.theme.look import colour
from ui.theme.tones import Tone
from ui.widgets.row_delegate import cell_width, ink_of, mark_of
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Column, Deliver, PagedModel


class Store:
    """Numbers in order, fetched by keyset; answers are held back until `answer`."""

    def __init__(self, count: int, *, held: bool = False) -> None:
        self.numbers = list(range(count))
        self.asked: list[tuple[Any, int]] = []
        self._held = held
        self.waiting: list[tuple[Deliver, Sequence[int]]] = []

    def fetch(self, after: Any, limit: int, deliver: Deliver) -> None:
        self.asked.append((after, limit))
        page = [number for number in self.numbers if after is None or number > after][:limit]
        if self._held:
            self.waiting.append((deliver, page))
        else:
            deliver(page)


def model_of(store: Store, page: int = 100) -> PagedModel:
    columns = [Column(say("Ticket")), Column(say("State"), FIT), Column(say("Days"), FIT, end=True)]
    return PagedModel(columns, cells=cells, key=lambda number: number, fetch=store.fetch, page=page)


@pytest.fixture
def shown(qtbot: QtBot) -> RowList:
    return show(qtbot, model_of(Store(250)))


def show(qtbot: QtBot, model: PagedModel) -> RowList:
    listed = RowList(model, name=say("Tickets"), row_height=46)
    qtbot.addWidget(listed)
    listed.resize(800, 500)
    listed.show()
    model.refresh()
    return listed


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    store = Store(250, held=True)
    model = model_of(store)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.refresh()  # the tester itself fetches more, as a view does
    while store.waiting:
        deliver, page = store.waiting.pop(0)
        deliver(page)
    read = model.rowCount()
    model.fill([3, 4])
    del tester

    assert (250, 2) == (read, model.rowCount())


def test_pages_are_fetched_after_the_last_key_until_the_end(qtbot: QtBot) -> None:
    store = Store(250)
    model = model_of(store)

    model.refresh()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())

    assert [(None, 100), (99, 100), (199, 100)] == store.asked
    assert (250, True) == (model.rowCount(), model.complete)


def test_scrolling_down_fetches_the_next_page(qtbot: QtBot, shown: RowList) -> None:
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())

    qtbot.waitUntil(lambda: shown.model().rowCount() >= 200)


def test_an_overtaken_answer_is_dropped(qtbot: QtBot) -> None:
    old, new = Store(5, held=True), Store(3)
    model = model_of(old)
    model.refresh()

    model.ask_with(new.fetch)
    deliver, page = old.waiting[0]
    deliver(page)

    assert 3 == model.rowCount()


def test_a_refresh_reads_as_many_rows_as_are_shown(qtbot: QtBot) -> None:
    store = Store(250)
    model = model_of(store)
    model.refresh()
    model.fetchMore(QModelIndex())

    model.refresh()

    assert (None, 200) == store.asked[-1]


def test_the_choice_stays_over_a_refresh_in_which_rows_came_before_it(qtbot: QtBot) -> None:
    store = Store(20)
    model = model_of(store)
    listed = show(qtbot, model)
    listed.choose(7)
    told: list[Any] = []
    listed.chosen.connect(told.append)

    store.numbers = [-2, -1, *store.numbers]
    model.refresh()

    assert (7, []) == (listed.current, told)


def test_the_arrow_keys_choose_and_enter_opens(qtbot: QtBot, shown: RowList) -> None:
    chosen: list[int] = []
    opened: list[int] = []
    shown.chosen.connect(chosen.append)
    shown.opened.connect(opened.append)

    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(shown, key)

    assert ([0, 1, 2], [2]) == (chosen, opened)


def test_the_first_row_is_chosen_when_tab_comes_to_the_list(qtbot: QtBot, shown: RowList) -> None:
    shown.clearFocus()

    shown.setFocus(Qt.FocusReason.TabFocusReason)

    assert 0 == shown.current


def test_a_window_that_comes_up_chooses_nothing(qtbot: QtBot, shown: RowList) -> None:
    assert shown.current is None


def test_a_press_chooses(qtbot: QtBot, shown: RowList) -> None:
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)

    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 46 * 2 + 20))

    assert [2] == chosen


def test_a_reader_hears_the_whole_row(shown: RowList) -> None:
    told = shown.model().data(shown.model().index(4, 0), 11)

    assert f"{HOSTILE}, T-00004, Not confirmed, 4" == told


def test_the_chosen_row_is_tinted_with_a_bar_at_the_leading_edge(qtbot: QtBot, shown: RowList, dress: Dress) -> None:
    shown.choose(0)
    middle = shown.horizontalHeader().height() + 23

    picture = shown.grab().toImage()
    assert (colour("accent"), colour("accent_soft")) == (picture.pixelColor(1, middle), picture.pixelColor(8, middle))
    dress("light", "ar")
    shown.choose(0)
    mirrored = shown.grab().toImage()
    right = shown.viewport().width() - 2
    qtbot.waitUntil(lambda: colour("accent") == shown.grab().toImage().pixelColor(shown.viewport().x() + right, middle))
    assert mirrored.width() == picture.width()


@pytest.mark.parametrize(
    ("cell", "ink", "mark"),
    [
        (Cell("x"), "ink", ""),
        (Cell("x", tone=Tone.WARN), "warn", "triangle-alert"),
        (Cell("x", tone=Tone.WARN, icon="hand"), "ink", "hand"),
        (Cell("x", ink="ink2"), "ink2", ""),
    ],
)
def test_a_tone_colours_words_only_without_an_icon(cell: Cell, ink: str, mark: str) -> None:
    assert (ink, mark) == (ink_of(cell), mark_of(cell))


def test_a_fitted_column_holds_its_longest_value(shown: RowList) -> None:
    widest = cell_width(Cell("Not confirmed", tone=Tone.UNSURE, chip=True), first=False, end=False)

    assert shown.columnWidth(1) >= widest


def test_ten_thousand_rows_scroll_without_reading_them_all(qtbot: QtBot) -> None:
    listed = some_rows(10_000)
    qtbot.addWidget(listed)
    listed.resize(1200, 800)
    listed.show()
    listed.grab()
    bar = listed.verticalScrollBar()

    began = time.perf_counter()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        listed.viewport().repaint()
    each = (time.perf_counter() - began) / 20

    assert each < 0.1  # 6 ms where this was written; a naive model needs 18 ms there
    model = listed.model()
    assert isinstance(model, PagedModel)
    assert len(model._cells) < 1500


def test_spare_columns_go_where_the_name_would_be_cut(qtbot: QtBot) -> None:
    columns = [Column(say("Ticket")), Column(say("State"), FIT), Column(say("Days"), FIT, end=True, spare=True)]
    listed = show(qtbot, PagedModel(columns, cells=cells, key=lambda number: number, fetch=Store(9).fetch))
    wide = listed.isColumnHidden(2)

    listed.resize(300, 500)
    narrow = listed.isColumnHidden(2)
    listed.resize(800, 500)

    assert (False, True, False) == (wide, narrow, listed.isColumnHidden(2))
