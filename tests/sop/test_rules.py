import dataclasses
import random
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Trouble, UserError
from app.kernel.instants import instant_of, moment_of
from app.language.speaking import speak
from app.sop import rules
from app.sop.rules import RunState, State, Tick, TickKind
from tests.sop.steps import GOOD, PROCEDURE, all_good, tick

CODES = [step.code for step in PROCEDURE.steps]


def states(*ticks: Tick) -> dict[str, State]:
    return {code: each.state for code, each in rules.standings(PROCEDURE, ticks).items()}


def standing(*ticks: Tick) -> rules.Standings:
    return rules.standings(PROCEDURE, ticks)


some_ticks = st.lists(
    st.builds(
        lambda code, at, outside, undo: (code, at, outside, undo),
        st.sampled_from(CODES), st.integers(1, 30), st.booleans(), st.booleans(),
    ),
    max_size=20,
)  # fmt: skip


def build(facts: list[tuple[str, int, bool, bool]]) -> list[Tick]:
    made: list[Tick] = []
    for n, (code, at, outside, undo) in enumerate(facts):
        kind, good = GOOD[code]
        body: dict[str, Any] = {**good, "step": code}
        if outside and isinstance(good.get("value"), int):
            body["value"] = 999
        made.append(Tick(f"{n:032x}", kind, at, body, "tiago"))
        if undo:
            made.append(Tick(f"{n + 100:032x}", TickKind.UNDONE, at + 1, {"step": code}, "tiago", f"{n:032x}"))
    return made


@given(some_ticks, st.randoms(use_true_random=False))
def test_the_states_are_the_same_in_whatever_order_the_ticks_arrive(
    facts: list[tuple[str, int, bool, bool]], chance: random.Random
) -> None:
    ticks = build(facts)
    shuffled = list(ticks)
    chance.shuffle(shuffled)

    assert rules.standings(PROCEDURE, ticks) == rules.standings(PROCEDURE, shuffled)
    assert rules.run_state(ticks) == rules.run_state(shuffled)


@given(some_ticks)
def test_no_tick_in_force_is_ever_lost(facts: list[tuple[str, int, bool, bool]]) -> None:
    ticks = build(facts)

    kept = {each.id for one in rules.standings(PROCEDURE, ticks).values() for each in one.ticks}

    assert {each.id for each in rules.in_force(ticks)} == kept


def test_two_ticks_of_one_step_are_both_kept_and_the_later_act_counts() -> None:
    late_entry, first = tick("opens", 5, TickKind.MEASURED, value=150), tick("opens", 9)

    found = standing(first, late_entry)["opens"]

    assert State.DONE == found.state
    assert (late_entry, first) == found.ticks


def test_a_tick_taken_back_leaves_the_one_before_it() -> None:
    good, bad = tick("opens", 5), tick("opens", 9, TickKind.MEASURED, value=150)

    assert State.OUTSIDE == states(good, bad)["opens"]
    assert State.DONE == states(good, bad, tick("opens", 12, TickKind.UNDONE, corrects=bad.id))["opens"]


@pytest.mark.parametrize(("value", "state"), [(169, "outside"), (170, "done"), (190, "done"), (191, "outside")])
def test_limits_are_included(value: int, state: str) -> None:
    assert state == states(tick("opens", 1, TickKind.MEASURED, value=value))["opens"]


def test_all_good_ticks_complete_the_run() -> None:
    found = standing(*all_good())

    assert {State.DONE} == {each.state for each in found.values()}
    assert () == rules.completion_blockers(PROCEDURE, found)
    assert "" == rules.current(PROCEDURE, found)


def test_a_hold_point_shuts_what_follows_until_it_is_released() -> None:
    before = [tick(code, n) for n, code in enumerate(CODES[:6], 1)]

    blocker = rules.shut(PROCEDURE, standing(*before), "opens")

    assert blocker is not None
    assert ("gate", "Step 7 is a hold point. A named person releases it first.") == (
        blocker.step.code, speak(blocker.why, "en")
    )  # fmt: skip
    assert rules.shut(PROCEDURE, standing(*before, tick("gate", 20)), "opens") is None


def test_a_hold_point_is_not_released_over_a_safety_step_that_has_not_passed() -> None:
    found = standing(tick("lock", 1))

    blocker = rules.shut(PROCEDURE, found, "gate")

    assert blocker is not None
    assert "volts" == blocker.step.code


def test_a_safety_step_that_says_stop_shuts_the_rest_until_it_passes() -> None:
    live = tick("volts", 2, TickKind.MEASURED, value=230, reason="still live")

    blocker = rules.shut(PROCEDURE, standing(tick("lock", 1), live), "cold")

    assert blocker is not None
    assert "volts" == blocker.step.code
    assert rules.shut(PROCEDURE, standing(live), "volts") is None
    assert rules.shut(PROCEDURE, standing(live, tick("volts", 9)), "cold") is None


def test_a_safety_step_outside_its_limits_blocks_completion_and_signing_whatever_the_reason() -> None:
    ticks = [*all_good(), tick("opens", 200, TickKind.MEASURED, value=210, reason="gauge is new")]
    found = standing(*ticks)

    assert ["opens"] == [each.step.code for each in rules.completion_blockers(PROCEDURE, found)]
    assert ["opens"] == [each.step.code for each in rules.safety_blockers(PROCEDURE, found, RunState.OPEN)]
    assert () == rules.safety_blockers(PROCEDURE, found, RunState.STOPPED)
    again = standing(*ticks, tick("opens", 300))
    assert () == rules.safety_blockers(PROCEDURE, again, RunState.OPEN)


