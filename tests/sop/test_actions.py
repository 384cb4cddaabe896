import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.shelf import install_pack
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY, SECOND, now
from app.kernel.rights import Actor, How
from app.sop import actions, queries, rules
from app.sop.queries import RunFacts
from app.sop.rules import RunState, State, TickKind
from app.store import work
from app.store.runner import Opened
from tests.desks import TIAGO
from tests.small_pack import item, pack
from tests.sop.steps import BODY, GOOD, PROCEDURE, STEPS


def start(store: Opened) -> str:
    run_id: str = store.write(TIAGO, actions.start_run, (), {"procedure": "SOP-T", "repair": "r1"}).result
    return run_id


def tick(store: Opened, run_id: str, step: str, kind: TickKind | None = None, *, at: int = 0, **body: Any) -> str:
    usual, good = GOOD[step]
    given = {**(good if kind in (None, usual) else {}), **body}
    made: str = store.write(TIAGO, actions.tick_step, (run_id, step, kind or usual, given), {"at": at}).result
    return made


def run_of(store: Opened, run_id: str) -> RunFacts:
    found: RunFacts = store.read(queries.read_run, (run_id,))
    return found


def state(store: Opened, run_id: str, step: str) -> State:
    return rules.standings(PROCEDURE, run_of(store, run_id).ticks)[step].state


def test_a_running_checklist_keeps_its_version_when_a_new_one_is_published(store: Opened) -> None:
    old = start(store)
    newer = item("procedure", "SOP-T", {**BODY, "title": "New"}, version=4)

    store.write(TIAGO, install_pack, (dataclasses.replace(pack(newer), version=2),))

    assert (3, 4) == (run_of(store, old).version, run_of(store, start(store)).version)
    tick(store, old, "lock")
    assert State.DONE == state(store, old, "lock")


def test_a_run_is_ticked_through_and_completed(store: Opened) -> None:
    run_id = start(store)

    for step in STEPS:
        tick(store, run_id, step.code)
    store.write(TIAGO, actions.complete_run, (run_id,))

    run = run_of(store, run_id)
    assert RunState.COMPLETED == run.state == rules.run_state(run.ticks)
    assert 10 == len(run.ticks)
    assert {"Europe/Lisbon"} == {each.zone for each in run.ticks}


def test_time_of_the_act_and_time_of_the_entry_are_both_kept(store: Opened) -> None:
    run_id, earlier = start(store), now() - 3600 * SECOND

    tick(store, run_id, "lock", at=earlier)

    kept = run_of(store, run_id).ticks[0]
    assert (earlier, "tiago") == (kept.at, kept.by)
    assert kept.body["entered_at"] > earlier + 3000 * SECOND


def test_a_time_that_has_not_come_is_refused(store: Opened) -> None:
    run_id = start(store)

    with pytest.raises(UserError) as caught:
        tick(store, run_id, "lock", at=now() + 3600 * SECOND)

    assert "at" == caught.value.field


def test_out_of_limits_needs_a_reason_and_the_verdict_goes_on_record(store: Opened) -> None:
    run_id = start(store)
    tick(store, run_id, "lock")

    with pytest.raises(UserError) as caught:
        tick(store, run_id, "volts", value=230)
    tick(store, run_id, "volts", value=230, reason="wrong breaker")

    assert (Trouble.NEEDS_REASON, "reason") == (caught.value.kind, caught.value.field)
    kept = run_of(store, run_id).ticks[-1]
    assert (230, False, 0) == (kept.body["value"], kept.body["within"], kept.body["decimals"])


def test_a_hold_point_shuts_the_steps_after_it(store: Opened) -> None:
    run_id = start(store)

    with pytest.raises(UserError) as caught:
        tick(store, run_id, "opens")

    assert (Trouble.NOT_ALLOWED, "gate") == (caught.value.kind, caught.value.field)


def test_a_tick_can_be_taken_back_and_both_stay(store: Opened) -> None:
    run_id = start(store)
    made = tick(store, run_id, "lock")

    store.write(TIAGO, actions.undo_tick, (run_id, made))

    assert State.OPEN == state(store, run_id, "lock")
    assert [TickKind.DONE, TickKind.UNDONE] == [each.kind for each in run_of(store, run_id).ticks]
    with pytest.raises(UserError):
        store.write(TIAGO, actions.undo_tick, (run_id, made))


