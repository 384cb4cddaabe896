"""Choices of this device: language, look, printer. Each has a name with the room that owns it: `shell.language`."""

from typing import Any

from sqlalchemy.orm import Session

from app.kernel.rights import Right
from app.store.bases import Setting
from app.store.work import Work


def set_setting(work: Work, name: str, value: Any) -> Any:
    """Keep a choice: a text, whole number, truth value, or lists and mappings of them; what was kept before, or
    None."""
    work.require(Right.CHANGE_SETTINGS)
    before = get_setting(work.session, name)
    work.session.merge(Setting(name=name, value=value))
    return before


def choose_look(work: Work, *, language: str, theme: str) -> None:
    """Keep how the desk looks on this device; whoever works here may choose it."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.language", value=language))
    work.session.merge(Setting(name="shell.theme", value=theme))


def choose_closing(work: Work, *, stays: bool) -> None:
    """Keep whether the window goes to the icon beside the clock when it is closed; whoever works here may choose it."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.stays", value=stays))


def keep_window(work: Work, place: list[int]) -> None:
    """Keep where the window stood: left, top, width, height in pixels, and 1 when it filled the screen."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.window", value=place))


def keep_text_size(work: Work, size: int) -> None:
    """Keep the size of the text, in per cent of the usual one."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.size", value=size))


def keep_motion(work: Work, motion: str) -> None:
    """Keep whether things move: `system` or `less`."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.motion", value=motion))


def keep_columns(work: Work, widths: dict[str, dict[str, int]]) -> None:
    """Keep the widths that somebody gave to columns: px by list and head."""
    work.require(Right.LOG_TICKET)
    work.session.merge(Setting(name="shell.columns", value=widths))


def get_setting(session: Session, name: str, otherwise: Any = None) -> Any:
    """What was chosen, or `otherwise`."""
    kept = session.get(Setting, name)
    return otherwise if kept is None else kept.value
