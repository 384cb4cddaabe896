"""What the hub makes of pushes: each taken once, nothing lost, nothing held up."""

import hashlib
from typing import Any

import pytest

from app.hub.settings import now_ms
from app.kernel.canonical import canonical
from app.kernel.ids import new_id
from app.kernel.operations import START
from app.sync.protocol import DRIFT_MS
from tests.hub.hubs import Desk, Hub

FAR = f"{now_ms() + 10 * DRIFT_MS:012x}"


@pytest.fixture
def desk(hub: Hub) -> Desk:
    return hub.desk()


def fields_of(desk: Desk, kind: str, key: str) -> dict[str, Any]:
    """What the hub holds of one record."""
    (row,) = [each for each in desk.sync(cur=0)["rows"] if (each["kind"], each["id"]) == (kind, key)]
    found: dict[str, Any] = row["fields"]
    return found


def test_first_push_is_acknowledged_and_comes_back_as_rows(desk: Desk) -> None:
    ticket = desk.ticket()
    note = desk.note(ticket["id"])

    answer = desk.sync(ticket, note)

    assert (2, 0, 2, False) == (answer["ack"], answer["from"], answer["to"], answer["more"])
    assert ([], []) == (answer["restamped"], answer["refused"])
    record, event = answer["rows"]
    assert {"kind": "ticket", "id": ticket["id"], "cur": 1, "fields": ticket["set"],
            "clocks": {"*": ticket["hlc"]}} == record  # fmt: skip
    assert {"kind": "ticket_event", "id": note["id"], "cur": 2, "fields": note["set"]} == event


def test_second_push_of_the_same_operations_changes_nothing(hub: Hub, desk: Desk) -> None:
    message = desk.message(desk.ticket(), desk.ticket())
    first = desk.send(message).json()
    before = hub.counts(desk.partner)

    second = desk.send(message).json()

    assert (first["ack"], first["rows"], first["to"]) == (second["ack"], second["rows"], second["to"])
    assert before == hub.counts(desk.partner)


def test_push_may_begin_with_what_was_acknowledged(desk: Desk) -> None:
    old, new = desk.ticket(), desk.ticket()
    desk.sync(old)

    answer = desk.sync(old, new)

    assert (2, 2) == (answer["ack"], len(answer["rows"]))


def test_push_that_skips_a_number_is_a_gap_and_nothing_is_applied(hub: Hub, desk: Desk) -> None:
    desk.sync(desk.ticket())
    desk.ticket()

    answer = desk.sync(desk.ticket())

    assert {"gap", "epoch", "hub_time"} == set(answer)
    assert 1 == answer["gap"]
    assert 1 == hub.counts(desk.partner)["row"]


def test_number_with_other_content_is_a_fork_and_nothing_is_applied(hub: Hub, desk: Desk) -> None:
    desk.sync(desk.ticket())
    told, desk.n, desk.head = desk.head.hex(), 0, START  # restored from yesterday's copy

    answer = desk.sync(desk.ticket(title="In hospital"), desk.ticket())

    assert {"forked", "epoch", "hub_time"} == set(answer)
    assert [1, told] == answer["forked"]
    assert {"row": 1, "op_history": 1} == {name: hub.counts(desk.partner)[name] for name in ("row", "op_history")}


def test_chain_that_does_not_continue_the_head_is_a_fork(desk: Desk) -> None:
    desk.sync(desk.ticket())
    desk.head = hashlib.sha256(b"another life").digest()

    assert 1 == desk.sync(desk.ticket())["forked"][0]


def test_stream_of_another_device_of_the_partner_is_a_fork(hub: Hub, desk: Desk) -> None:
    desk.sync(desk.ticket())
    copy = hub.desk(desk.partner)
    copy.stream, copy.n, copy.head = desk.stream, desk.n, desk.head

    assert 1 == copy.sync(copy.ticket())["forked"][0]


def test_operations_sent_again_under_a_new_stream_are_applied_once(hub: Hub, desk: Desk) -> None:
    first, second = desk.ticket(), desk.note("f" * 32)
    desk.sync(first)
    twin = Desk(hub, desk.identity, desk.partner, tag="ZBBBB")

    again = [twin.op(each["kind"], each["id"], {}, **without_place(each)) for each in (first, second)]
    answer = twin.sync(*again)

    assert (2, [], []) == (answer["ack"], answer["refused"], answer["restamped"])
    assert [1, 2] == [row["cur"] for row in answer["rows"]]
    assert twin.sync(*again)["rows"] == answer["rows"]
    assert {"row": 2, "op_history": 3} == {name: hub.counts(desk.partner)[name] for name in ("row", "op_history")}


def without_place(op: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in op.items() if name not in ("n", "prev", "kind", "id")}


def test_op_id_of_another_operation_is_kept_aside_and_not_dropped(hub: Hub, desk: Desk) -> None:
    first = desk.ticket()
    other = desk.op("ticket", new_id(), {"title": "In hospital"}, op_id=first["op_id"])

    answer = desk.sync(first, other)

    assert (2, [[2, "altered"]]) == (answer["ack"], answer["refused"])
    assert [canonical(other).decode()] == kept_aside(hub, desk.partner)


