"""A profile: the folder of one desk, how it is opened, and the lock of its one writing process.

Loaded before the first paint, so nothing here knows SQLAlchemy. The folder is 0700 and holds store.db, tail,
keys.json, files/, backups/, logs/, aside/ (damaged or replaced stores); nothing in it is customer text in plain.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import filelock
import platformdirs

from app.kernel.errors import Trouble, UserError
from app.kernel.ids import new_id, random_token
from app.kernel.messages import say
from app.kernel.passphrases import LEAST
from app.store import slots
from app.store.disk import private_folder, replace_file
from app.store.keyfile import KeyFile, derive, read_key_file, try_slots
from app.store.slots import Cost, Slot, SlotKind
from app.store.troubles import told

# A sample holds invented people only; docs/decisions.md, "The sample's passphrase".
SAMPLE_PASSPHRASE = "averdell-demo"
_SAMPLE_COST = Cost(time=1, memory=8_192, lanes=1)  # published: stretching it would protect nothing


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the things of a profile are."""

    folder: Path

    @property
    def store(self) -> Path:
        """The SQLCipher database."""
        return self.folder / "store.db"

    @property
    def tail(self) -> Path:
        """The last acknowledged operations (app.store.tail)."""
        return self.folder / "tail"

    @property
    def keys(self) -> Path:
        """The key slots."""
        return self.folder / "keys.json"

    @property
    def files(self) -> Path:
        """Encrypted blobs (app.store.files)."""
        return self.folder / "files"

    @property
    def backups(self) -> Path:
        """Verified copies of the store."""
        return self.folder / "backups"

    @property
    def logs(self) -> Path:
        """Log files: ids, kinds, counts, durations."""
        return self.folder / "logs"

    @property
    def aside(self) -> Path:
        """Damaged or replaced stores, each in a folder named by its date."""
        return self.folder / "aside"

    def exists(self) -> bool:
        """Whether a profile was made here."""
        return self.keys.exists()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A profile with its key: what the openers, backup and files need."""

    profile: Profile
    key: bytes = field(repr=False)
    device: str
    sample: bool

    def derive(self, purpose: str) -> bytes:
        """The key for one purpose."""
        return derive(self.key, purpose)


@dataclass(frozen=True, slots=True)
class Made:
    """A new profile; `recovery` is shown once, to be printed, and is kept nowhere."""

    unlocked: Unlocked
    recovery: str = field(repr=False)


def default_folder(*, sample: bool = False) -> Path:
    """The user's own profile, or the sample beside it."""
    base = Path(platformdirs.user_data_dir("aftercare", appauthor=False))
    return base / ("sample" if sample else "desk")


def create_profile(folder: Path, *, passphrase: str = "", key_store: bool = True, cost: Cost | None = None) -> Made:
    """Make a profile with a key store slot where there is one, a passphrase slot if given, and a recovery slot.

    UserError(BAD_INPUT, field="passphrase") when it is too short, or missing where there is no key store.
    """
    if passphrase:
        _check_passphrase(passphrase)
    name, key = new_id(), random_token(slots.KEY_SIZE)
    made: list[Slot] = []
    if key_store and (kept := slots.key_store_slot(key, name)):
        made.append(kept)
    if not passphrase and not made:
        raise UserError(
            Trouble.BAD_INPUT,
            say("This computer has no key store, so the profile needs a passphrase."),
            field="passphrase",
        )
    if passphrase:
        made.append(slots.passphrase_slot(key, passphrase, name, cost=cost or Cost()))
    recovery, printed = slots.recovery_slot(key)
    try:
        return Made(_create(folder, KeyFile(name, new_id(), False, (*made, recovery)), key), printed)
    except (OSError, UserError):
        if key_store:
            slots.forget_key_store(name)  # of a profile that there is not
        raise


def create_sample(folder: Path) -> Unlocked:
    """Make a profile for demonstration data, opened by the published passphrase alone."""
    name, key = new_id(), random_token(slots.KEY_SIZE)
    slot = slots.passphrase_slot(key, SAMPLE_PASSPHRASE, name, cost=_SAMPLE_COST)
    return _create(folder, KeyFile(name, new_id(), True, (slot,)), key)


def _create(folder: Path, file: KeyFile, key: bytes) -> Unlocked:
    profile = Profile(folder)
    if profile.exists():
        raise UserError(Trouble.BAD_INPUT, say("There is a profile in this folder already."), field="profile")
    with _writable():
        for each in (folder, profile.files, profile.backups, profile.logs, profile.aside):
            private_folder(each)
        file.sealed(key).write(profile.keys)
    return Unlocked(profile, key, file.device, file.sample)


def read_keys(profile: Profile) -> KeyFile:
    """keys.json of a profile; UserError(MISSING) when there is no profile."""
    if not profile.exists():
        raise UserError(Trouble.MISSING, say("There is no profile in this folder."), field="profile")
    try:
        return read_key_file(profile.keys.read_bytes())
    except OSError as problem:
        words = say("This profile cannot be read. See whether its folder belongs to you and its disk is well.")
        raise UserError(Trouble.DISK, words, field="profile") from problem


def unlock(profile: Profile, *, passphrase: str = "", recovery: str = "") -> Unlocked:
    """Open a profile by recovery key, passphrase or this machine's key store, whichever is given or there.

    UserError: WRONG_KEY (field says which was wrong or is needed), DAMAGED for a changed key file.
    """
    file = read_keys(profile)
    return Unlocked(profile, find_key(file, passphrase=passphrase, recovery=recovery), file.device, file.sample)


