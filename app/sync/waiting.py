"""A code that waits for a network: kept in the store until this computer is connected or the code is refused."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.kernel.rights import Right
from app.store.bases import Setting
from app.store.work import Work

_NAME = "sync.waiting_code"


@dataclass(frozen=True, slots=True)
class WaitingCode:
    """Where to, and with which code; the code is empty once it was refused, so that the page can say so."""

    address: str
    code: str = field(default="", repr=False)


def waiting_code(session: Session) -> WaitingCode | None:
    """The code that waits, or the address whose code was refused; None when nothing of the kind is known."""
    kept = session.get(Setting, _NAME)
    said = kept.value if kept is not None else None
    return WaitingCode(str(said["address"]), str(said["code"])) if isinstance(said, dict) else None


def keep_code(work: Work, address: str, code: str) -> None:
    """Keep this code until there is a network."""
    work.require(Right.CHANGE_SETTINGS)
    work.session.merge(Setting(name=_NAME, value={"address": address, "code": code}))


def drop_code(work: Work, *, refused: bool = False) -> None:
    """The code was used, or was refused: then its address stays."""
    work.require(Right.CHANGE_SETTINGS)
    kept = waiting_code(work.session)
    if kept is not None:
        work.session.merge(Setting(name=_NAME, value={"address": kept.address, "code": ""} if refused else None))