def test_a_run_is_not_completed_over_open_steps_and_stops_only_with_a_reason(store: Opened) -> None:
    run_id = start(store)

    with pytest.raises(UserError) as first:
        store.write(TIAGO, actions.complete_run, (run_id,))
    with pytest.raises(UserError) as second:
        store.write(TIAGO, actions.stop_run, (run_id, " "))
    store.write(TIAGO, actions.stop_run, (run_id, "no valve in stock"))

    assert ("lock", "reason") == (first.value.field, second.value.field)
    assert RunState.STOPPED == run_of(store, run_id).state
    with pytest.raises(UserError):
        tick(store, run_id, "lock")


def test_an_ended_run_is_opened_again_by_taking_its_end_back(store: Opened) -> None:
    run_id = start(store)
    store.write(TIAGO, actions.stop_run, (run_id, "tea"))
    end = run_of(store, run_id).ticks[-1]

    store.write(TIAGO, actions.undo_tick, (run_id, end.id))

    assert RunState.OPEN == run_of(store, run_id).state


def test_a_note_needs_words_and_is_kept_beside_the_step(store: Opened) -> None:
    run_id = start(store)

    store.write(TIAGO, actions.note_step, (run_id, "seat", " scratched "))

    notes = rules.standings(PROCEDURE, run_of(store, run_id).ticks)["seat"].notes
    assert ["scratched"] == [each.body["text"] for each in notes]
    with pytest.raises(UserError):
        store.write(TIAGO, actions.note_step, (run_id, "seat", " "))


def test_the_place_is_kept_on_this_device_and_makes_no_operation(store: Opened) -> None:
    run_id = start(store)

    for step in ("lock", "volts"):
        written = store.write(TIAGO, actions.keep_place, (run_id, step), {"typed": "1.7", "listed": True})

    assert {} == written.changes.ids
    assert queries.Place("volts", "1.7", True) == store.read(queries.place_of, (run_id,))


def test_an_unknown_run_or_procedure_is_said(store: Opened) -> None:
    for action, args, named in (
        (actions.complete_run, ("0" * 32,), {}),
        (actions.start_run, (), {"procedure": "SOP-X"}),
    ):
        with pytest.raises(UserError) as caught:
            store.write(TIAGO, action, args, named)
        assert Trouble.MISSING == caught.value.kind


def test_every_act_asks_for_the_right(store: Opened) -> None:
    nobody = Actor("eve", frozenset(), "device", How.CHOSEN)

    for action, args, named in (
        (actions.start_run, (), {"procedure": "SOP-T"}),
        (actions.tick_step, ("r", "lock", TickKind.DONE), {}),
        (actions.keep_place, ("r", "lock"), {}),
    ):
        with pytest.raises(UserError) as caught:
            store.write(nobody, action, args, named)
        assert Trouble.NOT_ALLOWED == caught.value.kind


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["stop", "undo", "complete"]), max_size=5))
def test_the_stored_state_equals_the_state_of_the_events(store: Opened, acts: list[str]) -> None:
    run_id = start(store)

    for act in acts:
        run = run_of(store, run_id)
        try:
            if act == "stop":
                store.write(TIAGO, actions.stop_run, (run_id, "x"))
            elif act == "complete":
                store.write(TIAGO, actions.complete_run, (run_id,))
            elif ends := [each for each in rules.in_force(run.ticks) if each.kind == TickKind.STOPPED]:
                store.write(TIAGO, actions.undo_tick, (run_id, ends[-1].id))
        except UserError:
            continue

    run = run_of(store, run_id)
    assert rules.run_state(run.ticks) == run.state


def test_a_step_put_right_after_the_clock_was_put_right_counts(store: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = start(store)
    tick(store, run_id, "lock")
    with monkeypatch.context() as ahead:
        for room in (actions, work):
            ahead.setattr(room, "now", lambda: now() + DAY)
        tick(store, run_id, "volts", value=230, reason="still live")
    assert State.OUTSIDE == state(store, run_id, "volts")

    tick(store, run_id, "volts")

    assert State.DONE == state(store, run_id, "volts")
