"""The last sheets of a new desk: the code, and who works here."""

from PySide6.QtCore import Qt, Signal

from app.kernel.beginnings import Founding, Known
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Role
from app.people.texts import ROLES
from ui.shell.sheet import Sheet, next_button
from ui.theme.look import look
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import CheckBox, Choice, TextField
from ui.widgets.label import Label, Prose
from ui.widgets.layouts import boxed, column, row

HTTPS = "https://"


class ConnectSheet(Sheet):
    """Address and code. `typed` carries both; `later` the same, for when there is no network; `skipped` goes on
    without."""

    typed = Signal(str, str)
    later = Signal(str, str)
    skipped = Signal()

    def __init__(self, manufacturer: str) -> None:
        self.address, self.code = TextField(code=True, longest=200), TextField(code=True, longest=40)
        fields = {
            "address": Field(say("Address"), self.address, note=say("It begins with {start}", start=HTTPS)),
            "code": Field(say("Code"), self.code, note=say("Four groups of five letters and digits")),
        }
        self.wait_button = Button(say("Keep the code and go on"), icon="cloud-off", act=self._later)
        self.waits = Prose(
            say(
                "It is kept on this computer and tried by itself as soon as there is a network."
                " It may be too old by then."
            )
        )
        self.without = Button(say("Without a connection"), act=self._skip)
        acts = row(self.without, next_button(say("Connect"), self.go_on), gap=10)
        words = say("A code is good for one computer and for fifteen minutes. {manufacturer} or your manager gives it.",
                    manufacturer=manufacturer)  # fmt: skip
        super().__init__(
            say("Connect this computer"), Prose(words), *fields.values(),
            boxed(column(self.waits, row(self.wait_button, None), gap=8)),
            acts=acts, first=self.address, fields=fields,
        )  # fmt: skip
        self.address.entered.connect(lambda _: self.code.setFocus(Qt.FocusReason.OtherFocusReason))
        self.code.entered.connect(lambda _: self.go_on())
        self._offer_later(False)

    def go_on(self) -> None:
        if not self.busy:
            self._offer_later(False)
            self.typed.emit(self.address.text(), self.code.text())

    def show_error(self, error: BaseException) -> None:
        super().show_error(error)
        self._offer_later(isinstance(error, UserError) and error.kind is Trouble.OFFLINE)

    def forget(self) -> None:
        self.code.clear()

    def _offer_later(self, so: bool) -> None:
        self.waits.setVisible(so)
        self.wait_button.setVisible(so)

    def _later(self) -> None:
        if not self.busy:
            self.later.emit(self.address.text(), self.code.text())

    def _skip(self) -> None:
        if not self.busy:
            self.skipped.emit()


class PeopleSheet(Sheet):
    """Who is at this desk: one of those who are known, or the first person of all. `founded` carries a Founding."""

    founded = Signal(object)

    def __init__(self, zone: str) -> None:
        self.name, self.business = TextField(longest=120), TextField(longest=120)
        self.who, self.market = Choice(), Choice()
        self.roles = {role: CheckBox(ROLES[role], on=True) for role in Role}
        self._known = Known()
        fields = {
            "name": Field(say("Name"), self.name),
            "who": Field(
                say("Who are you?"), self.who,
                note=say("Not on the list? Choose your manager, who adds you in the settings."),
            ),
            "business": Field(say("Name of the business"), self.business, note=say("It stands on what you print.")),
            "market": Field(
                say("Market"), self.market, note=say("Telephone numbers and deadlines are of this market.")
            ),
        }  # fmt: skip
        self._roles = boxed(column(
            Label(say("What do you do here? One person may do everything."), "small", "ink2", weight=500),
            row(*self.roles.values(), None, gap=18),
            Label(say("The first person is manager too, and can add the others."), "small", "ink3", wrap=True), gap=4,
        ))  # fmt: skip
        clock = Label(say("Times are shown as in {zone}, as this computer's clock is set.", zone=zone), "small", "ink3",
                      wrap=True)  # fmt: skip
        super().__init__(
            say("Who works here?"), fields["who"], fields["name"], self._roles, fields["business"], fields["market"],
            clock,
            acts=next_button(say("Open the desk"), self.go_on), first=self.name, fields=fields,
        )  # fmt: skip
        self._asked = False
        self.name.entered.connect(lambda _: self._after(self.name))
        self.business.entered.connect(lambda _: self._after(self.business))
        self.put(Known())

    def put(self, known: Known) -> None:
        """Asks for what the store does not know yet; what was typed stays."""
        self._known, joins = known, bool(known.people)
        self.who.offer(known.people)
        self.fields["who"].setVisible(joins)
        self.fields["name"].setVisible(not joins)
        self._roles.setVisible(not joins)
        if known.business and not self.business.text():
            self.business.setText(known.business)
        self.fields["business"].setVisible(not joins)
        self.market.offer([("", say("Ask later")), *known.markets])
        self.market.choose(known.market)
        self.fields["market"].setVisible(bool(known.markets))
        self.first = self.who if joins else self.name

    def _after(self, field: TextField) -> None:
        """Enter goes to the next line that asks for a text, and on from the last of them."""
        if field is self.name and self.name.text().strip() and not self.fields["business"].isHidden():
            self.settle()
            self.business.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.go_on()

    def _ask_business(self) -> bool:
        """Says once that the business has no name: it may stay so."""
        lacks = bool(self.name.text().strip()) and not self.business.text().strip()
        if self._asked or not lacks or self.fields["business"].isHidden():
            return False
        self._asked = True
        self.fields["business"].show_problem(
            say("It has no name yet. Type it, or press Enter again to leave it empty.")
        )
        self.business.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def go_on(self) -> None:
        if self.busy:
            return
        self.settle()
        if self._ask_business():
            return
        joins = bool(self._known.people)
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        self.founded.emit(
            Founding(
                look().language,
                business=self._known.business if joins else self.business.text(),
                market=str(self.market.value or ""),
                colleague=str(self.who.value) if joins else "",
                name=self.name.text(),
                roles=roles,
            )
        )

    def show_error(self, error: BaseException) -> None:
        """A role that is missing is told above: its ticks have no line of their own."""
        super().show_error(error)
        if isinstance(error, UserError) and error.field == "roles":
            next(iter(self.roles.values())).setFocus(Qt.FocusReason.OtherFocusReason)
