"""The partner's computers: what people call them, and when each was last heard of."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.bases import Event, Sealed, Stream, kinds
from app.store.work import Work
from app.sync.records import DeskName

LONGEST = 60


@dataclass(frozen=True, slots=True)
class DeskSeen:
    """A computer: `name` is empty while nobody has given it one; `heard_at` is the time of the latest thing written
    there that is known here (microseconds UTC), 0 for none."""

    device: str
    name: str
    here: bool
    heard_at: int


def name_desk(work: Work, name: str) -> str:
    """Call this computer by this name, for every computer of the partner; what it was called before.

    UserError BAD_INPUT (field `name`) for one that is too long, or that another computer has.
    """
    work.require(Right.CHANGE_SETTINGS)
    kept = " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in name).split())
    if len(kept) > LONGEST:
        raise UserError(Trouble.BAD_INPUT, say("A name has at most {most} characters.", most=LONGEST), field="name")
    others = {each.casefold() for device, each in desk_names(work.session).items() if device != work.device}
    if kept and kept.casefold() in others:
        words = say("Another computer has this name. Take one that tells them apart.")
        raise UserError(Trouble.BAD_INPUT, words, field="name")
    row = work.session.scalar(select(DeskName).where(DeskName.id == work.device))
    if row is None:
        work.session.add(DeskName(id=work.device, name=kept))
        return ""
    before, row.name = row.name, kept
    return before


def desk_names(session: Session) -> Mapping[str, str]:
    """Name by device, of those that have one; no longer than people may write it, wherever it came from."""
    rows = session.execute(select(DeskName.id, DeskName.name).where(DeskName.deleted.is_(False))).tuples()
    return {device: name[:LONGEST] for device, name in rows if name}


def the_other_desk(session: Session) -> str:
    """The name of the partner's other computer, where there is one other alone that has a name; else empty."""
    here = session.scalar(select(Stream.device)) or ""
    others = [name for device, name in desk_names(session).items() if device != here]
    return others[0] if len(others) == 1 else ""


def known_desks(session: Session, names_of_kinds: Iterable[str]) -> tuple[DeskSeen, ...]:
    """This computer first, then the others, the latest heard of first; heard of by rows of these kinds."""
    here = session.scalar(select(Stream.device)) or ""
    names, heard = desk_names(session), _heard(session, names_of_kinds)
    found = {here, *names, *heard} - {""}
    seen = [DeskSeen(each, names.get(each, ""), each == here, heard.get(each, 0)) for each in found]
    return tuple(sorted(seen, key=lambda each: (not each.here, -each.heard_at, each.device)))


def _heard(session: Session, names_of_kinds: Iterable[str]) -> dict[str, int]:
    """By what was written there: entries, documents that stand, and the name itself. A clock that ran ahead says
    nothing later than now."""
    latest: dict[str, int] = {}
    models: list[Any] = [kinds()[name] for name in names_of_kinds]
    for model in (each for each in models if issubclass(each, Event | Sealed)):
        for device, at in session.execute(select(model.device, func.max(model.at)).group_by(model.device)):
            latest[device] = max(latest.get(device, 0), at)
    for device, at in session.execute(select(DeskName.id, DeskName.created_at)):
        latest[device] = max(latest.get(device, 0), at)
    moment = now()
    return {device: min(at, moment) for device, at in latest.items()}
