from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.happenings import Happening
from app.kernel.instants import SECOND
from app.tickets.rules import MOVES, State
from app.tickets.standing import HOUR, NEVER, first_contact_due, standing

T0 = 1_790_000_000 * SECOND  # 2026-09-21 13:33:20 UTC, a Monday
LISBON = "Europe/Lisbon"


def story(*steps: tuple[str, dict[str, Any]]) -> list[Happening]:
    return [Happening(f"{n:02}", kind, T0 + n * HOUR, LISBON, body) for n, (kind, body) in enumerate(steps)]


OPENED: tuple[str, dict[str, Any]] = ("opened", {})
RESOLVED = ("resolved", {"answer": "done", "missing": []})
DUE = ("follow_up_set", {"day": "2026-09-24"})


def state_of(*steps: tuple[str, dict[str, Any]]) -> State:
    return standing(story(*steps), severity="S4", channel="phone").state


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([OPENED], State.NEW),
        ([OPENED, ("note", {}), ("attached", {})], State.NEW),
        ([OPENED, ("filed", {})], State.IN_PROGRESS),
        ([OPENED, RESOLVED, ("filed", {})], State.CLOSED),
        ([OPENED, ("moved", {"to": "waiting_parts"}), ("filed", {})], State.WAITING_PARTS),
        ([OPENED, ("moved", {"to": "in_progress"})], State.IN_PROGRESS),
        ([OPENED, RESOLVED], State.CLOSED),
        ([OPENED, RESOLVED, DUE], State.RESOLVED),
        ([OPENED, RESOLVED, DUE, ("follow_up_done", {})], State.CLOSED),
        ([OPENED, RESOLVED, DUE, ("reopened", {})], State.IN_PROGRESS),
        ([OPENED, ("moved", {"to": "cancelled"})], State.CANCELLED),
        ([OPENED, ("moved", {"to": "sent to the moon"})], State.NEW),
        ([OPENED, DUE], State.NEW),
        ([OPENED, ("follow_up_done", {})], State.NEW),
        ([OPENED, ("of a newer version", {})], State.NEW),
    ],
)
def test_the_state_follows_the_story(steps: list[tuple[str, dict[str, Any]]], state: State) -> None:
    assert state == state_of(*steps)


def test_a_move_made_elsewhere_after_the_end_is_flagged_not_obeyed() -> None:
    now = standing(story(OPENED, RESOLVED, ("moved", {"to": "planned"})), severity="S4", channel="phone")

    assert (State.CLOSED, True) == (now.state, now.flagged)


def test_what_was_taken_back_does_not_count() -> None:
    events = story(OPENED, ("moved", {"to": "waiting_parts"}))
    events.append(Happening("99", "undone", T0 + 9 * HOUR, LISBON, {}, corrects="01"))

    assert State.NEW == standing(events, severity="S4", channel="phone").state


def test_the_same_events_in_any_order_come_to_the_same() -> None:
    events = story(OPENED, ("moved", {"to": "in_progress"}), RESOLVED, DUE, ("reopened", {}))

    found = {standing(order, severity="S2", channel="email") for order in permutations(events)}

    assert 1 == len(found)


def test_the_time_of_the_act_counts_and_not_the_order_of_ids() -> None:
    events = [
        Happening("03", "opened", T0, LISBON, {}),
        Happening("02", "resolved", T0 + HOUR, LISBON, {"missing": []}),
        Happening("01", "reopened", T0 + 2 * HOUR, LISBON, {}),
    ]

    assert State.IN_PROGRESS == standing(events, severity="S4", channel="phone").state


KINDS = ("opened", "note", "call", "moved", "resolved", "reopened", "follow_up_set", "follow_up_done", "reason_seen")
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "to": st.sampled_from([*MOVES, "elsewhere"]),
        "day": st.sampled_from(["2026-09-24", "never"]),
        "remind_on": st.sampled_from(["2026-09-25", "", "x"]),
        "missing": st.sampled_from([[], ["form"]]),
        "reason": st.sampled_from(["", "late"]),
    },
)
EVENTS = st.lists(
    st.builds(
        Happening,
        id=st.integers(0, 99).map(lambda n: f"{n:02}"),
        kind=st.sampled_from(KINDS),
        at=st.integers(0, 5).map(lambda n: T0 + n * HOUR),
        zone=st.sampled_from([LISBON, "Asia/Riyadh"]),
        body=BODIES,
    ),
    max_size=8,
    unique_by=lambda event: event.id,
)


@given(events=EVENTS, chance=st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(events: list[Happening], chance: Any) -> None:
    shuffled = chance.sample(events, len(events))

    assert standing(events, severity="S3", channel="web") == standing(shuffled, severity="S3", channel="web")


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("S1", T0),
        ("S2", T0 + HOUR),
        ("S3", 1_790_010_000 * SECOND),  # 18:00 in Lisbon
        ("S4", T0 + 24 * HOUR),
    ],
)
def test_a_first_answer_is_due_by_severity(severity: str, due: int) -> None:
    now = standing(story(OPENED), severity=severity, channel="email")

    assert due == now.next_at


def test_an_evening_ticket_has_an_hour_at_least() -> None:
    evening = T0 + 8 * HOUR

    assert evening + HOUR == first_contact_due("S3", evening, LISBON)


@pytest.mark.parametrize("channel", ["phone", "visit"])
def test_who_opens_it_while_talking_has_answered(channel: str) -> None:
    now = standing(story(OPENED), severity="S1", channel=channel)

    assert (T0, NEVER) == (now.replied_at, now.next_at)


def test_a_call_is_a_first_answer() -> None:
    now = standing(story(OPENED, ("call", {})), severity="S1", channel="email")

    assert (T0 + HOUR, NEVER) == (now.replied_at, now.next_at)


def test_a_reminder_and_a_follow_up_are_due_at_nine_in_the_morning_there() -> None:
    nine = 1_790_236_800 * SECOND  # 2026-09-24 09:00 in Lisbon (UTC+1)
    waits = story(OPENED, ("moved", {"to": "waiting_customer", "remind_on": "2026-09-24"}))

    assert nine == standing(waits, severity="S4", channel="phone").next_at
    assert nine == standing(story(OPENED, RESOLVED, DUE), severity="S4", channel="phone").next_at


def test_the_reason_for_passing_the_guard_stands_until_a_manager_saw_it() -> None:
    passed = ("resolved", {"missing": ["form"], "reason": "left for the airport"})

    now = standing(story(OPENED, passed), severity="S4", channel="phone")
    later = standing(story(OPENED, passed, ("reason_seen", {})), severity="S4", channel="phone")

    assert ("left for the airport", "") == (now.passed_reason, later.passed_reason)


def test_reopening_is_counted_and_keeps_the_first_answer() -> None:
    now = standing(story(OPENED, RESOLVED, ("reopened", {}), RESOLVED, ("reopened", {})), severity="S4", channel="web")

    assert (2, T0 + HOUR, 0) == (now.reopened, now.replied_at, now.resolved_at)
