"""POST /v1/enrol: a code that was read out makes one device a device of one partner."""

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation

from app.hub.certificates import certify
from app.hub.database import Pool
from app.hub.facts import read_facts
from app.hub.keys import Keys
from app.hub.settings import now_ms
from app.hub.troubles import missing
from app.sync.identity import read_code
from app.sync.wire import WireError, field, read_object

Connected = AsyncConnection[Any]
_ID = re.compile(r"[0-9a-f]{32}")
_PROOF = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """What a desk asks with; `said` is all that its proof covers."""

    code: str
    device: str
    name: str
    key: bytes
    signing_key: bytes
    proof: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class _Claimed:
    """A code that is now used up, unless this transaction fails."""

    tenant: str
    partner_name: str
    sealed: bytes
    root: bytes
    sealed_key: bytes
    market: str


def read_request(body: bytes) -> Request:
    """The request in a body; WireError for anything that no desk sends."""
    said = read_object(body)
    name: str = field(said, "name", str)
    if len(name) > _LONGEST_NAME or "\0" in name:
        raise WireError("bad_name")
    key = _base64(said, "key")
    if len(key) != 32:
        raise WireError("bad_key")
    proof = _matching(said, "proof", _PROOF)
    del said["proof"]
    signing_key = _base64(said, "signing_key")
    return Request(_matching(said, "code", _ID), _matching(said, "device", _ID), name, key, signing_key, proof, said)


async def enrol(request: Request, *, pool: Pool, keys: Keys) -> dict[str, Any]:
    """The answer. A wrong, used or late code is 404, and so is a device that is another's or was revoked.

    The code's row is locked by claiming it: of two who use one code at once, one waits and then finds it used. A
    proof that does not hold rolls the claim back: who knows a code's name alone cannot use it up.
    """
    async with pool.connection() as connection, connection.transaction():
        claimed = await _claim(connection, request)
        code = read_code(keys.open(claimed.sealed, what=f"code {request.code}").decode())
        if not hmac.compare_digest(code.proof("desk", request.said), request.proof):
            raise missing()
        root_key = keys.open(claimed.sealed_key, what="root")
        certificate = certify(
            request.signing_key, device=request.device, partner=claimed.tenant, root=claimed.root, root_key=root_key
        )
        await _keep(connection, request, claimed.tenant, certificate)
        facts = await read_facts(connection)
    answer: dict[str, Any] = {
        "partner": claimed.tenant, "partner_name": claimed.partner_name, "manufacturer": facts.manufacturer,
        "market": claimed.market, "device": request.device, "root": base64.b64encode(claimed.root).decode(),
        "certificate": base64.b64encode(certificate).decode(), "epoch": facts.epoch, "hub_time": now_ms(),
    }  # fmt: skip
    return answer | {"proof": code.proof("hub", answer | {"asked": request.proof})}


async def _claim(connection: Connected, request: Request) -> _Claimed:
    asked = await connection.execute(
        "SELECT * FROM partner.claim_code(%s, %s, %s)", (request.code, request.device, now_ms())
    )
    row = await asked.fetchone()
    if row is None:
        raise missing()
    return _Claimed(*row)


async def _keep(connection: Connected, request: Request, tenant: str, certificate: bytes) -> None:
    """The device's row; one that enrols again with the same key keeps it."""
    await connection.execute("SELECT set_config('app.tenant', %s, true)", (tenant,))
    try:
        done = await connection.execute(
            "INSERT INTO partner.device AS d VALUES (%s, %s, %s, %s, %s, %s, %s, NULL) "
            "ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, signing_key = excluded.signing_key, "
            "certificate = excluded.certificate, enrolled_at = excluded.enrolled_at "
            "WHERE d.public_key = excluded.public_key AND d.revoked_at IS NULL",
            (tenant, request.device, request.name, request.key, request.signing_key, certificate, now_ms()),
        )
    except UniqueViolation:  # another partner's device has this id
        raise missing() from None
    if done.rowcount != 1:
        raise missing()


def _matching(said: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value: str = field(said, name, str)
    if not pattern.fullmatch(value):
        raise WireError(f"bad_{name}")
    return value


def _base64(said: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(field(said, name, str), validate=True)
    except (binascii.Error, ValueError):
        raise WireError(f"bad_{name}") from None
