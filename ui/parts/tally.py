"""What was counted so far at a place, before it is booked."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.parts.rules import Counted
from app.views.count_sheet import CountLine


class Tally:
    """`counted` by part number; `more` are the numbers that lay there and were not expected."""

    def __init__(self) -> None:
        self.counted: dict[str, Counted] = {}
        self._more: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Counted, ...]:
        """What is to be booked."""
        return tuple(self.counted.values())

    @property
    def more(self) -> tuple[str, ...]:
        """Numbers that the sheet shows although nothing of them is booked here."""
        return tuple(dict.fromkeys((*self._more, *self.counted)))

    @property
    def differing(self) -> int:
        """How many parts differ from what was expected."""
        return sum(bool(each.difference) for each in self.counted.values())

    def expected(self, line: CountLine) -> int:
        """Pieces thought to be there when the part was first counted; what is booked later does not change them."""
        done = self.counted.get(line.number)
        return done.expected if done else line.expected

    def take(self, line: CountLine, found: int) -> None:
        """So many were found of this part."""
        self.counted[line.number] = Counted(line.number, found, self.expected(line))

    def forget(self, number: str) -> bool:
        """The part is not counted after all; whether it was."""
        return self.counted.pop(number, None) is not None

    def join(self, number: str) -> tuple[str, ...]:
        """`more` with one more number."""
        self._more = (*self._more, number)
        return self.more

    def drop(self, number: str) -> None:
        """A number that is no part's."""
        self._more = tuple(each for each in self._more if each != number)

    def next_after(self, number: str, numbers: Sequence[str]) -> str:
        """The next number below that is not counted, else the first one above; the same one when all are."""
        at = numbers.index(number) + 1 if number in numbers else 0
        waiting = [each for each in (*numbers[at:], *numbers[:at]) if each not in self.counted]
        return waiting[0] if waiting else number or next(iter(numbers), "")

    def body(self) -> list[list[Any]]:
        """As a draft keeps it."""
        return [[each.part, each.found, each.expected] for each in self.counted.values()]

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Tally":
        """From a draft."""
        made = cls()
        made.counted = {
            str(part): Counted(str(part), int(found), int(expected)) for part, found, expected in body.get("lines", [])
        }
        return made
