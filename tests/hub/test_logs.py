"""Logs: one JSON object a line, enough to find a fault by, and nothing of anybody."""

import json
import logging
import socket

import pytest

from app.hub import logs
from app.hub.logs import JsonLines
from app.kernel.ids import random_token
from app.sync.identity import SIGNATURE
from tests.hub.hubs import Hub, until
from tests.noise import Announce

SECRET = "Private-Marker"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records]


def requests(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [each for each in lines(caplog) if each.get("event") == "request"]


def test_request_is_told_with_route_device_and_counts_and_nothing_of_its_content(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    desk = hub.desk()
    code = hub.code(desk.partner)
    caplog.set_level(logging.DEBUG)
    file = "5" * 64

    desk.sync(desk.ticket(title=SECRET, words=SECRET), desk.op("ghost", "a" * 32, {"name": SECRET}))
    desk.request("PUT", f"/v1/blob/{file}?offset=0&size=99", SECRET.encode())
    desk.enrol(code, name=SECRET)
    hub.http.get(f"/v1/{SECRET}?name={SECRET}", headers={SIGNATURE: SECRET, "x-name": SECRET})

    until(lambda: 4 == len(requests(caplog)))
    told = requests(caplog)
    assert [("/v1/sync", 200), ("/v1/blob/{sha256}", 200), ("/v1/enrol", 200), ("-", 404)] == [
        (each["route"], each["status"]) for each in told
    ]
    assert {"device": desk.identity.device, "ops": 2, "rows": 1, "method": "POST"}.items() <= told[0].items()
    assert 4 == len({each["request"] for each in told})
    hubs = [record.getMessage() for record in caplog.records if record.name == logs.NAME]  # httpx tells its own side
    whole = json.dumps(lines(caplog)) + "".join(hubs)
    assert not [each for each in (SECRET, file, code.secret, code.name, code.printed()) if each in whole]


def test_sender_that_is_gone_in_the_middle_of_its_body_is_no_mistake_of_ours(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    address = hub.http.base_url

    with socket.create_connection((address.host, address.port or 80)) as sender:
        sender.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n{")

    until(lambda: requests(caplog) != [])
    assert [("/v1/enrol", 400, "info")] == [(each["route"], each["status"], each["level"]) for each in requests(caplog)]


def test_mistake_of_ours_is_told_by_place_and_answered_without_words(
    hub: Hub, caplog: pytest.LogCaptureFixture, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce("request ended with 500")
    desk = hub.desk()

    def break_off(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("app.hub.routes.read_message", break_off)
    said = desk.request("POST", "/v1/sync", b"{}")

    assert (500, b'{"error":"bug"}') == (said.status_code, said.content)
    until(lambda: bool(requests(caplog)))
    (told,) = requests(caplog)
    assert "ValueError" in str(told["report"]) and "app/hub/routes.py" in str(told["report"])
    assert SECRET not in json.dumps(told)


@pytest.mark.parametrize(
    ("text", "values", "says"), [("error connecting: %s", (SECRET,), "error connecting: %s"), (f"at {SECRET}", (), "")]
)
def test_record_of_a_library_is_told_without_its_values(text: str, values: tuple[str, ...], says: str) -> None:
    record = logging.LogRecord("psycopg.pool", logging.WARNING, "pool.py", 7, text, values, None)

    told = json.loads(JsonLines().format(record))

    assert {"level": "warning", "log": "psycopg.pool", "says": says, "place": "pool:7"}.items() <= told.items()


def test_event_of_the_hub_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    logs.tell("serving", port=int.from_bytes(random_token(1)))

    assert ["serving"] == [each["event"] for each in lines(caplog)]
