"""The plain copy: verified at each opening, put back from the last verified one, or an honest sentence."""

import os
import random
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.content.mistakes import BrokenPack
from app.content.publish import build_pack
from app.content.signing import MANIFEST, SIGNATURE
from app.handbook.place import Shelf, shelf_of
from app.handbook.shelf import (
    BEFORE,
    CURRENT,
    Origin,
    belongs,
    choose_market,
    chosen_market,
    keep,
    open_shelf,
    renewed_at,
)
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import Instant
from app.views.handbook_page import open_reader
from tests import sizes
from tests.handbook.shelves import KEPT, LATER, filled, issued
from tests.noise import Announce

AVERDELL = Path(__file__).resolve().parents[2] / "resources" / "averdell"
NOT_TAKEN = "a copy of the handbook is not taken"


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def flip(path: Path, at: int, bit: int = 0) -> None:
    whole = bytearray(path.read_bytes())
    whole[at] ^= 1 << bit
    path.write_bytes(bytes(whole))


def test_copy_holds_the_handbook_alone_and_says_since_when(tmp_path: Path) -> None:
    shelf = filled(tmp_path)

    opened = open_shelf(shelf)

    kept = files_of(shelf.folder / CURRENT)
    assert (Origin.CURRENT, KEPT) == (opened.origin, opened.since)
    assert all(belongs(name) for name in kept.keys() - {MANIFEST, SIGNATURE})
    assert not any("parts" in name or "SOP" in name or "warranty" in name for name in kept)
    assert kept == files_of(shelf.folder / BEFORE)
    assert 0o700 == (shelf.folder.stat().st_mode & 0o777)


def test_the_same_pack_again_changes_nothing(tmp_path: Path) -> None:
    shelf = filled(tmp_path)

    assert not keep(shelf, AVERDELL, LATER)
    assert KEPT == open_shelf(shelf).since


