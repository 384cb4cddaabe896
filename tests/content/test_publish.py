"""One command checks, signs and forgets the key."""

from pathlib import Path

import pytest

from app.content.loading import load_pack
from app.content.publish import main, publisher_path, read_publisher
from app.content.signing import MANIFEST
from tests.content.sample import small_files, write_files


def test_published_folder_loads_with_the_key_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_files(tmp_path / "pack", small_files())

    code = main([str(folder)])

    assert 0 == code
    assert capsys.readouterr().out.startswith("pack: 3 items, 6 texts, publisher ")
    assert 3 == len(load_pack(folder, publisher=read_publisher(folder)).items)


def test_publishing_again_takes_a_new_key_and_the_next_version(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pack", small_files())
    main([str(folder)])
    first = read_publisher(folder)

    main([str(folder)])

    assert first != read_publisher(folder)
    assert 2 == load_pack(folder, publisher=read_publisher(folder)).version


def test_broken_folder_is_not_signed_and_each_mistake_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**small_files(), "kinds.yaml": b"kind: ticket_kind\n", "assemblies.yaml": b"- 1\n"}
    folder = write_files(tmp_path / "pack", files)

    code = main([str(folder)])

    lines = capsys.readouterr().err.splitlines()
    assert (1, 8) == (code, len(lines))
    assert lines[0].startswith("assemblies.yaml:1: ")
    assert not (folder / MANIFEST).exists()
    assert not publisher_path(folder).exists()


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["a", "b"]])
def test_wrong_use_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = main(arguments)

    assert (2, True) == (code, capsys.readouterr().err.startswith("usage: "))
