import csv
import io
import json
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.commands.calling import Exit
from app.commands.line import run
from app.customers.actions import add_customer, add_site
from app.customers.rules import CustomerDraft, SiteDraft
from app.parts.actions import add_place, issue_parts
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, hold
from app.store.work import Work
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.workflows.table_file import safe_cell, write_csv
from tests.desks import TIAGO, copy_desk

BOM = b"\xef\xbb\xbf"


def keep(work: Work, title: str = "Steams too little", name: str = "Café Sol") -> None:
    customer = add_customer(work, CustomerDraft(name=name, phone="+351 210 000 000", email="sol@example.org"))
    site = add_site(work, customer, SiteDraft(name="Bar", address="Rua das Flores 1"))
    draft = TicketDraft(TicketKind.QUALITY, title, words="It hisses.", customer=customer, site=site)
    open_ticket(work, draft)


def fitted(work: Work) -> None:
    place = add_place(work, "=Shelf 1")
    issue_parts(work, "AV-E-2608-A", place=place, quantity=2, repair="r", line="l")


@pytest.fixture
def desk(stocked_template: Path, tmp_path: Path) -> Unlocked:
    return copy_desk(stocked_template, tmp_path / "desk")


def write(desk: Unlocked, action: Any, *args: str) -> None:
    with open_store(desk) as store:
        store.write(TIAGO, action, args)


def exported(desk: Unlocked, what: str, out: Path, *words: str) -> list[dict[str, str]]:
    assert Exit.OK == run(["--profile", str(desk.profile.folder), "export", what, "--out", str(out), *words])
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tickets_leave_with_the_customers_name_and_nothing_else_of_the_partners(desk: Unlocked, tmp_path: Path) -> None:
    write(desk, keep)

    rows = exported(desk, "tickets", tmp_path / "t.csv")

    assert [("Steams too little", "Café Sol", "quality", "new")] == [
        tuple(row[name] for name in ("title", "customer", "kind", "state")) for row in rows
    ]
    text = (tmp_path / "t.csv").read_text(encoding="utf-8")
    assert not [private for private in ("210 000", "sol@", "Flores", "hisses") if private in text]
    assert rows[0]["occurred_at"].endswith("Z")


def test_what_is_the_partners_own_leaves_on_request_with_formulas_disarmed(desk: Unlocked, tmp_path: Path) -> None:
    write(desk, keep)

    row = exported(desk, "tickets", tmp_path / "t.csv", "--own")[0]

    assert ("'+351 210 000 000", "Rua das Flores 1", "It hisses.") == (row["phone"], row["address"], row["words"])


def test_a_hostile_title_and_name_stay_text(desk: Unlocked, tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://x.example","a")'
    write(desk, keep, hostile, "@SUM(A1)")

    row = exported(desk, "tickets", tmp_path / "t.csv")[0]

    assert ("'" + hostile, "'@SUM(A1)") == (row["title"], row["customer"])


def test_stock_below_zero_stays_a_number_and_the_part_is_named(desk: Unlocked, tmp_path: Path) -> None:
    write(desk, fitted)

    rows = exported(desk, "stock", tmp_path / "s.csv")

    assert [("AV-E-2608-A", "'=Shelf 1", "-2")] == [(row["part"], row["place"], row["quantity"]) for row in rows]
    assert rows[0]["name"]


def test_an_empty_table_has_its_head(desk: Unlocked, tmp_path: Path) -> None:
    assert [] == exported(desk, "units", tmp_path / "u.csv")
    assert (tmp_path / "u.csv").read_text(encoding="utf-8").startswith("serial,serial_state,model")


def test_the_file_begins_with_a_mark_only_when_asked_and_is_its_owners_alone(desk: Unlocked, tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"

    exported(desk, "units", plain)
    exported(desk, "units", marked, "--bom")

    assert BOM + plain.read_bytes() == marked.read_bytes()
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE(plain.stat().st_mode)


def test_json_tells_what_was_written_and_it_works_beside_a_running_desk(
    desk: Unlocked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(desk, keep)
    out = tmp_path / "t.csv"

    with hold(Profile(desk.profile.folder)):
        code = run(["--profile", str(desk.profile.folder), "--json", "export", "tickets", "--out", str(out)])

    shown = capsys.readouterr()
    assert {"command": "export", "exit": 0, "what": "tickets", "path": str(out), "rows": 1, "own": False} == json.loads(
        shown.out
    )
    assert (Exit.OK, True) == (code, "100 %" in shown.err)


def test_a_folder_that_is_not_there_is_bad_input(desk: Unlocked, tmp_path: Path) -> None:
    words = ["--profile", str(desk.profile.folder), "export", "units", "--out", str(tmp_path / "none" / "u.csv")]

    assert Exit.BAD_INPUT == run(words)


def test_an_export_that_breaks_off_leaves_the_older_file(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["new"]
        raise OSError("the disk went away")

    path = tmp_path / "t.csv"
    path.write_text("old", encoding="utf-8")

    with pytest.raises(OSError, match="went away"):
        write_csv(path, ["a"], rows(), bom=False, told=lambda _done: None)

    assert "old" == path.read_text(encoding="utf-8")
    assert ["t.csv"] == [each.name for each in tmp_path.iterdir()]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert f"'{start}1+1" == safe_cell(f"{start}1+1")


@pytest.mark.parametrize("cell", ["", "a=1", "Café", "'", -3, 0, 7])
def test_any_other_cell_stays_as_it_is(cell: str | int) -> None:
    assert cell == safe_cell(cell)


def test_quotes_separators_and_line_ends_come_back_as_they_were(tmp_path: Path) -> None:
    cells = ['a "b", c', "two\nlines", "نص", "semi;colon", "x\r\ny"]

    done = write_csv(tmp_path / "t.csv", ["1", "2", "3", "4", "5"], [cells], bom=False, told=lambda _done: None)

    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert [cells] == list(csv.reader(file))[1:]
    assert 1 == done


@pytest.mark.parametrize("words", [("t.xlsx",), ("t.table", "--format", "xlsx")])
def test_a_workbook_is_written_by_its_ending_or_on_request(
    desk: Unlocked, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write(desk, keep, "=1+1")
    out = tmp_path / words[0]

    code = run(["--profile", str(desk.profile.folder), "export", "tickets", "--out", str(out), *words[1:]])

    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes())).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    told = dict(zip(head, row, strict=True))
    assert (Exit.OK, "=1+1", "Café Sol") == (code, told["title"], told["customer"])
    assert isinstance(told["occurred_at (UTC)"], datetime)
