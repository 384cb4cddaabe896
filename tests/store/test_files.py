import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Trouble, UserError
from app.store import files as files_module
from app.store.files import Files
from app.store.opening import open_store
from app.store.profile import Unlocked
from tests.store.sample import ANN

KEY = bytes(range(32))
PAPER = b"%PDF-1.7 Mrs Ito, 12 Elm Road " * 40


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.setattr(files_module, "CHUNK", 256)
    return Files(tmp_path / "files", KEY)


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def refusal(run: Any) -> Trouble:
    with pytest.raises(UserError) as refused:
        run()
    return refused.value.kind


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 1200])
def test_what_is_kept_is_read_back(files: Files, size: int) -> None:
    sha256 = files.keep(PAPER[:size])

    assert hashlib.sha256(PAPER[:size]).hexdigest() == sha256
    assert PAPER[:size] == files.read(sha256)


def test_the_same_content_is_kept_once(files: Files, tmp_path: Path) -> None:
    first, again = files.keep(PAPER), files.keep_stream(io.BytesIO(PAPER))

    assert first == again
    assert 1 == len(everything(tmp_path))


def test_neither_content_nor_its_hash_stands_on_the_disk_also_half_way(files: Files, tmp_path: Path) -> None:
    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            seen.extend(path.read_bytes() for path in everything(tmp_path))
            return super().read(size)

    seen: list[bytes] = []
    sha256 = files.keep_stream(Watched(PAPER))
    seen.extend(path.read_bytes() for path in everything(tmp_path))

    assert 5 < len(seen)
    assert not any(b"Ito" in data for data in seen)
    assert [] == [path for path in everything(tmp_path) if sha256 in path.name or sha256[:16] in path.name]


@given(where=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_changed_bit_is_noticed(where: int, bit: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    files = Files(tmp_path_factory.getbasetemp() / "bits", KEY)
    path = files.path_of(files.keep(PAPER))
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[where % len(whole)] ^= 1 << bit

    path.write_bytes(changed)

    assert Trouble.DAMAGED == refusal(lambda: files.read(hashlib.sha256(PAPER).hexdigest()))
    assert (1, [path.name]) == files.damaged()
    path.write_bytes(whole)


@pytest.mark.parametrize("cut", [1, 272, 273, 544, 10_000])
def test_a_file_that_was_cut_is_noticed(files: Files, cut: int) -> None:
    sha256 = files.keep(PAPER)
    path = files.path_of(sha256)

    path.write_bytes(path.read_bytes()[:-cut])

    assert Trouble.DAMAGED == refusal(lambda: files.read(sha256))


def test_a_file_in_the_place_of_another_is_noticed(files: Files) -> None:
    one, other = files.keep(PAPER), files.keep(b"other")

    files.path_of(one).write_bytes(files.path_of(other).read_bytes())

    assert Trouble.DAMAGED == refusal(lambda: files.read(one))
    assert (2, [files.path_of(one).name]) == files.damaged()


def test_a_file_that_has_not_come_yet_is_missing_not_damaged(files: Files) -> None:
    assert Trouble.MISSING == refusal(lambda: files.read("ab" * 32))


def test_a_source_that_fails_leaves_nothing(files: Files, tmp_path: Path) -> None:
    class Fails(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("gone")
            return super().read(size)

    with pytest.raises(OSError, match="gone"):
        files.keep_stream(Fails(PAPER))

    assert [] == everything(tmp_path)


def test_what_a_killed_process_left_half_written_is_removed_at_opening(desk: Unlocked) -> None:
    half = desk.profile.files / "ab.part"
    half.write_bytes(b"x")

    with open_store(desk):
        pass

    assert not half.exists()


def test_actions_keep_files_and_queries_read_them(desk: Unlocked) -> None:
    with open_store(desk) as store:
        sha256 = store.write(ANN, lambda work: work.files.keep(PAPER), (), {}).result

        assert PAPER == store.read(lambda session: session.info["files"].read(sha256), (), {})


def test_a_file_cut_between_two_pieces_is_refused_before_its_last_piece_is_handed_out(files: Files) -> None:
    sha256 = files.keep(PAPER)
    path = files.path_of(sha256)
    path.write_bytes(path.read_bytes()[: 20 + 3 * (256 + 16)])
    pieces = []

    with pytest.raises(UserError):
        for piece in files.chunks(sha256):
            pieces.append(piece)

    assert [PAPER[:256], PAPER[256:512]] == pieces
