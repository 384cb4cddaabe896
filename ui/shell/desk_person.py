"""Who is at the desk: always visible, changed in two seconds, asked for after ten idle minutes at the next write."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.kernel.rights import Actor
from ui.shell.sheets import Who
from ui.shell.wiring import Person, Wiring
from ui.widgets.texts import Words
from ui.work import Desk


class DeskPerson(QObject):
    """`named` carries the words for the rail. Drafts stay: changing the person opens no page and closes none."""

    named = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, wiring: Wiring) -> None:
        super().__init__(window)
        self._desk, self._wiring = desk, wiring
        self._names: dict[str, str] = {}
        self._waiting: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self._seated = False
        self.who = Who(window)
        self.who.chosen.connect(self._seat)
        self.who.closed.connect(self._closed)
        desk.actor_changed.connect(self._sits)
        desk.who_asked.connect(self._hold)

    def refresh(self) -> None:
        """Reads who may sit here, for the name in the rail."""
        self._wiring.people(self._know)

    def ask(self) -> None:
        """Opens the choice."""
        self._open(say("Who is at the desk?"), "")

    def _open(self, title: Words, why: Words) -> None:
        def deliver(people: Sequence[Person]) -> None:
            self._know(people)
            self._seated = False
            self.who.ask(people, title, why)

        self._wiring.people(deliver)

    def _know(self, people: Sequence[Person]) -> None:
        self._names = {person.id: person.name for person in people}
        self._name(self._desk.actor)

    def _hold(self, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """A write waits until it is known who does it."""
        self._waiting.append((go_on, give_up))
        if not self.who.isVisible():
            title = say("Who is saving this?") if self._desk.actor else say("Who is at the desk?")
            self._open(title, say("Nothing is lost: it is saved as soon as you choose.") if self._desk.actor else "")

    def _seat(self, person: str) -> None:
        self._seated = True
        self._wiring.seat(person, self._stands)

    def _stands(self, error: BaseException) -> None:
        """Nobody sits: what waited is told so, and why."""
        self._seated = False
        self._closed()
        self._desk.troubled.emit(error)

    def _sits(self, actor: Actor) -> None:
        self._name(actor)
        waiting, self._waiting = self._waiting, []
        for go_on, _ in waiting:
            go_on()

    def _closed(self) -> None:
        """Closed without a choice: what waited is given up, and stays on its page as a draft."""
        if not self._seated:
            waiting, self._waiting = self._waiting, []
            for _, give_up in waiting:
                give_up()

    def _name(self, actor: Actor | None) -> None:
        name = self._names.get(actor.person, "") if actor else ""
        self.named.emit(name or say("Who is here?"))
