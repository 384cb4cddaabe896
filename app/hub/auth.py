"""Who asks: the device's own signature over each request. The partner is the device's row, never what is claimed."""

from dataclasses import dataclass

from psycopg.rows import tuple_row
from starlette.requests import Request

from app.hub.database import Pool, tenant_of
from app.hub.settings import NONCE_LIFE_MS, now_ms
from app.hub.troubles import Refused, missing
from app.sync.identity import TIME_LIMIT_MS, Claim, read_claim, verifies
from app.sync.wire import WireError


@dataclass(frozen=True, slots=True)
class Device:
    """Who signed the request; `public` is its raw Ed25519 key."""

    id: str
    tenant: str
    public: bytes

    def signed(self, signature: bytes, text: bytes) -> bool:
        """Whether this device signed `text`."""
        return verifies(self.public, signature, text)


async def device_of(request: Request, body: bytes, *, pool: Pool) -> Device:
    """The device that signed this very request. 404 for whoever is none of ours, 401 for one whose clock is wrong."""
    claim = _claim(request)
    device = await _found(claim, pool)
    if device is None or not claim.holds(device.public, request.method, path_of(request), body):
        raise missing()
    at = now_ms()
    if abs(claim.time_ms - at) > TIME_LIMIT_MS or not await _first_time(claim, device, pool, at):
        raise Refused(401, {"error": "time", "hub_time": at})
    request.state.device = device.id
    return device


def path_of(request: Request) -> str:
    """The path with its query, as it was sent and signed."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def _claim(request: Request) -> Claim:
    try:
        return read_claim(request.headers)
    except WireError:
        raise missing() from None


async def _found(claim: Claim, pool: Pool) -> Device | None:
    async with pool.connection() as connection, connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute("SELECT tenant, public_key, revoked FROM partner.find_device(%s)", (claim.device,))
        row = await cursor.fetchone()
    return None if row is None or row[2] else Device(claim.device, row[0], row[1])


async def _first_time(claim: Claim, device: Device, pool: Pool, at: int) -> bool:
    """Whether this nonce is new. It is committed before the request is looked at; after a crash of the database a
    request could be repeated, which changes nothing, so this commit does not wait for the disk."""
    async with tenant_of(pool, device.tenant) as connection:
        await connection.execute("SET LOCAL synchronous_commit = off")
        await connection.execute("DELETE FROM partner.nonce WHERE tenant = %s AND at < %s",
                                 (device.tenant, at - NONCE_LIFE_MS))  # fmt: skip
        done = await connection.execute(
            "INSERT INTO partner.nonce VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (device.tenant, device.id, claim.nonce, at),
        )
        return done.rowcount == 1
