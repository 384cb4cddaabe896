"""Copies that leave the desk."""

from pathlib import Path

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say


def write_copy(place: str, content: bytes) -> None:
    """Writes the very bytes there; UserError(DISK) when that cannot be. Run on a worker: a share may be slow."""
    try:
        Path(place).write_bytes(content)
    except OSError:
        raise UserError(Trouble.DISK, say("The copy could not be written there. Choose another folder.")) from None
