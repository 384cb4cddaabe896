"""What the manufacturer's people see of one ticket, and what is the partner's alone, side by side."""

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.kernel.changes import Changes
from app.kernel.messages import say
from app.language.translate import current
from app.views.sight import Line, OpeningSeen, RecordSeen, Sight, ticket_sight
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.card import Card, Section
from ui.widgets.chip import Chip
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, breakable, spoken, tr
from ui.work import Desk

NARROW = 700


class SightPage(Page):
    """Opened with a ticket's id."""

    customer_sees = CustomerSees.NOTHING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sight: Sight | None = None
        self._pairs: list[QBoxLayout] = []
        self.name = Label("", "title", wrap=True)
        self.motto = Prose("")
        self.back_button = self.offer(Act("back", say("Back to the ticket"), "Esc", self._back, "arrow-left"))
        self._openings = column(gap=6)
        self.openings = Section(say("Who opened this case"), boxed(self._openings))
        self._records = column(gap=12)
        head = row((boxed(column(self.name, self.motto, gap=2)), 1), self.back_button, gap=16)
        body = column(head, self.openings, boxed(self._records), None, gap=14, margins=(24, 20, 24, 24))
        self.setLayout(column((Scroll(boxed(body)), 1)))

    def title(self) -> Words:
        return say("What the manufacturer sees")

    def open(self, argument: object = None) -> None:
        self.about = argument
        self.reread()

    def start(self) -> QWidget | None:
        return self.back_button

    def on_changed(self, changes: Changes) -> None:
        self.reread()

    def retranslate(self) -> None:
        self.reread()

    def reread(self) -> None:
        """Reads the ticket's records again."""
        if self.about:
            self.desk.read(
                ticket_sight,
                str(self.about),
                current(),
                done=self._show,
                failed=self.trouble,
                latest="sight",
                owner=self,
            )

    def _back(self) -> None:
        self.back()

    def _show(self, sight: Sight | None) -> None:
        self._sight = sight
        if sight is None:
            return
        whose = sight.manufacturer or tr("the manufacturer")
        self.name.put(tr("What {manufacturer} sees of ticket {number}", manufacturer=whose, number=sight.number))
        self.motto.put(_told(sight, whose))
        clear(self._openings)
        for opening in sight.openings:
            self._openings.addWidget(_opening(opening))
        if not sight.openings:
            self._openings.addWidget(Label(say("Nobody has opened it."), "body", "ink2", wrap=True))
        clear(self._records)
        self._pairs = []
        for record in sight.records:
            self._records.addWidget(self._record(record, whose))
        self._arrange()

    def _record(self, record: RecordSeen, whose: str) -> QWidget:
        opened = [Chip(say("Opened"), Tone.WARN, icon="eye")] if record.opened else []
        head = row(Icon(record.icon, "ink2"), (Label(record.title, "head", wrap=True), 1), *opened, gap=10)
        sees = _side(say("{manufacturer} sees", manufacturer=whose), record.shared)
        own = _side(say("Yours alone"), record.own)
        pair = row((sees, 1), (own, 1), gap=24)
        self._pairs.append(pair)
        return Card(column(head, boxed(pair), gap=8, margins=(16, 14, 16, 14)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        way = QBoxLayout.Direction.TopToBottom if self.width() < px(NARROW) else QBoxLayout.Direction.LeftToRight
        for each in self._pairs:
            each.setDirection(way)


def _told(sight: Sight, whose: str) -> Words:
    if not sight.linked:
        return say(
            "Nothing has left this computer. This is what {manufacturer} would see if it were connected.",
            manufacturer=whose,
        )
    return say(
        "What is yours alone stays hidden there until somebody opens this case and says why; each opening is listed"
        " here."
    )


def _opening(opening: OpeningSeen) -> QWidget:
    who = Label(breakable(opening.who) or say("Somebody"), weight=600, wrap=True)
    when = Label(opening.when, "small", "ink2")
    return boxed(column(row((who, 1), when, gap=10), Label(breakable(opening.why), "body", "ink2", wrap=True), gap=2))


def _side(title: Words, lines: Iterable[Line]) -> QWidget:
    told = "\n".join(spoken(say("{field}: {value}", field=each.name, value=_flowing(each))) for each in lines)
    text = Label(told or say("nothing"), "small", "ink" if told else "ink2", wrap=True)
    return boxed(column(Label(title, "small", "ink2", weight=600), text, None, gap=4))


def _flowing(line: Line) -> Words:
    return breakable(line.value) if isinstance(line.value, str) else line.value
