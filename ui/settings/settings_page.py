"""Settings: one card for each matter, found by any word for it; what is chosen holds at once, and at the next start."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.kernel.rights import Actor
from ui.settings.card import SettingsCard
from ui.settings.copies_card import CopiesCard
from ui.settings.desk_card import DeskCard
from ui.settings.devices_card import DevicesCard
from ui.settings.index import CARDS, entry_named, matching
from ui.settings.keyboard_card import KeyboardCard
from ui.settings.look_card import LookCard
from ui.settings.people_card import PeopleCard
from ui.settings.person_card import PersonCard
from ui.settings.printer_card import PrinterCard
from ui.settings.secrets_card import SecretsCard
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.card import EmptyState, Section
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words
from ui.work import Desk

WIDTH = 900


class SettingsPage(Page):
    """What is chosen holds at once, and at the next start. Opened with the name of a setting, it begins there."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: QWidget | None = None
        self.search = TextField(
            icon="search", name=say("Search the settings"), hint=say("Search, such as printer or font")
        )
        self.person, self.look, self.people = PersonCard(self), LookCard(self), PeopleCard(desk)
        self.printer, self.copies, self.secrets = PrinterCard(self), CopiesCard(self), SecretsCard(self)
        self.keyboard, self.devices, self.about_desk = KeyboardCard(self), DevicesCard(self), DeskCard(self)
        self.people.told.connect(self.tell)
        self.people.form.broke.connect(self.trouble)
        self.search.textChanged.connect(lambda _: self.narrow())
        self.search.entered.connect(lambda _: self.go_to_first())
        desk.actor_changed.connect(self._sits)
        self._build()
        self.secrets.came.connect(self._came)

    def title(self) -> Words:
        return say("Settings")

    def start(self) -> QWidget | None:
        """At the setting that was asked for; else not in a choice, where a letter looks for an item: the key of an act
        is to work at once."""
        return self._wanted or self.person.change

    def open(self, argument: object = None) -> None:
        self._wanted = self._start_of(str(argument)) if argument else None
        self.search.clear()
        self.reread()
        if self._may_focus():  # the page before had the keyboard, and Qt gave it to the first field of this one
            start = self.start()
            if start is not None:
                start.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._wanted is not None:  # once the cards have their height
            QTimer.singleShot(0, self, lambda: self._go_to(str(argument)))

    def reread(self) -> None:
        """Reads what every card shows."""
        for card in (self.person, self.look, self.people, self.printer, self.copies, self.secrets, self.keyboard,
                     self.devices, self.about_desk):  # fmt: skip
            card.reread()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("staff"):
            self.people.reread()
            self.person.reread()
        if changes.touches("desk_name"):
            self.devices.reread()

    def leave(self) -> bool:
        """No secret stays behind a page that is not seen."""
        self.secrets.close_questions()
        return True

    def retranslate(self) -> None:
        self.people.reread()
        for card in (self.copies, self.devices, self.about_desk):
            card.retranslate()
        self.narrow()

    # ------------------------------------------------------------------ acts

    def add_person(self) -> None:
        """A form for a new person."""
        self.people.form.ask(None)

    def seek(self) -> None:
        """The keyboard goes into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def narrow(self) -> None:
        """Shows the cards and rows that the search names; all of them while it is empty."""
        text = self.search.text().strip()
        found = {each.name for each in matching(text)}
        cards = {name.partition(".")[0] for name in found}
        for name, card in self.cards.items():
            card.setVisible(not text or name in cards)
            if isinstance(card, SettingsCard):
                card.show_only(found if text and name not in found else None)
        self.nothing.setVisible(bool(text) and not found)

    def go_to_first(self) -> None:
        """Enter in the search: the keyboard goes to what fits best."""
        found = matching(self.search.text())
        if found:
            self._go_to(found[0].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self._all_again()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ insides

    def _build(self) -> None:
        self.acts.append(Act("search", say("Search the settings"), "/", self.seek, "search"))
        self.acts.append(Act("add_person", say("Add a person"), "A", self.add_person, "user-plus", self._may_add))
        bring = Act("import", say("Take in old tickets"), "Ctrl+Shift+O", lambda: self.go("import"), "upload")
        self.bring = self.offer(bring)
        old = Section(
            say("Old tickets"),
            Prose(say("A table from another system becomes tickets that are closed. You see first what it becomes.")),
            right=self.bring,
        )  # fmt: skip
        self.cards: Mapping[str, QWidget] = {
            "person": self.person, "look": self.look, "people": self.people, "printer": self.printer,
            "copies": self.copies, "secrets": self.secrets, "keys": self.keyboard, "devices": self.devices, "old": old,
            "desk": self.about_desk,
        }  # fmt: skip
        self.nothing = EmptyState(
            "search", say("No setting is called so"), say("Try another word, such as printer, password or copy."),
            Button(say("Show all settings"), keys="Esc", act=self._all_again),
        )  # fmt: skip
        self.nothing.hide()
        head = column(Label(say("Settings"), "title"), self.search, gap=12)
        cards = [self.cards[name] for name in CARDS]
        body = boxed(column(head, self.nothing, *cards, None, gap=14))
        body.setMaximumWidth(px(WIDTH))
        around = boxed(row((body, 5), (boxed(row()), 1), margins=(24, 20, 24, 24)))
        self._scroll = Scroll(around, follows=True)
        self.setLayout(column((self._scroll, 1)))

    def _start_of(self, name: str) -> QWidget | None:
        """Where the keyboard begins for a setting; None for a name that nothing has."""
        entry = entry_named(name)
        if entry is None:
            return None
        card = self.cards[entry.card]
        if isinstance(card, SettingsCard):
            return card.start_of(name)
        ways: Mapping[str, Callable[[], QWidget]] = {
            "look": lambda: self.look.language, "people": lambda: self.people.list, "old": lambda: self.bring,
            "desk": lambda: self.about_desk.copy,
        }  # fmt: skip
        return ways[entry.card]()

    def _go_to(self, name: str) -> None:
        start, entry = self._start_of(name), entry_named(name)
        if start is None or entry is None:
            return
        if self._may_focus():
            start.setFocus(Qt.FocusReason.OtherFocusReason)
        card = self.cards[entry.card]
        row_of = card.rows.get(name) if isinstance(card, SettingsCard) else None
        self._scroll.ensureWidgetVisible(row_of or card, 0, self._scroll.viewport().height() // 3)

    def _came(self, panel: QWidget) -> None:
        """A question that came up is seen whole, or from its beginning where it is higher than the window."""
        QTimer.singleShot(0, panel, lambda: self._scroll.ensureWidgetVisible(panel, 0, 24))

    def _may_focus(self) -> bool:
        """Not while a sheet over the window has the keyboard."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _all_again(self) -> None:
        self.search.clear()
        self.search.setFocus()

    def _may_add(self) -> bool:
        return not self.people.add.isHidden()

    def _sits(self, _: Actor) -> None:
        self.people.reread()
        self.person.reread()
        self.secrets.close_questions()
        self.secrets.reread()
