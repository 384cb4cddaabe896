"""A day of the next weeks, chosen by its name: no calendar to click through, and the keyboard is enough."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.kernel.messages import Shown, say
from ui.widgets.inputs import Choice
from ui.widgets.texts import Words

NEAR, FAR = 14, 26


def days_from(today: date) -> list[date]:
    """The next two weeks day by day, then half a year by weeks."""
    near = [today + timedelta(days=n) for n in range(1, NEAR + 1)]
    return near + [today + timedelta(weeks=n) for n in range(3, FAR + 1)]


class DayChoice(Choice):
    """`value` is an ISO day, or "" for the option `none` when it is offered."""

    def __init__(self, *, none: Words = "", name: Words = "") -> None:
        self._none = none
        super().__init__(name=name)
        self.start(date.today())

    def start(self, today: date) -> None:
        """Offers the days after `today`."""
        options: Sequence[tuple[object, Words]] = [
            (day.isoformat(), say("{day}", day=Shown("short_day", day.isoformat()))) for day in days_from(today)
        ]
        self.offer([*options, ("", self._none)] if self._none else options)
