"""Who asks: whoever may not know is answered as if there were nothing; the clock's error is told to ours alone."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.hub import devices
from app.hub.settings import now_ms
from app.kernel.canonical import canonical
from app.kernel.ids import random_token
from app.sync.identity import DEVICE, NONCE, SIGNATURE, TIME, TIME_LIMIT_MS, Identity
from tests.hub.hubs import Desk, Hub

FILE = "a" * 64
ENDPOINTS = (
    ("POST", "/v1/sync", b"{}"),
    ("GET", "/v1/sum", b""),
    ("HEAD", f"/v1/blob/{FILE}", b""),
    ("GET", f"/v1/blob/{FILE}", b""),
    ("PUT", f"/v1/blob/{FILE}?offset=0&size=3", b"abc"),
    ("GET", "/v1/pack/averdell/1", b""),
    ("POST", "/v1/report", b"{}"),
)
each_endpoint = pytest.mark.parametrize(("method", "path", "body"), ENDPOINTS, ids=lambda each: str(each)[:24])


def whole(response: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer says but its moment."""
    return response.status_code, response.content, {n: v for n, v in response.headers.items() if n != "date"}


def nothing(hub: Hub, method: str) -> tuple[int, bytes, dict[str, str]]:
    """What the hub says of what does not exist."""
    return whole(hub.http.request(method, "/v1/no/such/thing"))


@each_endpoint
def test_no_claim_is_answered_like_no_such_thing(hub: Hub, method: str, path: str, body: bytes) -> None:
    assert nothing(hub, method) == whole(hub.http.request(method, path, content=body))
    assert 404 == nothing(hub, method)[0]


@each_endpoint
@pytest.mark.parametrize("wrong", ["unknown", "forged", "torn", "revoked"])
def test_claim_that_does_not_hold_is_answered_like_no_such_thing(
    hub: Hub, method: str, path: str, body: bytes, wrong: str
) -> None:
    desk = hub.desk()
    if wrong == "unknown":
        desk.identity = Identity("f" * 32, desk.identity.seed)
    if wrong == "forged":
        desk.identity = Identity(desk.identity.device, random_token(32))
    if wrong == "revoked":
        devices.revoke_device(hub.reach, desk.partner, desk.identity.device)
    headers = {SIGNATURE: "?"} if wrong == "torn" else {}

    assert nothing(hub, method) == whole(desk.request(method, path, body, headers=headers))


@pytest.mark.parametrize("sign", [-1, 1])
def test_wrong_time_of_ours_is_told_with_the_hubs(hub: Hub, sign: int) -> None:
    desk, wrong = hub.desk(), now_ms() + sign * (TIME_LIMIT_MS + 60_000)

    said = desk.request("GET", "/v1/sum", time_ms=wrong)

    assert (401, "time") == (said.status_code, said.json()["error"])
    assert abs(said.json()["hub_time"] - now_ms()) < 60_000
    assert 200 == desk.request("GET", "/v1/sum", time_ms=said.json()["hub_time"]).status_code


def test_request_sent_a_second_time_is_refused(hub: Hub) -> None:
    desk = hub.desk()
    headers = desk.identity.headers("GET", "/v1/sum", b"", time_ms=now_ms())

    first, second = (hub.http.get("/v1/sum", headers=headers) for _ in range(2))

    assert (200, 401, "time") == (first.status_code, second.status_code, second.json()["error"])


def test_nonce_is_free_for_another_device(hub: Hub) -> None:
    one, two = hub.desk(), hub.desk()
    nonce = random_token().hex()

    said = [desk.request("GET", "/v1/sum", headers=signed_with(desk, nonce)).status_code for desk in (one, two, one)]

    assert [200, 200, 401] == said


def signed_with(desk: Desk, nonce: str) -> dict[str, str]:
    """The headers of a request with this very nonce."""
    at = now_ms()
    text = canonical(["GET", "/v1/sum", hashlib.sha256(b"").hexdigest(), desk.identity.device, at, nonce])
    signature = base64.b64encode(desk.identity.sign(text)).decode()
    return {DEVICE: desk.identity.device, TIME: str(at), NONCE: nonce, SIGNATURE: signature}


def test_old_nonces_are_forgotten(hub: Hub) -> None:
    desk = hub.desk()
    with hub.owner(desk.partner) as connection:
        connection.execute("INSERT INTO partner.nonce VALUES (%s, 'x', 'y', 1)", (desk.partner,))

    desk.request("GET", "/v1/sum")

    with hub.owner(desk.partner) as connection:
        assert [] == connection.execute("SELECT nonce FROM partner.nonce WHERE at = 1").fetchall()


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk, file: desk.request("HEAD", f"/v1/blob/{file}"),
        lambda desk, file: desk.request("GET", f"/v1/blob/{file}"),
        lambda desk, file: desk.request("GET", f"/v1/blob/{file}", headers={"range": "bytes=0-1"}),
    ],
)
def test_file_of_another_partner_is_answered_like_no_such_file(
    hub: Hub, ask: Callable[[Desk, str], httpx.Response]
) -> None:
    ann, ben = hub.desk(), hub.desk()
    theirs, nobodys = hashlib.sha256(b"theirs").hexdigest(), hashlib.sha256(random_token()).hexdigest()
    assert 200 == ann.request("PUT", f"/v1/blob/{theirs}?offset=0&size=6", b"theirs").status_code

    assert whole(ask(ben, nobodys)) == whole(ask(ben, theirs))
    assert 404 == ask(ben, theirs).status_code


def test_same_ids_in_two_partners_never_mix(hub: Hub) -> None:
    ann, ben = hub.desk(), hub.desk()
    ticket = ann.ticket(title="Ann's")
    ann.sync(ticket, ann.note(ticket["id"], "b" * 32))

    twin = Desk(hub, ben.identity, ben.partner, stream=ann.stream)
    answer = twin.sync(twin.op("ticket", ticket["id"], {"title": "Ben's"}, op_id=ticket["op_id"]))

    assert (1, ["Ben's"], []) == (answer["ack"], [row["fields"]["title"] for row in answer["rows"]], answer["refused"])
    assert "Ann's" == ann.sync()["rows"][0]["fields"]["title"]


def test_health_and_description_are_open_and_say_nothing_of_partners(hub: Hub) -> None:
    health: dict[str, Any] = hub.http.get("/v1/health").json()
    described = hub.http.get("/v1/openapi.json").json()

    assert {"ok": True, "hub_time": health["hub_time"]} == health
    assert {
        "/v1/sync", "/v1/enrol", "/v1/sum", "/v1/health", "/v1/blob/{sha256}", "/v1/pack/{name}/{version}",
        "/v1/report",
    } == set(described["paths"])  # fmt: skip
    assert {"head", "put", "get"} == set(described["paths"]["/v1/blob/{sha256}"])
