"""Messages as plain data, so that a decision can be kept and said again later in any language."""

from typing import Any

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
