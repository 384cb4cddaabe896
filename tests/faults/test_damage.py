"""Any flipped bit of a store in use is noticed, at its opening or by the look that follows it; so is a lost -wal."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from app.kernel.damage import DamagedError, Harm
from app.language.speaking import speak
from app.store.backups import back_up, backups
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock
from app.store.restore import restore_copy
from app.tickets.actions import add_note, open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows.sample import SYSTEM, fill_sample
from tests import sizes
from tests.noise import Announce
from tests.stores import EVERYTHING

FLIPS = sizes.by_tier(25, 100, 400)
TICKETS = 300
ACTS = 7  # since the copy that can be restored
PAGE = 4096


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample profile with some hundred tickets and a backup, closed."""
    folder = tmp_path_factory.mktemp("lived in") / "desk"
    made = create_sample(folder)
    with open_store(made) as store:
        store.write(SYSTEM, fill_sample)
        for n in range(0, TICKETS, 50):
            store.write(EVERYTHING, lambda work, n=n: [ticket(work, each) for each in range(n, n + 50)])
    back_up(made)
    return folder


def ticket(work: object, n: int) -> str:
    draft = TicketDraft(TicketKind.HOW_TO, f"No. {n}", channel=Channel.EMAIL, words=f"since Monday {n} " * 20)
    made: str = open_ticket(work, draft)  # type: ignore[arg-type] # the work of the store's own door
    add_note(work, made, "called back " * 10)  # type: ignore[arg-type]
    return made


def found(unlocked: Unlocked) -> tuple[DamagedError, str] | None:
    """What is told, and whether by the opening or by the look behind the open desk."""
    try:
        with open_store(unlocked):
            pass
    except DamagedError as problem:
        return problem, "opening"
    try:
        main._check(unlocked)
    except DamagedError as problem:
        return problem, "look"
    return None


def test_every_flipped_bit_is_noticed_and_told_with_what_can_be_done(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "desk")
    unlocked, chance = unlock(Profile(tmp_path / "desk")), random.Random(100)
    whole = unlocked.profile.store.read_bytes()
    copies = tuple(str(each.path) for each in backups(unlocked.profile.backups))
    noticed = {"opening": 0, "look": 0}
    for _ in range(FLIPS):
        data, bit = bytearray(whole), chance.randrange(len(whole) * 8)
        data[bit // 8] ^= 1 << bit % 8
        unlocked.profile.store.write_bytes(data)

        told = found(unlocked)

        assert told is not None, f"bit {bit} of {len(whole) * 8}"
        problem, where = told
        noticed[where] += 1
        assert (Harm.PAGES, copies) == (problem.damage.harm, tuple(each.path for each in problem.damage.backups))
        assert "Parts of the store on this disk are damaged" in speak(problem.message)
        assert data == unlocked.profile.store.read_bytes()  # its file is kept as it is
    assert FLIPS == sum(noticed.values())


def test_a_whole_store_is_not_called_damaged_while_it_is_written(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "desk")
    unlocked = unlock(Profile(tmp_path / "desk"))
    with open_store(unlocked) as store:
        for n in range(20):
            store.write(EVERYTHING, ticket, (n,))
            main._check(unlocked)


def gone(wal: bytes) -> bytes | None:
    return None


def empty(wal: bytes) -> bytes | None:
    return b""


def cut(wal: bytes) -> bytes | None:
    return wal[: len(wal) // 2]


def flipped(wal: bytes) -> bytes | None:
    return wal[:5000] + bytes([wal[5000] ^ 1]) + wal[5001:]


def of_zeros(wal: bytes) -> bytes | None:
    return bytes(len(wal))


@pytest.mark.parametrize("harm", [gone, empty, cut, flipped, of_zeros])
def test_a_lost_write_ahead_log_is_told_by_how_many_acts_and_since_when_and_the_newest_copy_comes_back(
    lived_in: Path, tmp_path: Path, announce: Announce, harm: Callable[[bytes], bytes | None]
) -> None:
    announce("store ends early: ")
    shutil.copytree(lived_in, tmp_path / "desk")
    unlocked = unlock(Profile(tmp_path / "desk"))
    killed = unlocked.profile.folder.with_name("killed")
    with open_store(unlocked) as store:
        first = store.write(EVERYTHING, ticket, (0,))
        copy = back_up(unlocked)
        for n in range(ACTS):
            store.write(EVERYTHING, ticket, (n,))
        shutil.copytree(unlocked.profile.folder, killed, ignore=shutil.ignore_patterns("lock", "running", "*-shm"))
    assert first
    dead = unlock(Profile(killed))
    wal = killed / "store.db-wal"
    left = harm(wal.read_bytes())
    wal.unlink() if left is None else wal.write_bytes(left)

    with pytest.raises(DamagedError) as told, open_store(dead):
        pass

    damage = told.value.damage
    assert Harm.ENDS_EARLY is damage.harm
    assert 0 < damage.acts <= ACTS + 1
    assert damage.acts == ACTS + 1 or harm is cut
    assert copy.at - 60_000_000 < damage.since
    assert "saved act" in speak(told.value.message) and "from" in speak(told.value.message)
    assert str(killed / "backups" / copy.path.name) == damage.backups[0].path
    restored = restore_copy(dead, Path(damage.backups[0].path))
    assert copy.operations == restored.operations
    with open_store(dead) as store:
        assert TICKETS < store.read(
            lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM ticket").scalar_one()
        )
    assert (Path(restored.aside) / "store.db").exists()
