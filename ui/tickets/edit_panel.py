"""What is known of a ticket, corrected in place: matter, kind, words, machine, customer."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.language.translate import current
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.tickets.texts import CHANNELS, KINDS
from app.views.serial_lookup import SerialFound, by_serial
from app.views.ticket_page import TicketPage
from app.workflows.ticketing import change_ticket
from ui.pickers.customer import CustomerPicker
from ui.theme.buttons import Kind
from ui.tickets.panels import Panel, short_area
from ui.widgets.button import Button
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import form_row, row
from ui.widgets.texts import tr
from ui.work import Desk


class EditPanel(Panel):
    """The story is not touched; a machine number brings its machine along."""

    place = "edit"
    answers = ("subject", "words", "kind", "channel", "serial", "customer")

    def __init__(self, desk: Desk) -> None:
        self._found = SerialFound()
        self.subject, self.serial = TextField(longest=200), TextField(code=True, icon="scan-line")
        self.kind = Choice([(each, KINDS[each]) for each in TicketKind])
        self.channel = Choice([(each, CHANNELS[each]) for each in Channel])
        self.words = short_area()
        self.customer = CustomerPicker(desk)
        self.owner = Button("", Kind.LINK, icon="user", act=self._take_owner)
        self._fields = {}
        title = self.named("title", say("What it is about"), self.subject)
        words = self.named("words", say("What the customer says"), self.words)
        serial = self.named("serial", say("Machine number"), self.serial)
        kinds = form_row(
            self.named("kind", say("Kind"), self.kind),
            self.named("channel", say("How it came in"), self.channel),
            serial,
        )
        super().__init__(
            desk, say("Change the ticket"), say("Save"), title, kinds, words, self.customer, row(self.owner, None)
        )
        self._fields["name"] = self.customer.new_fields
        self.serial.textChanged.connect(self._look_up)
        self.customer.changed.connect(self._propose_owner)
        self.owner.hide()

    def fill(self, page: TicketPage) -> None:
        facts = page.facts
        self._stated = page.unit.printed if page.unit else ""
        self._draft = TicketDraft(
            site=facts.site, unit=facts.unit, market=facts.market, language=facts.language, customer=facts.customer
        )
        kind = TicketKind(facts.kind) if facts.kind in set(TicketKind) else None
        channel = Channel(facts.channel) if facts.channel in set(Channel) else None
        self._was = replace(
            self._draft, kind=kind, title=facts.title, words=facts.words, channel=channel or Channel.PHONE,
            serial=facts.serial,
        )  # fmt: skip
        self.subject.setText(facts.title)
        self.words.setPlainText(facts.words)
        self.kind.choose(kind)
        self.channel.choose(channel)
        self.serial.setText(self._stated)
        self.customer.put(facts.customer, page.customer.name if page.customer else "")

    def first(self) -> QWidget:
        return self.subject

    @property
    def draft(self) -> TicketDraft:
        """What stands in the form; another customer has other sites, and a number that was not touched is still that
        of its machine: two machines may have been registered with it."""
        kept, customer, serial = self._draft, self.customer.picked.id, self.serial.text()
        return TicketDraft(
            kind=self.kind.value, title=self.subject.text(), words=self.words.text, channel=self.channel.value,
            customer=customer, site=kept.site if customer == kept.customer else "",
            unit=kept.unit if kept.unit and serial == self._stated else self._found.unit, serial=serial,
            market=kept.market or self._found.market, language=kept.language,
        )  # fmt: skip

    def submit(self) -> None:
        was = self._was
        self.write(
            change_ticket, self.draft, customer=self.customer.picked.new, said=say("Ticket changed"),
            back=(lambda ticket: self.take_back(change_ticket, ticket, was)) if was.kind else None,
        )  # fmt: skip

    def _look_up(self, text: str) -> None:
        self._found = SerialFound()
        self.owner.hide()
        self.desk.read(by_serial, text, current(), done=self._know, failed=self.trouble, latest="serial")

    def _know(self, found: SerialFound) -> None:
        """A wrong number is said, and kept as stated all the same."""
        self._found = found
        self._fields["serial"].clear_problem()
        if found.problem is not None and len(self.serial.text().strip()) >= 10:
            self._fields["serial"].show_problem(found.problem)
        self._propose_owner()

    def _propose_owner(self) -> None:
        """The machine's owner is offered, and saved only when somebody says so."""
        picked = self.customer.picked
        nobody = not picked.id and picked.new is None
        self.owner.put(tr("The machine belongs to {name}: take as customer", name=self._found.customer_name))
        self.owner.setVisible(bool(self._found.customer) and nobody)

    def _take_owner(self) -> None:
        self.customer.put(self._found.customer, self._found.customer_name)
