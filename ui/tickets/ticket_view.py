"""One ticket: what it is, what happened, what is due, and what can be done."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.kernel.errors import Trouble, UserError
from app.kernel.filetypes import LARGEST
from app.kernel.messages import say
from app.tickets import actions
from app.tickets.rules import Severity
from app.views.story import StoryLine
from app.views.ticket_page import TicketPage
from app.workflows.receipt import YOUR_CASE
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.tickets.note_field import NoteField
from ui.tickets.side_column import WIDTH, SideColumn
from ui.tickets.words import KIND_ICONS, SEVERITY_TONES, STATE_ICONS, STORY_ICONS
from ui.widgets.button import Button
from ui.widgets.card import Section
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow, Part
from ui.widgets.label import Label
from ui.widgets.layouts import Item, boxed, column, row
from ui.widgets.photos import PhotoDrop
from ui.widgets.problem import Problem
from ui.widgets.scroll import Scroll, lie
from ui.widgets.texts import Words, dotted, serial, spoken, tr
from ui.widgets.timeline import Entry, Timeline
from ui.work import Desk

LEAST_STORY = 48  # px


class TicketView(QWidget):
    """The subject beside the list. It asks for other places by `went`, tells what was done by `told`."""

    went = Signal(str, object)
    told = Signal(object, object)
    broke = Signal(object)
    opened_file = Signal(object)

    def __init__(
        self,
        desk: Desk,
        note_button: Callable[["TicketView"], Button],
        acts: list[Part],
        head: list[Item],
        sight: Button,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.sight = sight
        self.page: TicketPage | None = None
        self.number = Label("", "small", "ink2", code=True, select=True)
        self.kind, self.state, self.level = Chip(""), Chip(""), Chip("")
        self.title = Label("", "title", wrap=True, select=True)
        self.customer = Label("", "body", weight=600, select=True)
        self.unit = Button("", Kind.LINK, act=self._go_unit)
        self.opened = Label("", "body", "ink2")
        self.words = Label("", "body", "ink2", wrap=True, select=True)
        self.drop = PhotoDrop()
        self.drop.setParent(self)
        self.drop.hide()  # only its ways in are used: the whole ticket takes what is dropped
        self.note = NoteField(desk, self.drop)
        self.problem = Problem()
        self.timeline = Timeline()
        self.side = SideColumn()
        self.aside = Scroll(self.side, width=WIDTH + 10)
        self.panels = column(gap=0)
        self.setAcceptDrops(True)
        self._build(note_button(self), acts, head)
        self._connect()

    def for_customer(self) -> Sequence[tuple[Words, Words]]:
        """What the customer may read of the ticket that is shown: its title is written for the manufacturer."""
        page = self.page
        if page is None:
            return ()
        return (
            (YOUR_CASE, page.facts.number), (say("Customer"), page.customer.name if page.customer else ""),
            (say("Machine"), dotted(page.unit.model, serial(page.unit.printed)) if page.unit else ""),
            (say("Where it stands"), page.state_words), (say("Opened"), page.opened),
        )  # fmt: skip

    def show_page(self, page: TicketPage) -> None:
        """Shows this ticket; what is typed into the note stays with the ticket it was typed for."""
        facts = page.facts
        self.page = page
        self.number.put(facts.number)
        self.sight.put(
            say("What {manufacturer} sees", manufacturer=page.manufacturer)
            if page.manufacturer
            else say("What the manufacturer sees")
        )
        self.kind.put(page.kind_words, icon=KIND_ICONS.get(facts.kind, "ticket"))
        self.state.put(
            page.state_words, Tone.ACCENT if facts.state.is_open else Tone.NONE, icon=STATE_ICONS[facts.state]
        )
        self.level.put(facts.severity, SEVERITY_TONES.get(Severity(facts.severity), Tone.NONE))
        self.level.setVisible(facts.severity != Severity.S4)
        self.title.put(facts.title)
        self.customer.put(_whose(page))
        self.unit.put(page.unit.printed if page.unit else "")
        self.unit.setVisible(page.unit is not None)
        self.words.put(facts.words)
        self.words.setVisible(bool(facts.words))
        self.note.show_ticket(facts.id)
        self.problem.settle()
        self.side.show_page(page)
        self.retranslate()

    def retranslate(self) -> None:
        """Writes the sentences that were composed for now."""
        if self.page is not None:
            self.opened.put(tr("{channel}, {when}", channel=self.page.channel_words, when=self.page.opened))
            self.timeline.fill([_entry(line) for line in self.page.story])
            self.side.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """In a very narrow window the side column goes below the story."""
        lie(self._body, self.aside, below=narrow)
        lie(self._body, self._story, below=narrow, least=LEAST_STORY)

    def add_note(self) -> None:
        """Puts the note into the story; with nothing typed it goes to the field."""
        if not self.note.text().strip():
            self.note.setFocus()
        elif self.page is not None:
            ticket = self.page.facts.id
            self.desk.write(
                actions.add_note, ticket, self.note.text(), done=partial(self._noted, ticket), failed=self.trouble,
                owner=self,
            )  # fmt: skip

    def attach_paths(self, paths: list[str]) -> None:
        """Attaches files from the disk; one that is too large is not even read."""
        if self.page is None:
            return
        attach = partial(self._attach, self.page.facts.id)  # whatever is shown when a slow disk has read it
        for path in paths:
            self.desk.background(_content_of, Path(path), done=attach, failed=self.trouble, owner=self)

    def attach_picture(self, content: bytes) -> None:
        """Attaches a pasted picture."""
        if self.page is not None:
            self._attach(self.page.facts.id, (tr("pasted.png"), content))

    def trouble(self, error: BaseException) -> None:
        """Worded trouble in place; the rest goes on."""
        if isinstance(error, UserError):
            self.problem.show_error(error)
        else:
            self.broke.emit(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.page is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach_paths([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _build(self, note_button: Button, acts: list[Part], head: list[Item]) -> None:
        top = Flow(self.number, self.kind, self.state, self.level, None, self.sight, gap=8)
        title = row((self.title, 1), *head, gap=4)
        line = Flow(self.customer, self.unit, self.opened, None, gap=12)
        story = self._story = Scroll(boxed(column(self.words, self.timeline, None, gap=14, margins=(0, 0, 10, 0))))
        story.setMinimumHeight(px(LEAST_STORY))
        foot = row((self.note, 1), note_button, gap=8)
        happened = Section(say("What happened"), (story, 1), self.problem, foot)
        body = self._body = row((happened, 1), self.aside, gap=12)
        self.foot = boxed(Flow(*acts, gap=8))
        self.setLayout(column(top, title, line, self.panels, (body, 1), self.foot, gap=8))

    def _connect(self) -> None:
        self.note.entered.connect(lambda _: self.add_note())
        self.drop.given.connect(self.attach_paths)
        self.drop.pasted.connect(self.attach_picture)
        self.side.choose.clicked.connect(self.drop.choose)
        self.side.paste.clicked.connect(self.paste)
        self.side.opened_file.connect(self.opened_file)
        self.side.went.connect(self.went)

    def paste(self) -> None:
        """Attaches what the clipboard holds, or says that it holds nothing."""
        if not self.drop.paste():
            self.problem.show_words(say("The clipboard holds no picture and no file."), tone=Tone.WARN)

    def _attach(self, ticket: str, file: tuple[str, bytes]) -> None:
        self.desk.write(actions.attach, ticket, *file, done=self._attached, failed=self.trouble, owner=self)

    def _attached(self, event: str) -> None:
        self.told.emit(say("File attached"), self.taking_back(event))

    def _noted(self, ticket: str, event: str) -> None:
        self.note.forget(ticket)
        self.told.emit(say("Note added"), self.taking_back(event))

    def taking_back(self, event: str) -> Callable[[], Any]:
        """What Undo does for an entry."""
        return lambda: self.desk.write(actions.take_back, event, failed=self.trouble, owner=self)

    def _go_unit(self) -> None:
        if self.page is not None and self.page.unit is not None:
            self.went.emit("unit", self.page.unit.id or self.page.unit.printed)


def _whose(page: TicketPage) -> str:
    if page.customer is None:
        return tr("Customer not known")
    return dotted(page.customer.name, page.site)


def _entry(line: StoryLine) -> Entry:
    text = "\n".join(filter(None, (line.text, spoken(line.note) if line.note else "")))
    return Entry(STORY_ICONS.get(line.kind, "circle"), line.title, text, line.when)


def _content_of(path: Path) -> tuple[str, bytes]:
    """Name and content of a file; refused before reading when it is too large or no file."""
    try:
        if path.is_file() and path.stat().st_size <= LARGEST:
            return path.name, path.read_bytes()
    except OSError:
        raise UserError(Trouble.BAD_INPUT, say("{name} cannot be read.", name=path.name), field="file") from None
    raise UserError(
        Trouble.BAD_INPUT,
        say("{name} is no file, or larger than {most} MB.", name=path.name, most=LARGEST // (1024 * 1024)),
        field="file",
    )
