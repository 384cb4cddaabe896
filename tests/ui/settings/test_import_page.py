from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.tickets.queries import counts
from app.workflows.import_map import MAPS
from app.workflows.importing import import_history
from tests.repair_bench import Bench
from tests.stores import actor
from tests.ui.opened import Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from tests.workflows.history import row, table
from ui.settings.import_page import ImportPage
from ui.settings.settings_page import SettingsPage
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.rows import text_of
from ui.widgets.texts import spoken


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Three rows, of which one has no day."""
    return table(tmp_path / "old.csv", row(1, "Makes a noise"), row(2, event_date="soon"), row(3))


def tickets(bench: Bench) -> int:
    return int(bench.ask(counts, "").all)


def read(opened: Opened, file: Path) -> ImportPage:
    page = opened.page(ImportPage)
    page.read(file)
    opened.settle()
    return page


def test_a_table_is_seen_as_it_would_become_and_nothing_is_written(opened: Opened, bench: Bench, old: Path) -> None:
    before = tickets(bench)
    page = read(opened, old)

    assert "2 new tickets, 1 row cannot be read" in words(page)
    first = page.rows.cells(0)
    assert "Makes a noise" in str(first[0])
    assert ["Maintenance or repair", "10 Mar 2022"] == [text_of(cell) for cell in first[1:]]
    bad = page.bad.record(0)
    assert (3, '"soon" is not a day as YYYY-MM-DD.') == (bad.line, spoken(bad.message))
    assert before == tickets(bench)


def test_it_is_taken_in_after_a_backup_and_said(opened: Opened, bench: Bench, old: Path) -> None:
    before, order = tickets(bench), list[int]()
    page = read(opened, old)
    opened.desk.back_up = lambda: order.append(tickets(bench))

    act(page, "take_in")
    opened.settle()

    assert ([before], before + 2) == (order, tickets(bench))
    assert "2 tickets added." in spoken(opened.told[-1][0])
    assert "They stand among all tickets, as closed ones." in words(page)
    assert "0 new tickets, 2 are here already, 1 row cannot be read" in words(page)


def test_without_a_backup_nothing_is_written(opened: Opened, bench: Bench, old: Path) -> None:
    def full() -> None:
        raise UserError(Trouble.DISK, say("The disk is full."))

    before = tickets(bench)
    page = read(opened, old)
    opened.desk.back_up = full

    act(page, "take_in")
    opened.settle()

    assert "The disk is full." in words(page)
    assert before == tickets(bench)
    assert next(each for each in page.acts if each.name == "take_in").possible()


def test_one_that_is_called_off_leaves_nothing(opened: Opened, bench: Bench, old: Path) -> None:
    before = tickets(bench)
    page = read(opened, old)
    opened.runner.hold(import_history)
    page.take_in()
    opened.turn()
    page.progress._cancelled()
    opened.runner.let_go()
    opened.settle()

    assert "Called off. Nothing was written." == spoken(opened.told[-1][0])
    assert before == tickets(bench)


def test_a_second_time_there_is_nothing_new_to_take_in(opened: Opened, old: Path) -> None:
    page = read(opened, old)
    act(page, "take_in")
    opened.settle()
    again = read(opened, old)

    assert "0 new tickets, 2 are here already" in words(again)
    assert not next(each for each in again.acts if each.name == "take_in").possible()


def test_a_table_that_is_broken_as_a_whole_is_said(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "broken.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")

    page = read(opened, file)

    assert "The file lacks these columns" in words(page)
    assert "No table is chosen" in words(page)


def test_a_map_of_ones_own_is_chosen_and_a_wrong_one_said_at_its_field(
    opened: Opened, tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, wrong = tmp_path / "own.yaml", tmp_path / "wrong.yaml"
    own.write_bytes((MAPS / "openrepair.yaml").read_bytes())
    wrong.write_text("map: 1\n", encoding="utf-8")
    chosen = iter([own, wrong])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(next(chosen)), ""))
    page = read(opened, old)

    found = []
    for _ in range(2):
        page.map.choose(Path())
        page._map_chosen()
        opened.settle()
        found.append((page.map.value, page.history is not None))

    assert [(own, True), (wrong, False)] == found
    assert "is missing in the map." in page.map_field.problem


def test_the_table_is_chosen_in_a_dialog(opened: Opened, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(old), ""))
    page = opened.page(ImportPage)

    act(page, "choose_table")
    opened.settle()

    assert "old.csv" in words(page)
    assert page.history is not None


def test_who_may_not_take_them_in_is_told(opened: Opened, bench: Bench, old: Path) -> None:
    before = tickets(bench)
    page = read(opened, old)
    opened.desk.take_over(actor(Right.LOG_TICKET))

    act(page, "take_in")
    opened.settle()

    assert page.problem.isVisible()
    assert before == tickets(bench)


@pytest.mark.parametrize("kind", [SettingsPage, TicketsPage])
def test_settings_and_tickets_lead_there(opened: Opened, kind: Any) -> None:
    page = opened.page(kind)

    act(page, "import")

    assert [("import", None)] == opened.went


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar")])
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, dress: Callable[[str, str], None], tmp_path: Path, theme: str, language: str
) -> None:
    dress(theme, language)
    page = read(opened, table(tmp_path / "x.csv", row(1, '<b>bold</b> "W" ' + "W" * 900), row(2, event_date="<i>")))
    page.resize(736, 700)
    opened.settle()

    opened.qtbot.waitUntil(lambda: [] == cut(page))
    assert ([], []) == (unnamed(page), marked_up(page))
