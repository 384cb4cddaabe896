"""The trailing column of a ticket: what runs out, who to call, what hangs on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.kernel.messages import Message, say
from app.tickets.queries import Attachment
from app.views.moments import Due
from app.views.ticket_page import TicketPage
from ui.theme.buttons import Kind, Size
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.tickets.words import due_tone
from ui.widgets.button import Button
from ui.widgets.card import Card, Section
from ui.widgets.chip import Chip
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.texts import dotted, serial, spoken, tr

WIDTH = 296


class SideColumn(QWidget):
    """Due first, since it runs out; then the customer, since one calls; then files."""

    opened_file = Signal(object)
    went = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._page: TicketPage | None = None
        self.due_head, self.due_chip = Label("", "small", "ink2", weight=600), Chip("")
        self.due_when, self.due_line = Label("", "lead", weight=600), Prose("", "small")
        head = row(Icon("clock"), (self.due_head, 1), self.due_chip)
        self.due = Card(column(head, self.due_when, self.due_line, gap=6, margins=(14, 12, 14, 14)))
        self.reason_text = Prose("", "small", "ink")
        self.reason = Card(
            column(
                Label(say("It ended although something was missing"), "small", weight=600, wrap=True), self.reason_text,
                gap=4, margins=(14, 12, 14, 12),
            ),
            tone=Tone.WARN,
        )  # fmt: skip
        self.phone, self.contact = Label("", "lead", weight=600, select=True), Label("", "small", "ink2", wrap=True)
        self.owner = Label("", "small", "ink2", wrap=True)
        self.people = Section(say("People"), self.phone, self.contact, self.owner, gap=6)
        self._work = column(gap=4)
        self.work = Section(say("Repairs"), boxed(self._work))
        self._runs = column(gap=4)
        self.runs = Section(say("Procedures"), boxed(self._runs))
        self._files = column(gap=2)
        self.choose = Button(say("Choose files"), icon="paperclip", size=Size.COMPACT)
        self.paste = Button(say("Paste"), icon="image", size=Size.COMPACT)
        hint = Label(say("Drop photos and papers anywhere on the ticket."), "small", "ink3", wrap=True)
        self.files = Section(say("Files"), boxed(self._files), row(self.choose, self.paste, None), hint, gap=8)
        self.setLayout(column(self.due, self.reason, self.people, self.work, self.runs, self.files, None, gap=12))
        self.setFixedWidth(px(WIDTH))

    def show_page(self, page: TicketPage) -> None:
        """Shows what belongs to this ticket."""
        self._page = page
        due = page.follow_up.due if page.follow_up else page.due
        self.due.setVisible(due is not None)
        self.reason.setVisible(bool(page.show_reason))
        self.reason_text.put(page.show_reason)
        self._show_files(page.attachments)
        self._show_work(page)
        self._show_runs(page)
        self.retranslate()

    def retranslate(self) -> None:
        """Writes the sentences that were composed for now."""
        page = self._page
        if page is None:
            return
        if page.follow_up is not None:
            self._show_due(
                say("Ask how it went"), page.follow_up.day, page.follow_up.due, say("Set when it was resolved.")
            )
        elif page.due is not None:
            first = not page.facts.replied_at
            head = say("First answer") if first else say("Look at it again")
            line = say("Nobody has called or answered yet.") if first else say("Set when it was put aside.")
            self._show_due(head, page.due.when, page.due, line)
        customer = page.customer
        self.phone.put(serial(customer.phone) if customer else "")
        self.phone.setVisible(bool(customer and customer.phone))
        self.contact.put(dotted(customer.contact, customer.email) if customer else tr("Customer not known"))
        self.contact.setVisible(bool(self.contact.text()))
        self.owner.put(tr("{name} has this ticket", name=page.owner) if page.owner else tr("Nobody has this ticket"))

    def _show_due(self, head: Message, when: Message, due: Due, line: Message) -> None:
        self.due_head.put(head)
        self.due_when.put(when)
        self.due_chip.put(due.distance, due_tone(due))
        self.due_line.put(line)

    def _show_files(self, files: tuple[Attachment, ...]) -> None:
        clear(self._files)
        for file in files:
            icon = "image" if file.type.picture else "file-text" if file.type.opens_inside else "box"
            button = Button(_shortened(file.name) or spoken(say("Unnamed")), Kind.LINK, icon=icon, size=Size.COMPACT)
            button.clicked.connect(lambda _=False, each=file: self.opened_file.emit(each))
            self._files.addLayout(row(button, None))

    def _show_work(self, page: TicketPage) -> None:
        clear(self._work)
        for repair in page.repairs:
            words = say("{state}, begun {when}", state=repair.state, when=repair.started)
            button = Button(words, Kind.LINK, icon="wrench", size=Size.COMPACT)
            button.clicked.connect(lambda _=False, each=repair.id: self.went.emit("repair", each))
            self._work.addLayout(row(button, None))
        self.work.setVisible(bool(page.repairs))

    def _show_runs(self, page: TicketPage) -> None:
        clear(self._runs)
        for run in page.runs:
            button = Button(run.words, Kind.LINK, icon="list-checks", size=Size.COMPACT)
            button.clicked.connect(lambda _=False, each=run.id: self.went.emit("sop", each))
            self._runs.addLayout(row(button, None))
        self.runs.setVisible(bool(page.runs or page.offers))


def _shortened(name: str, most: int = 28) -> str:
    """A file's name with its middle left out: the beginning and the ending are what one looks for."""
    return name if len(name) <= most else f"{name[: most - 11]}…{name[-10:]}"
