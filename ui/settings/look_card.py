"""Language and look: chosen for everybody at this computer, in force at once."""

from PySide6.QtWidgets import QApplication

from app.kernel.messages import say
from app.language.languages import LANGUAGES
from app.workflows.settings import choose_look, get_setting
from ui.settings.comfort import Comfort
from ui.theme.apply import SYSTEM, apply
from ui.theme.look import look
from ui.theme.tokens import Theme
from ui.widgets.card import Section
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.label import Prose
from ui.widgets.layouts import form_row
from ui.widgets.page import Page
from ui.widgets.texts import Words

_THEMES: dict[str, Words] = {
    SYSTEM: say("As the system"),
    Theme.LIGHT: say("Light"),
    Theme.DARK: say("Dark"),
    Theme.CONTRAST: say("High contrast"),
}


class LookCard(Section):
    """What is chosen holds at once, and at the next start."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.language = Choice([(each.code, each.own_name) for each in LANGUAGES], waits=True)
        self.theme = Choice(list(_THEMES.items()), waits=True)
        self.comfort = Comfort(page.desk)
        super().__init__(
            say("Language and look"),
            form_row(Field(say("Language"), self.language), Field(say("Look"), self.theme)),
            self.comfort,
            Prose(say("Everybody at this computer sees it so. It changes at once."), "small"),
        )
        self.language.chosen.connect(lambda _: self.choose())
        self.theme.chosen.connect(lambda _: self.choose())

    def reread(self) -> None:
        """Shows what is in force."""
        self.language.choose(look().language)
        self.comfort.reread()
        desk, trouble = self._page.desk, self._page.trouble
        desk.read(get_setting, "shell.theme", SYSTEM, done=self.theme.choose, failed=trouble, owner=self)

    def choose(self) -> None:
        """Puts language and look on the whole desk, and keeps them."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply(application, self.theme.value, self.language.value)
        self._page.desk.write(
            choose_look, language=self.language.value, theme=self.theme.value, failed=self._page.trouble
        )
