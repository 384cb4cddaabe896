"""A day chosen by its name: no calendar to click through, and the keyboard is enough."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.messages import Shown, say
from app.language.languages import language_of
from ui.theme.look import look
from ui.widgets.inputs import Choice
from ui.widgets.layouts import row
from ui.widgets.texts import Words, is_language_change, tr

NEAR, FAR = 14, 26
YEARS = 15  # how far back a machine's days are offered


def days_from(today: date) -> list[date]:
    """The next two weeks day by day, then half a year by weeks."""
    near = [today + timedelta(days=n) for n in range(1, NEAR + 1)]
    return near + [today + timedelta(weeks=n) for n in range(3, FAR + 1)]


class DayChoice(Choice):
    """A day of the next weeks. `value` is an ISO day, or "" for the option `none` when it is offered."""

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


class PastDay(QWidget):
    """A day that has been, in three choices, so that nobody takes the month for the day; typing a number finds it.

    `value` is an ISO day, "" when nothing is chosen; what is chosen in part, or no day of any calendar (31 February),
    is given as it stands for the rules to refuse.
    """

    def __init__(self) -> None:
        super().__init__()
        self.day, self.month, self.year = Choice(), Choice(), Choice()
        self.day.offer([("", "–"), *((f"{n:02}", say("{n}", n=n)) for n in range(1, 32))])  # noqa: RUF001
        months = [(f"{n:02}", say("{month}", month=Shown("month", f"2000-{n:02}-01"))) for n in range(1, 13)]
        self.month.offer([("", "–"), *months])  # noqa: RUF001
        self.start(date.today())
        self._row = row((self.day, 2), (self.month, 4), (self.year, 3), gap=6)
        self.setLayout(self._row)
        self._order()

    @property
    def value(self) -> str:
        """The day as it is chosen."""
        chosen = [each.value or "" for each in (self.year, self.month, self.day)]
        return "-".join(chosen) if any(chosen) else ""

    def put(self, day: str) -> None:
        """Chooses an ISO day, or none for ""."""
        year, month, number = day.split("-") if day else ("", "", "")
        self.start(date.today(), oldest=int(year or 0))
        for choice, value in ((self.year, year), (self.month, month), (self.day, number)):
            choice.choose(value)

    def start(self, today: date, *, oldest: int = 0) -> None:
        """Offers the years up to `today`, back to `oldest` when that is further back than usual."""
        first = min(oldest or today.year, today.year - YEARS)
        years = [str(year) for year in range(today.year, first - 1, -1)]
        self.year.offer([("", "–"), *((year, say("{year}", year=Shown("plain", year))) for year in years)])  # noqa: RUF001

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self._order()
        super().changeEvent(event)

    def _order(self) -> None:
        """Day, month, year, or in Chinese year, month, day: for the eye and for the Tab key."""
        turned = language_of(look().language).han
        self._row.setDirection(QBoxLayout.Direction.RightToLeft if turned else QBoxLayout.Direction.LeftToRight)
        boxes = (self.year, self.month, self.day) if turned else (self.day, self.month, self.year)
        for before, after in pairwise(boxes):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(boxes[0])

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(tr("{field}: day", field=name))
        self.month.setAccessibleName(tr("{field}: month", field=name))
        self.year.setAccessibleName(tr("{field}: year", field=name))
