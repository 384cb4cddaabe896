"""Surfaces: card, section, side panel, banner, empty state. No shadows."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.look import colour, high_contrast, look, px
from ui.theme.paint import box, flip
from ui.theme.tokens import RADIUS_CARD
from ui.theme.tones import Tone, colour_of, shape_of, tint_of
from ui.widgets.label import Icon, Label, Prose
from ui.widgets.layouts import Item, Margins, boxed, column, row
from ui.widgets.texts import Words


class Card(QFrame):
    """A panel with a hairline. A `tone` tints it; `bar` draws the 5 px bar at the leading edge."""

    def __init__(
        self,
        layout: QLayout | None = None,
        *,
        tone: Tone = Tone.NONE,
        bar: bool = False,
        fill: str = "panel",
        dashed: bool = False,
        line: str = "line",
    ) -> None:
        super().__init__()
        self._tone, self._bar, self._fill, self._line = tone, bar, fill, line
        self._dashed = dashed
        if layout is not None:
            self.setLayout(layout)

    def set_tone(self, tone: Tone) -> None:
        """Takes another tint."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, border = QPainter(self), self.rect(), look().tokens.border
        if self._tone is Tone.NONE:
            line = "edge" if self._dashed else self._line
            box(painter, rect, self._fill, line, radius=RADIUS_CARD, width=border, dashed=self._dashed)
            return
        line = colour_of(self._tone) if high_contrast() else ""
        box(painter, rect, tint_of(self._tone), line, radius=RADIUS_CARD, width=border)
        if self._bar:
            path = QPainterPath()
            path.addRoundedRect(QRectF(rect), RADIUS_CARD, RADIUS_CARD)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(path)
            strip = flip(self.layoutDirection(), rect, QRect(0, 0, 5, rect.height()))
            painter.fillRect(strip, colour(colour_of(self._tone)))


class Section(Card):
    """A card with a head line: `Section(say("Parts used"), table, right=add_button)`; `body` takes more later."""

    def __init__(
        self,
        title: Words,
        *items: Item,
        right: QWidget | None = None,
        gap: int = 10,
        margins: Margins = (16, 14, 16, 16),
        edge_to_edge: bool = False,
    ) -> None:
        self.head = Label(title, "head")
        top = row(self.head, None, *([right] if right else []))
        if edge_to_edge:  # tables reach the border
            top.setContentsMargins(14, 0, 10, 0)
            margins = (2, 12 if right is None else 8, 2, 6)
        self.body: QVBoxLayout = column(top, *items, gap=gap, margins=margins)
        super().__init__(self.body)


def framed(table: QWidget) -> Card:
    """A card whose table reaches the border."""
    return Card(column((table, 1), margins=(2, 5, 2, 6)))


class SidePanel(QWidget):
    """The trailing column: only things that run out or block."""

    def __init__(self, *items: Item, width: int = 312) -> None:
        super().__init__()
        self.body: QVBoxLayout = column(*items, None, gap=12)
        self.setLayout(self.body)
        self.setFixedWidth(px(width))


class Banner(Card):
    """One line on what matters most and one act. It goes when its cause goes: `hide()`, never a cross."""

    def __init__(self, tone: Tone, headline: Words, line: Words = "", *acts: QWidget, icon: str = "") -> None:
        self.headline = Label(headline, "head", wrap=True)
        self.line = Prose(line)
        self._icon = icon
        self.mark = Icon(icon or shape_of(tone), colour_of(tone), 22)
        text = column(self.headline, self.line, gap=2)
        super().__init__(row(self.mark, (boxed(text), 1), *acts, gap=14, margins=(20, 12, 14, 12)), tone=tone, bar=True)
        self.line.setVisible(bool(line))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def put(self, tone: Tone, headline: Words, line: Words = "") -> None:
        """Says something else."""
        self.set_tone(tone)
        self.mark.put(self._icon or shape_of(tone), colour_of(tone))
        self.headline.put(headline)
        self.line.put(line)
        self.line.setVisible(bool(line))


class EmptyState(QWidget):
    """What is true now, when something will show here, and one act."""

    def __init__(self, icon: str, headline: Words, line: Words = "", *acts: QWidget) -> None:
        super().__init__()
        self.headline = Label(headline, "head", centred=True, wrap=True)
        self.line = Label(line, "body", "ink2", centred=True, wrap=True)
        buttons = [row(None, *acts, None, gap=8)] if acts else []
        self.setLayout(
            column(
                None,
                row(None, Icon(icon, "ink3", 30), None),
                self.headline,
                self.line,
                4,
                *buttons,
                None,
                gap=8,
                margins=(28, 16, 28, 16),
            )
        )
        self.line.setVisible(bool(line))

    def put(self, headline: Words, line: Words = "") -> None:
        """Says something else."""
        self.headline.put(headline)
        self.line.put(line)
        self.line.setVisible(bool(line))
