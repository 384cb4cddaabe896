"""The hub's endpoints (docs/protocol.md). Each proves who asks before it looks at what is asked."""

import re
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.hub.answers import answer, encoded
from app.hub.auth import Device, device_by, device_of
from app.hub.blobs import Shelf
from app.hub.bodies import raw_body, unpacked
from app.hub.database import Pool, tenant_of
from app.hub.enrolment import enrol, read_request
from app.hub.exchange import exchange
from app.hub.feed import read_sums
from app.hub.keys import Keys
from app.hub.message import read_message
from app.hub.packs import pack_part, pack_size
from app.hub.ranges import span_of, spanned
from app.hub.reports import MOST_BODY, keep_report, read_report
from app.hub.settings import PIECE, now_ms
from app.hub.troubles import bad, missing

_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,15}")
_OWN = "Signed by a device (docs/protocol.md, Who asks)."


def make_router(pool: Pool, keys: Keys) -> APIRouter:
    """Every endpoint, over this pool and these keys."""
    router, doors = APIRouter(prefix="/v1"), Doors(pool, keys)
    for method, path, run, what in (
        ("GET", "/health", doors.health, "Whether the hub answers; no partner's figures."),
        ("POST", "/enrol", doors.enrol, "A device of a partner, by an enrolment code."),
        ("POST", "/sync", doors.sync, f"Send and fetch in one round trip. {_OWN}"),
        ("GET", "/sum", doors.sums, f"Sums of each kind, to compare both sides by. {_OWN}"),
        ("HEAD", "/blob/{sha256}", doors.blob_head, f"How much of a file is here. {_OWN}"),
        ("PUT", "/blob/{sha256}", doors.blob_put, f"The next piece of a file. {_OWN}"),
        ("GET", "/blob/{sha256}", doors.blob_get, f"A file, or a range of it. {_OWN}"),
        ("POST", "/report", doors.report, f"A report of a fault that somebody sent. {_OWN}"),
        ("GET", "/pack/{name}/{version}", doors.pack, f"A published pack, or a range of it. {_OWN}"),
    ):
        router.add_api_route(
            path, run, methods=[method], summary=what, responses=_RESPONSES, response_class=Response,
            operation_id=f"{method.lower()}_{run.__name__}",
        )  # fmt: skip
    return router


_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "A message that no desk sends; nothing is stored."},
    401: {"description": "The signature holds and the time does not; correct it by hub_time and repeat once."},
    404: {"description": "No claim, no such device, another partner's thing, or no such thing: all alike."},
}


class Doors:
    """The endpoints as methods. FastAPI gives each the request; what is not answered is raised."""

    def __init__(self, pool: Pool, keys: Keys) -> None:
        self._pool = pool
        self._keys = keys

    async def health(self, request: Request) -> Response:
        async with self._pool.connection() as connection:
            await connection.execute("SELECT 1")
        return answer(request, encoded({"ok": True, "hub_time": now_ms()}))

    async def enrol(self, request: Request) -> Response:
        body = unpacked(await raw_body(request), request.headers.get("content-encoding", ""))
        said = await enrol(read_request(body), pool=self._pool, keys=self._keys)
        return answer(request, encoded(said))

    async def sync(self, request: Request) -> Response:
        raw = await raw_body(request)
        async with self._pool.connection() as connection:
            device = await device_by(connection, request, raw)
            message = read_message(unpacked(raw, request.headers.get("content-encoding", "")))
            done = await exchange(connection, message, device=device)
        request.state.ops, request.state.rows = done.ops, done.rows
        return answer(request, done.body, media_type=None)  # a desk knows what it asked for

    async def sums(self, request: Request) -> Response:
        device = await self._asking(request)
        async with tenant_of(self._pool, device.tenant, still=True) as connection:
            to, sums = await read_sums(connection)
        return answer(request, encoded({"to": to, "sums": sums}))

    async def blob_head(self, request: Request, sha256: str) -> Response:
        blob = await self._shelf(await self._asking(request)).find(_hash(sha256))
        return Response(headers={"aftercare-have": str(blob.have), "aftercare-size": str(blob.size)})

    async def blob_put(self, request: Request, sha256: str) -> Response:
        piece = await raw_body(request, most=PIECE)
        shelf = self._shelf(await device_of(request, piece, pool=self._pool))
        request.state.bytes = len(piece)
        offset, size = _number(request, "offset"), _number(request, "size")
        have = await shelf.put(_hash(sha256), piece, offset=offset, size=size)
        return Response(encoded({"have": have}), 200, {"aftercare-have": str(have)}, "application/json")

    async def blob_get(self, request: Request, sha256: str) -> Response:
        shelf = self._shelf(await self._asking(request))
        blob = await shelf.find(_hash(sha256))
        if not blob.done:
            raise missing()
        return spanned(span_of(request, blob.size), lambda start, most: shelf.part(sha256, start, most))

    async def pack(self, request: Request, name: str, version: str) -> Response:
        device = await self._asking(request)
        if not _NUMBER.fullmatch(version) or int(version) > 2**31 - 1 or "\0" in name:
            raise missing()
        pool, number, tenant = self._pool, int(version), device.tenant
        size = await pack_size(pool, name, number, tenant=tenant)
        return spanned(
            span_of(request, size),
            lambda start, most: pack_part(pool, name, number, start=start, most=most, tenant=tenant),
        )

    async def report(self, request: Request) -> Response:
        raw = await raw_body(request, most=MOST_BODY)
        device = await device_of(request, raw, pool=self._pool)
        request.state.bytes = len(raw)
        said = read_report(unpacked(raw, request.headers.get("content-encoding", "")))
        await keep_report(self._pool, device, said)
        return answer(request, encoded({"kept": True}))

    async def _asking(self, request: Request) -> Device:
        """Who asks, of a request without a body."""
        return await device_of(request, await raw_body(request, most=0), pool=self._pool)

    def _shelf(self, device: Device) -> Shelf:
        return Shelf(self._pool, self._keys, device.tenant)


def _hash(text: str) -> str:
    if not _HASH.fullmatch(text):
        raise missing()
    return text


def _number(request: Request, name: str) -> int:
    found = request.query_params.get(name, "")
    if not _NUMBER.fullmatch(found):
        raise bad(f"bad_{name}")
    return int(found)
