"""The look in force: theme, language, size of the text, movement. One for the process, changed only by
`ui.theme.apply`; UI thread only."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.theme.tokens import TOKENS, Theme, Tokens

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def direction_of(language: str) -> Qt.LayoutDirection:
    """How a BCP 47 language is read."""
    mirrored = language.split("-")[0] in RIGHT_TO_LEFT
    return Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, a BCP 47 language, the size of the text in per cent, and whether nothing moves by itself."""

    theme: Theme = Theme.LIGHT
    language: str = "en"
    size: int = 100
    still: bool = False

    @property
    def tokens(self) -> Tokens:
        return TOKENS[self.theme]

    @property
    def mirrored(self) -> bool:
        return self.direction == Qt.LayoutDirection.RightToLeft

    @property
    def direction(self) -> Qt.LayoutDirection:
        return direction_of(self.language)


_look = Look()


def look() -> Look:
    """The look in force."""
    return _look


def set_look(new: Look) -> None:
    """Changes the look for what is painted from now on; `ui.theme.apply.apply` also tells the widgets."""
    global _look
    _look = new


def px(length: int) -> int:
    """A length that is written down for text of 100 per cent, at the size in force. What holds a text goes through
    here; the air between two things does not grow."""
    return length if _look.size == 100 else (length * _look.size + 50) // 100


def colour(name: str) -> QColor:
    """The colour of a token in the theme in force; an unknown name raises AttributeError."""
    value: str = getattr(_look.tokens, name)
    if len(value) == 9:  # "#rrggbbaa"; QColor would read alpha first
        shade = QColor(value[:7])
        shade.setAlpha(int(value[7:], 16))
        return shade
    return QColor(value)


def high_contrast() -> bool:
    """Whether tints are drawn as borders."""
    return _look.theme is Theme.CONTRAST
