"""Connections to the hub's database, each as the role that its work needs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from psycopg import AsyncConnection, Connection, OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool

from app.hub.embedded import Embedded
from app.hub.settings import CONNECTIONS, DEVICE, LIMITS, OWNER, STAFF, Place
from app.hub.staging import make_stages
from app.hub.troubles import Exit, HubError

NAME = "aftercare"  # of the database in an embedded server
Pool = AsyncConnectionPool[AsyncConnection[Any]]


@contextmanager
def reached(place: Place) -> Iterator[str]:
    """How to connect, without a user; an embedded server runs as long as the block."""
    if place.folder is None:
        yield place.url
        return
    with Embedded(place.folder).running() as socket:
        yield make_conninfo("", host=socket, dbname=NAME)


def as_role(reach: str, role: str) -> str:
    """How to connect as `role`; a user that the operator named stands, and is looked at by `roles`."""
    named = conninfo_to_dict(reach).get("user")
    return make_conninfo(reach, user=named or role, application_name=f"aftercare {role}")


@contextmanager
def connected(reach: str, role: str, *, tenant: str = "") -> Iterator[Connection[Any]]:
    """One transaction of a command, as OWNER or STAFF, for one partner if named; HubError where none can be had."""
    assert role in (OWNER, STAFF, DEVICE)
    try:
        connection = Connection.connect(as_role(reach, role), autocommit=True)
    except OperationalError as problem:
        told = str(problem).strip().splitlines()[-1]
        raise HubError(f"The database cannot be reached as {role}: {told}", code=Exit.BAD_INPUT) from None
    with connection, connection.transaction():
        if tenant:
            connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
        yield connection


def make_pool(reach: str) -> Pool:
    """The serving process's connections, each as DEVICE with its staging tables; not opened yet."""
    return AsyncConnectionPool(
        as_role(reach, DEVICE), min_size=2, max_size=CONNECTIONS, open=False, timeout=20,
        kwargs={"autocommit": True, "options": LIMITS}, configure=make_stages,
        check=AsyncConnectionPool.check_connection,
    )  # fmt: skip


@asynccontextmanager
async def tenant_of(pool: Pool, tenant: str, *, still: bool = False) -> AsyncIterator[AsyncConnection[Any]]:
    """One transaction in which row-level security shows this partner alone; with `still` it sees one moment."""
    async with pool.connection() as connection, as_tenant(connection, tenant, still=still):
        yield connection


@asynccontextmanager
async def as_tenant(connection: AsyncConnection[Any], tenant: str, *, still: bool = False) -> AsyncIterator[None]:
    """The same on a connection that is there."""
    async with connection.transaction():
        if still:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        await connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
        yield
