"""The frame's wiring to the records: who may sit here, what the palette finds. Loaded by name after the first paint."""

from collections.abc import Callable, Sequence
from typing import Any

from app.kernel.changes import Changes
from app.kernel.messages import Message, say
from app.kernel.rights import Actor
from app.people import queries as people
from app.people.actions import sit_down
from app.people.texts import ROLES
from app.signoff.queries import has_unrendered
from app.views.finding import Found, Kind, find_records
from app.views.whose import whose
from app.workflows.destroying import drop_destroyed
from app.workflows.settings import get_setting, keep_columns, keep_text_size, keep_window
from ui.shell.hits import Hit
from ui.shell.pages import load_part
from ui.shell.wiring import Person
from ui.theme.look import look
from ui.widgets.texts import speak, tr
from ui.work import Desk

_GROUPS: dict[Kind, tuple[Message, str, str]] = {  # group, icon, place
    Kind.UNIT: (say("Machines"), "coffee", "unit"),
    Kind.NEW_UNIT: (say("Machines"), "scan-line", "unit"),
    Kind.TICKET: (say("Tickets"), "ticket", "ticket"),
    Kind.CUSTOMER: (say("Customers"), "user", "customers"),
    Kind.PART: (say("Parts"), "package", "parts"),
    Kind.ANSWER: (say("Answers"), "message-circle-question-mark", "answers"),
}
_CODED = frozenset({Kind.UNIT, Kind.NEW_UNIT})


class DeskRecords:
    """Questions of the frame, asked through the desk; answers arrive on the UI thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.changed.connect(self._renew)

    def find(self, text: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        """What the records hold for a text; an answer that a later text has overtaken never comes."""
        self._desk.read(
            find_records, text, look().language, done=lambda found: deliver([_hit(each) for each in found]),
            owner=self._desk, latest="palette",
        )  # fmt: skip

    def whose(self, place: str, argument: object, deliver: Callable[[str], None]) -> None:
        """Which customer a page is about."""
        self._desk.read(whose, place, argument, done=deliver, owner=self._desk)

    def people(self, deliver: Callable[[Sequence[Person]], None]) -> None:
        """Who works here."""
        self._desk.read(people.staff_list, done=lambda rows: deliver([_person(row) for row in rows]), owner=self._desk)

    def seat(self, staff_id: str, failed: Callable[[BaseException], None]) -> None:
        """This person is at the desk, and will be at the next start."""
        self._desk.read(people.actor_for, staff_id, done=self._take_over, failed=failed, owner=self._desk)

    def seat_the_last(self, then: Callable[[], None]) -> None:
        """Whoever this device remembers is at the desk; when nobody is known, the next write asks."""

        def known(staff_id: str) -> None:
            self._desk.read(people.actor_for, staff_id, done=seated, failed=lambda _problem: then(), owner=self._desk)

        def seated(actor: Actor) -> None:
            self._desk.take_over(actor)
            then()
            self._desk.read(has_unrendered, actor.device, done=self._finish_papers, owner=self._desk)
            self._desk.jot(drop_destroyed)  # after a kill between the word and the deed

        self._desk.read(people.at_the_desk, done=known, owner=self._desk)

    def _finish_papers(self, waiting: bool) -> None:
        """What a killed process sealed and never drew; what draws it takes a second to load, and is seldom needed."""
        if waiting:
            self._desk.background(load_part, "renderer", done=self._draw_papers, owner=self._desk)

    def _draw_papers(self, renderer: Any) -> None:
        renderer(self._desk, self._desk.troubled.emit, self._desk).resume()

    def keep_window(self, place: list[int]) -> None:
        """Where the window stands at the next start."""
        self._desk.jot(keep_window, place)

    def keep_text_size(self, size: int) -> None:
        """The size of the text at the next start, in per cent."""
        self._desk.jot(keep_text_size, size)

    def keep_columns(self, widths: dict[str, dict[str, int]]) -> None:
        """The widths of columns at the next start."""
        self._desk.jot(keep_columns, widths)

    def partner(self, deliver: Callable[[str], None]) -> None:
        """The partner's own name, empty until somebody has entered it."""
        self._desk.read(get_setting, "partner.name", "", done=deliver, owner=self._desk)

    def _renew(self, changes: Changes) -> None:
        """Roles that were changed here or elsewhere count from now on, not from the next time; once there is a first
        person, the next write asks who it is."""
        actor = self._desk.actor
        if actor is not None and changes.touches("staff"):
            self._desk.read(
                people.actor_for, actor.person, done=self._desk.renew,
                failed=lambda _: self._desk.stand_up(actor.person), owner=self._desk, latest="rights",
            )  # fmt: skip

    def _take_over(self, actor: Actor) -> None:
        self._desk.take_over(actor)
        self._desk.write(sit_down, actor.person, owner=self._desk)


def _hit(found: Found) -> Hit:
    group, icon, place = _GROUPS[found.kind]
    return Hit(group, icon, found.title, found.line, place=place, argument=found.argument, code=found.kind in _CODED)


def _person(row: people.StaffRow) -> Person:
    return Person(row.id, row.name, row.initials, tr(", ").join(speak(ROLES[role]) for role in row.roles))
