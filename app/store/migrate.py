"""Bring the store to this program's schema: made when new, upgraded after a verified copy, refused when newer.

`PRAGMA user_version` answers first, so that Alembic is loaded only when there is something to do.
"""

import contextlib
from pathlib import Path

from sqlalchemy import Connection, insert

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.store.backups import back_up
from app.store.bases import Stream, new_stream
from app.store.engine import open_engine
from app.store.first_page import connect
from app.store.profile import Unlocked
from app.store.snapshot import Progress, unheard

SCHEMA_VERSION = 1  # the number of the newest file in migrations/device/versions (a test compares them)
FOLDER = Path(__file__).parents[2] / "migrations" / "device"


def prepare(unlocked: Unlocked, *, progress: Progress = unheard) -> None:
    """Make or upgrade the store of a profile; the caller holds its lock.

    UserError(TOO_NEW) for the store of a later program; a failed upgrade leaves the store as it was.
    """
    path, key = unlocked.profile.store, unlocked.key
    version = stored_version(path, key) if path.exists() else 0
    if 0 < version < SCHEMA_VERSION:
        back_up(unlocked, progress=progress)
    if version == 0:
        _upgrade(path, key, device=unlocked.device)
    else:
        bring_up(path, key)


def bring_up(path: Path, key: bytes) -> None:
    """Upgrade the store in a file, where it lies; UserError(TOO_NEW) for one of a later program."""
    version = stored_version(path, key)
    if version > SCHEMA_VERSION:
        raise too_new()
    if version < SCHEMA_VERSION:
        _upgrade(path, key)


def stored_version(path: Path, key: bytes) -> int:
    """The schema's number in a store; 0 for an empty one."""
    with contextlib.closing(connect(path, key, reader=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def too_new() -> UserError:
    """The sentence for the store of a later program."""
    return UserError(
        Trouble.TOO_NEW,
        say("A newer version of this program has used this profile. Update this program, then open it again."),
    )


def _upgrade(path: Path, key: bytes, *, device: str = "") -> None:
    """All revisions, a new store's stream and the number in one transaction: a killed upgrade never happened."""
    engine = open_engine(path, key)
    try:
        with engine.begin() as connection:
            upgrade(connection)
            if device:
                connection.execute(insert(Stream).values(**new_stream(), device=device))
    finally:
        engine.dispose()


def upgrade(connection: Connection) -> None:
    """Run every revision that is missing, within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.info["migrating"] = True
    try:
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    finally:
        connection.info["migrating"] = False
