"""Where pages stand: made once when first gone to, loaded on a worker, one of them up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.changes import Changes
from ui.shell.history import Visit
from ui.shell.pages import Place, load_page, place_named
from ui.widgets.page import Page
from ui.work import Desk

Load = Callable[[Place], type[Page]]


class Stage(QStackedWidget):
    """`show_visit` brings a page up, as soon as its code is there; `shown` carries the page, `made` a new one.

    `stocked` says that the code of every page is there.
    """

    shown = Signal(object)
    made = Signal(object)
    stocked = Signal()

    def __init__(self, desk: Desk, places: Sequence[Place], first: QWidget, *, load: Load = load_page) -> None:
        super().__init__()
        self._desk, self._places, self._load = desk, places, load
        self._classes: dict[str, type[Page]] = {}
        self._pages: dict[str, Page] = {}
        self._loading: set[str] = set()
        self._broken: set[str] = set()
        self._wanted: Visit | None = None
        self.addWidget(first)
        desk.changed.connect(self._changed)

    @property
    def page(self) -> Page | None:
        """The page that is up."""
        up = self.currentWidget()
        return up if isinstance(up, Page) else None

    def preload(self) -> None:
        """Loads the code of every page, one after the other, while nothing else is asked for."""
        for place in self._places:
            if place.name not in self._classes and place.name not in self._broken:
                self._fetch(place)
                return
        self.stocked.emit()

    def show_visit(self, visit: Visit) -> None:
        """Brings this page up; the last one asked for wins."""
        self._wanted = visit
        if visit.place in self._classes:
            self._bring_up(visit)
        else:
            self._fetch(place_named(visit.place, self._places))

    def _fetch(self, place: Place) -> None:
        if place.name in self._loading:
            return
        self._loading.add(place.name)

        def loaded(found: type[Page]) -> None:
            self._loading.discard(place.name)
            self._classes[place.name] = found
            if self._wanted is not None and self._wanted.place == place.name:
                self._bring_up(self._wanted)
            self.preload()

        def failed(problem: BaseException) -> None:
            self._loading.discard(place.name)
            self._broken.add(place.name)
            if self._wanted is not None and self._wanted.place == place.name:
                self._desk.troubled.emit(problem)
            self.preload()

        self._desk.background(self._load, place, done=loaded, failed=failed, owner=self)

    def _bring_up(self, visit: Visit) -> None:
        self._wanted = None
        page = self._pages.get(visit.place)
        if page is None:
            page = self._pages[visit.place] = self._classes[visit.place](self._desk)
            self.addWidget(page)
            self.made.emit(page)
        self.setCurrentWidget(page)
        page.open(visit.argument)
        self.shown.emit(page)

    def _changed(self, changes: Changes) -> None:
        if self.page is not None:
            self.page.on_changed(changes)
