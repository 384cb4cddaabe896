"""A field's value as people read it: names behind links, words behind codes, days and times of this place."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.kernel.days import is_day
from app.kernel.messages import Message, Shown, say, say_count
from app.kernel.packing import is_packed, unpacked
from app.kernel.slips import printed_number
from app.language.languages import LANGUAGES
from app.people.queries import names_of
from app.signoff.reads import is_value
from app.signoff.rules import device_name
from app.signoff.values import reading_in_words
from app.store.bases import InstantType, kinds
from app.sync.desks import desk_names
from app.sync.texts import FIELDS, KEYS
from app.sync.wire import WireError, read_object
from app.views.field_words import LABOUR, PUBLISHED, WORDS
from app.views.moments import zone_of
from app.views.published import Published

LONGEST_NAME = 60
_PEOPLE = ("by", "created_by", "responsible", "second", "decided_by", "kept_by", "lost_by")
_LINKS = {"place": "place", "owner": "customer", "site": "site", "repair": "repair", "subject_id": ""}
_LANGUAGES = {each.code: each.own_name for each in LANGUAGES}
_BRANCHES = ("shared", "partner")
Said = Message | str


class Values:
    """Of one reading: the names of people and computers are read once. `language` is for what the manufacturer
    published."""

    def __init__(self, session: Session, language: str = "en") -> None:
        self._session, self.zone = session, zone_of(session)
        self.names, self.desks = names_of(session), desk_names(session)
        catalog = installed_catalog(session)
        self._published = Published(catalog, language) if catalog else None

    def say(self, kind: str, column: str, value: Any, *, body: bool = False) -> Said:
        """The value of a column, or (`body`) of a body's key, in words; whatever it is, something is said."""
        if value is None or value in ("", [], {}):
            return say("nothing")
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if isinstance(value, str):
            return self._text(kind, column, value, body)
        if column == "strokes" and isinstance(value, list):
            return say_count("{count} stroke", "{count} strokes", len(value))
        if isinstance(value, list):
            return _joined([self.say(kind, column, each) for each in value])
        if isinstance(value, dict):
            return self._mapping(kind, value)
        return self._number(kind, column, value)

    def named(self, kind: str, key: str) -> str:
        """The number or name that people know a record by, or nothing; never longer than a line."""
        model: Any = kinds().get(kind)
        thing: Any = self._session.scalars(select(model).where(model.id == key)).first() if model else None
        for name in ("number", "name", "serial", "title"):
            if known := str(getattr(thing, name, "") or ""):
                return shortened(printed_number(known) if name == "serial" else known)
        return ""

    def _number(self, kind: str, column: str, value: int) -> Said:
        if self._is_instant(kind, column):
            return say("{moment}", moment=Shown("datetime", value, self.zone))
        return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def _text(self, kind: str, column: str, value: str, body: bool) -> Said:
        words = LABOUR if body and column == "kind" else WORDS.get((kind, column), {})
        if said := words.get(value):
            return said
        if column in _BRANCHES and (found := _document(value)):
            return self._mapping(kind, found)
        if known := self._of_the_pack(column, value):
            return known
        target = self._target(kind, column)
        if target == "staff" or (not target and column in _PEOPLE) or (column == "to" and value in self.names):
            return self.names.get(value, value)
        if target or column in _LINKS:
            return self.named(target or _LINKS[column], value) or self._anything(value) or value
        return self._plain(column, value)

    def _plain(self, column: str, value: str) -> Said:
        if column.endswith("_on") or column == "day":
            return say("{day}", day=Shown("date", value)) if is_day(value) else value
        if column == "language":
            return _LANGUAGES.get(value, value)
        if column == "device":
            return self.desks.get(value) or device_name(value)
        return printed_number(value) if column.endswith("serial") else value

    def _of_the_pack(self, column: str, value: str) -> str:
        """What the manufacturer calls it; nothing where no pack is here or knows it."""
        told = self._published
        if told is None:
            return ""
        if table := PUBLISHED.get(column):
            return told.code(table, value)
        if column == "form":
            return told.form(value)
        ways = {"model": told.model, "type": told.component, "part": told.part}
        return ways[column](value) if column in ways else ""

    def _anything(self, key: str) -> str:
        """What an event belongs to may be of several kinds."""
        found = (self.named(kind, key) for kind in ("ticket", "unit", "repair", "sealed_form", "acceptance"))
        return next(filter(None, found), "")

    def _mapping(self, kind: str, value: dict[str, Any]) -> Said:
        """A value of a form, a kept sentence, or one line for each key."""
        if is_packed(value):
            return unpacked(value)
        if "as" in value and is_value(value):
            return self._form_value(kind, value)
        return _joined([
            say("{field}: {value}", field=FIELDS.get(key) or KEYS.get(key) or shortened(key),
                value=shortened(said) if isinstance(said := self.say(kind, key, each), str) else said)
            for key, each in value.items()
        ])  # fmt: skip

    def _form_value(self, kind: str, value: dict[str, Any]) -> Said:
        told, form = self._published, value["as"]
        if form == "reading":
            return reading_in_words(value)
        if form == "sentences":
            return _joined([unpacked(each) for each in value["messages"]])
        if form == "day":
            return say("{day}", day=Shown("date", value["day"]))
        if form == "serial":
            return printed_number(value["serial"]) or self._text("repair_event", "new_state", value["state"], True)
        named = {"model": "model", "component_type": "type"}.get(value.get("kind", ""), "")
        code = str(value["code"])
        return (self._of_the_pack(named, code) if told and named else "") or code

    @staticmethod
    def _target(kind: str, column: str) -> str:
        model: Any = kinds().get(kind)
        there = model.__table__.columns if model else {}
        return str(there[column].info.get("link", "")) if column in there else ""

    @staticmethod
    def _is_instant(kind: str, column: str) -> bool:
        model: Any = kinds().get(kind)
        there = model.__table__.columns if model else {}
        return column == "entered_at" or (column in there and isinstance(there[column].type, InstantType))


def _document(text: str) -> dict[str, Any]:
    """A sealed branch; nothing where it is none."""
    try:
        return read_object(text.encode("utf-8", "replace"))
    except WireError:
        return {}


def _joined(parts: Sequence[Said]) -> Said:
    """All of them in one sentence; halves of halves, as a long chain of sentences in sentences cannot be spoken."""
    if len(parts) < 2:
        return parts[0] if parts else say("nothing")
    half = len(parts) // 2
    return say("{some}, {one}", some=_joined(parts[:half]), one=_joined(parts[half:]))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """The text, cut with an ellipsis where it is longer than a line of a head."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
