"""Files of a partner: by hash, in encrypted pieces, taken up again where they broke off."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection

from app.hub.database import Pool, tenant_of
from app.hub.keys import Keys
from app.hub.settings import LARGEST_FILE, PIECE, now_ms
from app.hub.troubles import Refused, bad, missing
from app.schema import KINDS
from app.sync.shapes import shapes_of

Connected = AsyncConnection[Any]
NAMING = [kind for kind, shape in shapes_of(KINDS).items() if shape.names_files]


@dataclass(frozen=True, slots=True)
class Blob:
    """One file as far as it is here; `done` when its hash has been checked."""

    sha256: str
    size: int
    have: int
    pieces: int
    done: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One partner's files."""

    pool: Pool
    keys: Keys
    tenant: str

    async def find(self, sha256: str) -> Blob:
        """The file as far as it is here; 404 for one that is not this partner's."""
        async with tenant_of(self.pool, self.tenant) as connection:
            found = await _find(connection, sha256)
        if found is None:
            raise missing()
        return found

    async def put(self, sha256: str, piece: bytes, *, offset: int, size: int) -> int:
        """Bytes that are here with this piece. 409 unless it begins where the file ends so far; with the last byte
        the hash is checked, and a file that is not what it says is dropped."""
        _check_sizes(piece, offset, size)
        async with tenant_of(self.pool, self.tenant) as connection:
            blob = await self._begun(connection, sha256, size)
            if blob.size != size:
                raise bad("bad_size")
            if blob.done or blob.have != offset:
                raise Refused(409, {"error": "offset"}, {"aftercare-have": str(blob.have)})
            if piece:
                await self._keep(connection, blob, piece)
            whole = offset + len(piece) == size
            good = not whole or await self._checked(connection, sha256)
        if not good:
            raise bad("bad_hash")
        return offset + len(piece)

    async def part(self, sha256: str, start: int, most: int) -> bytes:
        """At most `most` bytes from `start` on, as far as they stand in one piece."""
        async with tenant_of(self.pool, self.tenant) as connection:
            asked = await connection.execute(
                "SELECT number, start, body FROM partner.blob_piece WHERE tenant = partner.app_tenant() "
                "AND sha256 = %s AND start <= %s ORDER BY number DESC LIMIT 1",
                (sha256, start),
            )
            row = await asked.fetchone()
        if row is None:
            raise missing()
        return self._plain(sha256, row[0], row[2])[start - row[1] :][:most]

    async def _begun(self, connection: Connected, sha256: str, size: int) -> Blob:
        """The file's row, locked: of two devices that send it at once one waits, and then goes on behind the other.
        410 for one that was destroyed."""
        await connection.execute(_LOCK_SHARED)
        if await _is_erased(connection, sha256):
            raise Refused(410, {"error": "erased"})
        await connection.execute(
            "INSERT INTO partner.blob VALUES (partner.app_tenant(), %s, %s, 0, 0, %s, NULL) ON CONFLICT DO NOTHING",
            (sha256, size, now_ms()),
        )
        blob = await _find(connection, sha256, lock=True)
        assert blob is not None
        return blob

    async def _keep(self, connection: Connected, blob: Blob, piece: bytes) -> None:
        kept = self.keys.lock_piece(piece, tenant=self.tenant, sha256=blob.sha256, number=blob.pieces)
        await connection.execute(
            "INSERT INTO partner.blob_piece VALUES (partner.app_tenant(), %s, %s, %s, %s, %s)",
            (blob.sha256, blob.pieces, blob.have, len(piece), kept),
        )
        await connection.execute(
            "UPDATE partner.blob SET have = have + %s, pieces = pieces + 1 "
            "WHERE tenant = partner.app_tenant() AND sha256 = %s",
            (len(piece), blob.sha256),
        )

    async def _checked(self, connection: Connected, sha256: str) -> bool:
        """Whether the whole is what its name says; it is marked as done, or dropped."""
        digest = hashlib.sha256()
        async with connection.cursor("pieces") as cursor:
            cursor.itersize = 4
            await cursor.execute(
                "SELECT number, body FROM partner.blob_piece WHERE tenant = partner.app_tenant() AND sha256 = %s "
                "ORDER BY number",
                (sha256,),
            )
            async for number, body in cursor:
                digest.update(self._plain(sha256, number, body))
        good = hmac.compare_digest(digest.hexdigest(), sha256)
        await connection.execute(_DONE if good else _DROP, (now_ms(), sha256))
        return good

    def _plain(self, sha256: str, number: int, body: bytes) -> bytes:
        return self.keys.unlock_piece(body, tenant=self.tenant, sha256=sha256, number=number)


_NAMED_ELSEWHERE = (
    "SELECT DISTINCT fields #>> '{body,sha256}' FROM partner.row WHERE tenant = partner.app_tenant() "
    "AND kind = ANY(%s) AND fields #>> '{body,sha256}' = ANY(%s)"
)
_LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(hashtextextended('erase ' || partner.app_tenant(), 0))"
_LOCK_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('erase ' || partner.app_tenant(), 0))"
_DONE = "UPDATE partner.blob SET done_at = %s WHERE tenant = partner.app_tenant() AND sha256 = %s"
_DROP = "DELETE FROM partner.blob WHERE begun_at <= %s AND tenant = partner.app_tenant() AND sha256 = %s"


async def erase(connection: Connected, hashes: Sequence[str], *, at: int) -> None:
    """These files are nowhere from now on, and are not taken again; in the transaction of what said so. It waits for
    pieces that are being written. A file that an event of another sort names, a photograph, stays."""
    await connection.execute(_LOCK_ALONE)
    asked = await connection.execute(_NAMED_ELSEWHERE, (NAMING, list(hashes)))
    elsewhere = {row[0] for row in await asked.fetchall()}
    hashes = [each for each in hashes if each not in elsewhere]
    await connection.execute(
        "INSERT INTO partner.erased SELECT partner.app_tenant(), each, %s FROM unnest(%s::text[]) AS each "
        "ON CONFLICT DO NOTHING",
        (at, hashes),
    )
    await connection.execute(
        "DELETE FROM partner.blob WHERE tenant = partner.app_tenant() AND sha256 = ANY(%s)", (list(hashes),)
    )


async def _is_erased(connection: Connected, sha256: str) -> bool:
    asked = await connection.execute(
        "SELECT true FROM partner.erased WHERE tenant = partner.app_tenant() AND sha256 = %s", (sha256,)
    )
    return await asked.fetchone() is not None


async def _find(connection: Connected, sha256: str, *, lock: bool = False) -> Blob | None:
    asked = await connection.execute(
        "SELECT size, have, pieces, done_at IS NOT NULL FROM partner.blob "
        f"WHERE tenant = partner.app_tenant() AND sha256 = %s{' FOR UPDATE' if lock else ''}",
        (sha256,),
    )
    row = await asked.fetchone()
    return Blob(sha256, *row) if row else None


def _check_sizes(piece: bytes, offset: int, size: int) -> None:
    if size > LARGEST_FILE:
        raise Refused(413, {"error": "too_large"})
    if len(piece) > PIECE or offset + len(piece) > size or (not piece and offset < size):
        raise bad("bad_piece")
