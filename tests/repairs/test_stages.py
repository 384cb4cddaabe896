from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import UserError
from app.kernel.happenings import Happening
from app.kernel.rights import Right
from app.repairs.actions import add_labour, diagnose, hand_over, keep_paper, move, start_repair
from app.repairs.queries import code_counts, happenings_of, open_repairs, recent_repairs, repair_of
from app.repairs.rules.stages import LabourKind, Outcome, State, fold_state
from app.store.sessions import ThreadStore
from tests.stores import EVERYTHING, actor


def said(kind: str, detail: str) -> dict[str, str]:
    """The body of an outcome or a move."""
    return {"outcome": detail} if kind == "outcome" else {"to": detail}


def after(*kinds: str) -> State:
    """The state after events written as `kind` or `kind:detail`."""
    pairs = [[*each.split(":"), ""][:2] for each in kinds]
    return fold_state(Happening(str(n), kind, n, body=said(kind, detail)) for n, (kind, detail) in enumerate(pairs))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), State.LOGGED),
        (("received",), State.RECEIVED),
        (("received", "diagnosed", "line"), State.IN_REPAIR),
        (("line", "diagnosed"), State.IN_REPAIR),
        (("line", "moved:testing"), State.TESTING),
        (("line", "outcome:repaired"), State.READY),
        (("line", "outcome:repaired", "line"), State.IN_REPAIR),
        (("outcome:no_fault_found",), State.NO_FAULT_FOUND),
        (("outcome:repaired", "handed_over", "diagnosed"), State.HANDED_OVER),
    ],
)
def test_the_state_follows_from_what_happened(kinds: tuple[str, ...], expected: State) -> None:
    assert expected == after(*kinds)


def test_a_line_taken_back_leaves_the_state_as_it_was() -> None:
    events = [Happening("a", "received", 1), Happening("b", "line", 2), Happening("c", "line_undone", 3, corrects="b")]

    assert State.RECEIVED == fold_state(events)


details = {"outcome": [each.value for each in Outcome], "moved": ["testing", "awaiting_parts"]}
happenings = st.lists(
    st.sampled_from(["received", "diagnosed", "line", "labour", "handed_over", "outcome", "moved"]).flatmap(
        lambda kind: st.tuples(st.just(kind), st.sampled_from(details.get(kind, [""])))
    ),
    max_size=8,
)


@given(happenings, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_does_not_matter(kinds: list[tuple[str, str]], chance: Any) -> None:
    events = [Happening(str(n), kind, n // 2, body=said(kind, detail)) for n, (kind, detail) in enumerate(kinds)]
    shuffled = events[:]
    chance.shuffle(shuffled)

    assert fold_state(events) == fold_state(shuffled)


def start(store: ThreadStore, model: str = "FD2") -> str:
    repair: str = store.write(EVERYTHING, start_repair, (), {"ticket": "t", "unit": "u", "model": model}).result
    return repair


def test_codes_are_counted_for_their_model(desk_store: ThreadStore) -> None:
    for model, symptom in (("FD2", "LEAK"), ("FD2", "LEAK"), ("FD2", "COLD"), ("GR1", "NOISE")):
        desk_store.write(EVERYTHING, diagnose, (start(desk_store, model),), {"symptom": symptom})

    assert {"LEAK": 2, "COLD": 1} == desk_store.read(code_counts, ("FD2", "symptom"))


def test_what_is_said_later_does_not_erase_what_was_said_before(desk_store: ThreadStore) -> None:
    repair = start(desk_store)

    desk_store.write(EVERYTHING, diagnose, (repair,), {"symptom": "LEAK", "text": " drips "})
    desk_store.write(EVERYTHING, diagnose, (repair,), {"cause": "MATERIAL"})

    seen = desk_store.read(repair_of, (repair,))
    assert ("LEAK", "MATERIAL", "drips", State.DIAGNOSED) == (seen.symptom, seen.cause, seen.diagnosis, seen.state)


@pytest.mark.parametrize(
    ("action", "said", "field"),
    [
        (diagnose, {}, "symptom"),
        (move, {"to": State.HANDED_OVER}, "to"),
        (add_labour, {"kind": LabourKind.REPAIR, "minutes": 0}, "minutes"),
        (hand_over, {"to": " "}, "to"),
    ],
)
def test_what_says_nothing_or_follows_from_nothing_is_refused(
    desk_store: ThreadStore, action: Any, said: dict[str, Any], field: str
) -> None:
    repair = start(desk_store)

    with pytest.raises(UserError) as caught:
        desk_store.write(EVERYTHING, action, (repair,), said)

    assert field == caught.value.field


def test_who_may_not_log_repairs_starts_none(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError):
        desk_store.write(actor(Right.MOVE_STOCK), start_repair, (), {"ticket": "t", "unit": "u"})


def test_a_repair_waits_for_parts_and_is_closed_by_hand(desk_store: ThreadStore) -> None:
    repair = start(desk_store)
    desk_store.write(EVERYTHING, move, (repair, State.AWAITING_PARTS), {"reason": "boiler ordered"})
    waiting = desk_store.read(open_repairs)

    desk_store.write(EVERYTHING, move, (repair, State.CLOSED), {"reason": "taken back unrepaired"})

    assert [(repair, State.AWAITING_PARTS)] == [(each.id, each.state) for each in waiting]
    assert ((), [repair]) == (desk_store.read(open_repairs), [each.id for each in desk_store.read(recent_repairs)])


def test_a_paper_is_remembered_by_the_hash_of_its_file(desk_store: ThreadStore) -> None:
    repair = start(desk_store)

    desk_store.write(EVERYTHING, keep_paper, (repair,), {"what": "intake", "sha256": "ab" * 32})

    assert [("paper", "ab" * 32)] == [
        (each.kind, each.body["sha256"]) for each in desk_store.read(happenings_of, (repair,))
    ]


def test_a_repair_is_not_closed_without_a_reason(desk_store: ThreadStore) -> None:
    repair = desk_store.write(EVERYTHING, start_repair, (), {"ticket": "", "unit": "u"}).result

    with pytest.raises(UserError) as stopped:
        desk_store.write(EVERYTHING, move, (repair, State.CLOSED), {"reason": " "})

    assert "reason" == stopped.value.field


@pytest.mark.parametrize("day", ["2026-02-31", "11.6.2026", "20260611", "2026--11"])
def test_the_day_on_which_a_fault_was_found_is_a_day(desk_store: ThreadStore, day: str) -> None:
    repair = desk_store.write(EVERYTHING, start_repair, (), {"ticket": "", "unit": "u"}).result

    with pytest.raises(UserError) as stopped:
        desk_store.write(EVERYTHING, diagnose, (repair,), {"symptom": "NO_HEAT", "found_on": day})

    assert "found_on" == stopped.value.field
