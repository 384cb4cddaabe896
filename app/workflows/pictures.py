"""Photographs that are kept with a repair or a step of a procedure."""

from pathlib import Path

from sqlalchemy.orm import Session

from app.kernel.errors import Trouble, UserError
from app.kernel.filetypes import LARGEST, checked
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.work import Work


def keep_picture(work: Work, source: bytes | str) -> str:
    """Keep a photograph encrypted, given as bytes or as a path; its hash.

    UserError(BAD_INPUT, photo) when it is no picture, too large, or not there any more.
    """
    work.require(Right.LOG_REPAIR, Right.RUN_SOP)
    data = source if isinstance(source, bytes) else _read(Path(source))
    if not checked(data).type.picture:
        raise UserError(Trouble.BAD_INPUT, say("This is no picture. Take a photo, or drop one here."), field="photo")
    return work.files.keep(data)


def picture_of(session: Session, sha256: str) -> bytes:
    """A photograph that was kept; UserError MISSING when it is not on this device yet, DAMAGED when it changed."""
    content: bytes = session.info["files"].read(sha256)
    return content


def _read(path: Path) -> bytes:
    """At most one byte more than a picture may have: what was dropped may be a film of many gigabytes."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        words = say("There is no file {name}.", name=path.name)
        raise UserError(Trouble.BAD_INPUT, words, field="photo") from None
