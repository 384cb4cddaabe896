"""Copies of all records: where they are, how old the newest is, one more at once, and a further folder."""

from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.kernel.errors import UserError
from app.kernel.house import CopiesSeen, CopyTaken, Elsewhere
from app.kernel.instants import now
from app.kernel.messages import Message, Shown, say, say_count
from app.views.moments import span_of, zone_of
from app.workflows.settings import get_setting, set_setting
from ui.settings.card import SettingsCard, setting
from ui.theme.buttons import Kind
from ui.theme.tones import Tone
from ui.widgets.address import Address
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import row
from ui.widgets.page import Page
from ui.widgets.problem import Problem
from ui.widgets.progress import Progress, Steps
from ui.widgets.texts import spoken

SETTING = "backup.elsewhere"  # as app/store/elsewhere.py reads it


class CopiesCard(SettingsCard):
    """Nothing is ever removed in the further folder that is not a copy of this desk."""

    def __init__(self, page: Page) -> None:
        self._page, self._zone, self._further = page, "UTC", ""
        self._seen: CopiesSeen | None = None
        self._busy = False
        self._steps, self.progress, self.problem = Steps(), Progress(), Problem()
        self.newest, self.count = Label("", weight=600, wrap=True), Prose("", "small")
        self.place = Address("")
        self.now = Button(say("Back up now"), icon="save", act=self.take)
        self.folder = TextField(code=True, longest=400, hint=say("None"))
        self.field = Field(say("Folder"), self.folder, name="folder")
        self.choose = Button(say("Choose"), icon="folder-open", act=self.choose_folder,
                             name=say("Choose the further folder"))  # fmt: skip
        self.keep = Button(say("Use it"), icon="check", act=lambda: self.keep_folder(self.folder.text()))
        self.forget = Button(say("No further folder"), Kind.TEXT, icon="x", act=lambda: self.keep_folder(""))
        self.folder.entered.connect(self.keep_folder)
        super().__init__(say("Copies"), self._rows(), {"copies.now": self.now, "copies.elsewhere": self.folder,
                                                       "copies.restore": self.now})  # fmt: skip
        self._steps.setParent(self)
        self._steps.moved.connect(self.progress.put)

    def reread(self) -> None:
        """Looks at the copies that are there."""
        self._page.desk.read(zone_of, done=self._know_zone, failed=self._page.trouble, latest="zone", owner=self)
        self._page.desk.read(get_setting, SETTING, "", done=self._know_folder, failed=self._page.trouble,
                             latest="folder", owner=self)  # fmt: skip

    def retranslate(self) -> None:
        """Says the same in the language in force."""
        if self._seen is not None:
            self._show(self._seen)

    def take(self) -> None:
        """A copy at once, and one in the further folder."""
        house = self._page.desk.house
        if house is None or self._busy:
            return
        self._busy = True
        self.problem.settle()
        self.progress.start(say("Making a copy, and checking it"))
        self._page.desk.background(house.copies.take, self._further, progress=self._steps.tell, done=self._taken,
                                   failed=self._not_taken, owner=self, latest="take")  # fmt: skip

    def choose_folder(self) -> None:
        """Asks the system for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, spoken(say("Choose the further folder")), self.folder.text())
        if chosen:
            self.keep_folder(chosen)

    def keep_folder(self, folder: str) -> None:
        """Keeps it when a copy can lie there."""
        house = self._page.desk.house
        if house is not None:
            self.field.clear_problem()
            self._page.desk.background(house.copies.check, folder, done=self._checked, failed=self._failed, owner=self,
                                       latest="check")  # fmt: skip

    def _rows(self) -> dict[str, QWidget]:
        return {
            "copies.now": setting(self.newest, self.count, self.now, below=(self.place, self.progress, self.problem)),
            "copies.elsewhere": setting(
                say("A further folder"),
                say("A stick or a folder of the network, for the day on which this computer is gone. Once a day, and at"
                    " each Back up now, one encrypted file with everything goes there; the latest three stay."),
                below=(row((self.field, 1), self.choose, gap=10), row(self.keep, self.forget, None, gap=10)),
            ),
            "copies.restore": setting(say("Bring back a copy"), say(
                "A damaged store offers its copies by itself when the desk opens. Otherwise close the desk and type"
                " the command {command} with the file. What was there is kept aside, never thrown away. A file from the"
                " further folder opens on another computer with the passphrase or the recovery key of that day.",
                command=Shown("plain", "start.py restore"),
            )),
        }  # fmt: skip

    def _know_zone(self, zone: str) -> None:
        self._zone = zone

    def _know_folder(self, folder: Any) -> None:
        self._further = folder if isinstance(folder, str) else ""
        if not self.folder.hasFocus():
            self.folder.setText(self._further)
        self._look()

    def _look(self) -> None:
        house = self._page.desk.house
        self.now.setEnabled(house is not None)
        if house is not None:
            self._page.desk.background(house.copies.look, self._further, done=self._show, failed=self._page.trouble,
                                       owner=self, latest="look")  # fmt: skip
        else:
            self.newest.put(say("Copies are made while the desk is open"))

    def _show(self, seen: CopiesSeen) -> None:
        self._seen = seen
        self.newest.put(_newest(seen, self._zone))
        self.count.put(say_count(
            "{count} copy is there. It was opened and checked when it was made.",
            "{count} copies are there. Each was opened and checked when it was made.", seen.count,
        ) if seen.count else say("The first one is made once something was written."))  # fmt: skip
        self.place.put(seen.folder)
        self.forget.setVisible(bool(self._further))
        self.field.set_note(_further(seen.elsewhere, self._zone))

    def _taken(self, taken: CopyTaken) -> None:
        self._busy = False
        self.progress.finish()
        if taken.trouble is not None:
            line = say("The copy on this computer was made and checked.")
            self.problem.show_words(taken.trouble.message, line, tone=Tone.WARN)
        self._page.tell(say("A copy was made and checked"))
        self._look()

    def _not_taken(self, error: BaseException) -> None:
        self._busy = False
        self.progress.finish()
        if isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self._page.trouble(error)

    def _checked(self, folder: str) -> None:
        self._page.desk.write(set_setting, SETTING, folder, done=lambda before: self._kept(folder, before),
                              failed=self._page.trouble, owner=self)  # fmt: skip

    def _kept(self, folder: str, before: Any) -> None:
        was = before if isinstance(before, str) else ""
        words = say("Copies go into the further folder too") if folder else say("No further folder any more")
        self._page.tell(words, undo=lambda: self._checked(was) if was != folder else None)
        self.folder.setText(folder)
        self._further = folder
        self._look()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field == self.field.name:
            self.field.show_error(error)
            self.folder.setFocus()
        else:
            self._page.trouble(error)


def _newest(seen: CopiesSeen, zone: str) -> Message:
    if not seen.count:
        return say("No copy yet")
    when, age = Shown("datetime", seen.newest_at, zone), span_of(max(0, now() - seen.newest_at))
    return say("The newest copy is of {when}, {age} old", when=when, age=age)


def _further(elsewhere: Elsewhere | None, zone: str) -> Message:
    if elsewhere is None:
        return say("Copies lie on this computer alone. When it is lost, they are lost too.")
    if not elsewhere.there:
        return say("The folder is not there now. Work goes on; copies go there again when it is back.")
    if not elsewhere.count:
        return say("The folder is there. The next copy goes into it.")
    when = Shown("datetime", elsewhere.newest_at, zone)
    return say_count("{count} copy lies there, the newest of {when}", "{count} copies lie there, the newest of {when}",
                     elsewhere.count, when=when)  # fmt: skip
