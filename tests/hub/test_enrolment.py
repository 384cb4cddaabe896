"""A code makes one device a device of one partner, once, within fifteen minutes; both sides prove that they know it."""

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from app.hub import devices
from app.kernel.ids import new_id, random_token
from app.sync.identity import EnrolmentCode, Identity, fingerprint_of, make_code
from tests.hub.hubs import Desk, Hub


def a_desk(hub: Hub, partner: str) -> Desk:
    return Desk(hub, Identity(new_id(), random_token(32)), partner)


def test_answer_proves_the_hub_and_certifies_the_signing_key(hub: Hub) -> None:
    partner = hub.partner()
    desk, code = a_desk(hub, partner), hub.code(partner)

    said = desk.enrol(code).json()

    proof = said.pop("proof")
    asked = code.proof("desk", sent(desk, code))
    assert code.proof("hub", said | {"asked": asked}) == proof
    root = x509.load_der_x509_certificate(base64.b64decode(said["root"]))
    assert fingerprint_of(hashlib.sha256(base64.b64decode(said["root"])).digest()) == code.fingerprint
    certificate = x509.load_der_x509_certificate(base64.b64decode(said["certificate"]))
    certificate.verify_directly_issued_by(root)
    assert desk.signing_key.public_key() == certificate.public_key()
    names = [
        certificate.subject.get_attributes_for_oid(oid)[0].value
        for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    ]
    assert [partner, desk.identity.device] == names
    assert 20 == certificate.not_valid_after_utc.year - certificate.not_valid_before_utc.year
    assert (partner, f"Partner {partner}", desk.identity.device) == (
        said["partner"],
        said["partner_name"],
        said["device"],
    )
    assert {"manufacturer", "epoch", "hub_time"} <= set(said)


def sent(desk: Desk, code: EnrolmentCode) -> dict[str, object]:
    public = desk.signing_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "code": code.name, "device": desk.identity.device, "name": "Bench 1",
        "key": base64.b64encode(desk.identity.public).decode(), "signing_key": base64.b64encode(public).decode(),
    }  # fmt: skip


def test_wrong_used_and_late_codes_are_answered_alike(hub: Hub) -> None:
    partner = hub.partner()
    used, late, half = (hub.code(partner) for _ in range(3))
    assert 200 == a_desk(hub, partner).enrol(used).status_code
    with hub.owner() as connection:
        connection.execute("UPDATE maker.code SET expires_at = 1 WHERE name = %s", (late.name,))
    fresh = make_code(random_token(32))

    said = [a_desk(hub, partner).enrol(code) for code in (fresh, used, late)]
    said.append(a_desk(hub, partner).enrol(half, proof="0" * 64))

    assert {(404, b'{"error":"missing"}')} == {(each.status_code, each.content) for each in said}
    assert 200 == a_desk(hub, partner).enrol(half).status_code  # a proof that fails does not use a code up


def test_of_two_that_use_one_code_at_once_one_wins(hub: Hub) -> None:
    partner = hub.partner()
    for _ in range(5):
        code = hub.code(partner)
        with ThreadPoolExecutor(4) as pool:
            said = [pool.submit(a_desk(hub, partner).enrol, code) for _ in range(4)]

        assert [200, 404, 404, 404] == sorted(each.result().status_code for each in said)
    assert 5 == hub.counts(partner)["device"]


def test_device_that_enrols_again_with_its_key_keeps_its_row(hub: Hub) -> None:
    desk = hub.desk()

    assert 200 == desk.enrol(hub.code(desk.partner), name="Bench 2").status_code
    (row,) = devices.list_devices(hub.reach, desk.partner).data["devices"]
    assert (desk.identity.device, "Bench 2") == (row["device"], row["name"])
    assert 200 == desk.request("GET", "/v1/sum").status_code


@pytest.mark.parametrize("whose", ["own", "foreign"])
def test_id_of_a_device_is_not_taken_over_by_another_key(hub: Hub, whose: str) -> None:
    desk = hub.desk()
    partner = desk.partner if whose == "own" else hub.partner()
    thief = Desk(hub, Identity(desk.identity.device, random_token(32)), partner)

    assert 404 == thief.enrol(hub.code(partner)).status_code
    assert 200 == desk.request("GET", "/v1/sum").status_code


def test_revoked_device_does_not_come_back_by_a_code(hub: Hub) -> None:
    desk = hub.desk()
    devices.revoke_device(hub.reach, desk.partner, desk.identity.device)

    assert 404 == desk.enrol(hub.code(desk.partner)).status_code


def test_key_that_is_not_of_the_kind_is_refused_and_leaves_the_code(hub: Hub) -> None:
    partner = hub.partner()
    desk, code = a_desk(hub, partner), hub.code(partner)
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    der = other.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    wrong = [
        desk.enrol(code, signing_key=base64.b64encode(der).decode()),
        desk.enrol(code, signing_key="AAAA"),
        desk.enrol(code, key="AAAA"),
        desk.enrol(code, name="a\0"),
        desk.enrol(code, device="x"),
    ]

    assert {400} == {each.status_code for each in wrong}
    assert 200 == desk.enrol(code).status_code


def test_secret_of_a_code_and_the_roots_key_do_not_lie_open_in_the_database(hub: Hub) -> None:
    code = hub.code(hub.partner())
    with hub.owner() as connection:
        sealed = connection.execute("SELECT sealed FROM maker.code WHERE name = %s", (code.name,)).fetchone()
        key = connection.execute("SELECT sealed_key FROM maker.hub").fetchone()

    assert sealed and code.secret.encode() not in sealed[0]
    assert code.printed() == hub.keys.open(sealed[0], what=f"code {code.name}").decode()
    assert key and b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07" not in key[0]  # the curve's name in PKCS #8
