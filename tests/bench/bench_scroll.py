"""Scrolling a list: the product's, over the large store with its threads, beside a QSqlQueryModel on a plain copy.

Two pairs. The list of tickets as it is, and a table that shows the same texts in columns in rows of the same height.
And a list of ten short columns, as tables of this field have, on both sides: the difference of the two techniques.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from app.kernel.rights import Actor, How, Right, Role
from app.store.first_page import connect
from app.store.opening import StoreOpener
from app.store.profile import Unlocked
from app.store.runner import ThreadRunner
from app.tickets.queries import Shelf
from tests.bench.figures import CannotError, Measured, Size, milliseconds, percentile, ratios, rounds
from tests.bench.large_store import ZONE, large_store
from ui.tickets.ticket_list import TicketList
from ui.widgets.row_list import ONE_LINE, TICKETS, RowList
from ui.widgets.rows import Column, PagedModel
from ui.work import Desk

TARGET = 0.7
STEPS, PIXELS = 120, 90
WIDTH, HEIGHT = 1200, 800
LIST = ("title", "customer", "number", "next_at")
TABLE = ("number", "kind", "channel", "severity", "title", "serial", "state", "origin", "external_id", "language")
_COPIED = ("id", *dict.fromkeys((*LIST, *TABLE)))


def measure(size: Size) -> Measured:
    """The 95th percentile of a step of 90 pixels, painted; the ratio within each round."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    made = Measured()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        unlocked = large_store(size, Path(folder)).unlocked()
        plain = _plain_copy(unlocked, Path(folder) / "plain.db")
        with _tickets(unlocked, size) as ours, _query_view(plain, LIST, TICKETS) as theirs:
            _add(made, "list", "Scroll step, list of tickets / QSqlQueryModel with its texts", (ours, theirs), size)
        with _ten_columns(plain) as ours, _query_view(plain, TABLE, ONE_LINE) as theirs:
            _add(made, "table", "Scroll step, ten columns / QSqlQueryModel", (ours, theirs), size)
    return made


def _add(made: Measured, name: str, words: str, views: Sequence[QAbstractItemView], size: Size) -> None:
    taken = rounds({side: _scrolling(view) for side, view in zip("ab", views, strict=True)}, size.rounds)
    beside = f"p95 {milliseconds(taken['a'])} against {milliseconds(taken['b'])}"
    made.add(f"scroll.{name}", words, ratios(taken["a"], taken["b"]), target=TARGET, beside=beside)


def _scrolling(view: QAbstractItemView) -> Callable[[], float]:
    def scroll() -> float:
        bar, taken = view.verticalScrollBar(), []
        bar.setValue(0)
        QApplication.processEvents()
        for _ in range(STEPS):
            begun = time.perf_counter()
            bar.setValue(bar.value() + PIXELS)
            view.viewport().repaint()
            QApplication.processEvents()
            taken.append(time.perf_counter() - begun)
        return percentile(taken, 0.95)

    return scroll


@contextmanager
def _shown(view: Any) -> Iterator[Any]:
    view.resize(WIDTH, HEIGHT)
    view.show()
    QApplication.processEvents()
    try:
        yield view
    finally:
        view.close()
        view.deleteLater()
        QApplication.processEvents()


@contextmanager
def _tickets(unlocked: Unlocked, size: Size) -> Iterator[RowList]:
    runner = ThreadRunner(StoreOpener(unlocked, zone=ZONE))
    desk = Desk(runner, Actor("", frozenset(Role), unlocked.device, How.SYSTEM, frozenset(Right)))
    listed = TicketList(desk)
    listed.set_width(0)
    try:
        with _shown(listed):
            listed.show_shelf(Shelf.ALL)
            _wait(lambda: listed.model.rowCount() >= min(size.tickets, 100))
            yield listed.rows
            _wait(lambda: not desk.busy)
    finally:
        desk.close()
        runner.close()
        desk.deleteLater()


def _wait(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not there():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() > end:
            raise CannotError("the list of tickets did not fill within a minute")


@contextmanager
def _ten_columns(plain: Path) -> Iterator[RowList]:
    with closing(sqlite3.connect(plain)) as store:
        rows = store.execute(f"SELECT id, {', '.join(TABLE)} FROM ticket LIMIT 2000").fetchall()
    columns = [Column(name, WIDTH // 10) for name in TABLE]
    model = PagedModel(columns, cells=lambda row: row[1:], key=lambda row: row[0])
    model.fill(rows)
    with _shown(RowList(model, name="Bench", row_height=ONE_LINE)) as view:
        yield view


@contextmanager
def _query_view(plain: Path, columns: Sequence[str], height: int) -> Iterator[QTableView]:
    name = f"bench-{height}"
    store = QSqlDatabase.addDatabase("QSQLITE", name)
    store.setDatabaseName(str(plain))
    if not store.open():
        raise CannotError("this Qt has no driver for SQLite, so there is nothing to compare scrolling with")
    model, view = QSqlQueryModel(), QTableView()
    model.setQuery(f"SELECT {', '.join(columns)} FROM ticket ORDER BY next_at, rid DESC", store)
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(height)
    view.verticalHeader().hide()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.horizontalHeader().setDefaultSectionSize(WIDTH // len(columns))
    with _shown(view):
        yield view
    model.clear()
    model.deleteLater()
    store.close()
    del store, model
    QApplication.processEvents()
    QSqlDatabase.removeDatabase(name)


def _plain_copy(unlocked: Unlocked, path: Path) -> Path:
    """The same tickets without encryption, with an index that answers the list's order."""
    names = ", ".join(_COPIED)
    with (
        closing(connect(unlocked.profile.store, unlocked.key, reader=True)) as store,
        closing(sqlite3.connect(path)) as plain,
    ):
        plain.execute(f"CREATE TABLE ticket (rid INTEGER PRIMARY KEY, {names})")
        rows = store.execute(f"SELECT rid, {names} FROM ticket")
        plain.executemany(f"INSERT INTO ticket VALUES (?, {', '.join('?' * len(_COPIED))})", rows)
        plain.execute("CREATE INDEX by_next ON ticket (next_at, rid DESC)")
        plain.commit()
    return path
