"""Settings: language and look at once, the people, and what this desk is."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import Message, Shown, say
from app.kernel.rights import Actor
from app.language.languages import LANGUAGES
from app.views.about import About, about
from app.workflows.settings import choose_look, get_setting
from ui.settings.people_card import PeopleCard
from ui.theme.apply import SYSTEM, apply
from ui.theme.look import look
from ui.theme.tokens import Theme
from ui.widgets.card import Section
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, clear, column, form_row, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, speak
from ui.work import Desk

WIDTH = 900
_THEMES: dict[str, Words] = {
    SYSTEM: say("As the system"),
    Theme.LIGHT: say("Light"),
    Theme.DARK: say("Dark"),
    Theme.CONTRAST: say("High contrast"),
}


class SettingsPage(Page):
    """What is chosen holds at once, and at the next start."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._about: About | None = None
        self.language = Choice([(each.code, each.own_name) for each in LANGUAGES])
        self.theme = Choice(list(_THEMES.items()))
        self.people = PeopleCard(desk)
        self.lines = column(gap=4)
        self.language.chosen.connect(lambda _: self.choose())
        self.theme.chosen.connect(lambda _: self.choose())
        self.people.told.connect(self.tell)
        self.people.form.broke.connect(self.trouble)
        desk.actor_changed.connect(self._sits)
        self._build()

    def title(self) -> Words:
        return say("Settings")

    def start(self) -> QWidget | None:
        """Not in a choice, where a letter looks for an item: the key of an act is to work at once."""
        return self._copy

    def open(self, argument: object = None) -> None:
        self.language.choose(look().language)
        self.desk.read(get_setting, "shell.theme", SYSTEM, done=self._know_theme, failed=self.trouble)
        self.people.reread()
        self.desk.read(about, done=self._show, failed=self.trouble, latest="about")

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("staff"):
            self.people.reread()

    def retranslate(self) -> None:
        self.people.reread()
        if self._about is not None:
            self._show(self._about)

    def choose(self) -> None:
        """Puts language and look on the whole desk, and keeps them."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply(application, self.theme.value, self.language.value)
        self.desk.write(choose_look, language=self.language.value, theme=self.theme.value, failed=self.trouble)

    def copy_diagnosis(self) -> None:
        """Puts the lines about this desk on the clipboard: no customer's word is in them."""
        if self._about is not None:
            QGuiApplication.clipboard().setText("\n".join(speak(line, "en") for line in _lines(self._about)))
            self.tell(say("Copied"))

    def add_person(self) -> None:
        """A form for a new person."""
        self.people.form.ask(None)

    def _build(self) -> None:
        copy = Act("copy_about", say("Copy for support"), "Ctrl+Shift+C", self.copy_diagnosis, "copy")
        self._copy = self.offer(copy)
        self.acts.append(Act("add_person", say("Add a person"), "A", self.add_person, "user-plus", self._may_add))
        looks = Section(
            say("Language and look"),
            form_row(Field(say("Language"), self.language), Field(say("Look"), self.theme)),
            Prose(say("Everybody at this computer sees it so. It changes at once."), "small"),
        )
        bring = Act("import", say("Take in old tickets"), "Ctrl+Shift+O", lambda: self.go("import"), "upload")
        old = Section(
            say("Old tickets"),
            Prose(say("A table from another system becomes tickets that are closed. You see first what it becomes.")),
            right=self.offer(bring),
        )  # fmt: skip
        desk = Section(say("This desk"), boxed(self.lines), right=self._copy)
        body = boxed(column(Label(say("Settings"), "title"), looks, self.people, old, desk, None, gap=14))
        body.setMaximumWidth(WIDTH)
        around = boxed(row((body, 5), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))

    def _may_add(self) -> bool:
        return not self.people.add.isHidden()

    def _sits(self, _: Actor) -> None:
        self.people.reread()

    def _know_theme(self, theme: str) -> None:
        self.theme.choose(theme)

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
