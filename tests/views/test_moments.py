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
