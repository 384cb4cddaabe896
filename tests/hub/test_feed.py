"""Pages by cursor: each row once, at its newest, none ever lost to a reader; sums that compare both sides."""

import threading
from typing import Any

from app.hub.settings import PAGE_BYTES
from app.sync.merge import Cell, add_sums, row_sum
from app.sync.wire import MOST_BYTES
from tests.hub.hubs import Desk, Hub

WRITERS, PUSHES = 8, 12


def test_pages_hold_what_was_asked_for_and_each_row_once(hub: Hub) -> None:
    desk = hub.desk()
    tickets = [desk.ticket(number=str(n)) for n in range(7)]
    desk.sync(*tickets)

    pages = [desk.sync(cur=0, limit=3), desk.sync(cur=3, limit=3), desk.sync(cur=6, limit=3)]

    assert [(0, 3, True), (3, 6, True), (6, 7, False)] == [(each["from"], each["to"], each["more"]) for each in pages]
    assert [each["id"] for each in tickets] == [row["id"] for each in pages for row in each["rows"]]


def test_row_that_changes_moves_to_its_newest_cursor(hub: Hub) -> None:
    desk = hub.desk()
    first, second = desk.ticket(), desk.ticket()
    desk.sync(first, second)

    desk.sync(desk.op("ticket", first["id"], {"title": "It leaks"}))

    assert [(second["id"], 2), (first["id"], 3)] == [(row["id"], row["cur"]) for row in desk.sync(cur=0)["rows"]]


def test_page_of_large_rows_stays_within_a_body_and_nothing_is_left_out(hub: Hub) -> None:
    desk = hub.desk()
    texts = [f"{n}" * 250_000 for n in range(7)]
    for n, text in enumerate(texts):
        desk.sync(desk.ticket(number=str(n), words=text), limit=0)

    sizes: list[int] = []
    rows: list[dict[str, Any]] = []
    more = True
    while more:
        said = desk.send(desk.message())
        sizes.append(len(said.content))
        page = said.json()
        rows, more, desk.cur = rows + page["rows"], page["more"], page["to"]

    assert len(sizes) > 2
    assert max(sizes) < MOST_BYTES
    assert PAGE_BYTES < sum(sizes)
    assert texts == [row["fields"]["words"] for row in rows]


def test_nothing_new_is_a_small_answer(hub: Hub) -> None:
    desk = hub.desk()
    desk.sync(desk.ticket())
    desk.pull()

    said = desk.send(desk.message())

    assert [] == said.json()["rows"]
    assert len(said.content) < 300


def test_reader_beside_eight_writers_loses_no_row(hub: Hub) -> None:
    reader = hub.desk()
    writers = [hub.desk(reader.partner) for _ in range(WRITERS)]
    seen: dict[str, int] = {}
    written: list[str] = []
    done = threading.Event()

    def write(desk: Desk) -> None:
        for _ in range(PUSHES):
            op = desk.ticket()
            assert [] == desk.sync(op, limit=0)["refused"]
            written.append(op["id"])

    def read() -> None:
        while True:
            last = done.is_set()
            seen.update((row["id"], row["cur"]) for row in reader.pull())
            if last:
                return

    threads = [threading.Thread(target=write, args=(desk,)) for desk in writers]
    reading = threading.Thread(target=read)
    for each in (*threads, reading):
        each.start()
    for each in threads:
        each.join()
    done.set()
    reading.join()

    assert WRITERS * PUSHES == len(written)
    assert set(written) == set(seen)
    assert list(range(1, len(written) + 1)) == sorted(seen.values())


def test_two_that_edit_one_record_at_once_both_arrive(hub: Hub) -> None:
    desks = [hub.desk()]
    desks += [hub.desk(desks[0].partner) for _ in range(3)]
    ticket = desks[0].ticket()
    desks[0].sync(ticket)

    def edit(desk: Desk, name: str) -> None:
        for n in range(8):
            desk.sync(desk.op("ticket", ticket["id"], {name: str(n)}), limit=0)

    names = ("title", "severity", "channel", "words")
    threads = [threading.Thread(target=edit, args=each) for each in zip(desks, names, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    (row,) = [row for row in desks[0].sync(cur=0)["rows"] if row["kind"] == "ticket"]
    assert dict.fromkeys(names, "7").items() <= row["fields"].items()


def test_sums_are_those_of_the_rows_as_a_desk_holds_them(hub: Hub) -> None:
    desk = hub.desk()
    ticket = desk.ticket()
    desk.sync(ticket, desk.ticket(), desk.note(ticket["id"]))
    rows = desk.pull()

    said = desk.request("GET", "/v1/sum").json()

    assert {"to": 3, "sums": {kind: str(sum_of(rows, kind)) for kind in ("ticket", "ticket_event")}} == said


def sum_of(rows: list[dict[str, Any]], kind: str) -> int:
    return add_sums(row_sum(kind, row["id"], cells_of(row)) for row in rows if row["kind"] == kind)


def cells_of(row: dict[str, Any]) -> dict[str, Cell]:
    """A record as it comes: `*` is the stamp of every field that is not named."""
    clocks = row.get("clocks", {})
    return {name: Cell(value, clocks.get(name, clocks.get("*", ""))) for name, value in row["fields"].items()}