def test_every_changed_byte_is_refused_and_the_last_verified_copy_put_back(tmp_path: Path, announce: Announce) -> None:
    announce(NOT_TAKEN)
    shelf = filled(tmp_path, sample=False)
    whole = files_of(shelf.folder / CURRENT)
    chance = random.Random(7)
    places = [(MANIFEST, at) for at in chance.sample(range(len(whole[MANIFEST])), sizes.FLIPS // 4)]
    places += [(SIGNATURE, at) for at in chance.sample(range(len(whole[SIGNATURE])), sizes.FLIPS // 4)]
    for _ in range(sizes.FLIPS // 2):
        name = chance.choice(sorted(whole))
        places.append((name, chance.randrange(len(whole[name]))))

    for name, at in places:
        flip(shelf.folder / CURRENT / name, at, chance.randrange(8))

        opened = open_shelf(shelf)

        assert (Origin.PUT_BACK, KEPT) == (opened.origin, opened.since), (name, at)
        assert whole == files_of(shelf.folder / CURRENT), (name, at)


def test_both_altered_is_a_plain_sentence_and_nothing_is_shown(tmp_path: Path, announce: Announce) -> None:
    announce(NOT_TAKEN)
    shelf = filled(tmp_path, sample=False)
    for name in (CURRENT, BEFORE):
        flip(shelf.folder / name / "handbook" / "CP-04.yaml", 400)

    with pytest.raises(UserError) as caught:
        open_shelf(shelf)

    assert Trouble.DAMAGED == caught.value.kind
    assert "emergency number" in caught.value.message.msgid


def test_sample_falls_back_to_the_copy_that_came_with_the_program(tmp_path: Path, announce: Announce) -> None:
    announce(NOT_TAKEN)
    shelf = filled(tmp_path)
    for name in (CURRENT, BEFORE):
        flip(shelf.folder / name / MANIFEST, 40)

    assert (Origin.BUNDLED, 0) == (open_shelf(shelf).origin, open_shelf(shelf).since)


@pytest.mark.parametrize("harm", ["missing", "extra", "link", "empty", "gone"])
def test_files_lost_added_or_linked_are_noticed(tmp_path: Path, announce: Announce, harm: str) -> None:
    if harm != "gone":
        announce(NOT_TAKEN)
    shelf = filled(tmp_path, sample=False)
    victim = shelf.folder / CURRENT / "handbook" / "CP-01.yaml"
    if harm == "missing":
        victim.unlink()
    elif harm == "extra":
        victim.with_name("CP-99.yaml").write_bytes(victim.read_bytes())
    elif harm == "link":
        outside = tmp_path / "outside.yaml"
        shutil.move(victim, outside)
        victim.symlink_to(outside)
    elif harm == "empty":
        victim.write_bytes(b"")
    else:
        shutil.rmtree(shelf.folder / CURRENT)

    assert Origin.PUT_BACK == open_shelf(shelf).origin
    assert Origin.CURRENT == open_shelf(shelf).origin


def test_handbook_of_another_publisher_is_not_believed(tmp_path: Path, announce: Announce) -> None:
    announce(NOT_TAKEN)
    strange = tmp_path / "averdell"
    shutil.copytree(AVERDELL, strange)
    build_pack(strange, version=99)
    shelf = filled(tmp_path / "profile", sample=False)
    shutil.rmtree(shelf.folder / CURRENT)
    shutil.copytree(strange, shelf.folder / CURRENT)

    with pytest.raises(BrokenPack):
        keep(shelf, strange, LATER)
    assert Origin.PUT_BACK == open_shelf(shelf).origin


def test_newer_handbook_is_kept_and_the_older_one_stays_behind_it(tmp_path: Path) -> None:
    newer = tmp_path / "averdell"
    shutil.copytree(AVERDELL, newer)
    old_key = shelf_of(tmp_path / "profile", sample=True)
    signed = build_pack(newer, version=500)
    shelf = Shelf(old_key.folder, signed.publisher, None)

    assert keep(shelf, newer, LATER)
    assert (500, LATER) == (open_shelf(shelf).book.version, open_shelf(shelf).since)


def test_only_another_handbook_is_told_as_new(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    first = renewed_at(shelf)
    one = next((shelf.folder / BEFORE).rglob("handbook/*.yaml"))
    flip(shelf.folder / BEFORE / SIGNATURE, 0)
    other_pack = renewed_at(shelf)

    flip(one, 0)

    assert (0, 0, KEPT) == (first, other_pack, renewed_at(shelf))
    shutil.rmtree(shelf.folder)
    assert 0 == renewed_at(shelf)


def test_day_that_a_hand_or_the_disk_changed_is_not_shown(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    (shelf.folder / f"{CURRENT}.since").write_bytes(b"1795000000000001 0000000000000000\n")

    assert 0 == open_shelf(shelf).since


def test_read_only_folder_still_shows_what_was_verified(
    tmp_path: Path, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(NOT_TAKEN)
    announce("was not put back")
    shelf = filled(tmp_path, sample=False)
    flip(shelf.folder / CURRENT / MANIFEST, 30)
    monkeypatch.setattr(os, "replace", _refused)

    assert Origin.PUT_BACK == open_shelf(shelf).origin


def _refused(*_: object) -> None:
    raise PermissionError(13, "read-only")


def test_no_handbook_at_all_says_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_shelf(shelf_of(tmp_path, sample=False))

    assert Trouble.MISSING == caught.value.kind


def test_market_of_the_desk_is_remembered_beside_it(tmp_path: Path, announce: Announce) -> None:
    shelf = filled(tmp_path)

    choose_market(shelf, "SA")
    assert "SA" == chosen_market(shelf)

    (shelf.folder / "market").write_text("../x", encoding="ascii")
    assert "" == chosen_market(shelf)
    announce("the market of the handbook was not kept")
    choose_market(Shelf(Path("/proc/nowhere/handbook"), b""), "PT")


def test_reading_twice_builds_once_and_verifies_twice(tmp_path: Path) -> None:
    shelf = filled(tmp_path)

    assert open_shelf(shelf).book is open_shelf(shelf).book
    assert Instant(0) < open_shelf(shelf).since


def test_no_word_that_lies_beside_the_copy_makes_another_publisher_believed(tmp_path: Path, announce: Announce) -> None:
    """Whoever can swap the copy can swap what vouches for it: so nothing there does, and the older one says its age."""
    announce(NOT_TAKEN)
    shelf = filled(tmp_path / "profile", sample=False)
    key = Ed25519PrivateKey.generate()
    strange = issued(tmp_path, key, 900)
    publisher = key.public_key().public_bytes_raw()
    shutil.rmtree(shelf.folder / CURRENT)
    shutil.copytree(strange, shelf.folder / CURRENT)
    for name in ("endorsed", "root.der", "publisher", "averdell.publisher", "current.publisher"):
        (shelf.folder / name).write_text(publisher.hex(), encoding="ascii")

    with pytest.raises(BrokenPack):
        keep(shelf, strange, LATER)
    opened = open_shelf(shelf)

    assert (Origin.PUT_BACK, KEPT) == (opened.origin, opened.since)
    assert 900 != opened.book.version
    page = open_reader(shelf, language="en").tiles(LATER)
    assert "since 18 Nov 2026" in page.standing
    assert "in force here since 18 Nov 2026" in open_reader(shelf, language="en").procedure("CP-01", LATER).spoken.about
