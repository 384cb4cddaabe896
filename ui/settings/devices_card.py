"""The partner's computers: what this one is called, which others there are, how one comes and how one is lost."""

from PySide6.QtWidgets import QWidget

from app.kernel.errors import UserError
from app.kernel.messages import say
from app.views.devices import DeviceRow, Devices, devices, name_desk
from ui.settings.card import SettingsCard, setting
from ui.widgets.button import Button
from ui.widgets.card import framed
from ui.widgets.field import Field
from ui.widgets.inputs import TextField
from ui.widgets.label import Prose
from ui.widgets.layouts import boxed, row
from ui.widgets.page import Page
from ui.widgets.row_list import RowList
from ui.widgets.rows import FIT, Cell, Cells, Column, PagedModel
from ui.widgets.texts import spoken

LONGEST = 60


class DevicesCard(SettingsCard):
    """A name is written by a person, never taken from the system: it may hold somebody's own."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: Devices | None = None
        self.name = TextField(longest=LONGEST, hint=say("Such as Workshop, or Van 2"))
        self.field = Field(say("Name of this computer"), self.name, name="name",
                           note=say("Your other computers show it, where they say who wrote something."))  # fmt: skip
        self.save = Button(say("Save the name"), icon="check", act=self.keep_name)
        self.name.entered.connect(lambda _: self.keep_name())
        columns = [Column(say("Computer")), Column(say("Its sign"), FIT), Column(say("Last heard of"), FIT, end=True)]
        self.model = PagedModel(columns, cells=_cells, key=lambda each: each.device)
        self.list = RowList(self.model, name=say("Your computers"), fit=True)
        self.shelf = framed(self.list)
        self.alone = Prose("", "small")
        self.exchange = Button(say("Open the exchange"), icon="refresh-cw", keys="Ctrl+E",
                               act=lambda: page.wanted.emit("exchange"))  # fmt: skip
        self.line, self.add, self.lost = Prose("", "small"), Prose("", "small"), Prose("", "small")
        super().__init__(say("Your computers"), self._rows(), {
            "devices.name": self.name, "devices.list": self.list, "devices.exchange": self.exchange,
            "devices.add": self.exchange, "devices.lost": self.exchange,
        })  # fmt: skip

    def reread(self) -> None:
        """Reads which there are."""
        desk, trouble = self._page.desk, self._page.trouble
        desk.read(devices, done=self._show, failed=trouble, latest="devices", owner=self)

    def retranslate(self) -> None:
        """Says the same in the language in force."""
        if self._seen is not None:
            self._show(self._seen, keep=True)

    def keep_name(self) -> None:
        """Keeps what was typed, for every computer of the partner."""
        self.field.clear_problem()
        self._page.desk.write(name_desk, self.name.text(), done=self._kept, failed=self._failed, owner=self)

    def _rows(self) -> dict[str, QWidget]:
        known = say("Each computer that wrote something is here, with the time of the latest of it.")
        return {
            "devices.name": boxed(row((self.field, 1), self.save, gap=10)),
            "devices.list": setting(say("Computers that are known here"), known, below=(self.shelf, self.alone)),
            "devices.exchange": setting(say("Connection"), self.line, self.exchange),
            "devices.add": setting(say("Add a computer"), self.add),
            "devices.lost": setting(say("A computer was lost"), self.lost),
        }

    def _show(self, seen: Devices, *, keep: bool = False) -> None:
        self._seen = seen
        if not keep and not self.name.hasFocus():
            self.name.setText(seen.name)
        self.model.fill(seen.rows)
        self.shelf.setVisible(len(seen.rows) > 1)
        self.alone.setVisible(len(seen.rows) < 2)
        whose = seen.manufacturer or say("the manufacturer")
        self.alone.put(
            say("Only this one so far. Another one shows here once it is connected and has written something.")
        )
        self.line.put(
            say("This computer exchanges with {manufacturer}. The page says how it stands.", manufacturer=whose)
            if seen.linked
            else say("This computer is not connected. Everything works without; the page connects it.")
        )
        self.add.put(say(
            "Install Aftercare there. Ask {manufacturer} for a code: it holds for one computer and a quarter of an"
            " hour. Type it there on the page of the exchange; all your records come by themselves.",
            manufacturer=whose,
        ))  # fmt: skip
        self.lost.put(say(
            "Call {manufacturer} at once and name the sign of the computer: it is shut out from then on. What is on it"
            " stays encrypted: nothing but its passphrase or its recovery key opens it.", manufacturer=whose,
        ))  # fmt: skip

    def _kept(self, before: str) -> None:
        self._page.tell(say("The name is kept"), undo=lambda: self._back(before))
        self.reread()

    def _back(self, before: str) -> None:
        self._page.desk.write(name_desk, before, done=lambda _: self.reread(), failed=self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field == self.field.name:
            self.field.show_error(error)
            self.name.setFocus()
        else:
            self._page.trouble(error)


def _cells(device: DeviceRow) -> Cells:
    name = Cell(spoken(device.name), weight=600 if device.here else 500, icon="monitor")
    return name, Cell(device.code, ink="ink2", code=True), Cell(spoken(device.heard), ink="ink2")