def find_key(file: KeyFile, *, passphrase: str = "", recovery: str = "") -> bytes:
    """The store's key of a key file, also one that lies in a backup; errors as `unlock`."""
    name = file.profile
    word = passphrase or (SAMPLE_PASSPHRASE if file.sample else "")
    if recovery:
        key = try_slots(file, SlotKind.RECOVERY, lambda slot: slots.open_recovery(slot, recovery))
    elif word:
        key = try_slots(file, SlotKind.PASSPHRASE, lambda slot: slots.open_passphrase(slot, word, name))
    else:
        key = try_slots(file, SlotKind.KEY_STORE, lambda slot: slots.open_key_store(slot, name))
    return key or _refuse(word, recovery)


def _refuse(passphrase: str, recovery: str) -> bytes:
    if recovery:
        words = say("This recovery key does not open this profile.")
    elif passphrase:
        words = say("This passphrase does not open this profile.")
    else:
        words = say("This computer's key store does not open this profile. Enter the passphrase or the recovery key.")
    raise UserError(Trouble.WRONG_KEY, words, field="recovery" if recovery else "passphrase")


def set_passphrase(unlocked: Unlocked, passphrase: str, *, cost: Cost | None = None) -> None:
    """Add a passphrase or put it in the place of the old one; the store itself is not encrypted anew."""
    _check_passphrase(passphrase)
    file = read_keys(unlocked.profile)
    others = [slot for slot in file.slots if slot["kind"] != SlotKind.PASSPHRASE]
    fresh = slots.passphrase_slot(unlocked.key, passphrase, file.profile, cost=cost or Cost())
    _rewrite(unlocked, file, [*others, fresh])


def renew_recovery(unlocked: Unlocked) -> str:
    """Draw a new recovery key and keep it at once; the printed old one opens this profile no more."""
    slot, printed = draw_recovery(unlocked)
    keep_recovery(unlocked, slot)
    return printed


def draw_recovery(unlocked: Unlocked) -> tuple[Slot, str]:
    """A new recovery key and its slot, which opens nothing until `keep_recovery` puts it into the key file."""
    return slots.recovery_slot(unlocked.key)


def keep_recovery(unlocked: Unlocked, slot: Slot) -> None:
    """Put the slot in the place of the old one: the printed old key opens this profile no more, but its older
    backups."""
    file = read_keys(unlocked.profile)
    _rewrite(unlocked, file, [*(each for each in file.slots if each["kind"] != SlotKind.RECOVERY), slot])


def opens_by_itself(profile: Profile) -> bool:
    """Whether this machine's key store opens the profile without asking anybody."""
    file = read_keys(profile)
    return try_slots(file, SlotKind.KEY_STORE, lambda slot: slots.open_key_store(slot, file.profile)) is not None


def add_key_store(unlocked: Unlocked) -> None:
    """Let this machine's key store open the profile; UserError MISSING where there is none.

    The secret is kept before the key file names it: a kill in between leaves every other way as it was.
    """
    file = read_keys(unlocked.profile)
    slot = slots.key_store_slot(unlocked.key, file.profile)
    if slot is None:
        raise UserError(Trouble.MISSING, say("This computer has no key store that could open the desk by itself."))
    _rewrite(unlocked, file, [*(each for each in file.slots if each["kind"] != SlotKind.KEY_STORE), slot])


def remove_slots(unlocked: Unlocked, kind: SlotKind) -> None:
    """Remove a way to open the profile; the last one stays (UserError(BAD_INPUT))."""
    file = read_keys(unlocked.profile)
    _rewrite(unlocked, file, [slot for slot in file.slots if slot["kind"] != kind])
    if kind is SlotKind.KEY_STORE:
        slots.forget_key_store(file.profile)


def _rewrite(unlocked: Unlocked, file: KeyFile, kept: list[Slot]) -> None:
    file.opened_by(unlocked.key)
    file.with_slots(kept).sealed(unlocked.key).write(unlocked.profile.keys)


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase) < LEAST:
        raise UserError(
            Trouble.BAD_INPUT,
            say("A passphrase has at least {count} characters; four words are good.", count=LEAST),
            field="passphrase",
        )


@contextlib.contextmanager
def hold(profile: Profile) -> Iterator[None]:
    """Be the one writing process of a profile until the block ends; UserError LOCKED while another is, DISK where
    nothing can be written.

    The operating system ends the lock with its process, so that a killed desk locks nobody out.
    """
    running = profile.folder / "running"
    lock = filelock.FileLock(profile.folder / "lock", timeout=0, mode=0o600)
    try:
        with _writable():
            lock.acquire()
    except filelock.Timeout:
        raise UserError(
            Trouble.LOCKED, say("Aftercare is open with this profile. Close it first, or use that window.")
        ) from None
    try:
        with _writable():
            replace_file(running, json.dumps({"pid": os.getpid()}).encode())
        yield
    finally:
        with contextlib.suppress(OSError):  # a disk that is only for reading by now
            running.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def _writable() -> Iterator[None]:
    """Within: a folder that does not take a file is worded."""
    try:
        with told():
            yield
    except UserError as problem:
        if problem.kind is not Trouble.DISK:
            raise
        words = say(
            "Nothing can be written into the folder of this profile: the disk is full, or only for reading. Make room"
            " on it, or get the right to write there, then try again."
        )
        raise UserError(Trouble.DISK, words, field="profile") from problem


def holder_pid(profile: Profile) -> int:
    """The process that said it holds the profile, to raise its window; 0 when none did. Never proof of a lock."""
    try:
        return int(json.loads((profile.folder / "running").read_bytes())["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
