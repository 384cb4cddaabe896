"""Who a customer is, and where their machines stand: the two questions of the customers' page."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.customers.actions import add_customer, add_site, edit_customer, edit_site
from app.customers.queries import CustomerFacts, SiteRow
from app.customers.rules import LONGEST_NOTE, CustomerDraft, CustomerKind, ReachedBy, SiteDraft
from app.customers.texts import KINDS, REACHED_BY
from app.kernel.messages import say
from app.language.names import language_name, spoken_languages, towns, zone_name
from app.language.translate import current
from ui.pickers.form_draft import Answer, FormDraft
from ui.theme.look import px
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.panel import Panel
from ui.widgets.texts import Words
from ui.work import Desk


class CustomerForm(Panel):
    """For a new customer, or for one that is known; `saved` carries the id and what to say. A name is enough."""

    saved = Signal(str, object, object)

    def __init__(self, desk: Desk) -> None:
        self.desk, self._known = desk, _nobody("")
        self.name, self.contact, self.phone, self.email = TextField(), TextField(), TextField(), TextField()
        self.note = TextArea(lines=2)
        self.note.setMaximumHeight(px(76))
        self.kind = Choice([(each, KINDS[each]) for each in CustomerKind])
        self.reached = Choice([(each, REACHED_BY[each]) for each in ReachedBy])
        self.language = Choice()
        name = Field(say("Name"), self.name, name="name")
        contact = Field(say("Contact person"), self.contact, name="contact")
        phone = Field(say("Telephone"), self.phone, name="phone")
        email = Field(say("E-mail"), self.email, name="email")
        note = Field(say("Note"), self.note, name="note")
        super().__init__(
            say("New customer"), say("Save"),
            boxed(row((name, 2), (Field(say("Kind"), self.kind), 1), gap=12)),
            boxed(form_row(contact, Field(say("Language"), self.language))),
            boxed(form_row(phone, email, Field(say("Reached best by"), self.reached))), boxed(column(note)),
        )  # fmt: skip
        self.name_fields(name, contact, phone, email, note)
        typed: dict[str, Answer] = {
            "name": self.name, "contact": self.contact, "phone": self.phone, "email": self.email, "note": self.note,
        }  # fmt: skip
        self.draft_kept = FormDraft(desk, "customers.customer", typed, parent=self)
        self.note.entered.connect(lambda _: self.submit())

    def begin(self, known: CustomerFacts | None, name: str = "") -> None:
        """Comes up for a customer, or for a new one with what was searched for as the name."""
        self.draft_kept.keep_now()
        facts = self._known = known or _nobody(name)
        for field, text in (
            (self.name, facts.name), (self.contact, facts.contact), (self.phone, facts.phone),
            (self.email, facts.email),
        ):  # fmt: skip
            field.setText(text)
        self.note.setPlainText(facts.note)
        self.kind.choose(facts.kind)
        self.reached.choose(facts.reached_by)
        self.language.offer(_with(("", say("Not known")), spoken_languages(current()), facts.language, language_name))
        self.language.choose(facts.language)
        self.headline.put(say("Change the customer") if known else say("New customer"))
        self.draft_kept.begin(self._about)
        self.ask()

    @property
    def _about(self) -> str:
        """A new one by what was searched for: begun for one name, it is not brought back for another."""
        return self._known.id or self._known.name.casefold()

    def submit(self) -> None:
        self.settle()
        facts = self._known
        draft = CustomerDraft(
            self.name.text(), self.kind.value, self.contact.text(), self.phone.text(), self.email.text(),
            self.language.value, self.reached.value, self.note.text, facts.market,
        )  # fmt: skip
        about = self._about
        if facts.id:
            self.desk.write(
                edit_customer, facts.id, draft,
                done=lambda _: self._done(about, facts.id, say("Customer saved"), partial(self._take_back, facts)),
                failed=self.show_trouble, owner=self,
            )  # fmt: skip
        else:
            self.desk.write(
                add_customer, draft, done=lambda made: self._done(about, made, say("Customer added"), None),
                failed=self.show_trouble, owner=self,
            )  # fmt: skip

    def _done(self, about: str, customer: str, words: Words, undo: Callable[[], object] | None) -> None:
        self.draft_kept.forget(about)
        self.close_panel()
        self.saved.emit(customer, words, undo)

    def _take_back(self, facts: CustomerFacts) -> None:
        """As it was before it was changed."""
        was = CustomerDraft(
            facts.name, facts.kind, facts.contact, facts.phone, facts.email, facts.language, facts.reached_by,
            facts.note, facts.market,
        )  # fmt: skip
        self.desk.write(edit_customer, facts.id, was, failed=self.broke.emit, owner=self)


class SiteForm(Panel):
    """For a new site of a customer, or for a known one; `saved` carries what to say and what takes it back."""

    saved = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        self.desk, self._customer, self._known = desk, "", SiteRow("", "", "", "", "")
        self.name, self.address, self.zone = TextField(), TextField(longest=LONGEST_NOTE), Choice()
        name = Field(say("Name"), self.name, name="name", note=say("Bar, kitchen, branch"))
        address = Field(say("Address"), self.address, name="address")
        zone = Field(say("Its clock is that of"), self.zone, name="zone")
        super().__init__(
            say("Add a site"), say("Save"), boxed(form_row(name, zone)), boxed(column(address))
        )  # fmt: skip
        self.name_fields(name, address, zone)
        self.draft_kept = FormDraft(desk, "customers.site", {"name": self.name, "address": self.address}, parent=self)

    def begin(self, customer: str, known: SiteRow | None = None) -> None:
        """Comes up for a site of this customer."""
        self.draft_kept.keep_now()
        site = self._known = known or SiteRow("", customer, "", "", "")
        self._customer = customer
        self.name.setText(site.name)
        self.address.setText(site.address)
        self.draft_kept.begin(self._about)
        self.headline.put(say("Change the site") if known else say("Add a site"))
        self._offer(())
        self.desk.background(towns, current(), done=self._offer, failed=self.show_trouble, owner=self, latest="towns")
        self.ask()

    def submit(self) -> None:
        self.settle()
        site, draft = self._known, SiteDraft(self.name.text(), self.address.text(), self.zone.value or "")
        about = self._about
        if site.id:
            self.desk.write(
                edit_site, site.id, draft,
                done=lambda _: self._done(about, say("Site saved"), partial(self._take_back, site)),
                failed=self.show_trouble, owner=self,
            )  # fmt: skip
        else:
            self.desk.write(
                add_site, self._customer, draft, done=lambda _: self._done(about, say("Site added"), None),
                failed=self.show_trouble, owner=self,
            )  # fmt: skip

    @property
    def _about(self) -> str:
        return self._known.id or f"+{self._customer}"

    def _take_back(self, site: SiteRow) -> None:
        """As it was before it was changed."""
        was = SiteDraft(site.name, site.address, site.zone)
        self.desk.write(edit_site, site.id, was, failed=self.broke.emit, owner=self)

    def _offer(self, found: Sequence[tuple[str, str]]) -> None:
        chosen = self.zone.value if found else self._known.zone
        self.zone.offer(_with(("", say("This desk")), found, self._known.zone, zone_name))
        self.zone.choose(chosen)

    def _done(self, about: str, words: Words, undo: Callable[[], object] | None) -> None:
        self.draft_kept.forget(about)
        self.close_panel()
        self.saved.emit(words, undo)


def _nobody(name: str) -> CustomerFacts:
    return CustomerFacts("", name, CustomerKind.BUSINESS, "", "", "", "", ReachedBy.PHONE, "", "", ())


def _with(
    none: tuple[str, Words], known: Sequence[tuple[str, str]], kept: str, named: Callable[[str, str], str]
) -> list[tuple[str, Words]]:
    """What can be chosen: nothing, what is known, and what is on record although nobody offers it."""
    more = [(kept, named(kept, current()))] if kept and kept not in dict(known) else []
    return [none, *more, *known]
