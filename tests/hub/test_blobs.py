"""Files: taken up again at any piece, checked at the end, encrypted at rest, each partner's own."""

import hashlib
import itertools
import random
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from app.hub.settings import LARGEST_FILE, PIECE
from tests.hub.hubs import Desk, Hub

DATA = random.Random(7).randbytes(3 * PIECE + 1234)
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def desk(hub: Hub) -> Desk:
    return hub.desk()


def put(desk: Desk, name: str, data: bytes, offset: int, piece: int = PIECE) -> int:
    path = f"/v1/blob/{name}?offset={offset}&size={len(data)}"
    return desk.request("PUT", path, data[offset : offset + piece]).status_code


def sent(desk: Desk, data: bytes) -> str:
    name = hashlib.sha256(data).hexdigest()
    assert {200} == {put(desk, name, data, offset) for offset in range(0, len(data), PIECE)}
    return name


def have(desk: Desk, name: str = NAME) -> tuple[str, str]:
    said = desk.request("HEAD", f"/v1/blob/{name}")
    return said.headers["aftercare-have"], said.headers["aftercare-size"]


@pytest.mark.parametrize("broken_off", range(4))
def test_upload_goes_on_at_any_piece_where_it_broke_off(desk: Desk, broken_off: int) -> None:
    for offset in range(0, broken_off * PIECE, PIECE):
        put(desk, NAME, DATA, offset)
    there = int(have(desk)[0]) if broken_off else 0

    for offset in range(there, len(DATA), PIECE):
        assert 200 == put(desk, NAME, DATA, offset)

    assert (str(len(DATA)), str(len(DATA))) == have(desk)
    assert DATA == desk.request("GET", f"/v1/blob/{NAME}").content


def test_another_device_of_the_partner_has_the_file(hub: Hub, desk: Desk) -> None:
    sent(desk, DATA)

    assert DATA == hub.desk(desk.partner).request("GET", f"/v1/blob/{NAME}").content


def test_piece_at_another_offset_is_told_where_to_go_on(desk: Desk) -> None:
    put(desk, NAME, DATA, 0)

    said = [desk.request("PUT", f"/v1/blob/{NAME}?offset={at}&size={len(DATA)}", b"x") for at in (0, 7, 2 * PIECE)]

    assert [(409, str(PIECE))] * 3 == [(each.status_code, each.headers["aftercare-have"]) for each in said]


def test_last_piece_sent_again_changes_nothing(desk: Desk) -> None:
    sent(desk, DATA)

    assert 409 == put(desk, NAME, DATA, 3 * PIECE)
    assert DATA == desk.request("GET", f"/v1/blob/{NAME}").content


def test_file_that_is_not_what_it_says_is_dropped(hub: Hub, desk: Desk) -> None:
    wrong = DATA[:-1] + b"!"
    assert [200] * 3 == [put(desk, NAME, wrong, offset) for offset in range(0, 3 * PIECE, PIECE)]

    said = desk.request("PUT", f"/v1/blob/{NAME}?offset={3 * PIECE}&size={len(wrong)}", wrong[3 * PIECE :])

    assert (400, {"error": "bad_hash"}) == (said.status_code, said.json())
    assert 404 == desk.request("HEAD", f"/v1/blob/{NAME}").status_code
    assert {"blob": 0, "blob_piece": 0}.items() <= hub.counts(desk.partner).items()


def test_unfinished_file_is_not_given_out(desk: Desk) -> None:
    put(desk, NAME, DATA, 0)

    assert 404 == desk.request("GET", f"/v1/blob/{NAME}").status_code
    assert (str(PIECE), str(len(DATA))) == have(desk)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-0", (0, 1)), ("bytes=5-", (5, len(DATA))), (f"bytes={PIECE - 1}-{PIECE}", (PIECE - 1, PIECE + 1)),
        (f"bytes=1-{10 * len(DATA)}", (1, len(DATA))),
    ],
)  # fmt: skip
def test_range_is_answered_across_pieces(desk: Desk, asked: str, expected: tuple[int, int]) -> None:
    sent(desk, DATA)

    said = desk.request("GET", f"/v1/blob/{NAME}", headers={"range": asked})

    start, stop = expected
    assert (206, DATA[start:stop]) == (said.status_code, said.content)
    assert f"bytes {start}-{stop - 1}/{len(DATA)}" == said.headers["content-range"]


def test_range_beyond_the_end_is_refused(desk: Desk) -> None:
    sent(desk, b"short")
    name = hashlib.sha256(b"short").hexdigest()

    assert 416 == desk.request("GET", f"/v1/blob/{name}", headers={"range": "bytes=5-"}).status_code


def test_empty_file_is_a_file(desk: Desk) -> None:
    name = hashlib.sha256(b"").hexdigest()

    assert 200 == put(desk, name, b"", 0)
    assert b"" == desk.request("GET", f"/v1/blob/{name}").content


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("offset=0&size=3", b"x" * (PIECE + 1), 413), (f"offset=0&size={LARGEST_FILE + 1}", b"x", 413),
        ("offset=0&size=1", b"xy", 400), ("offset=0&size=9", b"", 400), ("offset=-1&size=9", b"x", 400),
        ("size=9", b"x", 400), ("offset=0", b"x", 400),
    ],
)  # fmt: skip
def test_piece_that_no_desk_sends_is_refused(hub: Hub, desk: Desk, query: str, body: bytes, status: int) -> None:
    assert status == desk.request("PUT", f"/v1/blob/{NAME}?{query}", body).status_code
    assert 0 == hub.counts(desk.partner)["blob"]


def test_other_size_for_a_file_that_was_begun_is_refused(desk: Desk) -> None:
    put(desk, NAME, DATA, 0)

    said = desk.request("PUT", f"/v1/blob/{NAME}?offset={PIECE}&size={len(DATA) + 1}", b"x")

    assert (400, {"error": "bad_size"}) == (said.status_code, said.json())


def test_pieces_are_encrypted_and_bound_to_partner_hash_and_number(hub: Hub, desk: Desk) -> None:
    sent(desk, DATA)
    with hub.owner(desk.partner) as connection:
        kept = [row[0] for row in connection.execute("SELECT body FROM partner.blob_piece ORDER BY number").fetchall()]
    right: dict[str, Any] = {"tenant": desk.partner, "sha256": NAME, "number": 0}

    assert DATA[:PIECE] == hub.keys.unlock_piece(kept[0], **right)
    assert not any(DATA[at : at + 16] in piece for at, piece in itertools.product((0, 1000), kept))
    for changed in ({"tenant": "P1"}, {"sha256": "0" * 64}, {"number": 1}):
        with pytest.raises(InvalidTag):
            hub.keys.unlock_piece(kept[0], **(right | changed))
