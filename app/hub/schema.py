"""Bring a hub's database to this program's schema, as its owner; never while serving."""

from pathlib import Path
from typing import Any

from psycopg import Connection
from sqlalchemy import create_engine, func, select

from app.hub.certificates import make_root
from app.hub.database import as_role, connected
from app.hub.keys import Keys
from app.hub.settings import OWNER, now_ms
from app.hub.troubles import HubError
from app.kernel.ids import random_token
from app.schema import KINDS
from app.store.bases import See
from app.sync.shapes import shapes_of

REVISION = "0001"  # of the newest file in migrations/hub/versions (a test compares them)
_LOCK = 0x6166746572  # two that start at once upgrade one after the other
_BEYOND = 1 << 32  # more rows than a partner writes between two backups; room for two million restores
FOLDER = Path(__file__).parents[2] / "migrations" / "hub"


def migrate(reach: str, keys: Keys) -> None:
    """Every missing revision in one transaction of the owner; then what may be seen, and at first the root.

    HubError for the database of a later program.
    """
    with connected(reach, OWNER) as connection:
        there = _revision(connection)
    if there > REVISION:
        raise HubError("A later program has used this database. Update this one.")
    if there < REVISION:  # Alembic alone takes longer to load than most commands to run
        _upgrade(reach)
    with connected(reach, OWNER) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        _declare(connection)
        found = connection.execute("SELECT sealed_key FROM maker.hub").fetchone()
        if found is None:
            _begin(connection, keys)
        else:
            keys.open(found[0], what="root")


def check_revision(connection: Connection[Any]) -> None:
    """HubError unless the database is of this program's schema."""
    if _revision(connection) != REVISION:
        raise HubError("The database is not of this program's schema. Run `migrate` as its owner first.")


def new_epoch(reach: str) -> str:
    """A new lineage, after the database came back from a backup: desks then send again what it may have lost.

    Cursors go on far beyond those that were lost: an edit sent again says what its author had seen by the old ones,
    and must not seem to know what is written under the same numbers now, or a clash would be hidden.
    """
    epoch = random_token().hex()
    with connected(reach, OWNER) as connection:
        check_revision(connection)
        connection.execute("UPDATE maker.hub SET epoch = %s", (epoch,))
        for (tenant,) in connection.execute("SELECT code FROM maker.partner").fetchall():
            connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
            connection.execute("UPDATE partner.counter SET base = cur, cur = cur + %s", (_BEYOND,))
    return epoch


def _revision(connection: Connection[Any]) -> str:
    """The newest revision that the database has, or "" for an empty one."""
    there = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone() == (True,)
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    return str(found[0]) if found else ""


def _upgrade(reach: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: Connection.connect(as_role(reach, OWNER)))
    try:
        with engine.begin() as wrapped:
            wrapped.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            config.attributes["connection"] = wrapped
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _begin(connection: Connection[Any], keys: Keys) -> None:
    epoch = random_token().hex()
    root, private = make_root(epoch)
    values = (epoch, root, keys.seal(private, what="root"), now_ms())
    connection.execute("INSERT INTO maker.hub (epoch, root, sealed_key, made_at) VALUES (%s, %s, %s, %s)", values)


def _declare(connection: Connection[Any]) -> None:
    """Write down what the manufacturer's people may see, as the desk's own classes declare it."""
    shapes = shapes_of(KINDS)
    natures = [(shape.kind, shape.nature.value) for shape in shapes.values()]
    seen = [(each.kind, "", name) for each in shapes.values() for name, see in each.see.items() if see is See.SHARED]
    seen += [
        (each.kind, event, key)
        for each in shapes.values()
        for event, body in each.bodies.items()
        for key, see in body.items()
        if see is See.SHARED
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM maker.visible")
        cursor.execute("DELETE FROM maker.shape")
        cursor.executemany("INSERT INTO maker.shape VALUES (%s, %s)", natures)
        cursor.executemany("INSERT INTO maker.visible VALUES (%s, %s, %s)", seen)
