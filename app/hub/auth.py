"""Who asks: the device's own signature over each request. The partner is the device's row, never what is claimed."""

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from starlette.requests import Request

from app.hub.database import Pool
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
    """As `device_by`, with a connection of its own."""
    async with pool.connection() as connection:
        return await device_by(connection, request, body)


async def device_by(connection: AsyncConnection[Any], request: Request, body: bytes) -> Device:
    """The device that signed this very request. 404 for whoever is none of ours, 401 for one whose clock is wrong."""
    claim = _claim(request)
    device = await _found(connection, claim)
    if device is None or not claim.holds(device.public, request.method, path_of(request), body):
        raise missing()
    at = now_ms()
    if abs(claim.time_ms - at) > TIME_LIMIT_MS or not await _first_time(connection, claim, device, at):
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


async def _found(connection: AsyncConnection[Any], claim: Claim) -> Device | None:
    asked = await connection.execute("SELECT * FROM partner.find_device(%s)", (claim.device,))
    row = await asked.fetchone()
    return None if row is None or row[2] else Device(claim.device, row[0], row[1])


async def _first_time(connection: AsyncConnection[Any], claim: Claim, device: Device, at: int) -> bool:
    """Whether this nonce is new; that it is used now is committed before the request is looked at."""
    asked = await connection.execute(
        "SELECT partner.use_nonce(%s, %s, %s, %s, %s)", (device.tenant, device.id, claim.nonce, at, NONCE_LIFE_MS)
    )
    return await asked.fetchone() == (True,)
