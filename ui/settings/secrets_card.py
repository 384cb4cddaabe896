"""How this desk opens: the passphrase, the recovery key, and the computer's own key store."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.kernel.errors import Trouble, UserError
from app.kernel.house import Ways
from app.kernel.messages import Message, say
from app.kernel.rights import Right
from ui.settings.card import SettingsCard, setting
from ui.settings.secret_panels import ItselfPanel, PassphrasePanel, RecoveryPanel
from ui.widgets.button import Button
from ui.widgets.label import Prose
from ui.widgets.page import Page
from ui.widgets.texts import is_language_change

_SAMPLE = say("This desk is a sample. Its passphrase is known to everybody, and nothing of it can be changed.")


class SecretsCard(SettingsCard):
    """One question is open at a time; what was typed goes with it. `came` carries the one that came up."""

    came = Signal(object)

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ways: Ways | None = None
        self.passphrase = Button(say("Change the passphrase"), icon="lock", act=lambda: self._ask(self.words_panel))
        self.recovery = Button(say("New recovery key"), icon="key", act=lambda: self._ask(self.key_panel))
        self.itself = Button(say("Change"), icon="shield-check", act=lambda: self._ask(self.itself_panel),
                             name=say("Change whether the desk opens without asking"))  # fmt: skip
        self.words_panel, self.key_panel = PassphrasePanel(page), RecoveryPanel(page)
        self.itself_panel = ItselfPanel(page)
        self.words_line, self.key_line, self.itself_line = Prose("", "small"), Prose("", "small"), Prose("", "small")
        self._panels = ((self.words_panel, self.passphrase), (self.key_panel, self.recovery),
                        (self.itself_panel, self.itself))  # fmt: skip
        rows = {
            "secrets.passphrase": setting(say("Passphrase"), self.words_line, self.passphrase,
                                          below=(self.words_panel,)),
            "secrets.recovery": setting(say("Recovery key"), self.key_line, self.recovery, below=(self.key_panel,)),
            "secrets.by_itself": setting(say("Open without asking"), self.itself_line, self.itself,
                                         below=(self.itself_panel,)),
        }  # fmt: skip
        starts = {"secrets.passphrase": self.passphrase, "secrets.recovery": self.recovery,
                  "secrets.by_itself": self.itself}  # fmt: skip
        super().__init__(say("Passphrase and recovery key"), rows, starts)
        for panel, button in self._panels:
            panel.broke.connect(page.trouble)
            panel.changed.connect(self.reread)
            panel.closed.connect(button.setFocus)
        self._show(None)

    def reread(self) -> None:
        """Asks how it opens now."""
        house = self._page.desk.house
        if house is not None:
            self._page.desk.background(house.keys.ways, done=self._show, failed=self._page.trouble, owner=self,
                                       latest="ways")  # fmt: skip

    def close_questions(self) -> None:
        """Takes every secret away with its question, when the page is left or another person sits down."""
        for panel, _ in self._panels:
            if not panel.isHidden():
                panel.close_panel()

    def _ask(self, wanted: QWidget) -> None:
        if not self._may():
            return
        for panel, _ in self._panels:
            if panel is not wanted:
                panel.close_panel()
        next(panel for panel, _ in self._panels if panel is wanted).ask()
        self.came.emit(wanted)

    def _may(self) -> bool:
        """Whether a key may be changed here and by this person; said where not."""
        actor = self._page.desk.actor
        if self._ways is None:
            self._page.tell(say("The desk is still opening. Try again in a moment."))
        elif self._ways.sample:
            self._page.trouble(UserError(Trouble.NOT_ALLOWED, _SAMPLE))
        elif actor is None or Right.CHANGE_SETTINGS not in actor.rights:
            words = say("Your roles may not change the keys of this desk. Ask a colleague whose roles may.")
            self._page.trouble(UserError(Trouble.NOT_ALLOWED, words))
        else:
            return True
        return False

    def _show(self, ways: Ways | None) -> None:
        self._ways = ways
        self.words_line.put(_of_words(ways))
        self.key_line.put(
            say("Opens the desk when the passphrase is forgotten. A new one makes the old one worthless.")
            if ways is None or ways.recovery or ways.sample
            else say("This desk has none. Make one: without it a forgotten passphrase loses everything.")
        )
        self.itself_line.put(_of_itself(ways))
        self.itself_panel.put(on=ways is not None and ways.by_itself)
        self.passphrase.put(say("Set a passphrase") if ways is not None and not ways.passphrase
                            else say("Change the passphrase"))  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event) and hasattr(self, "_ways"):
            self._show(self._ways)


def _of_words(ways: Ways | None) -> Message:
    if ways is not None and ways.sample:
        return _SAMPLE
    if ways is not None and not ways.passphrase:
        return say("No passphrase yet: only this computer and the recovery key open the desk.")
    return say("All who work at this desk use the same one. Change it when somebody leaves who knew it.")


def _of_itself(ways: Ways | None) -> Message:
    if ways is not None and ways.by_itself:
        return say("This computer opens the desk without asking for whoever is signed in to it.")
    return say("The desk asks for the passphrase at each start.")