def kept_aside(hub: Hub, partner: str) -> list[str]:
    with hub.owner(partner) as connection:
        return [row[0] for row in connection.execute("SELECT body FROM partner.refused ORDER BY n").fetchall()]


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("ghost", {"title": "?"}, "unknown_kind"),
        ("ticket", {"title": 7}, "bad_title"),
        ("ticket", {"title": "a\0b"}, "bad_character"),
        ("ticket", {"news": {"a\0": 1}}, "bad_character"),
        ("ticket_event", {"subject_id": "x"}, "missing_fields"),
    ],
)
def test_operation_that_cannot_be_taken_is_kept_aside_and_holds_up_nothing(
    hub: Hub, desk: Desk, kind: str, values: dict[str, Any], code: str
) -> None:
    bad, good = desk.op(kind, new_id(), values), desk.ticket()

    answer = desk.sync(bad, good)

    assert (2, [[1, code]]) == (answer["ack"], answer["refused"])
    assert [good["id"]] == [row["id"] for row in answer["rows"]]
    assert [canonical(bad).decode()] == kept_aside(hub, desk.partner)
    assert [[1, code]] == desk.sync(bad, good)["refused"]  # the first answer may have been lost


def test_event_that_stands_is_not_altered(desk: Desk) -> None:
    ticket, key = new_id(), new_id()

    answer = desk.sync(desk.note(ticket, key), desk.note(ticket, key), desk.note(ticket, key, zone="Asia/Tokyo"))

    assert [[3, "altered"]] == answer["refused"]
    assert "UTC" == fields_of(desk, "ticket_event", key)["zone"]


def test_sealed_document_with_a_wrong_hash_is_kept_aside(desk: Desk) -> None:
    values = {
        "subject_id": "", "number": "", "at": 1, "zone": "UTC", "by": "", "device": "", "shared": "{}",
        "partner": "{}", "sha256": "0" * 64, "previous": "", "corrects": "", "ticket": "", "repair": "", "unit": "",
    }  # fmt: skip
    halves = hashlib.sha256(b"{}").digest() * 2
    right = values | {"sha256": hashlib.sha256(halves).hexdigest()}

    answer = desk.sync(desk.op("sealed_form", new_id(), values), desk.op("sealed_form", new_id(), right))

    assert [[1, "bad_seal"]] == answer["refused"]
    assert 1 == len(answer["rows"])


def test_two_fields_of_two_people_both_stay_and_nothing_clashes(hub: Hub, desk: Desk) -> None:
    ben, ticket = hub.desk(desk.partner), desk.ticket()
    desk.sync(ticket)
    desk.sync(desk.op("ticket", ticket["id"], {"title": "It leaks"}))

    ben.sync(ben.op("ticket", ticket["id"], {"severity": "S1"}))

    assert {"title": "It leaks", "severity": "S1"}.items() <= fields_of(desk, "ticket", ticket["id"]).items()
    assert ["ticket"] == [row["kind"] for row in ben.sync(cur=0)["rows"]]


def test_clash_keeps_the_newer_value_and_tells_both(hub: Hub, desk: Desk) -> None:
    ben, ticket = hub.desk(desk.partner), desk.ticket()
    desk.sync(ticket)
    late = ben.op("ticket", ticket["id"], {"title": "It leaks"}, by="ben")

    answer = ben.sync(late)

    (event,) = [row for row in answer["rows"] if row["kind"] == "sync_event"]
    told = canonical([late["op_id"], "title", event["fields"]["body"]])
    assert hashlib.sha256(told).hexdigest()[:32] == event["id"]
    assert (ticket["id"], "clash") == (event["fields"]["subject_id"], event["fields"]["kind"])
    assert {
        "record": "ticket", "field": "title", "kept": '"It leaks"', "lost": '"It drips"', "kept_by": "ben",
        "lost_by": "ann", "kept_at": int(late["hlc"][:12], 16), "lost_at": int(ticket["hlc"][:12], 16),
    } == event["fields"]["body"]  # fmt: skip
    assert "It leaks" == fields_of(desk, "ticket", ticket["id"])["title"]


def test_knowing_edit_that_loses_to_a_clock_that_is_ahead_is_told_and_its_desk_gets_the_row(
    hub: Hub, desk: Desk
) -> None:
    ben, ticket = hub.desk(desk.partner), desk.ticket()
    ahead = f"{now_ms() + 200_000:012x}0000{desk.stream[:16]}"
    desk.sync(ticket, desk.op("ticket", ticket["id"], {"title": "by a clock that is ahead"}, hlc=ahead))
    ben.pull()

    answer = ben.sync(ben.op("ticket", ticket["id"], {"title": "later and knowing"}, by="ben"), own=False)

    kinds = sorted(row["kind"] for row in answer["rows"])
    (event,) = [row for row in answer["rows"] if row["kind"] == "sync_event"]
    assert ["sync_event", "ticket"] == kinds
    assert ('"later and knowing"', "ben") == (event["fields"]["body"]["lost"], event["fields"]["body"]["lost_by"])


