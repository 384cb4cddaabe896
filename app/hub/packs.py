"""Published packs as a device fetches them; it believes their signature, never the hub."""

from app.hub.database import Pool, tenant_of
from app.hub.settings import PIECE
from app.hub.troubles import missing


async def pack_size(pool: Pool, name: str, version: int, *, tenant: str) -> int:
    """The length of a pack's zip; 404 where there is none."""
    async with tenant_of(pool, tenant) as connection:
        row = await (await connection.execute("SELECT partner.pack_size(%s, %s)", (name, version))).fetchone()
    if row is None or row[0] is None:
        raise missing()
    return int(row[0])


async def pack_part(pool: Pool, name: str, version: int, *, start: int, most: int, tenant: str) -> bytes:
    """At most PIECE bytes of the zip from `start` on."""
    async with tenant_of(pool, tenant) as connection:
        asked = await connection.execute(
            "SELECT partner.pack_part(%s, %s, %s, %s)", (name, version, start, min(most, PIECE))
        )
        row = await asked.fetchone()
    if row is None or row[0] is None:
        raise missing()
    return bytes(row[0])
