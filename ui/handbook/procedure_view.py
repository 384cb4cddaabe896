"""One procedure in the order of domain.md 2.2: what to do now first, whom to tell beside it, the rest below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.handbook.spoken import Limit, NotSaid, Person, Said, Way
from app.views.handbook_page import Awake, Called, ProcedurePage
from ui.handbook.boxes import HeadedBox
from ui.handbook.steps import StepLine, parted
from ui.theme.buttons import HEIGHT, Kind, Size
from ui.theme.look import px
from ui.theme.tones import Tone, colour_of
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import Item, boxed, clear, column, row
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, dotted
from ui.widgets.wrapping import Wrap

NARROW = 1100


_HOURS = {True: "sun", False: "moon"}  # icons


class ProcedureView(QWidget):
    """`fill(page)` shows it; `go` opens another procedure, with no code a new ticket is proposed in words."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self._go = go
        self.steps: list[StepLine] = []
        self._boxes: list[HeadedBox] = []
        self._clocks: list[tuple[Person, Label, Label, Icon]] = []
        self._figure: Callable[[int], str] = str
        self._pairs: list[QBoxLayout] = []
        self._body = column(gap=14, margins=(28, 14, 28, 24))
        self._scroll = Scroll(boxed(self._body))
        self.setLayout(column(self._scroll))

    def fill(self, page: ProcedurePage) -> None:
        """Shows a procedure from its top."""
        clear(self._body)
        self.steps, self._boxes, self._clocks, self._pairs = [], [], [], []
        told, heads = page.spoken, page.spoken.heads
        self._figure = told.figure
        for tone, words in ((Tone.WARN, told.note), (Tone.WARN, heads["old"] if told.old else ""),
                            (Tone.NONE, heads["english"] if told.english else "")):  # fmt: skip
            if words:
                self._body.addWidget(_note(tone, words))
        self._body.addLayout(self._use(page))
        left = column(self._do_now(page), self._not_say(page), self._worse(page), None, gap=14)
        right = column(self._tell(page), self._limits(page), None, gap=14)
        self._pair(left, right, 14, 10)
        below = column(self._facts(page), None, gap=14)
        beside = column(self._keep(page), self._say(page), None, gap=14)
        self._pair(below, beside, 10, 10)
        self._pair(column(self._next(page), None), column(self._ends(page), None), 10, 10)
        self._body.addWidget(Label(dotted(told.footer, told.heads["no_advice"]), "lead", "ink2", wrap=True))
        self._turn()
        self._scroll.verticalScrollBar().setValue(0)

    def renew(self, page: ProcedurePage) -> None:
        """Shows another version of what is shown: ticks and answers stay, and what is read stays where it is."""
        steps, had = self.steps, next((at for at, each in enumerate(self.steps) if each.tick.hasFocus()), -1)
        place = self.place()
        self.fill(page)
        for new in self.steps:
            for old in steps:
                if old.step.text == new.step.text:
                    new.take_over(old)
        if 0 <= had < len(self.steps):
            self.steps[had].tick.setFocus()
        QTimer.singleShot(0, self, lambda: self.go_to(place))  # after the new lines have their heights

    def place(self) -> tuple[int, int]:
        """The box that is read now, and where in the window its top lies."""
        tops = [self._top(each) for each in self._boxes]
        edge = self._scroll.mapTo(self.window(), self._scroll.rect().topLeft()).y()
        at = max((at for at, top in enumerate(tops) if top <= edge), default=0)
        return at, tops[at] if tops else 0

    def go_to(self, place: tuple[int, int]) -> None:
        """Scrolls so that the box lies there again."""
        at, top = place
        if at < len(self._boxes):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + self._top(self._boxes[at]) - top)

    def _top(self, box: HeadedBox) -> int:
        return box.mapTo(self.window(), box.rect().topLeft()).y()

    def tick(self, now: Callable[[Person], Awake]) -> None:
        """The clocks of the people, a minute later."""
        for person, clock, sentence, mark in self._clocks:
            seen = now(person)
            clock.put(seen.clock)
            sentence.put(seen.sentence)
            mark.put(_HOURS[seen.day], "ink2")

    def press(self, sign: str) -> bool:
        """The number of an urgent line ticks it."""
        if sign.isdecimal() and 1 <= int(sign) <= len(self.steps):
            step = self.steps[int(sign) - 1]
            step.toggle()
            step.tick.setFocus()
            return True
        return False

    def boxes(self) -> list[HeadedBox]:
        """The boxes in the order in which they are read."""
        return self._boxes

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.steps[0].tick if self.steps else None

    def turn(self, pages: int) -> None:
        """Up and down by most of what is seen."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + pages * (bar.pageStep() - 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    # ------------------------------------------------------------------ parts

    def _box(self, icon: str, title: Words, *items: Item, fill: str = "", right: Words = "") -> HeadedBox:
        made = HeadedBox(icon, title, *items, fill=fill, right=right)
        self._boxes.append(made)
        return made

    def _pair(self, left: QBoxLayout, right: QBoxLayout, share: int, other: int) -> None:
        halves = boxed(left), boxed(right)
        pair = row((halves[0], share), (halves[1], other), gap=16)
        self._pairs.append(pair)
        self._body.addLayout(pair)
        for half in halves:
            half.show()  # a layout shows what it is given only later, and the keyboard goes nowhere hidden

    def _turn(self) -> None:
        """Side by side, or one below the other where there is no room."""
        way = QBoxLayout.Direction.TopToBottom if self.width() < px(NARROW) else QBoxLayout.Direction.LeftToRight
        for pair in self._pairs:
            pair.setDirection(way)
            pair.setSpacing(14 if way is QBoxLayout.Direction.TopToBottom else 16)

    def _use(self, page: ProcedurePage) -> QBoxLayout:
        told = page.spoken
        words = Label(f"{told.heads['use_when']}: {told.use_when}", "lead", weight=600, wrap=True)
        ways = [_level(Label(told.heads["not_this"], "lead", "ink2")), *[self._way(each) for each in told.not_this]]
        return column(row(Icon("circle-check", "ok", 22), (words, 1), gap=12), boxed(Wrap(*ways, gap=12)), gap=4)

    def _way(self, way: Way) -> QWidget:
        if not way.code:
            return _level(Label(f"{way.text}: {way.title}", "lead", "ink2"))
        return Button(way.text, Kind.LINK, icon="arrow-right", size=Size.TOUCH, act=partial(self._go, way.code))

    def _do_now(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        self.steps = [StepLine(each, told.figure(each.number), self._go, told.heads["chosen"]) for each in told.steps]
        hint = told.heads["not_saved"]
        return self._box("siren", told.heads["do_now"], parted([*self.steps]), fill="stop_fill", right=hint)

    def _not_say(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        rows = [_not_said(each) for each in told.do_not_say]
        return self._box(
            "octagon-x", told.heads["do_not_say"], parted(rows), fill="dark_fill", right=told.heads["say_instead"]
        )

    def _worse(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        lines = [_dashed(each) for each in told.worse]
        return self._box("arrow-up", told.heads["worse"], *_spaced(lines), right=told.severity_line)

    def _tell(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        rows = [self._person(each) for each in page.tell]
        numbers = [
            row(Icon("ambulance", "stop", 22), Label(number, "title", code=True), (Label(text, "lead", wrap=True), 1),
                gap=12)
            for number, text in told.emergency
        ]  # fmt: skip
        return self._box(
            "phone", told.heads["tell"], *numbers, 6, parted(rows), right=told.heads["tell_order"]
        )  # fmt: skip

    def _person(self, called: Called) -> QWidget:
        person, seen = called.person, called.awake
        clock = Label(seen.clock, "title")
        sentence = Label(seen.sentence, "lead", "ink2", wrap=True)
        mark = Icon("sun" if seen.day else "moon", "ink2", 20)
        self._clocks.append((person, clock, sentence, mark))
        time = boxed(column(row(mark, clock, None, gap=8), None, gap=2), width=132)
        lines: list[Item] = [
            Label(f"{self._figure(person.number)}. {person.role}", "lead", weight=600, wrap=True),
            Label(person.phone, "do", weight=600, code=True, select=True),
            Label(dotted(person.name, person.part), "lead", "ink2", wrap=True),
            sentence,
            Label(person.why, "lead", "ink2", wrap=True),
        ]
        if person.wait:
            lines.append(Label(person.wait, "lead", weight=500, wrap=True))
        return boxed(row(time, (boxed(column(*lines, gap=2)), 1), gap=8, margins=(0, 10, 0, 10)))

    def _limits(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        rows = [_limit(each) for each in told.limits]
        if not rows:
            rows = [Label(told.heads["no_limits"], "lead", weight=600, wrap=True)]
        hint = Label(told.heads["nothing_sent"], "lead", "ink2", wrap=True)
        return self._box("hourglass", told.heads["clocks"], parted(rows), 4, hint)

    def _facts(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        items: list[Item] = []
        for group in told.facts:
            items.append(Label(group.heading, "lead", weight=600))
            for text, who, health in group.facts:
                mark = Icon("heart-pulse" if health else "circle", "stop" if health else "ink2", 16)
                items.append(row(mark, (Label(dotted(text, who), "lead", wrap=True), 1), gap=10))
            items.append(8)
        words = Label(told.heads["health"], "lead", "ink2", wrap=True)
        legend = row(Icon("heart-pulse", "stop", 16), (words, 1), gap=10)
        return self._box("clipboard-list", told.heads["facts"], *_spaced(items), legend)

    def _keep(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        rows = []
        for each in told.keep:
            lines: list[Item] = [
                Label(each.text, "lead", weight=600, wrap=True), Label(each.how, "lead", wrap=True)
            ]  # fmt: skip
            if each.do_not:
                lines.append(row(Icon("x", "stop", 18), (Label(each.do_not, "lead", wrap=True), 1), gap=8))
            rows.append(boxed(column(*lines, gap=2, margins=(0, 8, 0, 8))))
        return self._box("package", told.heads["keep"], parted(rows))

    def _say(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        return self._box("message-square", told.heads["say"], parted([_said(each) for each in told.say]))

    def _next(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        lines = [_dashed(each) for each in told.next_steps]
        return self._box("arrow-right", told.heads["next"], *_spaced(lines))

    def _ends(self, page: ProcedurePage) -> QWidget:
        told = page.spoken
        lines = [_dashed(each) for each in told.review]
        changed = [_dashed(each) for each in told.changes]
        return self._box(
            "flag", told.heads["ends"],
            Label(told.ends_when, "lead", weight=600, wrap=True), 4, Label(told.ends_by, "lead", "ink2", wrap=True), 12,
            Label(told.review_line, "lead", weight=600, wrap=True), 6, *_spaced(lines), 8,
            Label(told.heads["changed"], "lead", weight=600, wrap=True), 6, *_spaced(changed),
        )  # fmt: skip


def _note(tone: Tone, words: str) -> QWidget:
    """What is said above the page, as large as the rest."""
    mark = Icon("triangle-alert" if tone is Tone.WARN else "languages", colour_of(tone), 22)
    line = row(mark, (Label(words, "do", wrap=True), 1), gap=14, margins=(20, 12, 14, 12))
    return Card(line, tone=tone, bar=True)


def _level(label: Label) -> Label:
    """As high as the buttons beside it."""
    label.setFixedHeight(HEIGHT[Size.TOUCH])
    return label


def _spaced(items: list[Item]) -> list[Item]:
    return [part for each in items for part in (each, 4)]


def _dashed(text: Words) -> Item:
    return row(Icon("arrow-right", "ink2", 16), (Label(text, "lead", wrap=True), 1), gap=10)


def _not_said(each: NotSaid) -> QWidget:
    left = column(
        row(Icon("x", "stop", 20), (Label(each.text, "lead", weight=600, wrap=True), 1), gap=10),
        row(30, (Label(each.why, "lead", "ink2", wrap=True), 1)),
        gap=2,
    )
    right = row(Icon("message-square", "ink2", 20), (Label(each.instead, "lead", wrap=True), 1), gap=10)
    return boxed(row((boxed(left), 5), (boxed(column(right, None)), 6), gap=14, margins=(0, 8, 0, 8)))


def _limit(limit: Limit) -> QWidget:
    icon, ink = ("phone", "ink2") if limit.own else ("triangle-alert", "warn") if limit.soft else ("landmark", "ink2")
    lines = column(
        Label(limit.time, "lead", weight=600, wrap=True),
        Label(limit.trigger, "lead", wrap=True),
        Label(limit.duty, "lead", wrap=True),
        Label(limit.channel, "lead", wrap=True),
        Label(f"{limit.regime}. {limit.source}", "lead", "ink2", wrap=True),
        gap=2,
    )
    return boxed(row(column(Icon(icon, ink, 22), None), (lines, 1), gap=12, margins=(0, 8, 0, 8)))


def _said(each: Said) -> QWidget:
    return boxed(
        column(
            Label(each.kind, "lead", weight=600),
            Label(each.text, "do", wrap=True, select=True),
            row(Icon("circle-check" if each.free else "hand", "ok" if each.free else "warn", 18),
                (Label(each.rule, "lead", "ink2", wrap=True), 1), gap=8),
            gap=6, margins=(0, 8, 0, 8),
        )
    )  # fmt: skip
