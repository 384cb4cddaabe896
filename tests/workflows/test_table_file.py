"""What XlsxWriter wrote, read back by openpyxl."""

import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.kernel.errors import Trouble, UserError
from app.kernel.stopping import Stop, Stopped
from app.workflows import xlsx_file
from app.workflows.export_tables import Cell
from app.workflows.table_file import write_csv, write_xlsx

HOSTILE = '=HYPERLINK("http://x.example","a")'


def unheard(done: int) -> None:
    """Nobody listens."""


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def written(path: Path, *rows: Sequence[Cell], head: Sequence[str] = ("title",)) -> list[Any]:
    write_xlsx(path, head, rows, title="tickets", told=unheard)
    return [list(row) for row in sheet_of(path).iter_rows(min_row=2)]


@pytest.mark.parametrize(
    "text", [HOSTILE, "+351 210", "-1+1", "@SUM(A1)", "＝1+1", "{=1}", "http://x.example", "12", "1e5"]
)
def test_a_text_is_a_text_whatever_it_holds(tmp_path: Path, text: str) -> None:
    ((cell,),) = written(tmp_path / "t.xlsx", [text])

    assert (text, "s") == (cell.value, cell.data_type)
    assert cell.hyperlink is None


def test_a_text_like_a_formula_stays_text_when_its_cell_is_edited(tmp_path: Path) -> None:
    (armed,), (plain,) = written(tmp_path / "t.xlsx", [HOSTILE], ["Leaks"])

    assert (True, False) == (bool(armed.quotePrefix), bool(plain.quotePrefix))


def test_no_part_of_the_workbook_holds_a_formula(tmp_path: Path) -> None:
    written(tmp_path / "t.xlsx", [HOSTILE], ["=1+1"])

    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet


def test_days_and_instants_are_real_dates_and_numbers_numbers(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 28, 7, 41, 58, tzinfo=UTC)
    head = ("purchased_on", "occurred_at", "quantity", "proof")

    (row,) = written(tmp_path / "t.xlsx", [date(2026, 6, 11), moment, -2, ""], head=head)

    assert [datetime(2026, 6, 11), moment.replace(tzinfo=None), -2, None] == [each.value for each in row]
    assert [True, True, False] == [each.is_date for each in row[:3]]
    names = [each.value for each in sheet_of(tmp_path / "t.xlsx")[1]]
    assert ["purchased_on", "occurred_at (UTC)", "quantity", "proof"] == names


def test_a_day_before_the_calendar_of_spreadsheets_stays_a_text(tmp_path: Path) -> None:
    ((cell,),) = written(tmp_path / "t.xlsx", [date(1900, 1, 1)])

    assert ("1900-01-01", "s") == (cell.value, cell.data_type)


@pytest.mark.parametrize("text", ["نص عربي", "two\nlines", "a\x01b\x1f", "  blanks  ", "<b>&amp;</b>", "🙂" * 100])
def test_odd_signs_leave_a_file_that_others_read(tmp_path: Path, text: str) -> None:
    ((cell,),) = written(tmp_path / "t.xlsx", [text])

    assert text.replace("\x01", "").replace("\x1f", "") in str(cell.value).replace("_x0001_", "").replace("_x001F_", "")


def test_a_text_longer_than_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    ((cell,),) = written(tmp_path / "t.xlsx", ["🙂" * 20_000])

    assert str(cell.value).endswith("🙂…")
    assert 32_767 >= len(str(cell.value).encode("utf-16-le")) // 2


def test_more_rows_than_a_sheet_holds_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 1)

    with pytest.raises(UserError) as caught:
        written(tmp_path / "t.xlsx", ["a"], ["b"])

    assert Trouble.BAD_INPUT is caught.value.kind
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("write", [write_csv, lambda *said, told: write_xlsx(*said, title="t", told=told)])
def test_one_that_is_called_off_leaves_the_older_file_and_nothing_else(tmp_path: Path, write: Any) -> None:
    stop, path = Stop(), tmp_path / "t"
    path.write_text("old", encoding="utf-8")

    def rows() -> Iterator[list[str]]:
        for _ in range(2000):
            yield ["new"]
            stop.ask()

    with pytest.raises(Stopped):
        write(path, ["a"], rows(), told=lambda _done: stop.heed())

    assert ("old", ["t"]) == (path.read_text(encoding="utf-8"), [each.name for each in tmp_path.iterdir()])


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
def test_a_workbook_is_its_owners_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    written(tmp_path / "t.xlsx", ["a"])

    assert 0o600 == stat.S_IMODE((tmp_path / "t.xlsx").stat().st_mode)
    assert ["t.xlsx"] == [each.name for each in tmp_path.iterdir()]
