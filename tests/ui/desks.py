"""A desk for interface tests: a runner that answers at once, and pages that note what they are told."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.kernel.ports import Written
from app.kernel.rights import Actor, How, Role
from ui.shell.hits import Hit
from ui.shell.pages import Place
from ui.shell.wiring import Person, Wiring
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label
from ui.widgets.layouts import column, row
from ui.widgets.page import Act, Page
from ui.work import Desk

RITA = Actor("rita", frozenset({Role.MANAGER}), "dev", How.CHOSEN)
PEOPLE = (Person("rita", "Rita Figueira", "RF", "manager"), Person("tiago", "Tiago Moreira", "TM", "technician"))


class InstantRunner:
    """A `Runner` on the calling thread: an action gets None as `work`, and may return a `Written`."""

    def __init__(self) -> None:
        self.actors: list[str] = []

    def write(self, actor: Actor, action: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Written]":
        self.actors.append(actor.person)
        return landed(lambda: _written(action(None, *args, **named)))

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return landed(lambda: query(None, *args, **named))

    def background(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return landed(lambda: job(*args, **named))

    def close(self) -> None:
        """Nothing runs."""


def _written(answer: Any) -> Written:
    return answer if isinstance(answer, Written) else Written(answer, Changes({}))


def landed(job: Callable[[], Any]) -> "Future[Any]":
    """A future that holds what the job gives or raises."""
    future: Future[Any] = Future()
    try:
        future.set_result(job())
    except Exception as problem:
        future.set_exception(problem)
    return future


class NotePage(Page):
    """A page that notes what happens to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.opened: list[object] = []
        self.heard: list[Changes] = []
        self.done: list[str] = []
        self.field = TextField()
        note = self.offer(Act("note", say("Add a note"), "N", lambda: self.done.append("note"), "sticky-note"))
        part = self.offer(Act("part", say("Add a part"), "Ctrl+Shift+A", lambda: self.done.append("part"), "package"))
        self.answer("subject", (labelled := Field(say("Subject"), self.field)).show_error)
        self.labelled = labelled
        self.setLayout(
            column(Label(self.title(), "title"), labelled, row(note, part, None), None, margins=(24, 20, 24, 24))
        )

    def title(self) -> Any:
        return say("Tickets")

    def open(self, argument: object = None) -> None:
        self.opened.append(argument)

    def on_changed(self, changes: Changes) -> None:
        self.heard.append(changes)


class BenchPage(NotePage):
    """The same in the whole window."""

    full_window = True


CLASSES: dict[str, type[Page]] = {"sop": BenchPage}


def load(place: Place) -> type[Page]:
    """Every place is a page that notes."""
    return CLASSES.get(place.name, NotePage)


def wiring(desk: Desk, hits: Sequence[Hit] = ()) -> Wiring:
    """Two people, a palette that finds `hits` by their title, and a seat that is taken at once."""

    def find(text: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        deliver([hit for hit in hits if text.casefold() in str(hit.title).casefold()])

    def seat(person: str, failed: Callable[[BaseException], None]) -> None:
        desk.take_over(Actor(person, frozenset({Role.TECHNICIAN}), "dev", How.CHOSEN))

    return Wiring(find, lambda deliver: deliver(PEOPLE), seat, "Moinho Atlântico")