def test_older_value_that_arrives_late_loses_and_is_told(hub: Hub, desk: Desk) -> None:
    ben = hub.desk(desk.partner)
    early = f"{now_ms() - 5000:012x}0000{ben.stream[:16]}"
    ticket = desk.ticket()
    desk.sync(ticket)

    answer = ben.sync(ben.op("ticket", ticket["id"], {"title": "It leaks"}, hlc=early, by="ben"))

    assert "It drips" == fields_of(desk, "ticket", ticket["id"])["title"]
    (event,) = [row for row in answer["rows"] if row["kind"] == "sync_event"]
    assert ('"It leaks"', "ben") == (event["fields"]["body"]["lost"], event["fields"]["body"]["lost_by"])


def test_edit_by_who_had_seen_the_other_is_no_clash(hub: Hub, desk: Desk) -> None:
    ben, ticket = hub.desk(desk.partner), desk.ticket()
    desk.sync(ticket)
    ben.pull()

    answer = ben.sync(ben.op("ticket", ticket["id"], {"title": "It leaks"}))

    assert ["ticket"] == [row["kind"] for row in answer["rows"]]


def test_clock_far_ahead_is_restamped_in_order_and_never_refused(desk: Desk) -> None:
    key = new_id()
    first = desk.op("ticket", key, {"title": "one"}, hlc=f"{FAR}0000{desk.stream[:16]}")
    second = desk.op("ticket", key, {"title": "two"}, hlc=f"{FAR}0001{desk.stream[:16]}")

    answer = desk.sync(first, second)

    (one, hlc1), (two, hlc2) = answer["restamped"]
    assert (1, 2, True) == (one, two, hlc1 < hlc2 < FAR)
    assert "two" == fields_of(desk, "ticket", key)["title"]
    assert answer["restamped"] == desk.sync(first, second)["restamped"]


def test_tag_of_another_stream_is_not_given_twice(hub: Hub, desk: Desk) -> None:
    ben = hub.desk(desk.partner)

    assert "ZAAAA" == desk.sync(desk.ticket())["tag"]
    given = ben.sync(ben.ticket())["tag"]
    assert given != "ZAAAA"
    assert given == ben.sync(ben.ticket())["tag"]


def test_fields_of_a_newer_version_are_kept_and_given_back(desk: Desk) -> None:
    ticket = desk.ticket(mood={"of": ["the", 1, None, True]})

    desk.sync(ticket)

    assert ticket["set"] == fields_of(desk, "ticket", ticket["id"])


def test_deleted_record_can_be_revived_by_a_later_edit(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.sync(ticket, desk.op("ticket", ticket["id"], {"_del": True}), desk.op("ticket", ticket["id"], {"_del": False}))

    assert fields_of(desk, "ticket", ticket["id"])["_del"] is False


def test_other_lineage_is_told_before_anything_is_taken(hub: Hub, desk: Desk) -> None:
    answer = desk.send(desk.message(desk.ticket(), epoch="0" * 32))

    assert (409, "epoch") == (answer.status_code, answer.json()["error"])
    assert 0 == hub.counts(desk.partner)["op_history"]
    desk.epoch = answer.json()["epoch"]
    assert 0 == desk.sync()["ack"]


def test_desk_that_is_too_old_sends_and_does_not_read(desk: Desk) -> None:
    desk.sync(desk.ticket())

    answer = desk.sync(desk.ticket(), schema=0)

    assert (2, [], 0) == (answer["ack"], answer["rows"], answer["to"])
    assert (426, {"error": "update_needed"}) == answered(desk.send(desk.message(schema=0)))


def answered(response: Any) -> tuple[int, Any]:
    return response.status_code, response.json()


def test_record_does_not_outgrow_a_page(desk: Desk) -> None:
    key, text = new_id(), "x" * 200_000
    ops = [desk.op("ticket", key, {f"more_{n}": text}) for n in range(4)]

    answer = desk.sync(*ops)

    assert [[3, "too_large"], [4, "too_large"]] == answer["refused"]
    assert ["more_0", "more_1"] == sorted(answer["rows"][0]["fields"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"head": "0" * 64}, "bad_head"), ({"sig": "AAAA"}, "bad_sig"), ({"sig": "?"}, "bad_sig"),
        ({"stream": "x"}, "bad_stream"), ({"tag": "a b"}, "bad_tag"), ({"cur": -1}, "bad_cur"),
        ({"limit": True}, "bad_limit"), ({"ops": {}}, "bad_ops"), ({"epoch": "zz"}, "bad_epoch"),
    ],
)  # fmt: skip
def test_message_that_no_desk_sends_is_refused_and_stores_nothing(
    hub: Hub, desk: Desk, changed: dict[str, Any], code: str
) -> None:
    answer = desk.send(desk.message(desk.ticket(), **changed))

    assert (400, {"error": code}) == answered(answer)
    assert {"row": 0, "op_history": 0, "stream": 0}.items() <= hub.counts(desk.partner).items()
