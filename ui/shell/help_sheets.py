"""What explains the desk, over the work: the keys of this page, the keys of every page, the guide."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from ui.shell.all_keys import AllKeys, Groups
from ui.shell.overlay import Overlay
from ui.shell.pages import load_part
from ui.shell.sheets import KeySheet
from ui.widgets.page import Act, Page
from ui.widgets.texts import Words

Pages = Callable[[], Sequence[Page]]


class HelpSheets(QObject):
    """`front` gives the page that hears keys now, `pages` those that stand, `make_next` makes one more of them,
    `address` where the guide tells of the page of now. `acts` are those of the window; whoever makes them puts them in.
    """

    def __init__(
        self, window: QWidget, *, front: Callable[[], Page | None], pages: Pages, make_next: Callable[[], bool],
        address: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._front, self._pages, self._address = window, front, pages, address
        self.acts: list[Act] = []
        self.keys, self.all_keys = KeySheet(window), AllKeys(window, self._by_page, make_next)
        self.guide: Any = None  # made when it is asked for
        self.keys.guide_asked.connect(self.show_guide)

    @property
    def sheets(self) -> tuple[Overlay, ...]:
        """Those that were made."""
        return (self.keys, self.all_keys, *((self.guide,) if self.guide is not None else ()))

    def close_over(self) -> None:
        """Takes away whichever is up."""
        for each in self.sheets:
            each.close_over()

    def show_keys(self) -> None:
        """F1: the keys of this page and of the window."""
        self.close_over()
        page = self._front()
        groups: list[tuple[Words, Sequence[Act]]] = [(say("Everywhere"), self.acts)]
        self.keys.show_keys([(page.title(), page.acts), *groups] if page and page.acts else groups)

    def seek_keys(self) -> None:
        """Ctrl+F1: the keys of every page, to be searched."""
        self.close_over()
        self.all_keys.ask()

    def show_guide(self) -> None:
        """Shift+F1: the guide at the place that tells of this page."""
        self.close_over()
        if self.guide is None:
            self.guide = load_part("guide")(self._window)
        self.guide.show_at(self._address())

    def _by_page(self) -> Groups:
        return [(say("Everywhere"), self.acts), *((page.title(), page.acts) for page in self._pages())]
