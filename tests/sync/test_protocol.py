"""What the hub makes of a stream: gaps, forks, doubles, clocks; and operations that no desk writes."""

import hashlib
from typing import Any

import pytest

from app.kernel.canonical import canonical
from app.kernel.operations import START
from app.sync.protocol import (
    DRIFT_MS,
    LARGEST_OP,
    MOST_OPS,
    Forked,
    Gap,
    Judged,
    Op,
    StreamState,
    head_text,
    judge,
    read_op,
    read_ops,
    restamped,
)
from app.sync.wire import WireError

NOW = 1_795_835_422_909
STREAM = "a" * 16


def stamp(ms: int, counter: int = 0) -> str:
    return f"{ms:012x}{counter:04x}{STREAM}"


def said(n: int = 1, prev: bytes = START, **changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "n": n, "op_id": f"{n:032x}", "prev": prev.hex(), "kind": "ticket", "id": "b" * 32, "set": {"title": f"{n}"},
        "hlc": stamp(NOW + n), "seen": 0, "v": 1, "by": "ann", "device": "c" * 32,
    }  # fmt: skip
    return whole | changed


def chain(*stamps: str) -> tuple[Op, ...]:
    """One operation for each stamp, chained."""
    ops: list[dict[str, Any]] = []
    head = START
    for n, each in enumerate(stamps, 1):
        ops.append(said(n, head, hlc=each))
        head = hashlib.sha256(canonical(ops[-1])).digest()
    return read_ops(ops)


def judged(ops: tuple[Op, ...], state: StreamState | None = None, **known: Any) -> Any:
    return judge(ops, state or StreamState(), known.get("known", {}), now_ms=NOW)


def test_operation_is_read_with_the_hash_of_its_canonical_text() -> None:
    op = read_op(said())

    assert (canonical(said()), hashlib.sha256(canonical(said())).digest()) == (op.text, op.digest)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"n": 0}, "bad_n"),
        ({"n": True}, "bad_n"),
        ({"op_id": "x"}, "bad_op_id"),
        ({"prev": "00"}, "bad_prev"),
        ({"kind": "No such"}, "bad_kind"),
        ({"id": ""}, "bad_id"),
        ({"set": []}, "bad_set"),
        ({"set": {"No Name": 1}}, "bad_set"),
        ({"hlc": "z" * 32}, "bad_hlc"),
        ({"seen": -1}, "bad_seen"),
        ({"by": 7}, "bad_by"),
        ({"device": None}, "bad_device"),
        ({"set": {"words": "x" * LARGEST_OP}}, "too_large_op"),
    ],
)
def test_operation_that_no_desk_writes_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(WireError) as caught:
        read_op(said() | changed)

    assert reason == caught.value.reason


@pytest.mark.parametrize(
    ("ops", "reason"),
    [
        ({}, "bad_ops"),
        ([said()] * (MOST_OPS + 1), "bad_ops"),
        (["x"], "bad_op"),
        ([said(1), said(3)], "bad_run"),
        ([said(2), said(1)], "bad_run"),
    ],
)
def test_operations_come_in_one_run_of_at_most_two_thousand(ops: Any, reason: str) -> None:
    with pytest.raises(WireError) as caught:
        read_ops(ops)

    assert reason == caught.value.reason


def test_new_operations_move_the_stream_to_their_end() -> None:
    ops = chain(stamp(NOW), stamp(NOW + 1))

    found = judged(ops)

    assert StreamState(2, ops[1].digest, ops[1].stamp, ops[1].stamp) == found.state
    assert [(ops[0], ops[0].stamp), (ops[1], ops[1].stamp)] == list(found.ops)
    assert [] == restamped(found)


def test_nothing_new_leaves_the_stream_where_it_is() -> None:
    assert Judged((), StreamState()) == judged(())


def test_what_came_before_is_passed_over() -> None:
    ops = chain(stamp(NOW), stamp(NOW + 1))
    first = judged(ops[:1])

    found = judged(ops, first.state, known={1: ops[0].digest})

    assert [2] == [op.n for op, _ in found.ops]


def test_missing_operations_are_a_gap_after_the_last_one() -> None:
    ops = chain(stamp(NOW), stamp(NOW), stamp(NOW))

    assert Gap(1) == judged(ops[2:], judged(ops[:1]).state)


@pytest.mark.parametrize("known", [{}, {1: b"other"}])
def test_another_content_under_a_known_number_is_a_fork(known: dict[int, bytes]) -> None:
    ops = chain(stamp(NOW))
    state = judged(ops).state

    assert Forked(1, state.head) == judged(ops, state, known=known)


def test_chain_that_does_not_continue_is_a_fork() -> None:
    state = judged(chain(stamp(NOW))).state

    assert Forked(1, state.head) == judged(read_ops([said(2, b"\1" * 32)]), state)


def test_stamp_far_ahead_gets_the_time_of_its_arrival_and_is_told() -> None:
    ops = chain(stamp(NOW + DRIFT_MS), stamp(NOW + DRIFT_MS + 1))

    found = judged(ops)

    assert [ops[0].stamp] == [counts for _, counts in found.ops[:1]]
    ((number, counts),) = restamped(found)
    assert 2 == number
    assert ops[0].stamp < counts < ops[1].stamp


def test_edits_of_a_clock_that_is_ahead_keep_their_order() -> None:
    ahead = [stamp(NOW + DRIFT_MS + n) for n in (10, 20, 30)]

    counts = [each for _, each in judged(chain(*ahead)).ops]

    assert sorted(counts) == counts
    assert 3 == len(set(counts))
    assert all(each.endswith(STREAM) for each in counts)


def test_one_act_that_stamps_alike_counts_alike() -> None:
    late = stamp(NOW + DRIFT_MS + 5)

    counts = [each for _, each in judged(chain(late, late)).ops]

    assert counts[0] == counts[1]


def test_head_that_is_signed_names_stream_number_and_hash() -> None:
    assert canonical({"head": "00", "n": 3, "stream": "s"}) == head_text("s", 3, b"\0")
