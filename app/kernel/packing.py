"""Messages as plain data, so that a decision can be kept and said again later in any language."""

from typing import Any

from app.kernel.days import is_day
from app.kernel.instants import LATEST, is_zone
from app.kernel.messages import Message, Shown


def packed(message: Message) -> dict[str, Any]:
    """Strings, integers and mappings only, fit for a body that is signed."""
    values = {name: _plain(value) for name, value in message.values.items()}
    plain: dict[str, Any] = {"text": message.msgid, "values": values}
    return plain | ({"many": message.plural, "count": message.count} if message.plural else {})


def unpacked(plain: dict[str, Any]) -> Message:
    """The message that was packed."""
    values = {name: _value(value) for name, value in plain.get("values", {}).items()}
    return Message(plain["text"], values, plain.get("many", ""), plain.get("count", 0))


def _plain(value: object) -> Any:
    if isinstance(value, Message):
        return packed(value)
    if isinstance(value, Shown):
        return {"how": value.how, "datum": value.datum, "detail": value.detail}
    return value if isinstance(value, int) else str(value)


def _value(plain: Any) -> object:
    if not isinstance(plain, dict):
        return plain
    return unpacked(plain) if "text" in plain else Shown(plain["how"], plain["datum"], plain["detail"])


def is_packed(plain: Any) -> bool:
    """Whether `unpacked` gives a message that can be said; what comes from elsewhere may hold anything."""
    if not isinstance(plain, dict) or type(plain.get("text")) is not str:
        return False
    values, many, count = plain.get("values", {}), plain.get("many", ""), plain.get("count", 0)
    counted = type(many) is str and type(count) is int
    return counted and isinstance(values, dict) and all(map(_is_plain, values.values()))


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return is_packed(value) if "text" in value else _is_shown(value)
    return isinstance(value, int | str)


def _is_shown(plain: dict[str, Any]) -> bool:
    how, datum, detail = (plain.get(name) for name in ("how", "datum", "detail"))
    if how in _DAYS:
        return type(datum) is str and is_day(datum)
    if how in _INSTANTS:
        return type(datum) is int and 0 <= datum <= LATEST and type(detail) is str and is_zone(detail)
    if how in _NUMBERS:
        return type(datum) is int and type(detail) is str and (how != "decimal" or detail in _PLACES)
    return how == "plain" and type(datum) in (int, str)


_DAYS, _INSTANTS = ("date", "long_day", "short_day", "month"), ("time", "datetime")
_NUMBERS, _PLACES = ("money", "decimal", "percent"), frozenset(map(str, range(10)))
