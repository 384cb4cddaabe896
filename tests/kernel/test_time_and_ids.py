import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import canonical
from app.kernel.errors import BugError
from app.kernel.ids import new_id
from app.kernel.instants import day_of, instant_of, moment_of
from app.kernel.money import Money
from app.kernel.operations import START, Clock, Envelope, Head, broken_link, renumber


def test_ids_are_version_7_and_grow_also_when_the_clock_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    later = [new_id() for _ in range(5000)]

    assert sorted({first, *later}) == [first, *later]
    assert {"7"} == {each[12] for each in later}
    assert {"8"} == {each[16] for each in later}


def test_a_naive_datetime_is_no_instant() -> None:
    with pytest.raises(BugError):
        instant_of(datetime(2026, 11, 21))


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1)))
def test_an_instant_gives_back_its_moment(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)

    assert moment == moment_of(instant_of(moment), "Asia/Kathmandu")


def test_lisbon_and_auckland_can_be_twelve_hours_apart() -> None:
    instant = instant_of(datetime(2026, 3, 30, 12, tzinfo=UTC))

    hours = {zone: moment_of(instant, zone).hour for zone in ("Europe/Lisbon", "Pacific/Auckland")}

    assert {"Europe/Lisbon": 13, "Pacific/Auckland": 1} == hours
    assert 31 == day_of(instant, "Pacific/Auckland").day


def test_stamps_grow_when_the_wall_clock_stands_or_jumps(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock("a" * 32)
    stamps = [clock.stamp()]
    for wall in (5, 5, 3, 10**18, 4):
        monkeypatch.setattr(time, "time_ns", lambda wall=wall: wall * 1_000_000)
        stamps += [clock.stamp() for _ in range(70_000 if wall == 3 else 2)]

    assert sorted(stamps) == stamps
    assert len(set(stamps)) == len(stamps)


def test_operations_are_canonical_json_and_renumber_into_a_whole_chain() -> None:
    envelope = Envelope('a"n', ("manager", "technician"), "chosen", "d", 7, "0" * 32, "f" * 20)
    rows = envelope.bodies(
        Head(4, START), [("ticket", "1" * 32, {"b": 'x"é', "a": [1, None]}), ("ticket", "2" * 32, {})]
    )

    fresh = renumber([body for _, body, _ in rows])

    assert [5, 6] == [n for n, _, _ in rows]
    assert 0 == broken_link(rows, Head(4, START))
    assert 0 == broken_link(fresh, Head(0, START))
    assert 5 == broken_link(rows, Head(0, START))
    for _, body, _ in rows:
        assert body == canonical(json.loads(body))


def test_two_currencies_do_not_add() -> None:
    assert Money(5, "EUR") == Money(2, "EUR") + Money(3, "EUR")
    with pytest.raises(BugError):
        Money(1, "EUR") + Money(1, "DKK")
