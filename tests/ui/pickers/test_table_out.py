import csv
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.workflows import table_file
from app.workflows.exporting import export_table
from app.workflows.table_file import Format
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import Opened, act, words
from tests.ui.real_desk import RealDesk, shown
from tests.ui.walking import cut, marked_up, unnamed
from ui.parts.parts_page import PartsPage
from ui.tickets.tickets_page import TicketsPage
from ui.units.units_page import UnitsPage
from ui.widgets.progress import Progress
from ui.widgets.texts import spoken

HOSTILE = "=1+1"
PAGES = [TicketsPage, UnitsPage, PartsPage]


@pytest.fixture(autouse=True)
def ticket(bench: Bench) -> None:
    customer = bench.store.write(EVERYTHING, add_customer, (CustomerDraft("Café Sol", phone="+351 210"),)).result
    draft = TicketDraft(TicketKind.HOW_TO, HOSTILE, words="It hisses.", customer=customer)
    bench.store.write(EVERYTHING, open_ticket, (draft,))


def chosen(monkeypatch: pytest.MonkeyPatch, place: Path | str) -> list[str]:
    """The dialog answers with this place; what it proposed."""
    proposed: list[str] = []

    def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(place), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def rows_of(path: Path) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def said(opened: Opened) -> str:
    return spoken(opened.told[-1][0])


def test_tickets_leave_as_a_workbook_with_what_it_holds_said_before(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = chosen(monkeypatch, tmp_path / "mine.xlsx")
    page = opened.page(TicketsPage)
    act(page, "save_table")
    shown = words(page)
    opened.save()

    assert "It holds customers' names and is not encrypted." in shown
    assert proposed[0].endswith(".xlsx")
    told = [row for row in rows_of(tmp_path / "mine.xlsx") if HOSTILE in row]
    assert [True] == ["Café Sol" in row for row in told]
    assert not any("+351" in str(cell) or "hisses" in str(cell) for row in told for cell in row)
    assert "1 row saved: mine.xlsx" in said(opened)
    assert not page.table.isVisible()


def test_what_is_the_partners_alone_leaves_when_asked_in_a_csv_without_formulas(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, tmp_path / "mine")
    page = opened.page(TicketsPage)
    act(page, "save_table")
    page.table.form.choose(Format.CSV)
    page.table.own.setChecked(True)
    opened.save()

    with (tmp_path / "mine.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["customer"] == "Café Sol"]
    assert ("'=1+1", "'+351 210", "It hisses.") == (row["title"], row["phone"], row["words"])


@pytest.mark.parametrize(("kind", "head"), [(UnitsPage, "serial"), (PartsPage, "part")])
def test_machines_and_stock_leave_too(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Any, head: str
) -> None:
    chosen(monkeypatch, tmp_path / "t.xlsx")
    page = opened.page(kind)
    act(page, "save_table")
    opened.save()

    assert head == rows_of(tmp_path / "t.xlsx")[0][0]
    assert ("customers' names" in words(page)) is False


def test_a_dialog_that_is_left_writes_nothing(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch, "")
    page = opened.page(UnitsPage)
    act(page, "save_table")
    opened.save()

    assert page.table.isVisible()
    assert [] == opened.told


def test_a_name_without_its_ending_never_overwrites_another_file(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.xlsx").write_text("old", encoding="utf-8")
    chosen(monkeypatch, tmp_path / "mine")
    page = opened.page(UnitsPage)
    act(page, "save_table")
    opened.save()

    assert "There is a file named mine.xlsx already. Choose another name." in words(page)
    assert "old" == (tmp_path / "mine.xlsx").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_said_in_the_panel(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.xlsx").mkdir()
    chosen(monkeypatch, tmp_path / "t.xlsx")
    page = opened.page(UnitsPage)
    act(page, "save_table")
    opened.save()

    assert "The table could not be written there. Choose another folder." in words(page)
    assert page.table.save.isEnabled()


def test_it_is_called_off_while_it_is_written(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch, tmp_path / "t.xlsx")
    monkeypatch.setattr(table_file, "ROWS", 1)
    page = opened.page(UnitsPage)
    act(page, "save_table")
    opened.runner.hold(export_table)
    page.table.submit()
    opened.turn()
    page.table.progress._cancelled()
    opened.runner.let_go()
    opened.settle()

    assert "Called off. No file was written." == said(opened)
    assert [] == [each.name for each in tmp_path.iterdir() if each.name.startswith("t.xlsx")]
    assert page.table.save.isEnabled()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar")])
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, dress: Callable[[str, str], None], kind: Any, theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened.page(kind)
    page.resize(1060, 800)
    act(page, "save_table")
    opened.settle()

    opened.qtbot.waitUntil(lambda: [] == cut(page))
    assert ([], []) == (unnamed(page), marked_up(page))


def test_in_a_low_window_the_question_stands_alone(opened: Opened) -> None:
    page = opened.page(TicketsPage)
    page.resize(1060, 540)
    act(page, "save_table")
    opened.settle()
    alone = not page.list.isVisible()
    page.table.close_panel()
    opened.settle()

    assert alone
    assert page.list.isVisible()


def test_how_far_it_is_comes_on_the_thread_of_the_interface(
    desk: RealDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "ROWS", 1)
    threads: list[tuple[int, int, int]] = []
    monkeypatch.setattr(
        Progress, "put", lambda _self, done, total: threads.append((threading.get_ident(), done, total))
    )
    page = TicketsPage(desk)
    shown(page, desk)

    page.table.save_to(str(tmp_path / "t.xlsx"))
    desk.settle()

    here = threading.get_ident()
    assert [(here, 0, 3), (here, 1, 3), (here, 2, 3), (here, 3, 3)] == threads
    assert (tmp_path / "t.xlsx").exists()
