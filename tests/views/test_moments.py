import pytest

from app.kernel.instants import DAY, SECOND
from app.language.speaking import speak
from app.views.moments import HOUR, Urgency, due_of, exact_of, span_of, when_of

LISBON = "Europe/Lisbon"
NOON = 1_795_521_600 * SECOND  # 2026-11-24 12:00 UTC, a Tuesday


@pytest.mark.parametrize(
    ("left", "urgency", "distance"),
    [
        (-2 * HOUR, Urgency.NOW, "2 h 0 min over"),
        (0, Urgency.NOW, "in 0 minutes"),
        (61 * 60 * SECOND, Urgency.SOON, "in 1 h 1 min"),
        (7 * HOUR, Urgency.LATER, "in 7 h 0 min"),
        (3 * DAY, Urgency.LATER, "in 3 days"),
    ],
)
def test_a_due_time_says_how_far_and_how_urgent(left: int, urgency: Urgency, distance: str) -> None:
    due = due_of(NOON + left, now=NOON, zone=LISBON)

    assert (urgency, distance) == (due.urgency, speak(due.distance, "en"))


@pytest.mark.parametrize(
    ("clock", "hours", "distance"),
    [
        (23, 5, "in 5 h 0 min"),  # 04:00 tomorrow, and still within hours
        (23, 10, "in 1 day"),  # 09:00 tomorrow
        (23, 34, "in 2 days"),
        (11, 70, "in 3 days"),  # 09:00
        (9, -18, "18 h 0 min over"),
        (9, -24, "1 day over"),
        (9, -46, "2 days over"),  # since 11:00
    ],
)
def test_days_are_counted_by_the_calendar_and_not_by_hours(clock: int, hours: int, distance: str) -> None:
    moment = NOON + (clock - 12) * HOUR

    due = due_of(moment + hours * HOUR, now=moment, zone=LISBON)

    assert distance == speak(due.distance, "en")


@pytest.mark.parametrize(
    ("instant", "near", "exact"),
    [
        (NOON + 4 * HOUR, "16:00", "16:00"),
        (NOON + DAY, "Wed 25 Nov", "Wed 25 Nov 12:00"),
        (NOON + 60 * DAY, "23 Jan 2027", "23 Jan 2027, 12:00"),
    ],
)
def test_the_nearest_useful_form_comes_first(instant: int, near: str, exact: str) -> None:
    assert near == speak(when_of(instant, now=NOON, zone=LISBON), "en")
    assert exact == speak(exact_of(instant, now=NOON, zone=LISBON), "en")


def test_a_span_has_its_plural() -> None:
    assert ["1 minute", "1 day"] == [speak(span_of(each), "en") for each in (60 * SECOND, DAY)]
