"""What need not go over the wire: rows that the desk has as it sent them, and digests that the hub knows."""

from typing import Any

import pytest

from app.kernel.canonical import canonical
from app.sync.protocol import DRIFT_MS
from tests.hub.hubs import Desk, Hub


@pytest.fixture
def desk(hub: Hub) -> Desk:
    return hub.desk()


def test_a_desk_that_saw_all_gets_the_cursor_behind_what_it_sends_and_no_row(desk: Desk) -> None:
    ticket = desk.ticket()

    answer = desk.sync(ticket, desk.note(ticket["id"]), own=False)

    assert (2, 0, 2, [], False) == tuple(answer[name] for name in ("ack", "from", "to", "rows", "more"))
    assert ["ticket", "ticket_event"] == [row["kind"] for row in desk.sync(cur=0)["rows"]]


def test_it_gets_no_row_of_a_message_that_asks_for_none_either(desk: Desk) -> None:
    answer = desk.sync(desk.ticket(), own=False, limit=0)

    assert (1, [], False) == (answer["to"], answer["rows"], answer["more"])


def test_rows_come_back_to_whoever_wants_them(desk: Desk) -> None:
    assert 1 == len(desk.sync(desk.ticket(), own=True)["rows"])


def test_rows_come_back_to_a_desk_that_did_not_see_all(hub: Hub, desk: Desk) -> None:
    other = hub.desk(desk.partner)
    other.sync(other.ticket())

    answer = desk.sync(desk.ticket(), own=False)

    assert [1, 2] == [row["cur"] for row in answer["rows"]]


def test_the_same_message_again_brings_the_rows(desk: Desk) -> None:
    message = desk.message(desk.ticket(), own=False)
    first = desk.send(message).json()

    again = desk.send(message).json()

    assert ([], 1) == (first["rows"], len(again["rows"]))


def test_rows_come_back_when_a_clock_was_not_believed(desk: Desk) -> None:
    ahead = f"{desk.clock.wall() + 10 * DRIFT_MS:012x}0000{desk.stream[:16]}"

    answer = desk.sync(desk.op("ticket", "a" * 32, TICKET, hlc=ahead), own=False)

    assert (1, 1) == (len(answer["restamped"]), len(answer["rows"]))


def test_rows_come_back_when_an_operation_was_not_taken(desk: Desk) -> None:
    ticket = desk.ticket()

    answer = desk.sync(ticket, desk.op("ticket", ticket["id"], {"title": 1}), own=False)

    assert ([[2, "bad_title"]], 1) == (answer["refused"], len(answer["rows"]))


def test_a_clash_comes_to_the_desk_whose_edit_made_it(hub: Hub, desk: Desk) -> None:
    other, ticket = hub.desk(desk.partner), desk.ticket()
    desk.sync(ticket)
    other.pull()
    other.sync(other.op("ticket", ticket["id"], {"title": "one"}))
    desk.cur = 2  # it saw all, but what it sends was written before

    answer = desk.sync(desk.op("ticket", ticket["id"], {"title": "two"}, seen=1), own=False)

    assert "sync_event" in [row["kind"] for row in answer["rows"]]


def test_digests_between_operations_can_be_left_out(hub: Hub, desk: Desk) -> None:
    ops = [desk.ticket(), desk.ticket(), desk.ticket()]
    message = desk.message(*ops)

    answer = desk.send(message | {"ops": [ops[0], *map(without_prev, ops[1:])]}).json()

    assert (3, desk.head.hex()) == (answer["ack"], answer["head"])
    with hub.owner(desk.partner) as connection:
        kept = connection.execute("SELECT body FROM partner.op_history WHERE tenant = %s ORDER BY n", (desk.partner,))
        assert [canonical(each) for each in ops] == [body.encode() for (body,) in kept]


def test_an_operation_that_was_changed_on_the_way_is_found_by_the_last_digest(hub: Hub, desk: Desk) -> None:
    ops = [desk.ticket(), desk.ticket(), desk.ticket()]
    changed = without_prev(ops[1]) | {"set": ops[1]["set"] | {"title": "another"}}

    said = desk.send(desk.message(*ops) | {"ops": [ops[0], changed, without_prev(ops[2])]})

    assert (400, "bad_head") == (said.status_code, said.json()["error"])
    assert {"row": 0, "op_history": 0} == {name: hub.counts(desk.partner)[name] for name in ("row", "op_history")}


def test_the_first_operation_names_the_digest_before_it(desk: Desk) -> None:
    ticket = desk.ticket()

    said = desk.send(desk.message(ticket) | {"ops": [without_prev(ticket)]})

    assert (400, "bad_prev") == (said.status_code, said.json()["error"])


TICKET = {"number": "PT02-A-000001", "title": "It drips"}


def without_prev(op: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in op.items() if name != "prev"}
