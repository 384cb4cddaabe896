from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.kernel.errors import Trouble, UserError
from app.kernel.ids import new_id
from app.kernel.rights import Right
from app.parts.actions import add_place, count_parts, receive_parts, reverse_move, transfer_parts
from app.parts.queries import moves_of, places, stock_levels
from app.parts.records import StockLevel, StockMove, project_levels
from app.parts.rules import Level, PartWords, PlaceKind, find_parts, floor_of, level_of
from app.store.projections import rebuild
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.units.queries import components_of
from app.units.records import Component
from tests.bench_pack import NEW_VALVE, OLD_VALVE, SEAL
from tests.stores import EVERYTHING, actor


class Shelf:
    def __init__(self, store: ThreadStore) -> None:
        self.store = store
        self.porto = self.do(add_place, "Workshop Porto")
        self.van = self.do(add_place, "Van Tiago", PlaceKind.VAN)

    def do(self, action: Any, *args: Any, **named: Any) -> Any:
        return self.store.write(EVERYTHING, action, args, named).result

    def levels(self) -> tuple[int, int]:
        found = self.store.read(stock_levels).get(SEAL, {})
        return found.get(self.porto, 0), found.get(self.van, 0)


@pytest.fixture
def shelf(desk_store: ThreadStore) -> Shelf:
    return Shelf(desk_store)


def test_stock_is_the_sum_of_its_movements(shelf: Shelf) -> None:
    shelf.do(receive_parts, SEAL, place=shelf.porto, quantity=40)
    shelf.do(transfer_parts, SEAL, place=shelf.porto, to=shelf.van, quantity=12)
    shelf.do(count_parts, SEAL, place=shelf.van, found=10, reason="two lost")

    assert (28, 10) == shelf.levels()


def test_a_movement_reversed_twice_counts_for_nothing_once(shelf: Shelf) -> None:
    shelf.do(receive_parts, SEAL, place=shelf.porto, quantity=5)
    wrong = shelf.do(receive_parts, SEAL, place=shelf.porto, quantity=50)

    for _ in range(2):
        shelf.do(reverse_move, wrong, reason="typed a zero too many")

    assert (5, 0) == shelf.levels()
    assert [False, False, True, False] == [each.reversed for each in shelf.store.read(moves_of, (SEAL,))]


def test_more_may_be_moved_than_was_ever_booked_in_and_a_count_explains_it(shelf: Shelf) -> None:
    shelf.do(transfer_parts, SEAL, place=shelf.porto, to=shelf.van, quantity=3)
    negative = shelf.levels()

    shelf.do(count_parts, SEAL, place=shelf.porto, found=0, reason="never booked in")

    assert ((-3, 3), (0, 3)) == (negative, shelf.levels())


