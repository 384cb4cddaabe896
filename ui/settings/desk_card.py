"""What this desk is, and the lines about it for a person who helps from afar."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app.kernel.messages import Message, Shown, say
from app.views.about import About, about
from ui.widgets.card import Section
from ui.widgets.label import Label
from ui.widgets.layouts import boxed, clear, column
from ui.widgets.page import Act, Page
from ui.widgets.texts import speak


class DeskCard(Section):
    """`copy` is the button that puts the lines on the clipboard."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._about: About | None = None
        self.lines = column(gap=4)
        act = Act("copy_about", say("Copy for support"), "Ctrl+Shift+C", self.copy_diagnosis, "copy")
        self.copy = page.offer(act)
        super().__init__(say("This desk"), boxed(self.lines), right=self.copy)

    def reread(self) -> None:
        """Reads what this desk is now."""
        self._page.desk.read(about, done=self._show, failed=self._page.trouble, latest="about", owner=self)

    def retranslate(self) -> None:
        """Says the same in the language in force."""
        if self._about is not None:
            self._show(self._about)

    def copy_diagnosis(self) -> None:
        """Puts the lines about this desk on the clipboard: no customer's word is in them."""
        if self._about is not None:
            QGuiApplication.clipboard().setText("\n".join(speak(line, "en") for line in _lines(self._about)))
            self._page.tell(say("Copied"))

    def _show(self, found: About) -> None:
        self._about = found
        clear(self.lines)
        for line in _lines(found):
            self.lines.addWidget(Label(line, "small", "ink2", wrap=True, select=True))


def _lines(found: About) -> tuple[Message, ...]:
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()}"
    tag = Shown("plain", f"{found.partner}-{found.tag}")
    manufacturer = found.manufacturer or say("not installed")
    return (
        say("Numbers carry {tag}. This device is {device}.", tag=tag, device=Shown("plain", found.device[:8])),
        say("Data of the manufacturer: {name}.", name=manufacturer),
        say("Tickets: {tickets}. Changes kept: {operations}, not sent: {waiting}.", tickets=found.tickets,
            operations=found.operations, waiting=found.waiting),
        say("{system}", system=Shown("plain", system)),
    )  # fmt: skip
