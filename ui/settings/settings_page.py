"""Settings: one card for each matter; what is chosen holds at once, and at the next start."""

from PySide6.QtWidgets import QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.kernel.rights import Actor
from ui.settings.desk_card import DeskCard
from ui.settings.look_card import LookCard
from ui.settings.people_card import PeopleCard
from ui.widgets.card import Section
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words
from ui.work import Desk

WIDTH = 900


class SettingsPage(Page):
    """What is chosen holds at once, and at the next start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look = LookCard(self)
        self.people = PeopleCard(desk)
        self.about_desk = DeskCard(self)
        self.people.told.connect(self.tell)
        self.people.form.broke.connect(self.trouble)
        desk.actor_changed.connect(self._sits)
        self._build()

    def title(self) -> Words:
        return say("Settings")

    def start(self) -> QWidget | None:
        """Not in a choice, where a letter looks for an item: the key of an act is to work at once."""
        return self.about_desk.copy

    def open(self, argument: object = None) -> None:
        self.look.reread()
        self.people.reread()
        self.about_desk.reread()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("staff"):
            self.people.reread()

    def retranslate(self) -> None:
        self.people.reread()
        self.about_desk.retranslate()

    def add_person(self) -> None:
        """A form for a new person."""
        self.people.form.ask(None)

    def _build(self) -> None:
        self.acts.append(Act("add_person", say("Add a person"), "A", self.add_person, "user-plus", self._may_add))
        bring = Act("import", say("Take in old tickets"), "Ctrl+Shift+O", lambda: self.go("import"), "upload")
        old = Section(
            say("Old tickets"),
            Prose(say("A table from another system becomes tickets that are closed. You see first what it becomes.")),
            right=self.offer(bring),
        )  # fmt: skip
        cards = (self.look, self.people, old, self.about_desk)
        body = boxed(column(Label(say("Settings"), "title"), *cards, None, gap=14))
        body.setMaximumWidth(WIDTH)
        around = boxed(row((body, 5), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self.setLayout(column((Scroll(around), 1)))

    def _may_add(self) -> bool:
        return not self.people.add.isHidden()

    def _sits(self, _: Actor) -> None:
        self.people.reread()
