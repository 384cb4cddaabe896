"""What the frame needs from the rest, handed in by `main.py`: who there is, how one sits down, what is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.handbook.place import Shelf
from app.kernel.messages import Message, say
from ui.shell.hits import Find


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sit at this desk; `roles` in words."""

    id: str
    name: str
    initials: str
    roles: str = ""


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One row of the list that stands before anything else is loaded."""

    number: str
    subject: str
    customer: str = ""
    due: str = ""


# whose(place, argument, deliver): `deliver` gets the id of the customer that a page is about, or nothing.
Whose = Callable[[str, object, Callable[[str], None]], None]


def nobodys(_place: str, _argument: object, deliver: Callable[[str], None]) -> None:
    """No page is about a customer."""
    deliver("")


@dataclass(frozen=True, slots=True)
class Wiring:
    """`people(deliver)` names who may sit here; `seat(id, failed)` makes that person the desk's actor, sooner or later,
    or tells why it cannot.

    `handbook` is where the plain copy of the crisis handbook lies.
    `partner` stands under the product's name, `state` is the quiet line at the foot of the rail.
    """

    find: Find
    people: Callable[[Callable[[Sequence[Person]], None]], None]
    seat: Callable[[str, Callable[[BaseException], None]], None]
    partner: str = ""
    state: Message = say("Not connected")  # noqa: RUF009
    first: tuple[FirstRow, ...] = ()
    handbook: Shelf | None = None
    whose: Whose = nobodys
