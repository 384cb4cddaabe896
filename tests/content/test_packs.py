"""A pack is taken whole and signed, or not at all."""

import os
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content import packs
from app.content.loading import load_pack
from app.content.mistakes import BrokenPack
from app.content.publish import build_pack
from app.content.signing import MANIFEST, SIGNATURE, read_manifest
from tests.content.sample import FOLDER, signed_pack, small_files, told, write_files


@pytest.fixture(name="pack")
def _pack(tmp_path: Path) -> tuple[Path, bytes]:
    return signed_pack(tmp_path)


def refused(path: Path, key: bytes) -> list[str]:
    with pytest.raises(BrokenPack) as caught:
        load_pack(path, publisher=key)
    return [told(each) for each in caught.value.mistakes]


def zipped(target: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_signed_folder_is_taken_in(pack: tuple[Path, bytes]) -> None:
    published = load_pack(pack[0], publisher=pack[1])

    assert ("pack", 1, 3) == (published.pack, published.version, len(published.items))


def test_signed_archive_gives_the_same_as_the_folder(pack: tuple[Path, bytes], tmp_path: Path) -> None:
    archive = zipped(tmp_path / "pack.zip", files_of(pack[0]))

    assert load_pack(pack[0], publisher=pack[1]) == load_pack(archive, publisher=pack[1])


@pytest.mark.parametrize("name", [*small_files(), MANIFEST, SIGNATURE])
def test_one_byte_changed_in_any_file_refuses_the_pack(pack: tuple[Path, bytes], name: str) -> None:
    file = pack[0] / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1

    file.write_bytes(data)

    assert refused(*pack)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_bit_anywhere_refuses_the_pack(pack: tuple[Path, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files_of(pack[0]))))
    whole = (pack[0] / name).read_bytes()
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << bit % 8

    (pack[0] / name).write_bytes(broken)
    try:
        assert refused(*pack)
    finally:
        (pack[0] / name).write_bytes(whole)


def test_missing_file_is_named(pack: tuple[Path, bytes]) -> None:
    (pack[0] / "kinds.yaml").unlink()

    assert ["kinds.yaml:0: The file is named in the manifest and missing. Ask for the pack once more."] == refused(
        *pack
    )


def test_extra_file_is_named(pack: tuple[Path, bytes]) -> None:
    (pack[0] / "more.yaml").write_text("kind: part\n")

    [line] = refused(*pack)

    assert line.startswith("more.yaml:0: The file is not named in the signed manifest.")


def test_pack_signed_by_another_key_is_refused(pack: tuple[Path, bytes], tmp_path: Path) -> None:
    other = build_pack(write_files(tmp_path / "other", small_files()), version=1).publisher

    [line] = refused(pack[0], other)

    assert "The signature is not the manufacturer's." in line


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_unsigned_pack_is_refused(pack: tuple[Path, bytes], name: str) -> None:
    (pack[0] / name).unlink()

    assert ["manifest.json:0: The pack is not signed. Ask the manufacturer for a signed pack."] == refused(*pack)


@pytest.mark.skipif(os.name == "nt", reason="not checked for lack of symbolic links")
def test_symbolic_link_is_refused_even_to_a_file_of_the_pack(pack: tuple[Path, bytes]) -> None:
    (pack[0] / "link.yaml").symlink_to(pack[0] / "kinds.yaml")
    (pack[0] / "folder").symlink_to("/")

    assert ["folder", "link.yaml"] == [line.split(":")[0] for line in refused(*pack)]


@pytest.mark.parametrize(
    "name", ["../out.yaml", "/etc/out.yaml", "a/../../out.yaml", "a\\out.yaml", "c:out.yaml", "a//b.yaml", ".../x.yaml"]
)
def test_path_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    archive = zipped(tmp_path / "pack.zip", {name: b"kind: part\n"})

    [line] = refused(archive, bytes(32))

    assert "The path leads out of the pack or is not plain." in line


def test_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("link.yaml")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    [line] = refused(tmp_path / "pack.zip", bytes(32))

    assert "This is a link" in line


def test_file_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("a.yaml", "kind: part\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.yaml", "kind: kit\n")

    [line] = refused(tmp_path / "pack.zip", bytes(32))

    assert "The archive holds this file twice." in line


