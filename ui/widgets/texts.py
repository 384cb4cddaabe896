"""What a widget may be given to show: a ready string, or a `Message` that follows the language by itself.

A page writes `tr("{n} parts", n=3)` for a sentence of now, and hands `say("Parts used")` to a widget for a text that
is to change when the language does. Both show as plain text, whatever they hold.
"""

from PySide6.QtCore import QEvent

from app.kernel.messages import Message
from app.language import speaking
from app.language.isolates import left_to_right
from ui.theme.look import look

Words = str | Message

speak = speaking.speak
tr = speaking.tr
trn = speaking.trn


def spoken(text: Words) -> str:
    """The text as it stands now, in the current language."""
    return speak(text) if isinstance(text, Message) else text


def serial(text: str) -> str:
    """A serial, part number or telephone number, kept whole from left to right."""
    return left_to_right(text, right_to_left=look().mirrored)


def is_language_change(event: QEvent) -> bool:
    """Whether a widget is to write its texts anew; `ui.theme.apply` sends it for a new theme too."""
    return event.type() == QEvent.Type.LanguageChange


def key_text(keys: str) -> str:
    """A key sequence as it stands on the key caps: `Ctrl+N` is `Ctrl N`."""
    return keys.replace("+", " ") if keys != "+" else keys
