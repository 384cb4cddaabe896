"""A new ticket: what it is about is enough to save; what is typed is kept at every pause."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.tickets.rules import Channel, Severity, TicketDraft, TicketKind
from app.tickets.texts import CHANNELS, KINDS, SEVERITIES
from app.views.faq import LinkKind
from app.views.serial_lookup import SerialFound
from app.workflows.drafts import KeptDraft
from app.workflows.ticketing import log_ticket
from ui.pickers.answers import Answers
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.tickets.kept_form import KeptForm, beside_nothing
from ui.widgets.card import Card, Section
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextArea, TextField
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, column, form_row, row
from ui.widgets.page import Act, CustomerSees
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, tr
from ui.work import Desk

WIDTH = 820


class NewTicketPage(KeptForm):
    """Opened with a serial, or with `("customer", id, name)`, it is filled in."""

    place = "tickets.new"

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.subject = TextField(longest=200)
        self.kind = Choice([(None, say("Choose")), *[(each, KINDS[each]) for each in TicketKind]])
        self.channel = Choice([(each, CHANNELS[each]) for each in Channel])
        self.level = Choice([(each, SEVERITIES[each]) for each in Severity])
        self.words = TextArea(lines=4)
        self.words.setMaximumHeight(px(120))
        self.machine = self._machine_card()
        self.answers = Answers(desk, verb=say("Copy the answer"), icon="copy", leads=frozenset({LinkKind.CRISIS}))
        self.answers.used.connect(lambda _: self.tell(say("Answer copied")))
        self.answers.linked.connect(lambda *_: self.called.emit())
        self.answering = Section(say("What may be answered"), self.answers)
        self.answers.filled.connect(self.answering.setVisible)
        self.answering.hide()
        self.fields = {
            "title": Field(say("What is it about"), self.subject, note=say("One sentence, in the customer's words")),
            "kind": Field(say("Kind"), self.kind),
            "words": Field(say("What the customer says"), self.words),
            "serial": Field(say("Machine number"), self.serial, note=say("Scan it, or type it as on the plate")),
        }
        self._build()
        self._connect()

    def title(self) -> Words:
        return say("New ticket")

    def start(self) -> QWidget | None:
        return self.subject

    def scanned(self, text: str) -> bool:
        self.serial.setFocus()
        return super().scanned(text)

    @property
    def draft(self) -> TicketDraft:
        """What stands in the form."""
        found = self.found
        return TicketDraft(
            kind=self.kind.value, title=self.subject.text(), words=self.words.text, channel=self.channel.value,
            severity=self.level.value, customer=self.customer.picked.id, site=found.site, unit=found.unit,
            serial=self.serial.text(), market=found.market,
        )  # fmt: skip

    def save(self) -> None:
        """Saves the ticket, and the new customer with it. What still waits to be kept is kept before, so that the
        draft does not come back behind the ticket."""
        self.leave()
        self.settle()
        self.desk.write(
            log_ticket, self.draft, customer=self.customer.picked.new, place=self.place,
            done=self._saved, failed=self.trouble,
        )  # fmt: skip

    def written(self) -> tuple[str, ...]:
        return self.subject.text(), self.words.text

    def body(self) -> dict[str, Any]:
        return {
            "subject": self.subject.text(), "words": self.words.text, "kind": str(self.kind.value or ""),
            "channel": str(self.channel.value), "level": str(self.level.value),
        }  # fmt: skip

    def fill(self, body: dict[str, Any]) -> None:
        self.subject.setText(str(body.get("subject", "")))
        self.words.setPlainText(str(body.get("words", "")))
        kind = body.get("kind", "")
        self.kind.choose(TicketKind(kind) if kind in set(TicketKind) else None)
        self.channel.choose(Channel(body.get("channel", Channel.PHONE)))
        self.level.choose(Severity(body.get("level", Severity.S4)))

    def restore(self, argument: object, kept: KeptDraft | None) -> None:
        """What was kept, and the machine or the customer that the page was opened for."""
        serial = argument if isinstance(argument, str) else ""
        serial = serial or self.serial.text()
        super().restore(argument, kept)
        if serial:
            self.serial.setText(serial)
        if isinstance(argument, tuple):
            self._take_customer(*argument[1:])

    def typed(self) -> None:
        self.answers.look_for(f"{self.subject.text()} {self.words.text}", kind=str(self.kind.value or ""))
        super().typed()

    def known(self, found: SerialFound) -> None:
        self.machine.setVisible(bool(found.model))
        self.machine_name.put(f"{found.model} {found.printed}".strip())
        owner = tr("Belongs to {name}", name=found.customer_name) if found.customer_name else tr("Owner not known")
        self.machine_note.put(found.note if found.note is not None else owner)
        self.machine_chip.put(say("Known") if found.unit else say("New here"), Tone.OK if found.unit else Tone.NONE)

    def _build(self) -> None:
        save = self.offer(Act("save_ticket", say("Save ticket"), "Ctrl+S", self.save, "check"), Kind.PRIMARY)
        clear = self.offer(Act("clear_ticket", say("Clear"), "Ctrl+Shift+X", self.clear, "eraser"), Kind.TEXT)
        shown = self.fields
        matter = Card(
            column(
                shown["title"],
                form_row(shown["kind"], Field(say("How it came in"), self.channel)),
                Field(say("Severity"), self.level, note=say("When unsure, take the graver one")),
                shown["words"], gap=14, margins=(18, 16, 18, 18),
            )
        )  # fmt: skip
        who = Card(column(shown["serial"], self.machine, self.customer, gap=14, margins=(18, 16, 18, 18)))
        kept = Label(
            say("Kept as you type. Nothing is lost when you look at something else."), "small", "ink3", wrap=True
        )
        form = column(
            Label(say("New ticket"), "title"),
            self.problem,
            matter,
            self.answering,
            who,
            row(save, clear, (kept, 1)),
            None,
            gap=14,
        )
        self.setLayout(column((Scroll(beside_nothing(boxed(form), WIDTH)), 1)))
        self.problem.hide()
        self.level.choose(Severity.S4)

    def _machine_card(self) -> Card:
        self.machine_name, self.machine_note = Label("", weight=600), Label("", "small", "ink2", wrap=True)
        self.machine_chip = Chip("")
        card = Card(
            row(Icon("coffee"), (column(self.machine_name, self.machine_note, gap=2), 1), self.machine_chip, gap=12,
                margins=(14, 10, 14, 10)), fill="sunken",
        )  # fmt: skip
        card.hide()
        return card

    def _connect(self) -> None:
        self.subject.textChanged.connect(lambda _: self.typed())
        self.words.textChanged.connect(self.typed)
        for choice in (self.kind, self.channel, self.level):
            choice.chosen.connect(lambda _: self.typed())
        self.subject.entered.connect(lambda _: self.kind.setFocus())
        self.words.entered.connect(lambda _: self.save())
        self.acts.append(
            Act("answer", say("Open the best answer"), "Ctrl+Shift+F", self.answers.open_first,
                "message-circle-question-mark", lambda: bool(self.answers.found))
        )  # fmt: skip

    def _saved(self, ticket: str) -> None:
        self.start_anew()  # the next one begins there
        self.tell(say("Ticket saved"))
        self.go("tickets", ticket)

    def _take_customer(self, customer: str, name: str) -> None:
        """Whom it is for; what was begun for somebody else stays, and is said."""
        picked = self.customer.picked
        other = picked.new is not None or picked.id not in ("", customer)
        self.customer.put(customer, name)
        if other and (self.subject.text() or self.words.text):
            self.tell(say("What you had begun is still here. It is for {name} now.", name=name))