def test_file_of_a_gigabyte_in_an_archive_is_never_unpacked(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "pack.zip", {"bomb.yaml": bytes(packs.LARGEST_FILE + 1)})

    [line] = refused(archive, bytes(32))

    assert "The file is larger than" in line


def test_pack_of_too_many_files_is_refused(tmp_path: Path) -> None:
    files = {f"{number:04}.yaml": b"" for number in range(packs.MOST_FILES + 50)}

    assert "too large" in refused(zipped(tmp_path / "pack.zip", files), bytes(32))[0]
    assert "too large" in refused(write_files(tmp_path / "folder", files), bytes(32))[0]


def test_huge_archive_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "pack.zip").open("wb") as file:
        file.truncate(packs.LARGEST_PACK + 1)

    assert ["pack.zip:0: The pack is too large. Split it or remove what is not needed."] == refused(
        tmp_path / "pack.zip", bytes(32)
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"PK\x05\x06" + bytes(18)])
def test_file_that_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(data)

    assert refused(tmp_path / "pack.zip", bytes(32))


def test_truncated_archive_is_refused(pack: tuple[Path, bytes], tmp_path: Path) -> None:
    archive = zipped(tmp_path / "pack.zip", files_of(pack[0]))
    archive.write_bytes(archive.read_bytes()[:-30])

    assert refused(archive, pack[1])


def test_damaged_data_inside_an_archive_is_refused(pack: tuple[Path, bytes], tmp_path: Path) -> None:
    archive = zipped(tmp_path / "pack.zip", files_of(pack[0]))
    data = bytearray(archive.read_bytes())
    data[60] ^= 255
    archive.write_bytes(data)

    assert refused(archive, pack[1])


def test_path_without_a_pack_is_refused(tmp_path: Path) -> None:
    assert ["nowhere:0: There is no pack here. Check the path."] == refused(tmp_path / "nowhere", bytes(32))


def test_program_in_a_pack_is_refused(pack: tuple[Path, bytes]) -> None:
    (pack[0] / "run.py").write_text("print()")

    [line] = refused(*pack)

    assert "run.py:0: Only .yaml and .md files belong in a pack." in line


@pytest.mark.parametrize(
    "manifest",
    [
        b"{}",
        b"[]",
        b"nonsense",
        b"[" * 20_000,
        b'{"files":{},"format":2,"pack":"pack","version":1}',
        b'{"files":{"a.yaml":"00"},"format":1,"pack":"pack","version":1}',
        b'{"files":{"a.yaml":0},"format":1,"pack":"pack","version":1}',
        b'{ "files":{},"format":1,"pack":"pack","version":1}',
    ],
)
def test_signed_manifest_of_another_form_asks_for_an_update(manifest: bytes) -> None:
    key = Ed25519PrivateKey.generate()
    files = {MANIFEST: manifest, SIGNATURE: f"{key.sign(manifest).hex()}\n".encode()}

    with pytest.raises(BrokenPack) as caught:
        read_manifest(files, publisher=key.public_key().public_bytes_raw())

    assert "Update Aftercare." in told(caught.value.mistakes[0])


def test_folders_named_in_an_archive_are_passed_over(pack: tuple[Path, bytes], tmp_path: Path) -> None:
    archive = zipped(tmp_path / "pack.zip", {"texts/": b"", **files_of(pack[0])})

    assert 3 == len(load_pack(archive, publisher=pack[1]).items)


def test_every_mistake_of_a_pack_is_told_at_once(pack: tuple[Path, bytes]) -> None:
    (pack[0] / "kinds.yaml").unlink()
    (pack[0] / "more.md").write_text("new")
    (pack[0] / "assemblies.yaml").write_text("kind: part\n")

    assert ["assemblies.yaml", "kinds.yaml", "more.md"] == [line.split(":")[0] for line in refused(*pack)]


def test_shipped_sample_is_signed_as_it_stands() -> None:
    key = bytes.fromhex((FOLDER.parent / "averdell.publisher").read_text().strip())

    published = load_pack(FOLDER, publisher=key)  # stale: run  python -m app.content.publish resources/averdell

    assert "averdell" == published.pack


def test_no_private_key_is_kept_with_the_sample() -> None:
    assert [MANIFEST, SIGNATURE] == sorted(
        each.name for each in FOLDER.iterdir() if each.suffix in (".json", ".sig", ".key", ".pem")
    )
