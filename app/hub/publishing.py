"""`publish`: a signed pack is checked whole and kept as the zip that devices fetch."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from psycopg import Connection

from app.content.loading import read_items
from app.content.mistakes import BrokenPack, Findings
from app.content.packs import Files, open_pack, read_files
from app.content.signing import MANIFEST, SIGNATURE, Manifest
from app.hub.database import connected
from app.hub.keys import Keys
from app.hub.outcome import Outcome
from app.hub.settings import OWNER, now_ms
from app.hub.troubles import Exit, HubError
from app.sync.endorsement import endorse

_HEX = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOMENT = (2000, 1, 1, 0, 0, 0)  # in every archive: the same pack is the same bytes


def publish(reach: str, keys: Keys, pack: Path, *, publisher: str) -> Outcome:
    """The pack is what every desk is offered from now on. Exit NO with every mistake for one that is not right."""
    key = _key(publisher)
    try:
        manifest, files = open_pack(pack, publisher=key)
        items, _ = read_items(files)
    except BrokenPack as broken:
        told = [{"file": each.file, "line": each.line, "says": _words(each.message)} for each in broken.mistakes]
        wrong = tuple(f"{each['file']}:{each['line']}: {each['says']}" for each in told)
        return Outcome(wrong, {"published": False, "mistakes": told}, Exit.NO)
    if not _NAME.fullmatch(manifest.pack):
        raise HubError("The pack's name must be letters, digits, - and _ (at most 64).")
    names = [str(each.body.get("name", "")) for each in items if each.kind == "manufacturer"]
    body = _zipped(files, pack)
    with connected(reach, OWNER) as connection:
        changed = _other_publisher(connection, key)
        _keep(connection, manifest, body, key.hex(), root_key=_root_key(connection, keys))
        if names:
            connection.execute("UPDATE maker.hub SET manufacturer = %s", (names[0],))
    lines = [f"{manifest.pack} version {manifest.version}: {len(items)} items, {len(body)} bytes."]
    if changed:
        lines.append("The publisher's key is another than before. The hub's root stands behind it: desks will take it.")
    data = {"published": True, "pack": manifest.pack, "version": manifest.version, "items": len(items)}
    data |= {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body), "publisher_changed": changed}
    return Outcome(tuple(lines), data)


def _key(publisher: str) -> bytes:
    """The publisher's raw key from its hexadecimal form, or from a file that holds it."""
    text = publisher
    if not _HEX.fullmatch(text):
        try:
            text = Path(publisher).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            raise HubError("--publisher wants 64 hexadecimal digits, or a file that holds them.") from None
    if not _HEX.fullmatch(text):
        raise HubError("--publisher wants 64 hexadecimal digits, or a file that holds them.")
    return bytes.fromhex(text)


def _zipped(files: Files, pack: Path) -> bytes:
    """The pack as one archive of its own making: what lies beside the signed files never travels."""
    all_files = read_files(pack, findings=Findings())
    whole = {**files, MANIFEST: all_files[MANIFEST], SIGNATURE: all_files[SIGNATURE]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(whole):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), whole[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _root_key(connection: Connection[Any], keys: Keys) -> bytes:
    row = connection.execute("SELECT sealed_key FROM maker.hub").fetchone()
    assert row is not None
    return keys.open(row[0], what="root")


def _keep(
    connection: Connection[Any], manifest: Manifest, body: bytes, publisher: str, *, root_key: bytes
) -> None:  # fmt: skip
    digest = hashlib.sha256(body).hexdigest()
    found = connection.execute(
        "SELECT version, sha256 FROM maker.pack WHERE name = %s ORDER BY version DESC LIMIT 1", (manifest.pack,)
    ).fetchone()
    if found and (manifest.version, digest) != found and manifest.version <= found[0]:
        sentence = f"Version {found[0]} of {manifest.pack} is published already. Sign this one with a higher number."
        raise HubError(sentence)
    endorsed = endorse(
        root_key, pack=manifest.pack, version=manifest.version, publisher=publisher, sha256=digest
    )  # fmt: skip
    connection.execute(
        "INSERT INTO maker.pack VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (manifest.pack, manifest.version, digest, len(body), publisher, endorsed, body),
    )
    connection.execute(
        "INSERT INTO maker.publish_log (name, version, at) VALUES (%s, %s, %s)",
        (manifest.pack, manifest.version, now_ms()),
    )


def _other_publisher(connection: Connection[Any], key: bytes) -> bool:
    row = connection.execute(
        "SELECT p.publisher FROM maker.publish_log AS l JOIN maker.pack AS p USING (name, version) "
        "ORDER BY l.id DESC LIMIT 1"
    ).fetchone()
    return row is not None and row[0] != key.hex()


def _words(message: Any) -> str:
    return str(message.msgid.format(**message.values))
