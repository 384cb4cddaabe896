"""Publishing: what is right is offered to every desk, what is not is refused and leaves all as it was."""

import base64
import io
import zipfile
from pathlib import Path

import pytest

from app.content.publish import build_pack, read_publisher
from app.hub.publishing import publish
from app.hub.troubles import Exit, HubError
from app.sync.endorsement import is_endorsed
from tests.content.sample import FOLDER, signed_pack
from tests.hub.hubs import Hub


def test_published_pack_is_offered_fetched_in_ranges_and_verifies(own_hub: Hub, tmp_path: Path) -> None:
    folder, publisher = signed_pack(tmp_path)
    desk = own_hub.desk()
    assert desk.sync()["published"] is None

    outcome = publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex())

    offered = desk.sync()["published"]
    told = {name: outcome.data[name] for name in ("pack", "version", "sha256", "size")}
    assert told | {"publisher": publisher.hex(), "endorsed": offered["endorsed"]} == offered
    path = f"/v1/pack/{offered['pack']}/{offered['version']}"
    half = offered["size"] // 2
    parts = [desk.request("GET", path, headers={"range": each}) for each in (f"bytes=0-{half}", f"bytes={half + 1}-")]
    body = b"".join(each.content for each in parts)
    assert ([206, 206], body) == ([each.status_code for each in parts], desk.request("GET", path).content)
    archive = tmp_path / "fetched.zip"
    archive.write_bytes(body)
    again = publish(own_hub.reach, own_hub.keys, archive, publisher=publisher.hex())
    assert outcome.data == again.data


def test_sample_is_published_with_its_manufacturer_and_the_roots_word_for_its_publisher(own_hub: Hub) -> None:
    publisher = read_publisher(FOLDER).hex()

    publish(own_hub.reach, own_hub.keys, FOLDER, publisher=str(FOLDER.with_name("averdell.publisher")))

    desk = own_hub.desk()
    said = desk.enrol(own_hub.code(desk.partner)).json()
    offered = desk.sync()["published"]
    root, endorsed = base64.b64decode(said["root"]), base64.b64decode(offered["endorsed"])
    named = {"pack": offered["pack"], "version": offered["version"], "sha256": offered["sha256"]}
    assert ("Averdell", publisher) == (said["manufacturer"], offered["publisher"])
    assert is_endorsed(root, endorsed, publisher=publisher, **named)
    assert not is_endorsed(root, endorsed, publisher="0" * 64, **named)
    assert not is_endorsed(root, b"", publisher=publisher, **named)


def test_broken_pack_is_refused_with_every_mistake_and_nothing_changes(own_hub: Hub, tmp_path: Path) -> None:
    folder, publisher = signed_pack(tmp_path)
    (folder / "assemblies.yaml").write_bytes(b"kind: assembly\n")

    outcome = publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex())

    assert (Exit.NO, False) == (outcome.exit, outcome.data["published"])
    assert ["assemblies.yaml"] == [each["file"] for each in outcome.data["mistakes"]]
    assert own_hub.desk().sync()["published"] is None


def test_pack_of_another_publisher_is_refused(own_hub: Hub, tmp_path: Path) -> None:
    folder, _ = signed_pack(tmp_path)

    assert Exit.NO == publish(own_hub.reach, own_hub.keys, folder, publisher="0" * 64).exit
    assert own_hub.desk().sync()["published"] is None


def test_number_is_not_published_twice_with_other_content(own_hub: Hub, tmp_path: Path) -> None:
    folder, first = signed_pack(tmp_path)
    publish(own_hub.reach, own_hub.keys, folder, publisher=first.hex())
    other = build_pack(folder, version=1).publisher

    with pytest.raises(HubError, match="published already"):
        publish(own_hub.reach, own_hub.keys, folder, publisher=other.hex())

    newer = build_pack(folder, version=2).publisher
    outcome = publish(own_hub.reach, own_hub.keys, folder, publisher=newer.hex())
    assert outcome.data["publisher_changed"]
    assert 2 == own_hub.desk().sync()["published"]["version"]


def test_what_lies_beside_the_signed_files_does_not_travel(own_hub: Hub, tmp_path: Path) -> None:
    folder, publisher = signed_pack(tmp_path)
    outcome = publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex())

    body = own_hub.desk().request("GET", "/v1/pack/pack/1").content

    assert len(body) == outcome.data["size"]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        expected = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
        assert expected == archive.namelist()


@pytest.mark.parametrize(
    "path", ["/v1/pack/pack/2", "/v1/pack/other/1", "/v1/pack/pack/x", "/v1/pack/pack/99999999999"]
)
def test_pack_that_is_not_there_is_answered_like_no_such_thing(own_hub: Hub, tmp_path: Path, path: str) -> None:
    folder, publisher = signed_pack(tmp_path)
    publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex())

    said = own_hub.desk().request("GET", path)

    assert (404, b'{"error":"missing"}') == (said.status_code, said.content)


@pytest.mark.parametrize("publisher", ["", "zz", "0" * 63, "/no/such/file"])
def test_publisher_that_is_no_key_is_bad_input(quiet_hub: Hub, tmp_path: Path, publisher: str) -> None:
    folder, _ = signed_pack(tmp_path)

    with pytest.raises(HubError, match="64 hexadecimal digits"):
        publish(quiet_hub.reach, quiet_hub.keys, folder, publisher=publisher)
