"""Field by field the newest stamp wins; what lost to a concurrent edit is told."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.sync.merge import Cell, Clash, Edit, add_sums, merge, replay, row_sum

A, B = "a" * 16, "b" * 16


def stamp(moment: int, stream: str = A) -> str:
    return f"{moment:016x}{stream}"


EDITS = st.builds(
    Edit,
    fields=st.dictionaries(st.sampled_from(["status", "note", "_del"]), st.integers(0, 3), min_size=1),
    stamp=st.builds(stamp, st.integers(1, 6), st.sampled_from([A, B])),
)


def unlike(edits: list[Edit]) -> list[Edit]:
    """One edit for each stamp, as a clock gives them."""
    return list({edit.stamp: edit for edit in edits}.values())


@given(st.lists(EDITS, max_size=5).map(unlike))
def test_any_order_gives_the_same_record(edits: list[Edit]) -> None:
    assert 1 >= len({str(sorted(replay({}, order).items())) for order in permutations(edits)})


@given(st.lists(EDITS, max_size=6).map(unlike))
def test_a_second_time_changes_nothing(edits: list[Edit]) -> None:
    once = replay({}, edits)

    assert once == replay(once, edits)


def test_newest_stamp_wins_for_each_field_alone() -> None:
    row = replay({}, [Edit({"status": 1, "note": 1}, stamp(5)), Edit({"status": 2}, stamp(6, B))])

    merged = merge(row, Edit({"status": 3, "note": 3}, stamp(5, B))).row

    assert {"status": 2, "note": 3} == {name: cell.value for name, cell in merged.items()}


def test_the_value_that_lost_without_being_seen_is_told_with_both_authors() -> None:
    row = merge({}, Edit({"date": "Mon"}, stamp(5), by="rita"), cur=10).row

    merged = merge(row, Edit({"date": "Tue"}, stamp(6, B), by="tiago", seen=9), cur=11)

    kept, lost = Cell("Tue", stamp(6, B), 11, "tiago"), Cell("Mon", stamp(5), 10, "rita")
    assert (Clash("date", kept, lost),) == merged.clashes
    assert kept == merged.row["date"]


def test_the_later_arrival_that_loses_is_told_too() -> None:
    row = merge({}, Edit({"date": "Mon"}, stamp(7), by="rita"), cur=10).row

    merged = merge(row, Edit({"date": "Tue"}, stamp(6, B), by="tiago", seen=9), cur=11)

    assert [("Mon", "Tue")] == [(each.kept.value, each.lost.value) for each in merged.clashes]


def test_no_clash_where_it_was_seen_or_is_the_same_or_ones_own() -> None:
    row = merge({}, Edit({"date": "Mon"}, stamp(5)), cur=10).row

    seen = merge(row, Edit({"date": "Tue"}, stamp(6, B), seen=10), cur=11)
    same = merge(row, Edit({"date": "Mon"}, stamp(6, B), seen=0), cur=11)
    own = merge(row, Edit({"date": "Tue"}, stamp(6, A), seen=0), cur=11)

    assert ((), (), ()) == (seen.clashes, same.clashes, own.clashes)


def test_two_copies_of_a_profile_that_stamp_alike_clash_and_the_first_stands() -> None:
    row = merge({}, Edit({"date": "Mon"}, stamp(5), by="rita"), cur=10).row

    merged = merge(row, Edit({"date": "Tue"}, stamp(5), by="tiago", seen=9), cur=11)

    assert [("Mon", "Tue")] == [(each.kept.value, each.lost.value) for each in merged.clashes]


def test_sums_tell_any_difference_and_no_order() -> None:
    row = {"a": Cell(1, stamp(1)), "b": Cell("x", stamp(2))}
    known = row_sum("ticket", "1", row)

    assert known == row_sum("ticket", "1", {"b": Cell("x", stamp(2), 7, "rita"), "a": Cell(1, stamp(1))})
    others = [row_sum("unit", "1", row), row_sum("ticket", "2", row), row_sum("ticket", "1", {"a": row["a"]})]
    others += [
        row_sum("ticket", "1", row | {"a": Cell(2, stamp(1))}),
        row_sum("ticket", "1", row | {"a": Cell(1, stamp(3))}),
    ]
    assert known not in others
    assert add_sums([known, 5]) == add_sums([5, known])
