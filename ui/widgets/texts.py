"""What a widget may be given to show: a ready string, or a `Message` that follows the language by itself.

A page writes `tr("{n} parts", n=3)` for a sentence of now, and hands `say("Parts used")` to a widget for a text that
is to change when the language does. Both show as plain text, whatever they hold.
"""

import re
from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent

from app.kernel.messages import Message
from app.language import speaking
from app.language.isolates import isolated, led_right_to_left, left_to_right
from ui.theme.look import look
from ui.widgets.letters import with_alt

Words = str | Message
_LONG_WORD = re.compile(r"\S{24}(?=\S)")


def speak(message: Message, language: str | None = None) -> str:
    """The sentence in the current language, marked where Qt would guess its direction wrongly; unmarked in another."""
    said = speaking.speak(message, language)
    return led_right_to_left(said) if language is None and look().mirrored else said


def tr(msgid: str, **values: object) -> str:
    """`speak(say(...))`; `msgid` must be a literal."""
    return speak(Message(msgid, values))


def trn(one: str, many: str, count: int, **values: object) -> str:
    """`speak(say_count(...))`; both texts must be literals."""
    return speak(Message(one, {"count": count, **values}, many, count))


def spoken(text: Words) -> str:
    """The text as it stands now, in the current language."""
    return speak(text) if isinstance(text, Message) else text


def serial(text: str) -> str:
    """A serial, part number or telephone number, kept whole from left to right."""
    return left_to_right(text, right_to_left=look().mirrored)


def breakable(text: str) -> str:
    """The text with places in its longest words where a line may end, so that no word is wider than the window."""
    return _LONG_WORD.sub(lambda word: f"{word[0]}\u200b", text)


def listed(*texts: str) -> str:
    """People's own texts in a row, each keeping its direction; empty ones are left out."""
    return tr(", ").join(_apart(texts))


def dotted(*texts: str) -> str:
    """The same with dots between, for the small line under a name."""
    return " · ".join(_apart(texts))


def _apart(texts: Iterable[str]) -> list[str]:
    return [isolated(text, right_to_left=look().mirrored) for text in texts if text]


def tip(text: str) -> str:
    """A text for a tool tip, where Qt would read markup in it: shown as it stands."""
    return f"<span>{escape(text)}</span>" if "<" in text else text


def is_language_change(event: QEvent) -> bool:
    """Whether a widget is to write its texts anew; `ui.theme.apply` sends it for a new theme too."""
    return event.type() == QEvent.Type.LanguageChange


def key_text(keys: str) -> str:
    """A key sequence as it stands on the key caps: `Ctrl+N` is `Ctrl N`; a sign that needs Alt says so."""
    keys = with_alt(keys)
    held, plus = (keys[:-1], "+") if keys.endswith("+") else (keys, "")
    return held.replace("+", " ") + plus