def test_a_step_put_off_comes_back_after_the_open_ones() -> None:
    later = tick("cold", 3, TickKind.DEFERRED, reason="hot")
    ticks = [tick("lock", 1), tick("volts", 2), later]

    assert State.DEFERRED == states(*ticks)["cold"]
    assert "old" == rules.current(PROCEDURE, standing(*ticks))
    rest = [each for each in all_good() if each.step not in ("lock", "volts", "cold")]
    assert "cold" == rules.current(PROCEDURE, standing(*ticks, *rest))
    assert ["cold"] == [b.step.code for b in rules.completion_blockers(PROCEDURE, standing(*ticks, *rest))]


def test_a_serial_taken_as_it_stands_is_unconfirmed_and_does_not_block() -> None:
    odd = tick("old", 99, TickKind.SERIAL, serial="PR26120905F", state="not_confirmed")
    found = standing(*all_good(), odd)

    assert State.UNCONFIRMED == found["old"].state
    assert () == rules.completion_blockers(PROCEDURE, found)


@pytest.mark.parametrize(
    ("code", "kind", "body", "trouble", "field"),
    [
        ("opens", TickKind.MEASURED, {"value": 191}, Trouble.NEEDS_REASON, "reason"),
        ("opens", TickKind.MEASURED, {}, Trouble.BAD_INPUT, "value"),
        ("opens", TickKind.MEASURED, {"value": True}, Trouble.BAD_INPUT, "value"),
        ("opens", TickKind.DONE, {}, Trouble.BAD_INPUT, "value"),
        ("opens", TickKind.NOT_APPLICABLE, {"reason": "x"}, Trouble.NOT_ALLOWED, "step"),
        ("opens", TickKind.DEFERRED, {"reason": "x"}, Trouble.NOT_ALLOWED, "step"),
        ("tidy", TickKind.NOT_APPLICABLE, {"reason": " "}, Trouble.NEEDS_REASON, "reason"),
        ("cold", TickKind.ANSWERED, {"value": False}, Trouble.NEEDS_REASON, "reason"),
        ("seat", TickKind.CHOSEN, {"value": "worn"}, Trouble.NEEDS_REASON, "reason"),
        ("seat", TickKind.CHOSEN, {"value": "blue"}, Trouble.BAD_INPUT, "value"),
        ("photo", TickKind.PHOTO, {}, Trouble.BAD_INPUT, "value"),
        ("old", TickKind.SERIAL, {"serial": "x", "state": "sure"}, Trouble.BAD_INPUT, "value"),
        ("gate", TickKind.RELEASED, {}, Trouble.BAD_INPUT, "second"),
        ("gate", TickKind.RELEASED, {"second": "tiago"}, Trouble.BAD_INPUT, "second"),
    ],
)
def test_a_tick_that_lacks_something_is_refused_and_the_field_named(
    code: str, kind: TickKind, body: dict[str, Any], trouble: Trouble, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        rules.check_answer(PROCEDURE.step(code), kind, body, by="tiago")

    assert (trouble, field) == (caught.value.kind, caught.value.field)


def test_every_good_answer_is_taken() -> None:
    for code, (kind, body) in GOOD.items():
        rules.check_answer(PROCEDURE.step(code), kind, body, by="tiago")


@pytest.mark.parametrize(("code", "words"), [("opens", "1.70 to 1.90 bar"), ("volts", "at most 1 V"), ("tidy", "")])
def test_limits_are_said_in_words(code: str, words: str) -> None:
    assert words == speak(rules.allowed(PROCEDURE.step(code)), "en")


@pytest.mark.parametrize(
    ("clock", "hour", "day"), [("14:05", 14, 21), ("1405", 14, 21), ("٠٩:٣٠", 9, 21), ("23:50", 23, 20), ("905", 9, 21)]
)
def test_a_time_of_day_means_the_last_time_that_it_was(clock: str, hour: int, day: int) -> None:
    evening = instant_of(datetime(2026, 11, 21, 18, 0, tzinfo=ZoneInfo("Europe/Lisbon")))

    found = moment_of(rules.last_time(clock, before=evening, zone="Europe/Lisbon"), "Europe/Lisbon")

    assert (hour, day) == (found.hour, found.day)


@pytest.mark.parametrize("clock", ["", "25:00", "9:75", "soon", "12345", "14", "5"])
def test_what_is_no_time_of_day_is_refused(clock: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.last_time(clock, before=10**15, zone="UTC")

    assert "at" == caught.value.field


def test_a_tick_of_another_kind_or_without_its_second_person_leaves_a_step_open() -> None:
    assert State.OPEN == states(tick("opens", 1, TickKind.DONE))["opens"]
    assert State.OPEN == states(tick("gate", 1, TickKind.RELEASED))["gate"]
    assert State.OPEN == states(tick("lock", 1, TickKind.NOT_APPLICABLE, reason="x"))["lock"]


def test_an_open_lower_limit_is_said_as_at_least() -> None:
    step = dataclasses.replace(PROCEDURE.step("opens"), maximum=None)

    assert "at least 1.70 bar" == speak(rules.allowed(step), "en")
