"""Keys of the keyboard: whether one letter alone does something, and the list of all of them."""

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.kernel.messages import say
from app.workflows.settings import get_setting, set_setting
from ui.settings.card import SettingsCard, setting
from ui.widgets.button import Button
from ui.widgets.inputs import CheckBox
from ui.widgets.letters import letters_alone, set_letters
from ui.widgets.page import Page

SETTING = "keys.letters"  # as ui/shell/desktop.py reads it at the start


class KeyboardCard(SettingsCard):
    """WCAG 2.1.4: where a slip of the hand or a spoken word must do nothing, a letter needs Alt."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.letters = CheckBox(say("One letter is enough"), on=True)
        self.letters.clicked.connect(self.choose)
        self.all = Button(say("Look through all keys"), icon="keyboard", act=lambda: page.wanted.emit("all_keys"))
        rows = {
            "keys.letters": setting(
                say("Keys of one letter"),
                say("Where nothing is being written, one letter or figure does something, such as N for a note. Without"
                    " this, they need Alt: a hand that slips or a spoken word does nothing. The crisis handbook keeps"
                    " its figures."),
                self.letters,
            ),
            "keys.all": setting(
                say("All keys"),
                say("A list of every page's keys with a search. F1 shows those of the page that is open."),
                self.all,
            ),
        }  # fmt: skip
        super().__init__(say("Keyboard"), rows, {"keys.letters": self.letters, "keys.all": self.all})

    def reread(self) -> None:
        """Reads what was chosen."""
        desk, trouble = self._page.desk, self._page.trouble
        desk.read(get_setting, SETTING, True, done=self._put, failed=trouble, latest="letters", owner=self)

    def choose(self, alone: bool) -> None:
        """Holds at once, on every button."""
        hold(alone=alone)
        self._page.desk.write(set_setting, SETTING, alone, done=lambda _: self._kept(alone),
                              failed=self._not_kept, owner=self)  # fmt: skip

    def _not_kept(self, error: BaseException) -> None:
        self._page.trouble(error)
        self.reread()

    def _kept(self, alone: bool) -> None:
        words = say("One letter is enough now") if alone else say("Letters need Alt now")
        self._page.tell(words, undo=lambda: self._back(not alone))

    def _back(self, alone: bool) -> None:
        self.letters.setChecked(alone)
        hold(alone=alone)
        self._page.desk.write(set_setting, SETTING, alone, failed=self._page.trouble, owner=self)

    def _put(self, alone: Any) -> None:
        self.letters.setChecked(alone is not False)
        if letters_alone() != self.letters.isChecked():
            hold(alone=self.letters.isChecked())


def hold(*, alone: bool) -> None:
    """Puts it in force; every window writes its keys anew."""
    set_letters(alone=alone)
    for window in QApplication.topLevelWidgets():
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
