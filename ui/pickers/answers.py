"""Answers that are found while somebody writes: three questions, one of them open with what may be said."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.views.faq import Answered, Link, LinkKind, answer_of, find_answers
from ui.theme.buttons import Kind, Size
from ui.theme.look import look
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.texts import Words, serial, tr
from ui.widgets.wrapping import Wrap
from ui.work import Desk

PAUSE = 250  # ms after the last key
_ICONS = {
    LinkKind.CRISIS: "siren", LinkKind.PROCEDURE: "list-checks", LinkKind.PART: "package", LinkKind.FORM: "file-check",
    LinkKind.CONSUMABLE: "box",
}  # fmt: skip


class Answers(QWidget):
    """`look_for(text)` finds; `used` carries an answer that is taken over, `linked` a kind and a code to go to.

    `leads` are the kinds that can be gone to from here; the others are only named. Without a `verb` the button that
    takes an answer over is the owner's.
    """

    used = Signal(str)
    linked = Signal(str, str)
    filled = Signal(bool)

    def __init__(self, desk: Desk, *, verb: Words, icon: str, leads: frozenset[LinkKind]) -> None:
        super().__init__()
        self._desk, self._verb, self._icon, self._leads = desk, verb, icon, leads
        self._text, self._kind = "", ""
        self.found: tuple[Answered, ...] = ()
        self.open_one: Answered | None = None
        self.titles: list[Button] = []
        self._rows = column(gap=6)
        self.setLayout(self._rows)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.seek)

    def look_for(self, text: str, *, kind: str = "", at_once: bool = False) -> None:
        """Finds what answers this text, for a ticket of this kind."""
        self._text, self._kind = text, kind
        if at_once:
            self.seek()
        else:
            self._pause.start()

    def seek(self) -> None:
        """Asks now."""
        self._pause.stop()
        self._desk.read(
            find_answers, self._text, look().language, kind=self._kind, done=self.show_found, owner=self,
            latest="answers",
        )  # fmt: skip

    def show_code(self, code: str) -> None:
        """One question, open."""
        self._desk.read(answer_of, code, look().language, done=self._show_one, owner=self, latest="answers")

    def show_found(self, found: Sequence[Answered]) -> None:
        """These questions; the one that was open stays so while it is among them."""
        self.found = tuple(found)
        was = self.open_one.code if self.open_one else ""
        self.open_one = next((each for each in self.found if each.code == was), None)
        self._fill()

    def open_first(self) -> None:
        """What Enter does where one searches."""
        if self.found:
            self._open(self.found[0])

    def use(self) -> None:
        """Takes the open answer over, and puts it on the clipboard."""
        if self.open_one is not None:
            QGuiApplication.clipboard().setText(self.open_one.answer)
            self.used.emit(self.open_one.answer)

    def _show_one(self, found: Answered | None) -> None:
        self.found, self.open_one = ((found,), found) if found else ((), None)
        self._fill()

    def _open(self, one: Answered) -> None:
        self.open_one = None if self.open_one == one else one
        at = self.found.index(one)
        self._fill()
        self.titles[at].setFocus()

    def _fill(self) -> None:
        clear(self._rows)
        self.titles = []
        for each in self.found:
            shown = each == self.open_one
            icon = "chevron-down" if shown else "message-circle-question-mark"
            title = Button(each.question, Kind.LINK, icon=icon, size=Size.COMPACT, act=partial(self._open, each))
            self.titles.append(title)
            self._rows.addLayout(row(title, None))
            if shown:
                self._rows.addWidget(self._body(each))
        self.filled.emit(bool(self.found))

    def _body(self, one: Answered) -> QWidget:
        items: list[Item] = [Label(one.answer, "lead", wrap=True, select=True)]
        if one.other_language:
            items.append(Label(one.other_language, "small", "ink2", wrap=True))
        if one.not_said:
            items.append(_box(Tone.STOP, say("Do not say"), one.not_said))
        if one.refer_when:
            items.append(_box(Tone.WARN, say("Hand over when"), one.refer_when))
        links = Wrap(*(self._link(each) for each in one.links), gap=8)
        items += [boxed(links)] if one.links else []
        taking: list[Item] = []
        if self._verb:
            taking = [Button(self._verb, icon=self._icon, size=Size.COMPACT, act=self.use)]
        items.append(row(*taking, None, Label(one.source, "meta", "ink3"), gap=8))
        return Card(column(*items, gap=8, margins=(14, 12, 14, 12)), fill="sunken")

    def _link(self, link: Link) -> QWidget:
        words = tr("{code} {title}", code=serial(link.code), title=link.name)
        if link.kind not in self._leads:
            return Label(words, "small", "ink2", wrap=True)
        act: Callable[[], object] = partial(self.linked.emit, link.kind.value, link.code)
        return Button(words, Kind.LINK, icon=_ICONS[link.kind], size=Size.COMPACT, act=act)


def _box(tone: Tone, head: Words, text: str) -> QWidget:
    return Card(
        column(Label(head, "small", weight=600), Label(text, "body", wrap=True), gap=2, margins=(12, 8, 12, 8)),
        tone=tone,
    )  # fmt: skip
