"""The desk's side of an exchange at its edges: sizes, forks, gaps, what is not understood, what would disappear."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.kernel.canonical import canonical
from app.kernel.ids import new_id
from app.kernel.operations import START
from app.schema import KINDS
from app.store.bases import Operation, Stream
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.sync import local
from app.sync.answers import Answer, Epoch, HubRow
from app.sync.cells import cells_of
from app.sync.errors import SyncError, SyncTrouble
from app.sync.files import files_to_move
from app.sync.local import waiting_count
from app.sync.protocol import read_ops
from app.sync.records import FileWork, Held, Refused, Told
from app.sync.shapes import shapes_of
from app.sync.wire import read_object
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.stores import EVERYTHING
from tests.ui.sync.exchanges import connect

SHAPE = shapes_of(KINDS)["ticket"]
LATER = f"{1_695_835_500_000:012x}0000" + "f" * 16
STAMP = f"{1_695_835_422_909:012x}0000" + "f" * 16


def do(store: ThreadStore, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(EVERYTHING, action, args, named).result


def ask(store: ThreadStore, query: Any, *args: Any) -> Any:
    return store.read(query, args)


def add(store: ThreadStore, count: int = 1, words: str = "") -> list[str]:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL, words=words)
    return [do(store, open_ticket, draft) for _ in range(count)]


def answer(store: ThreadStore, *rows: HubRow, **changed: Any) -> Answer:
    """The answer that fits this store: all of it acknowledged, with these rows behind its cursor."""
    stream: Stream = ask(store, lambda session: session.scalars(select(Stream)).one())
    last = ask(store, lambda session: session.scalar(select(func.max(Operation.n))) or 0)
    ack = changed.pop("ack", last)
    digest = ask(store, lambda session: session.scalar(select(Operation.hash).where(Operation.n == ack)))
    whole: dict[str, Any] = {
        "epoch": "", "ack": ack, "head": bytes(digest) if digest else START, "tag": stream.tag, "refused": {},
        "restamped": {}, "start": stream.cursor, "to": stream.cursor + len(rows), "more": False, "rows": rows,
        "published": None, "hub_ms": 1_695_835_422_909,
    }  # fmt: skip
    return Answer(**whole | changed)


def whole_row(title: str, cur: int) -> HubRow:
    """A ticket of another desk, each field stamped alike."""
    blank = {name: {str: "", int: 0, bool: False, list: []}[types[0]] for name, types in SHAPE.types.items()}
    fields = blank | {"title": title, "kind": "how_to", "channel": "email"}
    return HubRow("ticket", new_id(), cur, fields, dict.fromkeys(fields, STAMP))


def gone(key: str, cur: int) -> HubRow:
    return HubRow("ticket", key, cur, {"_del": True}, {"_del": STAMP})


def test_nothing_waits_in_a_new_store(desk_store: ThreadStore) -> None:
    out = ask(desk_store, local.outgoing)

    assert ((), 0, START, False) == (out.ops, out.n, out.head, out.more)


def test_a_message_ends_before_it_is_too_large_and_says_that_more_waits(desk_store: ThreadStore) -> None:
    add(desk_store, 4, words="x" * 19_000)
    whole = ask(desk_store, local.waiting_count)

    limit, local.MOST_BYTES = local.MOST_BYTES, 30_000
    try:
        out = ask(desk_store, local.outgoing)
    finally:
        local.MOST_BYTES = limit

    assert out.more and 0 < len(out.ops) < whole
    assert sum(map(len, out.ops)) <= 30_000


def test_one_operation_larger_than_a_message_goes_alone(desk_store: ThreadStore) -> None:
    add(desk_store)

    limit, local.MOST_BYTES = local.MOST_BYTES, 1
    try:
        out = ask(desk_store, local.outgoing)
    finally:
        local.MOST_BYTES = limit

    assert (1, 1, True) == (len(out.ops), out.n, out.more)


def test_message_carries_the_very_operations_of_the_chain(desk_store: ThreadStore) -> None:
    add(desk_store, words='He said "prev":"none" and left')
    out = ask(desk_store, local.outgoing)

    body = local.message(out, "sig", schema=1, limit=7)
    said = read_object(body)

    assert canonical(said) == body
    assert [len(out.ops) > 1, *["prev" in each for each in said["ops"]]] == [True, True] + [False] * (len(out.ops) - 1)
    assert out.ops == tuple(op.text for op in read_ops(said["ops"]))
    assert (7, "sig", out.head.hex()) == (said["limit"], said["sig"], said["head"])


def test_an_acknowledged_operation_that_is_not_ours_is_a_fork_and_takes_nothing(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)

    taken = do(desk_store, local.take_answer, answer(desk_store, gone(ticket, 1), head=b"\1" * 32))

    assert local.Taken(forked=True) == taken
    assert ask(desk_store, local.waiting_count) > 0


@pytest.mark.parametrize("beyond", [1, 10**9])
def test_a_number_that_was_never_given_is_not_acknowledged(desk_store: ThreadStore, beyond: int) -> None:
    add(desk_store)
    whole = ask(desk_store, local.waiting_count)

    taken = do(desk_store, local.take_answer, answer(desk_store, ack=whole + beyond, head=START))

    assert local.Taken(forked=True) == taken
    assert whole == ask(desk_store, local.waiting_count) == len(ask(desk_store, local.outgoing).ops)


def test_an_answer_to_an_older_question_changes_nothing(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)

    taken = do(desk_store, local.take_answer, answer(desk_store, gone(ticket, 8), start=7, to=8))

    assert local.Taken() == taken
    assert ask(desk_store, local.waiting_count) > 0


def test_a_stamp_at_the_end_of_all_clocks_drags_no_clock_along(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)
    row = HubRow("ticket", ticket, 1, {"title": "new"}, {"title": "f" * 32})

    do(desk_store, local.take_answer, answer(desk_store, row, hub_ms=2**53 - 1))
    add(desk_store)

    bodies = ask(desk_store, local.outgoing).ops
    assert bodies and {32} == {len(json.loads(body)["hlc"]) for body in bodies}


def test_a_new_tag_is_taken_over(desk_store: ThreadStore) -> None:
    do(desk_store, local.take_answer, answer(desk_store, tag="ZZZ9"))

    assert "ZZZ9" == ask(desk_store, lambda session: session.scalar(select(Stream.tag)))


def test_what_is_not_understood_is_kept_as_it_came(desk_store: ThreadStore) -> None:
    rows = (
        HubRow("poem", new_id(), 1, {"verse": "x"}, {}),
        HubRow("ticket", new_id(), 2, {"title": 7}, {"title": STAMP}),
    )

    taken = do(desk_store, local.take_answer, answer(desk_store, *rows))

    held = ask(desk_store, lambda session: [(each.kind, each.reason) for each in session.scalars(select(Held))])
    assert (0, 2) == (taken.rows, taken.held)
    assert {("poem", "unknown_kind"), ("ticket", "bad_title")} == set(held)


def test_a_record_of_which_only_an_edit_came_waits_for_its_rest_and_holds_up_nothing(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)
    other = new_id()
    edit = HubRow("ticket", other, 1, {"title": "t"}, {"title": STAMP})
    ours = HubRow("ticket", ticket, 2, {"title": "new"}, {"title": f"{'f' * 12}0000{'f' * 16}"})

    first = do(desk_store, local.take_answer, answer(desk_store, edit, ours))
    fields = ask(desk_store, lambda session: cells_of(session.scalars(select(Ticket)).one(), SHAPE))
    whole = HubRow(
        "ticket", other, 3, {name: cell.value for name, cell in fields.items()} | {"number": "X-1", "title": "t"},
        {name: STAMP for name in fields},
    )  # fmt: skip
    second = do(desk_store, local.take_answer, answer(desk_store, whole))

    assert ((1, 1), (1, 0)) == ((first.rows, first.held), (second.rows, second.held))
    assert {"new", "t"} == set(ask(desk_store, lambda session: list(session.scalars(select(Ticket.title)))))
    assert [] == ask(desk_store, lambda session: list(session.scalars(select(Held))))


def test_what_was_held_stands_as_soon_as_this_version_understands_it(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)

    def held_before(work: Work) -> None:
        row = {"cur": 1, "fields": {"title": "held"}, "clocks": {"title": f"{'f' * 12}0000{'f' * 16}"}}
        work.session.add(Held(kind="ticket", id=ticket, reason="bad_title", row=row))

    do(desk_store, held_before)
    taken = do(desk_store, local.take_answer, answer(desk_store))

    assert (1, 0) == (taken.rows, taken.held)
    assert ["held"] == ask(desk_store, lambda session: list(session.scalars(select(Ticket.title))))


def test_field_of_a_newer_version_is_kept_with_its_record(desk_store: ThreadStore) -> None:
    (ticket,) = add(desk_store)
    row = HubRow("ticket", ticket, 1, {"colour": "red"}, {"colour": STAMP})

    do(desk_store, local.take_answer, answer(desk_store, row))

    assert {"colour": "red"} == ask(desk_store, lambda session: session.scalars(select(Ticket)).one().extra)


def test_refusals_are_kept_once_and_numbers_that_are_not_here_pass(desk_store: ThreadStore) -> None:
    add(desk_store)

    for _ in range(2):
        taken = do(desk_store, local.take_answer, answer(desk_store, refused={1: "altered", 99: "altered"}))

    assert 2 == taken.refused
    assert ["altered"] == ask(desk_store, lambda session: list(session.scalars(select(Refused.code))))


@pytest.mark.parametrize(("there", "going", "stops"), [(5, 1, False), (5, 2, True), (11, 2, False), (1, 1, False)])
def test_more_than_a_fifth_of_a_kind_disappears_only_when_somebody_lets_it(
    desk_store: ThreadStore, there: int, going: int, stops: bool
) -> None:
    tickets = add(desk_store, there)
    page = answer(desk_store, *(gone(key, n) for n, key in enumerate(tickets[:going], 1)))

    def live(session: Any) -> int:
        return session.scalar(select(func.count()).select_from(Ticket).where(~Ticket.deleted)) or 0

    if stops:
        with pytest.raises(SyncError) as caught:
            do(desk_store, local.take_answer, page)
        assert (SyncTrouble.TOO_MANY_DELETED, str(going), there) == (
            caught.value.kind, caught.value.detail, ask(desk_store, live),
        )  # fmt: skip
    do(desk_store, local.take_answer, page, deleting=stops)

    assert there - going == ask(desk_store, live)


def test_what_disappears_page_by_page_is_added_up(desk_store: ThreadStore) -> None:
    tickets = add(desk_store, 11)

    first = do(desk_store, local.take_answer, answer(desk_store, gone(tickets[0], 1), more=True))
    second = do(
        desk_store, local.take_answer, answer(desk_store, gone(tickets[1], 2), start=1, to=2), before=first.gone
    )  # fmt: skip
    with pytest.raises(SyncError) as caught:
        do(desk_store, local.take_answer, answer(desk_store, gone(tickets[2], 3), start=2, to=3), before={"ticket": 2})

    assert ({"ticket": 1}, {"ticket": 1}) == (first.gone, second.gone)
    assert (SyncTrouble.TOO_MANY_DELETED, "3") == (caught.value.kind, caught.value.detail)


def test_what_is_gone_here_already_is_not_counted_as_disappearing(desk_store: ThreadStore) -> None:
    tickets = add(desk_store, 4)

    def drop(work: Work) -> None:
        for each in work.session.scalars(select(Ticket)):
            each.deleted = True

    do(desk_store, drop)

    taken = do(desk_store, local.take_answer, answer(desk_store, *(gone(key, n) for n, key in enumerate(tickets, 1))))

    assert (4, {"ticket": 0}) == (taken.rows, taken.gone)


def test_a_gap_sends_again_and_only_what_was_said_to_be_there(desk_store: ThreadStore) -> None:
    add(desk_store)
    do(desk_store, local.take_answer, answer(desk_store))
    acknowledged = ask(desk_store, lambda session: session.scalar(select(Stream.acked)))

    with pytest.raises(SyncError) as caught:
        do(desk_store, local.take_gap, acknowledged)
    do(desk_store, local.take_gap, 0)

    assert SyncTrouble.NOT_THE_HUB is caught.value.kind
    assert acknowledged == len(ask(desk_store, local.outgoing).ops)


def test_a_restored_hub_is_asked_for_all_before_it_is_told_anything(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    mine = add(desk_store)
    do(desk_store, local.take_answer, answer(desk_store))
    sent = ask(desk_store, waiting_count)

    do(desk_store, local.take_epoch, Epoch("e" * 32))

    out = ask(desk_store, local.outgoing)
    assert ("e" * 32, 0, (), False) == (out.epoch, out.cur, out.ops, out.more)
    assert (0, 2) == (sent, ask(desk_store, waiting_count))
    assert mine == ask(desk_store, lambda session: list(session.scalars(select(Ticket.id))))


def test_a_restored_hub_that_was_heard_to_its_end_gets_what_it_lacks_also_of_others(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    (mine,) = add(desk_store)
    known, lost = whole_row("known", 1), whole_row("lost", 2)
    do(desk_store, local.take_answer, answer(desk_store, known, lost))
    do(desk_store, local.take_epoch, Epoch("e" * 32))
    since = add(desk_store)

    first = do(desk_store, local.take_answer, answer(desk_store, known, epoch="e" * 32, ack=0, more=True))
    last = do(desk_store, local.take_answer, answer(desk_store, epoch="e" * 32, ack=0))

    said = [json.loads(body) for body in ask(desk_store, local.outgoing).ops]
    told = [(each["id"], each["hlc"]) for each in said if each["kind"] == "ticket"]
    assert (False, True) == (first.to_tell, last.to_tell)
    assert [lost.key, mine, *since] == [key for key, _ in told]
    assert STAMP == told[0][1]
    assert [] == ask(desk_store, lambda session: list(session.scalars(select(Told))))


def test_what_stands_here_and_was_written_later_is_not_put_back_by_a_restored_hub(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    row = whole_row("it drips", 1)
    later = replace(row, fields={**row.fields, "title": "burst"}, clocks={**row.clocks, "title": LATER})
    do(desk_store, local.take_answer, answer(desk_store, later))
    do(desk_store, local.take_epoch, Epoch("e" * 32))

    do(desk_store, local.take_answer, answer(desk_store, row, epoch="e" * 32))

    assert ["burst"] == ask(desk_store, lambda session: list(session.scalars(select(Ticket.title))))
    (said,) = [json.loads(body) for body in ask(desk_store, local.outgoing).ops]
    assert ({"title": "burst"}, LATER) == (said["set"], said["hlc"])


def test_an_answer_of_the_hubs_earlier_life_comes_too_late(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    do(desk_store, local.take_epoch, Epoch("e" * 32))

    taken = do(desk_store, local.take_answer, answer(desk_store, whole_row("late", 1), epoch="d" * 32))

    assert local.Taken() == taken
    assert 0 == ask(desk_store, lambda session: session.scalar(select(Stream.cursor)))


def test_a_fork_while_a_restored_hub_is_heard_begins_the_hearing_anew(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    add(desk_store)
    do(desk_store, local.take_answer, answer(desk_store))
    do(desk_store, local.take_epoch, Epoch("e" * 32))

    do(desk_store, Work.draw_stream)
    taken = do(desk_store, local.take_answer, answer(desk_store, epoch="e" * 32))

    assert taken.to_tell
    assert 2 == len(ask(desk_store, local.outgoing).ops)


def test_files_that_a_restored_hub_may_lack_are_looked_at_again(desk_store: ThreadStore) -> None:
    do(desk_store, connect)
    do(desk_store, lambda work: work.session.add(FileWork(sha256="a" * 64, here=True, away=False)))

    do(desk_store, local.take_epoch, Epoch("e" * 32))

    assert ["a" * 64] == ask(desk_store, files_to_move)


def test_sums_leave_out_kinds_without_records(desk_store: ThreadStore) -> None:
    add(desk_store)

    assert {"ticket", "ticket_event"} == set(ask(desk_store, local.sums, KINDS))
