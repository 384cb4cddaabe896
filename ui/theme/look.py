"""The look in force: theme and language. One for the process, changed only by `ui.theme.apply`; UI thread only."""

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
    """A theme and a BCP 47 language."""

    theme: Theme = Theme.LIGHT
    language: str = "en"

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
