import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Right
from app.language.speaking import speak
from app.store.bases import Operation
from app.store.sessions import ThreadStore
from app.tickets import queries
from app.tickets.rules import State
from app.workflows.history_file import LARGEST_FILE, History, read_history
from app.workflows.importing import Imported, import_history
from tests import lacking
from tests.stores import EVERYTHING, actor
from tests.workflows.history import HEAD, row, shipped, table


def read(path: Path) -> History:
    return read_history(path, shipped(), zone="Europe/Lisbon")


def imported(store: ThreadStore, history: History) -> Imported:
    result: Imported = store.write(EVERYTHING, import_history, (history,)).result
    return result


def operations(store: ThreadStore) -> int:
    return int(store.read(lambda session: session.scalar(select(func.count()).select_from(Operation))))


def test_each_readable_row_becomes_a_closed_ticket_with_its_words(desk_store: ThreadStore, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", row(1, "Läuft aus\\r\\nseit gestern"), row(2, event_date="2021-12-31"))

    found = imported(desk_store, read(path))

    assert Imported(2, 0) == found
    (newer, older), _ = desk_store.read(queries.page_of, (queries.Shelf.ALL,))
    assert ("openrepair:invented_1", "openrepair:invented_2") == (newer.external_id, older.external_id)
    assert (State.CLOSED, "Fervura Kettle", "maintenance") == (newer.state, newer.title, newer.kind)
    assert newer.words.startswith("Läuft aus\nseit gestern\n\nCategory: Small kitchen item\n")
    assert 1_646_913_600_000_000 == newer.occurred_at  # 2022-03-10 12:00 UTC
    story = desk_store.read(queries.story, (newer.id,))
    assert [("resolved", "Fixed"), ("opened", None)] == [(each.kind, each.body.get("answer")) for each in story]


def test_a_row_dated_in_another_age_is_listed_and_the_others_are_in(desk_store: ThreadStore, tmp_path: Path) -> None:
    history = read(table(tmp_path / "a.csv", row(1, event_date="2999-12-31"), row(2)))

    assert Imported(1, 0) == imported(desk_store, history)
    assert [2] == [each.line for each in history.refused]


def test_a_second_import_changes_nothing(desk_store: ThreadStore, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", row(1), row(2))
    imported(desk_store, read(path))
    before = operations(desk_store)

    again = imported(desk_store, read(table(path, row(1, "told differently"), row(2))))

    assert Imported(0, 2) == again
    assert before == operations(desk_store)


def test_imported_tickets_are_found_by_any_word(desk_store: ThreadStore, tmp_path: Path) -> None:
    strange = row(7, "Zisch- und Brummgeräusch; 東京の水泵", brand="Öko'Lux", group_identifier="Café Genève")
    imported(desk_store, read(table(tmp_path / "a.csv", row(1), strange, row(2))))

    for words in ("brummgerausch", "水泵", "öko", "lux", "geneve", "invented_7", "zisch und"):
        assert ["openrepair:invented_7"] == [
            each.external_id for each in desk_store.read(queries.find_tickets, (words,))
        ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (row(2, id=""), "The id is empty."),
        (row(1), "The same id stands in line 2 already."),
        (row(2, event_date="10/03/2022"), '"10/03/2022" is not a day as YYYY-MM-DD.'),
        (row(2, event_date="0001-01-01"), '"0001-01-01" is not a day as YYYY-MM-DD.'),
        (row(2, brand=" ", partner_product_category=""), "There is nothing to make a title of."),
        (row(2, "x" * 20_001), "The text is longer than 20,000 characters."),
        (row(2, "x" * 100_001), "A cell of this row is longer than 100,000 characters."),
        (row(2)[:-1], "This row has 13 columns instead of 14."),
    ],
)
def test_a_row_that_cannot_be_read_is_listed_with_line_and_reason(
    tmp_path: Path, cells: list[str], reason: str
) -> None:
    history = read(table(tmp_path / "a.csv", row(1, "two\nlines"), cells, row(3)))

    assert [(4, reason)] == [(each.line, speak(each.message, "en")) for each in history.refused]
    assert ["openrepair:invented_1", "openrepair:invented_3"] == [each.external_id for each in history.rows]


def test_a_row_whose_quotes_do_not_match_is_listed_and_the_others_are_in(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", row(1))
    with path.open("a", encoding="utf-8") as file:
        file.write('invented_2,"Inv"ented,PRT\n')
        file.write(",".join(row(3)) + "\n")

    history = read(path)

    assert [(3, "The quotes of this row do not match.")] == [
        (each.line, speak(each.message, "en")) for each in history.refused
    ]
    assert 2 == len(history.rows)


def broken(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


LINE = ",".join(row(1))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (f"{HEAD}\n{LINE}".encode("utf-16"), "This file is UTF-16."),
        (f"{HEAD}\n{LINE}\n".encode() + b"caf\xe9\n", "Line 3 holds a character that is not UTF-8"),
        (f"{HEAD}\n{LINE}\0\n", "Line 2 holds a zero byte"),
        (f"{HEAD.replace('problem', 'trouble')}\n{LINE}\n", "lacks these columns: problem"),
        (f"{HEAD},id\n{LINE},1\n", "The column id stands twice"),
        (f'{HEAD}\n{LINE}\ninvented_2,"never\n{LINE}\n', "Line 3: a quote is opened here and never ends."),
        (f'{HEAD}\ninvented_2,"never\n{LINE}\ninvented_3,"x",y\n', "Line 2: a quote is opened here and never ends."),
        (f'{HEAD}\n"' + "\n" * 600 + f'",{LINE}\n', "Line 2: a quote is opened here and never ends."),
        (f"{HEAD}\n{LINE[:-13]}=2+3\n", "Line 2, column problem: a formula"),
        (f"{HEAD}\n{LINE[:-13]}@SUM(A1)\n", "Line 2, column problem: a formula"),
        (f"{HEAD}\n{LINE[:-13]}+cmd|' /C calc'!A0\n", "Line 2, column problem: a formula"),
    ],
)
def test_a_broken_file_is_refused_whole_with_a_clear_sentence(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(UserError) as caught:
        read(broken(tmp_path / "a.csv", content))

    assert (Trouble.BAD_INPUT, "file") == (caught.value.kind, caught.value.field)
    assert says in speak(caught.value.message, "en")


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    with pytest.raises(UserError) as caught:
        read(path)

    assert "This file has 200 MB, the most is 32 MB." in speak(caught.value.message, "en")
    assert path.stat().st_size > LARGEST_FILE


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read(tmp_path / "none.csv")


def test_a_dash_before_words_is_no_formula(tmp_path: Path) -> None:
    history = read(table(tmp_path / "a.csv", row(1, "- leaks"), row(2, "-"), row(3, "-tyre worn (brought along)")))

    assert 3 == len(history.rows)


def test_controls_fall_away_and_an_endless_title_is_cut(tmp_path: Path) -> None:
    (found,) = read(table(tmp_path / "a.csv", row(1, "a\x1b[31mb", partner_product_category="k" * 255))).rows

    assert found.words.startswith("a [31mb")
    assert (200, "…") == (len(found.title), found.title[-1])
    assert "k" * 255 in found.words


def test_an_import_that_fails_half_way_leaves_the_store_as_it_was(
    desk_store: ThreadStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = read(table(tmp_path / "a.csv", row(1), row(2)))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk_store.write(EVERYTHING, import_history, (history,), {"progress": stop})

    assert 0 == operations(desk_store)
    assert 0 == desk_store.read(queries.counts, ("",)).all


def test_an_import_needs_its_right(desk_store: ThreadStore, tmp_path: Path) -> None:
    history = read(table(tmp_path / "a.csv", row(1)))

    with pytest.raises(UserError):
        desk_store.write(actor(Right.LOG_TICKET), import_history, (history,))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("openrepair/OpenRepairData_v0.3_FixitClinic_202507.csv", 1033),
        ("openrepair/OpenRepairData_v0.3_RepairConnects_202507.csv", 2885),
    ],
)
def test_the_real_files_come_in_whole_once_and_are_found(desk_store: ThreadStore, name: str, rows: int) -> None:
    history = read(lacking.data(name))
    told: list[Any] = []

    first = desk_store.write(EVERYTHING, import_history, (history,), {"progress": lambda *at: told.append(at)}).result
    again = imported(desk_store, history)

    assert () == history.refused
    assert (Imported(rows, 0), Imported(0, rows)) == (first, again)
    assert (rows, rows) == told[-1]
    for each in history.rows[:: rows // 40]:
        words = re.findall(r"\w{4,}", each.words)[:6]
        found = desk_store.read(queries.find_tickets, (" ".join(words),), {"limit": rows})
        assert each.external_id in {ticket.external_id for ticket in found}
