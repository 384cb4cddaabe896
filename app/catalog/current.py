"""The catalogue that is in force on this device, built once for each state of the shelf."""

import threading

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog, build_catalog
from app.content.shelf import read_shelf, shelf_hash
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say

_lock = threading.Lock()  # reader and writer threads ask; the catalogue itself is never changed
_built: tuple[str, Catalog] | None = None


def catalog_of(session: Session) -> Catalog:
    """The catalogue of the installed pack; UserError(MISSING) while nothing has been installed.

    Costs one indexed read once it is built; the shelf's hash tells when to build anew.
    """
    global _built
    sha256 = shelf_hash(session)
    if not sha256:
        raise UserError(
            Trouble.MISSING, say("The manufacturer's catalogue is not on this computer yet. Install its pack first.")
        )
    with _lock:
        if _built is None or _built[0] != sha256:
            _built = (sha256, build_catalog(*read_shelf(session)))
        return _built[1]


def installed_catalog(session: Session) -> Catalog | None:
    """The same, or None while nothing has been installed: for what goes on without it."""
    return catalog_of(session) if shelf_hash(session) else None
