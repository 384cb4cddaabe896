"""A `Message` becomes a sentence: translated, its values formatted and kept from turning its direction."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from app.kernel.messages import Message, Shown
from app.language import formats
from app.language.isolates import FSI, PDI, isolated, left_to_right, without_controls
from app.language.languages import SOURCE, language_of
from app.language.spacing import spaced
from app.language.translate import current, direction, translate, translate_count

_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def speak(message: Message, language: str | None = None) -> str:
    """The sentence in `language` (default: the current one).

    A translation that asks for a value which the message does not have gives way to the English source.
    """
    spoken = language or current()
    template = _template(message, spoken)
    if not braces(template) <= set(message.values):
        template, spoken = _template(message, SOURCE.code), SOURCE.code
    return _filled(template, message.values, spoken)


def tr(msgid: str, **values: object) -> str:
    """`speak(say(...))` in the current language, for the interface; `msgid` must be a literal."""
    return speak(Message(msgid, values))


def trn(one: str, many: str, count: int, **values: object) -> str:
    """`speak(say_count(...))` in the current language, for the interface; both texts must be literals."""
    return speak(Message(one, {"count": count, **values}, many, count))


def braces(template: str) -> set[str]:
    """The names in braces; `{{` and `}}` stand for the signs themselves."""
    return {name for name in _BRACES.findall(template) if name}


def shown(value: Shown, language: str) -> str:
    """One value by its kind, as the language writes it; not isolated."""
    return _SHOWN[value.how](value, language)


def _template(message: Message, language: str) -> str:
    if message.plural:
        return translate_count(message.msgid, message.plural, message.count, language)
    return translate(message.msgid, language)


def _filled(template: str, values: Mapping[str, object], language: str) -> str:
    han = language_of(language).han

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0][0]
        text = _value(values[name], language) if name in values else match[0]
        return spaced(text, template[: match.start()], template[match.end() :]) if han else text

    return _BRACES.sub(value_of, template)


def _value(value: object, language: str) -> str:
    backwards = direction(language) == "rtl"
    if isinstance(value, Message):
        return speak(value, language)
    if isinstance(value, Shown) and value.how == "plain":
        return left_to_right(str(value.datum), right_to_left=backwards)
    if isinstance(value, Shown):
        text = shown(value, language)
        return f"{FSI}{text}{PDI}" if backwards else text
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value, language)
    return isolated(str(value), right_to_left=backwards)


_SHOWN: dict[str, Callable[[Shown, str], str]] = {
    "date": lambda value, language: formats.day(date.fromisoformat(str(value.datum)), language),
    "long_day": lambda value, language: formats.named_day(date.fromisoformat(str(value.datum)), language),
    "short_day": lambda value, language: formats.named_day(date.fromisoformat(str(value.datum)), language, short=True),
    "month": lambda value, language: formats.month(date.fromisoformat(str(value.datum)), language),
    "time": lambda value, language: formats.clock(int(value.datum), value.detail, language),
    "datetime": lambda value, language: formats.moment(int(value.datum), value.detail, language),
    "money": lambda value, language: formats.money(int(value.datum), value.detail, language),
    "decimal": lambda value, language: formats.decimal(int(value.datum), int(value.detail), language),
    "percent": lambda value, language: formats.percent(int(value.datum), language),
    "plain": lambda value, language: without_controls(str(value.datum)),
}
