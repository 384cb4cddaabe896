"""Making the files of sealed documents: read, draw on another thread, keep; one after the other, a form first."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.kernel.rights import Right
from app.workflows import papers
from app.workflows.papers import Plan, Rendered
from ui.work import Desk

MOST_TRIES = 3
_MAY_MAKE_FILES = (Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)


class Renderer(QObject):
    """`render(subject_id)`; `resume()` finishes what an earlier process left. A failure is begun again at the next
    start: nothing is lost by it, so it is told and the queue goes on."""

    def __init__(self, desk: Desk, failed: Callable[[BaseException], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._failed = desk, failed
        self._waiting: list[str] = []
        self._tries = 0

    def resume(self) -> None:
        """Queues everything that this device sealed and never drew."""
        actor = self._desk.actor
        if actor is not None:
            self._desk.read(papers.pending_renders, actor.device, done=self._queue, failed=self._failed, owner=self)

    def render(self, subject_id: str) -> None:
        """Makes one file; a form's own file is made before the answer to it."""
        self._queue((subject_id,))

    def _queue(self, subjects: tuple[str, ...]) -> None:
        if self._desk.actor is None or self._desk.actor.rights.isdisjoint(_MAY_MAKE_FILES):
            return  # whoever may sign, or take a signature, finishes it
        idle = not self._waiting
        self._waiting += [each for each in subjects if each not in self._waiting]
        if idle and self._waiting:
            self._begin()

    def _begin(self) -> None:
        self._desk.read(papers.read_plan, self._waiting[0], done=self._draw, failed=self._give_up, owner=self)

    def _draw(self, plan: Plan | None) -> None:
        if plan is None:
            self._next()
        else:
            self._desk.background(papers.draw, plan, done=self._keep, failed=self._give_up, owner=self)

    def _keep(self, rendered: Rendered) -> None:
        self._desk.write(papers.keep, rendered, done=self._kept, failed=self._give_up, owner=self)

    def _kept(self, kept: bool) -> None:
        """A plan that no longer held is made anew."""
        self._tries += 1
        if kept or self._tries >= MOST_TRIES:
            self._next()
        else:
            self._begin()

    def _give_up(self, problem: BaseException) -> None:
        self._failed(problem)
        self._next()

    def _next(self) -> None:
        self._tries = 0
        self._waiting.pop(0)
        if self._waiting:
            self._begin()