@pytest.mark.parametrize(
    ("action", "named", "field"),
    [
        (receive_parts, {"quantity": 0}, "quantity"),
        (count_parts, {"found": 7, "reason": " "}, "reason"),
        (count_parts, {"found": -1}, "found"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(shelf: Shelf, action: Any, named: Any, field: str) -> None:
    with pytest.raises(UserError) as caught:
        shelf.do(action, SEAL, place=shelf.porto, **named)

    assert field == caught.value.field


def test_a_count_that_agrees_needs_no_reason_and_is_kept(shelf: Shelf) -> None:
    shelf.do(count_parts, SEAL, place=shelf.porto, found=0)

    assert ["counted"] == [each.kind for each in shelf.store.read(moves_of, (SEAL,))]


def test_a_part_stays_where_it_is_and_a_place_has_a_name(shelf: Shelf) -> None:
    for action, args, named, field in (
        (transfer_parts, (SEAL,), {"place": shelf.van, "to": shelf.van, "quantity": 1}, "to"),
        (add_place, (" ",), {}, "name"),
        (reverse_move, ("nothing",), {"reason": "x"}, ""),
    ):
        with pytest.raises(UserError) as caught:
            shelf.do(action, *args, **named)
        assert field == caught.value.field


def test_quarantine_comes_last_and_is_locked(shelf: Shelf) -> None:
    shelf.do(add_place, "A cage", PlaceKind.QUARANTINE)

    assert [("Workshop Porto", False), ("Van Tiago", False), ("A cage", True)] == [
        (each.name, each.locked) for each in shelf.store.read(places)
    ]


def test_who_may_not_move_stock_books_nothing_in(shelf: Shelf) -> None:
    with pytest.raises(UserError) as caught:
        shelf.store.write(actor(Right.LOG_REPAIR), receive_parts, (SEAL,), {"place": shelf.van, "quantity": 1})

    assert Trouble.NOT_ALLOWED is caught.value.kind


moves = st.lists(
    st.tuples(
        st.sampled_from(("received", "issued", "counted", "transferred", "reversed")),
        st.sampled_from(("porto", "van")),
        st.integers(-9, 9),
        st.integers(0, 5),
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves, st.randoms(use_true_random=False))
def test_levels_kept_up_move_by_move_are_those_of_a_rebuild_in_any_order(
    desk_store: ThreadStore, history: list[tuple[str, str, int, int]], chance: Any
) -> None:
    part = new_id()  # a part of its own for each history
    ids = [new_id() for _ in history]
    events = list(zip(ids, history, strict=True))
    chance.shuffle(events)

    def one(work: Work, key: str, move: tuple[str, str, int, int]) -> None:
        kind, place, quantity, at = move
        body = {"reason": ""} if kind == "reversed" else {"place": place, "quantity": quantity}
        more = {"to": "cage"} if kind == "transferred" else {}
        corrects = ids[at % len(ids)] if kind == "reversed" else ""
        event = work.add_event(StockMove, part, kind, body | more, corrects_id=corrects)
        event.id = key

    def rebuild(work: Work) -> None:
        work.session.connection().info["door"] = True
        work.session.execute(delete(StockLevel).where(StockLevel.part == part))
        project_levels(work.session.connection(), ids)

    for key, move in events:
        desk_store.write(EVERYTHING, one, (key, move))
    kept = desk_store.read(stock_levels, ([part],))
    desk_store.write(EVERYTHING, rebuild)

    assert kept == desk_store.read(stock_levels, ([part],))
    void = {ids[move[3] % len(ids)] for move in history if move[0] == "reversed"}
    valid = [move for key, move in events if key not in void and move[0] not in ("reversed", "transferred")]
    assert sum(move[2] for move in valid) == sum(kept.get(part, {}).values())


@given(st.integers(-5, 50), st.integers(0, 20))
def test_a_level_has_exactly_one_word(quantity: int, floor: int) -> None:
    level = level_of(quantity, floor)

    assert (level is Level.NEGATIVE) == (quantity < 0)
    assert (level is Level.GONE) == (quantity == 0 and floor > 0)
    assert (level is Level.BELOW) == (0 < quantity < floor)


def test_the_floor_is_rounded_up() -> None:
    assert [0, 1, 6] == [floor_of(per, machines) for per, machines in ((0, 40), (2, 3), (3, 200))]


WORDS = (
    PartWords(NEW_VALVE, (OLD_VALVE,), ("Relief valve 1.8 bar", "Válvula de alívio", "صمام أمان"), ("FD2",), "C12"),
    PartWords(SEAL, (), ("Seal ring 52 mm", "密封圈"), ("FD1", "FD2"), "C19"),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (NEW_VALVE, [(NEW_VALVE, "")]),
        ("avc1204", [(NEW_VALVE, "")]),
        ("1204", [(NEW_VALVE, "")]),
        (OLD_VALVE, [(NEW_VALVE, OLD_VALVE)]),
        ("1203", [(NEW_VALVE, OLD_VALVE)]),
        ("VALVULA", [(NEW_VALVE, "")]),
        ("صمام", [(NEW_VALVE, "")]),
        ("密封", [(SEAL, "")]),
        ("fd1", [(SEAL, "")]),
        ("seal 52", [(SEAL, "")]),
        ("c19", [(SEAL, "")]),
        ("boiler", []),
        ("", [(NEW_VALVE, ""), (SEAL, "")]),
    ],
)
def test_a_part_is_found_by_whatever_somebody_remembers(query: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(hit.number, hit.older) for hit in find_parts(WORDS, query)]


def test_a_quantity_that_no_shelf_holds_is_a_slip(desk_store: ThreadStore) -> None:
    shelf = Shelf(desk_store)

    with pytest.raises(UserError) as received:
        shelf.do(receive_parts, SEAL, place=shelf.porto, quantity=2**53)
    with pytest.raises(UserError) as counted:
        shelf.do(count_parts, SEAL, place=shelf.porto, found=10**9, reason="counted")

    assert (Trouble.BAD_INPUT, Trouble.BAD_INPUT) == (received.value.kind, counted.value.kind)
    assert (0, 0) == shelf.levels()


def test_a_rebuild_drops_levels_and_components_that_no_event_stands_behind(desk_store: ThreadStore) -> None:
    def spoil(work: Work) -> None:
        work.session.add(StockLevel(part=SEAL, place="nowhere", quantity=99))
        work.session.add(
            Component(id=new_id(), unit_id="nothing", type="BL", serial="X", part="", state="checked", since=0)
        )

    desk_store.write(EVERYTHING, spoil)

    desk_store.write(EVERYTHING, rebuild)

    assert {} == desk_store.read(stock_levels)
    assert () == desk_store.read(components_of, ("nothing",))
