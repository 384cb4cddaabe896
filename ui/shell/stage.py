"""Where pages stand: made once when first gone to, loaded on a worker, one of them up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.changes import Changes
from ui.shell.customer_view import Curtain
from ui.shell.history import Visit
from ui.shell.pages import Place, load_page, place_named
from ui.shell.reach import Reach
from ui.widgets.page import CustomerSees, Page
from ui.work import Desk

Load = Callable[[Place], type[Page]]


class Stage(QStackedWidget):
    """`show_visit` brings a page up, as soon as its code is there; `shown` carries the page, `made` a new one,
    `coming` the visit before it is in sight; `stocked` says that the code of all pages is there. `sight(page)` says how
    much of the page may be seen."""

    shown = Signal(object)
    made = Signal(object)
    coming = Signal(object)
    stocked = Signal()

    def __init__(self, desk: Desk, places: Sequence[Place], first: QWidget, *, load: Load = load_page) -> None:
        super().__init__()
        self._desk, self._places, self._load = desk, places, load
        self._classes: dict[str, type[Page]] = {}
        self._pages: dict[str, Page] = {}
        self._reaches: dict[str, Reach] = {}
        self._loading: set[str] = set()
        self._broken: set[str] = set()
        self._wanted: Visit | None = None
        self._first, self._curtain = first, Curtain()
        self._up: Page | None = None
        self.sight: Callable[[Page | None], CustomerSees] = lambda _: CustomerSees.WHOLE
        self.addWidget(first)
        self.addWidget(self._curtain)
        desk.changed.connect(self._changed)

    @property
    def page(self) -> Page | None:
        """The page that is up."""
        return self._up

    @property
    def pages(self) -> list[Page]:
        """The pages that stand, in the order of their places."""
        return [self._pages[place.name] for place in self._places if place.name in self._pages]

    def make_next(self) -> bool:
        """Makes one page that nobody has gone to yet, as far as its code is here; False when none is left."""
        for place in self._places:
            known = self._classes.get(place.name)
            if known is not None and place.name not in self._pages and not known.cover:
                self._page(place.name)
                return True
        return False

    @property
    def covered(self) -> bool:
        """Whether a curtain stands in its place."""
        return self.currentWidget() is self._curtain

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
        page = self._page(visit.place)
        self._up = page
        self.coming.emit(visit)
        self.place()
        page.open(visit.argument)
        self.shown.emit(page)

    def place(self) -> None:
        """Puts up what may be seen now: the page, or the curtain with what is left of it."""
        self._say_lines()
        whole = self.sight(self._up) is CustomerSees.WHOLE
        self.setCurrentWidget(self._place_of_page() if whole else self._curtain)

    def _place_of_page(self) -> QWidget:
        return next((each for each in self._reaches.values() if each.page is self._up), self._first)

    def _say_lines(self) -> None:
        some = self._up is not None and self.sight(self._up) is CustomerSees.LINES
        self._curtain.show_lines(self._up.for_customer() if some and self._up else ())

    def _page(self, name: str) -> Page:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._classes[name](self._desk)
            self._reaches[name] = Reach(page)
            self.addWidget(self._reaches[name])
            page.titled.connect(self._say_lines)
            self.made.emit(page)
        return page

    def _changed(self, changes: Changes) -> None:
        if self.page is not None:
            self.page.on_changed(changes)
