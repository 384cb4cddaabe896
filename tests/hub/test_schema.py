"""The hub's own migrations, its keys and its root."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.hub.certificates import certify, make_root
from app.hub.keys import Keys, read_keys
from app.hub.schema import FOLDER, REVISION, migrate
from app.hub.troubles import Exit, HubError
from tests.hub.hubs import Hub


def test_revision_of_the_program_is_the_newest_file() -> None:
    assert REVISION == sorted((FOLDER / "versions").glob("0*.py"))[-1].name[:4]


def test_migrating_again_changes_neither_lineage_nor_root(quiet_hub: Hub) -> None:
    with quiet_hub.owner() as connection:
        before = connection.execute("SELECT * FROM maker.hub").fetchall()

    migrate(quiet_hub.reach, quiet_hub.keys)

    with quiet_hub.owner() as connection:
        assert before == connection.execute("SELECT * FROM maker.hub").fetchall()


def test_other_key_file_is_refused_before_anything_is_sealed_with_it(quiet_hub: Hub) -> None:
    with pytest.raises(HubError, match="not the one") as refused:
        migrate(quiet_hub.reach, Keys(bytes(32)))

    assert Exit.WRONG_KEY == refused.value.code


@pytest.mark.parametrize(("text", "mode"), [("", 0o600), ("ab", 0o600), ("0" * 64, 0o644), ("g" * 64, 0o600)])
def test_key_file_that_is_open_or_no_key_is_refused(tmp_path: Path, text: str, mode: int) -> None:
    file = tmp_path / "hub.key"
    file.write_text(text, encoding="ascii")
    file.chmod(mode)

    with pytest.raises(HubError, match="key file") as refused:
        read_keys(file)

    assert Exit.WRONG_KEY == refused.value.code


def test_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "hub.key"

    first, second = read_keys(file, make=True), read_keys(file, make=True)

    assert first == second
    assert 0o600 == file.stat().st_mode & 0o777
    assert first.master.hex() not in repr(first)
    with pytest.raises(HubError):
        read_keys(tmp_path / "none")


def test_root_outlives_what_it_certifies_and_may_certify_devices_alone() -> None:
    der, key = make_root("e" * 32)
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    root = x509.load_der_x509_certificate(der)
    leaf = x509.load_der_x509_certificate(certify(spki, device="d", partner="P1", root=der, root_key=key))

    root.verify_directly_issued_by(root)
    leaf.verify_directly_issued_by(root)
    constraints = [each.extensions.get_extension_for_class(x509.BasicConstraints) for each in (root, leaf)]
    assert [(True, True, 0), (True, False, None)] == [
        (c.critical, c.value.ca, c.value.path_length) for c in constraints
    ]
    usage = [each.extensions.get_extension_for_class(x509.KeyUsage).value for each in (root, leaf)]
    assert [(True, False), (False, True)] == [(each.key_cert_sign, each.digital_signature) for each in usage]
    assert root.not_valid_after_utc - leaf.not_valid_after_utc > timedelta(days=20 * 365)


def test_database_that_is_not_there_is_told_without_a_trace(postgres: str, hub_keys: Keys) -> None:
    with pytest.raises(HubError, match="cannot be reached"):
        migrate(f"host={postgres} dbname=nowhere", hub_keys)


def test_what_may_be_seen_follows_the_program(quiet_hub: Hub) -> None:
    with psycopg.connect(quiet_hub.reach, user="hub_owner", autocommit=True) as connection:
        connection.execute("INSERT INTO maker.visible VALUES ('ticket', '', 'words')")

        migrate(quiet_hub.reach, quiet_hub.keys)

        question = "SELECT FROM maker.visible WHERE kind = 'ticket' AND field = 'words'"
        assert 0 == connection.execute(question).rowcount


def test_database_of_a_later_program_is_left_alone(quiet_hub: Hub) -> None:
    with quiet_hub.owner() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(HubError, match="later program"):
        migrate(quiet_hub.reach, quiet_hub.keys)
