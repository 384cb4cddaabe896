"""The customer of a ticket, corrected in place, with a new site where there is one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.customers.rules import CustomerDraft, CustomerKind, ReachedBy, SiteDraft
from app.customers.texts import KINDS, REACHED_BY
from app.kernel.messages import say
from app.views.ticket_page import TicketPage
from app.workflows.ticketing import change_customer
from ui.tickets.panels import Panel
from ui.widgets.inputs import Choice, TextField
from ui.widgets.layouts import form_row
from ui.work import Desk


class CustomerPanel(Panel):
    """Everything here is the partner's own: the manufacturer does not see it."""

    place = "customer"
    answers = ("name", "kind", "contact", "phone", "email", "reached", "note", "site", "address")

    def __init__(self, desk: Desk) -> None:
        self.name, self.contact, self.phone, self.email = TextField(), TextField(), TextField(), TextField()
        self.note, self.site, self.address = TextField(longest=4000), TextField(), TextField()
        self.kind = Choice([(each, KINDS[each]) for each in CustomerKind])
        self.reached = Choice([(each, REACHED_BY[each]) for each in ReachedBy])
        self._fields = {}
        super().__init__(
            desk,
            say("Change the customer"),
            say("Save"),
            form_row(
                self.named("name", say("Name"), self.name), self.named("kind", say("Kind"), self.kind),
                self.named("contact", say("Contact person"), self.contact),
            ),
            form_row(
                self.named("phone", say("Telephone"), self.phone), self.named("email", say("E-mail"), self.email),
                self.named("reached_by", say("Reached best by"), self.reached),
            ),
            form_row(
                self.named("note", say("Note"), self.note), self.named("site", say("Another site"), self.site),
                self.named("address", say("Its address"), self.address),
            ),
        )  # fmt: skip

    def fill(self, page: TicketPage) -> None:
        facts = page.customer
        self._customer = facts
        self.site.clear()
        self.address.clear()
        if facts is not None:
            for field, text in (
                (self.name, facts.name), (self.contact, facts.contact), (self.phone, facts.phone),
                (self.email, facts.email), (self.note, facts.note),
            ):  # fmt: skip
                field.setText(text)
            self.kind.choose(facts.kind)
            self.reached.choose(facts.reached_by)

    def first(self) -> QWidget:
        return self.name

    def submit(self) -> None:
        facts = self._customer
        if facts is None:
            return
        draft = CustomerDraft(
            self.name.text(), self.kind.value, self.contact.text(), self.phone.text(), self.email.text(),
            facts.language, self.reached.value, self.note.text(), facts.market,
        )  # fmt: skip
        site = SiteDraft(self.site.text(), self.address.text()) if self.site.text().strip() else None
        self.settle()
        self.draft_kept.keep_now()
        was = CustomerDraft(
            facts.name, facts.kind, facts.contact, facts.phone, facts.email, facts.language, facts.reached_by,
            facts.note, facts.market,
        )  # fmt: skip
        back = partial(self.take_back, change_customer, facts.id, was)
        self.desk.write(
            change_customer, facts.id, draft, site=site, done=partial(self._done, self.ticket, back),
            failed=self.trouble, owner=self,
        )  # fmt: skip

    def _done(self, ticket: str, back: Callable[[], object], _: object) -> None:
        self.was_saved(ticket)
        self.saved.emit(say("Customer saved"), back)
