import os
import statistics
import time
from pathlib import Path

import pytest

from app.kernel.operations import Head
from app.store import tail as tail_module
from app.store.opening import open_store
from app.store.profile import Unlocked
from app.store.tail import RECORD, Tail
from tests.noise import Announce
from tests.store.sample import ANN
from tests.store.test_work import save

STREAM = "ab" * 16
KEY = bytes(32)


@pytest.fixture
def tail(tmp_path: Path) -> Tail:
    return Tail(tmp_path / "tail", KEY)


def add(tail: Tail, count: int) -> None:
    for n in range(1, count + 1):
        tail.add(STREAM, Head(n, bytes([n % 256]) * 32))
    tail.close()


def numbers(tail: Tail) -> list[int]:
    return [mark.n for mark in tail.marks()]


def test_each_commit_that_appends_operations_is_marked_and_no_other(desk: Unlocked) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
        store.write(ANN, lambda work: work.next_number(), (), {})
        store.write(ANN, save, (), {})

    assert [3, 6] == numbers(Tail(desk.profile.tail, desk.derive("tail")))


def test_a_torn_last_record_is_left_out_and_the_next_one_stands_in_its_place(tail: Tail, tmp_path: Path) -> None:
    add(tail, 3)
    os.truncate(tmp_path / "tail", 3 * RECORD - 5)

    tail.add(STREAM, Head(4, bytes(32)))
    tail.close()

    assert [1, 2, 4] == numbers(tail)
    assert 3 * RECORD == (tmp_path / "tail").stat().st_size


def test_a_forged_record_is_counted_and_not_believed(tail: Tail, tmp_path: Path) -> None:
    add(tail, 3)
    data = bytearray((tmp_path / "tail").read_bytes())
    data[RECORD + 20] ^= 1
    (tmp_path / "tail").write_bytes(data)

    assert ([1, 3], 1) == (numbers(tail), tail.spoilt())
    assert [] == numbers(Tail(tmp_path / "tail", bytes(31) + b"\x01"))


def test_a_long_tail_keeps_its_newest_records_at_the_next_opening(
    desk: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail_module, "_MOST", 4)
    monkeypatch.setattr(tail_module, "_KEPT", 2)
    with open_store(desk) as store:
        for _ in range(5):
            store.write(ANN, save, (), {})

    with open_store(desk) as store:
        store.write(ANN, save, (), {})

    assert [12, 15, 18] == numbers(Tail(desk.profile.tail, desk.derive("tail")))


def test_a_store_ahead_of_its_tail_is_whole_and_the_tail_catches_up(desk: Unlocked) -> None:
    with open_store(desk) as store:
        store.write(ANN, save, (), {})
    desk.profile.tail.unlink()

    with open_store(desk):
        pass

    assert [3] == numbers(Tail(desk.profile.tail, desk.derive("tail")))


def test_a_tail_that_cannot_be_written_does_not_deny_an_act_that_is_stored(desk: Unlocked, announce: Announce) -> None:
    announce("tail not written")
    with open_store(desk) as store:
        desk.profile.tail.mkdir()
        written = store.write(ANN, save, (), {})
        desk.profile.tail.rmdir()
        store.write(ANN, save, (), {})

    assert written.changes.touches("sample_note")
    assert [6] == numbers(Tail(desk.profile.tail, desk.derive("tail")))


def test_a_record_costs_less_than_a_commit(tail: Tail, desk: Unlocked) -> None:
    def timed(run: object, count: int = 15) -> float:
        spans = []
        for _ in range(count):
            start = time.perf_counter()
            run()  # type: ignore[operator]
            spans.append(time.perf_counter() - start)
        return statistics.median(spans)

    with open_store(desk) as store:
        whole = timed(lambda: store.write(ANN, save, (), {}))
    record = timed(lambda: tail.add(STREAM, Head(1, bytes(32))))
    tail.close()

    assert record < whole


def test_half_a_record_of_a_full_disk_is_taken_back_at_the_next_opening(
    desk: Unlocked, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce("tail not written")
    real = os.write
    with open_store(desk) as store:
        store.write(ANN, save)
        monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:30]))
        store.write(ANN, save)
        monkeypatch.setattr(os, "write", real)
    torn = desk.profile.tail.stat().st_size

    with open_store(desk) as store:
        assert store.read(lambda _session: True)

    assert RECORD + 30 == torn
    assert [3, 6] == numbers(Tail(desk.profile.tail, desk.derive("tail")))
