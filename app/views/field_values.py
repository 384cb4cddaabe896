"""A field's value as people read it: names behind links, words behind codes, days and times of this place."""

import json
from collections.abc import Mapping
from functools import reduce
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.customers import texts as customer_texts
from app.kernel.days import is_day
from app.kernel.messages import Message, Shown, say
from app.kernel.slips import printed_number
from app.people import texts as people_texts
from app.people.queries import names_of
from app.repairs.rules.stages import Outcome
from app.store.bases import InstantType, kinds
from app.tickets import texts as ticket_texts
from app.views.moments import zone_of
from app.views.repair_words import outcome_word

LONGEST_NAME = 60
_PEOPLE = ("by", "created_by", "responsible", "second")
_CODES: Mapping[tuple[str, str], Mapping[Any, Message]] = {
    ("ticket", "kind"): ticket_texts.KINDS,
    ("ticket", "channel"): ticket_texts.CHANNELS,
    ("ticket", "severity"): ticket_texts.SEVERITIES,
    ("customer", "kind"): customer_texts.KINDS,
    ("customer", "reached_by"): customer_texts.REACHED_BY,
    ("unit", "customer_kind"): customer_texts.KINDS,
    ("repair", "outcome"): {each: outcome_word(each) for each in Outcome},
}


class Values:
    """Of one reading: the people's names are read once."""

    def __init__(self, session: Session) -> None:
        self._session, self.zone = session, zone_of(session)
        self.names = names_of(session)

    def say(self, kind: str, column: str, value: Any) -> Message | str:
        """The value of a column, or of a body's key, in words; whatever it is, something is said."""
        if value is None or value in ("", [], {}):
            return say("nothing")
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if isinstance(value, list) and column == "roles":
            return reduce(lambda some, one: say("{some}, {one}", some=some, one=one), map(_role, value))
        if isinstance(value, str):
            return self._text(kind, column, value)
        if isinstance(value, int) and self._is_instant(kind, column):
            return say("{moment}", moment=Shown("datetime", value, self.zone))
        return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def named(self, kind: str, key: str) -> str:
        """The number or name that people know a record by, or nothing; never longer than a line."""
        model: Any = kinds().get(kind)
        thing: Any = self._session.scalars(select(model).where(model.id == key)).first() if model else None
        for name in ("number", "name", "serial", "title"):
            if known := str(getattr(thing, name, "") or ""):
                return shortened(printed_number(known) if name == "serial" else known)
        return ""

    def _text(self, kind: str, column: str, value: str) -> Message | str:
        if words := _CODES.get((kind, column), {}).get(value):
            return words
        target = self._target(kind, column)
        if target == "staff" or (not target and column in _PEOPLE):
            return self.names.get(value, value)
        if target:
            return self.named(target, value) or value
        return say("{day}", day=Shown("date", value)) if column.endswith("_on") and is_day(value) else value

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


def _role(role: Any) -> Message | str:
    known: Mapping[Any, Message] = people_texts.ROLES
    return known.get(str(role), str(role))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """The text, cut with an ellipsis where it is longer than a line of a head."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
