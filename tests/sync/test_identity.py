"""Requests are signed whole; an enrolment code names the hub and holds a secret for one device."""

import base64
import hashlib

import pytest

from app.sync.identity import (
    DEVICE,
    NONCE,
    SIGNATURE,
    TIME,
    EnrolmentCode,
    Identity,
    fingerprint_of,
    make_code,
    read_claim,
    read_code,
)
from app.sync.wire import WireError

ANN = Identity("a" * 32, b"\1" * 32)
BEN = Identity("b" * 32, b"\2" * 32)
BODY = b'{"cur":1}'


def test_only_the_very_request_is_believed() -> None:
    claim = read_claim(ANN.headers("POST", "/v1/sync?x=1", BODY, time_ms=5))

    assert claim.holds(ANN.public, "POST", "/v1/sync?x=1", BODY)
    others = [
        (BEN.public, "POST", "/v1/sync?x=1", BODY),
        (ANN.public, "PUT", "/v1/sync?x=1", BODY),
        (ANN.public, "POST", "/v1/sync?x=2", BODY),
        (ANN.public, "POST", "/v1/sync?x=1", BODY + b" "),
    ]
    assert [False] * 4 == [claim.holds(*each) for each in others]


@pytest.mark.parametrize("changed", [{TIME: "6"}, {DEVICE: "b" * 32}, {NONCE: "0" * 32}])
def test_time_device_and_nonce_are_signed_too(changed: dict[str, str]) -> None:
    claim = read_claim(ANN.headers("POST", "/", BODY, time_ms=5) | changed)

    assert not claim.holds(ANN.public, "POST", "/", BODY)


def test_no_two_requests_carry_the_same_nonce() -> None:
    assert 100 == len({ANN.headers("GET", "/", b"", time_ms=5)[NONCE] for _ in range(100)})


@pytest.mark.parametrize(
    "changed",
    [{TIME: "-1"}, {TIME: "1e3"}, {TIME: "9" * 16}, {DEVICE: "x"}, {NONCE: ""}, {SIGNATURE: "%"}, {DEVICE: "A" * 32}],
)
def test_headers_of_another_shape_are_no_claim(changed: dict[str, str]) -> None:
    with pytest.raises(WireError, match="no_claim"):
        read_claim(ANN.headers("GET", "/", b"", time_ms=5) | changed)


def test_a_signature_of_another_length_is_no_match() -> None:
    short = base64.b64encode(b"short").decode()
    claim = read_claim(ANN.headers("GET", "/", b"", time_ms=5) | {SIGNATURE: short})

    assert not claim.holds(ANN.public, "GET", "/", b"")
    assert not claim.holds(b"no key", "GET", "/", b"")


def test_a_code_is_read_as_people_type_it() -> None:
    code = EnrolmentCode("0123ABCD", "01EFGH1K2M30")

    assert "0123A-BCD01-EFGH1-K2M30" == code.printed()
    assert code == read_code(" o123a bcdol\tefghI-k2m3O ")


def test_a_code_names_the_hub_and_hides_its_secret() -> None:
    root = hashlib.sha256(b"root").digest()

    code = make_code(root)

    assert code.fingerprint == fingerprint_of(root) != fingerprint_of(hashlib.sha256(b"other").digest())
    assert code.secret not in code.name and code.secret not in repr(code)
    assert code != make_code(root)


@pytest.mark.parametrize("typed", ["", "0123A-BCD01-EFGH1-K2M3", "0123A-BCD01-EFGH1-K2M3U", "0123A-BCD01-EFGH1-K2M300"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WireError, match="bad_code"):
        read_code(typed)


def test_a_proof_holds_for_its_speaker_and_words_alone() -> None:
    code, other = EnrolmentCode("0" * 8, "0" * 12), EnrolmentCode("0" * 8, "1" * 12)

    proofs = [code.proof("desk", {"a": 1}), code.proof("hub", {"a": 1}), code.proof("desk", {"a": 2})]

    assert 4 == len({*proofs, other.proof("desk", {"a": 1})})
