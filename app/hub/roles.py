"""The three roles of a hub: made in an embedded server by its superuser, looked at wherever the hub serves."""

from typing import Any

from psycopg import Connection, OperationalError, sql
from psycopg.conninfo import make_conninfo

from app.hub.database import NAME
from app.hub.embedded import SUPERUSER
from app.hub.settings import DEVICE, OWNER, STAFF
from app.hub.troubles import HubError


def make_roles(reach: str) -> None:
    """Roles and database of an embedded server, where they are missing; nothing else is done as its superuser."""
    with _superuser(reach) as connection:
        for role in (OWNER, DEVICE, STAFF):
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(role)))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", (NAME,)).rowcount:
            make = "CREATE DATABASE {} OWNER {} TEMPLATE template0"
            connection.execute(sql.SQL(make).format(sql.Identifier(NAME), sql.Identifier(OWNER)))


def refuse_powerful(connection: Connection[Any]) -> None:
    """HubError when row-level security would not hold this connection: a superuser, BYPASSRLS, the tables' owner."""
    found = connection.execute(
        "SELECT rolname, rolsuper OR rolbypassrls, pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles "
        "WHERE rolname IN (session_user, current_user) ORDER BY 2 DESC, 3 DESC",
        (OWNER,),
    ).fetchone()
    if found is None or found[1] or found[2]:
        name = found[0] if found else "?"
        raise HubError(f"The hub does not serve as {name}, whom row-level security does not hold. Use {DEVICE}.")


def _superuser(reach: str) -> Connection[Any]:
    try:
        return Connection.connect(make_conninfo(reach, user=SUPERUSER, dbname="postgres"), autocommit=True)
    except OperationalError:
        raise HubError("The embedded server cannot be reached.") from None
