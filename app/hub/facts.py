"""What every device may know of the hub itself: its lineage, whose it is, what was published last."""

import base64
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor


@dataclass(frozen=True, slots=True)
class Facts:
    """`pack` is "" while nothing is published; `publisher` is its signer's key in hexadecimal, `endorsed` the word of
    the hub's root for it."""

    epoch: str
    manufacturer: str
    pack: str = ""
    version: int = 0
    sha256: str = ""
    size: int = 0
    publisher: str = ""
    endorsed: bytes = b""

    @property
    def published(self) -> dict[str, Any] | None:
        """As an answer names it."""
        if not self.pack:
            return None
        return {
            "pack": self.pack, "version": self.version, "sha256": self.sha256, "size": self.size,
            "publisher": self.publisher, "endorsed": base64.b64encode(self.endorsed).decode(),
        }  # fmt: skip


async def read_facts(connection: AsyncConnection[Any]) -> Facts:
    """The facts of this moment."""
    return await facts_in(await ask_facts(connection))


async def ask_facts(connection: AsyncConnection[Any]) -> AsyncCursor[Any]:
    """Asks for them; in a pipeline nothing is waited for."""
    return await connection.execute("SELECT * FROM partner.facts()")


async def facts_in(asked: AsyncCursor[Any]) -> Facts:
    """The answer."""
    row = await asked.fetchone()
    assert row is not None
    return Facts(*row) if row[2] is not None else Facts(row[0], row[1])
