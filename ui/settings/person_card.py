"""Who is at the desk, and after how long the next save asks again."""

from typing import Any

from app.kernel.messages import Message, say, say_count
from app.people.queries import names_of
from app.workflows.settings import get_setting, set_setting
from ui.settings.card import SettingsCard, setting
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.label import Label
from ui.widgets.page import Page
from ui.work import IDLE_SECONDS

SETTING = "desk.idle_minutes"  # as ui/shell/desktop.py reads it at the start
MINUTES = (2, 5, 10, 20, 60)


def _minutes(count: int) -> Message:
    return say_count("after {count} minute", "after {count} minutes", count)


class PersonCard(SettingsCard):
    """Nothing closes and no draft is lost when the desk asks: the save waits for the answer."""

    def __init__(self, page: Page) -> None:
        self._page, self._names = page, {"": ""}
        self.now = Label("", wrap=True)
        self.change = Button(say("Change"), icon="circle-user", keys="F2", act=lambda: page.wanted.emit("person"),
                             name=say("Change who is at the desk"))  # fmt: skip
        self.idle = Choice([(each, _minutes(each)) for each in MINUTES])
        self.idle.setMinimumWidth(px(190))
        self.idle.chosen.connect(self.choose)
        rows = {
            "person": setting(say("At the desk now"), "", self.now, self.change),
            "person.idle": setting(
                say("When the desk asks again"),
                say("Nobody touched this computer for some time: the next save asks who it is. Nothing closes, and what"
                    " is half written stays. Shorter is better where several share a computer."),
                Field(say("Ask again"), self.idle),
            ),
        }  # fmt: skip
        super().__init__(say("Who is at the desk"), rows, {"person": self.change, "person.idle": self.idle})

    def reread(self) -> None:
        """Reads who it is, and what was chosen."""
        self._page.desk.read(names_of, done=self._know, failed=self._page.trouble, latest="names", owner=self)
        self._page.desk.read(get_setting, SETTING, IDLE_SECONDS // 60, done=self._put, failed=self._page.trouble,
                             latest="idle", owner=self)  # fmt: skip

    def choose(self, minutes: int) -> None:
        """Holds at once."""
        self._page.desk.idle_seconds = minutes * 60
        self._page.desk.write(set_setting, SETTING, minutes, done=self._kept, failed=self._not_kept, owner=self)

    def _kept(self, before: Any) -> None:
        was = before if before in MINUTES else IDLE_SECONDS // 60
        self._page.tell(
            say("The desk asks again {after}", after=_minutes(self.idle.value)), undo=lambda: self._back(was)
        )

    def _back(self, minutes: int) -> None:
        self.idle.choose(minutes)
        self._page.desk.idle_seconds = minutes * 60
        self._page.desk.write(set_setting, SETTING, minutes, failed=self._page.trouble, owner=self)

    def _not_kept(self, error: BaseException) -> None:
        self._page.trouble(error)
        self.reread()

    def _put(self, minutes: Any) -> None:
        self.idle.choose(minutes if minutes in MINUTES else IDLE_SECONDS // 60)
        self._page.desk.idle_seconds = self.idle.value * 60

    def _know(self, names: dict[str, str]) -> None:
        actor = self._page.desk.actor
        self.now.put(names.get(actor.person, "") if actor else say("Nobody yet"))
        if not self.now.text():
            self.now.put(say("Nobody yet"))
