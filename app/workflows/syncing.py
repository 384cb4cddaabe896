"""The exchange with the manufacturer, on a pool thread: each step is a transaction, none spans the network."""

import contextlib
import hashlib
import logging
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from app.content.loading import load_pack
from app.content.mistakes import BrokenPack
from app.content.shelf import install_pack, installed_version
from app.handbook.place import Shelf
from app.handbook.shelf import choose_market, chosen_market
from app.handbook.shelf import keep as keep_handbook
from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.litter import seldom_collected
from app.kernel.ports import Runner, Written
from app.kernel.reports import Safe
from app.kernel.rights import Actor, How, Right, Role
from app.schema import KINDS
from app.signoff.actions import certify_key
from app.store.troubles import told
from app.store.work import Work
from app.sync import files as moving
from app.sync import local, regaining
from app.sync.answers import Published
from app.sync.client import exchange_all
from app.sync.endorsement import is_endorsed
from app.sync.enrolment import Enrolled, ask, believe
from app.sync.errors import SyncError, SyncTrouble
from app.sync.identity import EnrolmentCode, Identity, read_code
from app.sync.links import Link, link_of
from app.sync.records import ONE, HubLink
from app.sync.reports import drop_report, queue_report, waiting_reports
from app.sync.transport import HubDoor, check_address
from app.sync.waiting import WaitingCode, drop_code, waiting_code
from app.sync.wire import WireError
from app.workflows.destroying import drop_destroyed
from app.workflows.enrolment_words import check_typed, worded
from app.workflows.exchange_steps import Steps
from app.workflows.signing import ensure_key

MOST_PACK = 20_000_000
UNNAMED = "Aftercare"  # in the certificate that a device issues to itself until the hub replaces it
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What one go did: counts, whether a new pack came, and all that changed in the store."""

    sent: int
    rows: int
    refused: int
    files_sent: int
    files_fetched: int
    pack: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class Went:
    """How one go ended: a report, or the kind of trouble (app.sync.errors.SyncTrouble)."""

    report: Report | None = None
    trouble: str = ""


class Syncing:
    """`once` exchanges everything there is; `enrol` makes this profile a device of a partner. Call both on a pool
    thread; both raise SyncError, and what was done until then stands.

    `secret` is the profile's key for its identity (`Unlocked.derive("device identity")`); the handbook of each pack
    that comes goes onto `shelf`, in plain, for the day on which the store does not open.
    """

    def __init__(self, runner: Runner, device: str, secret: bytes, folder: Path, *, shelf: Shelf | None = None) -> None:
        self._runner, self._folder, self._shelf = runner, folder, shelf
        self._identity = Identity(device, secret)
        self._actor = Actor("", frozenset(Role), device, How.SYSTEM, frozenset(Right))
        self._one = threading.Lock()
        self._door: HubDoor | None = None

    def go(self, *, deleting: bool = False) -> Went:
        """`once` with its trouble as a value: what the light and the page are told."""
        try:
            return Went(report=self.once(deleting=deleting))
        except SyncError as problem:
            _log.info("exchange ended early: %s %s", Safe(problem.kind.value), Safe(problem.detail))
            return Went(trouble=problem.kind.value)
        except UserError as problem:
            _log.info("exchange ended early: %s", problem.kind)
            if problem.kind is not Trouble.DISK:
                raise
            return Went(trouble=SyncTrouble.DISK.value)

    def stop(self) -> None:
        """From another thread, at the end of the program: the exchange ends at its next message."""
        door = self._door
        if door is not None:
            door.stop()

    def once(self, *, deleting: bool = False) -> Report:
        """SyncError as it comes; UNKNOWN_DEVICE when no hub is set up. UserError DISK when there is no room here."""
        with self._one:
            link = self._read(link_of)
            if link is None:
                raise SyncError(SyncTrouble.UNKNOWN_DEVICE, "no_hub")
            with told(), self._opened(link.url, link.clock_error) as door:
                return self._through(door, deleting=deleting)

    def enrol(self, url: str, typed: str, *, name: str = "") -> Link:
        """Makes this profile a device of the partner whose code was typed; UserError in words, with its field."""
        code = check_typed(url, typed)
        try:
            return self._enrol(url, code, name)
        except SyncError as problem:
            raise worded(problem) from None

    def _enrol(self, url: str, code: EnrolmentCode, name: str) -> Link:
        with self._one:
            address = check_address(url)
            key = self._write(ensure_key, partner=name or UNNAMED).result  # a bare desk has no catalogue yet
            certificate = x509.load_der_x509_certificate(key.certificate)
            kind = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
            asked = ask(code, self._identity, signing_key=certificate.public_key().public_bytes(*kind), name=name)
            with self._opened(address) as door:
                enrolled = believe(code, asked, door.enrol(asked))
            self._write(keep_link, address, enrolled)
            if self._shelf is not None and enrolled.market and not chosen_market(self._shelf):
                choose_market(self._shelf, enrolled.market)
            found: Link = self._read(link_of)
            return found

    def report(self, key: str, text: str) -> str:
        """Sends a report of a fault, this very text: `sent`, `waits` (in the store, while there is no network) or
        `refused`."""
        self._write(queue_report, key, text)
        refused: set[str] = set()
        with self._one:
            link: Link | None = self._read(link_of)
            if link is not None:
                with self._opened(link.url, link.clock_error) as door:
                    refused = self._send_reports(door)
        if key in {each.id for each in self._read(waiting_reports)}:
            return "waits"
        return "refused" if key in refused else "sent"

    def take_back(self, key: str) -> None:
        """A report that did not go yet never goes."""
        with self._one:  # not in the middle of its going
            self._write(drop_report, key)

    def _send_reports(self, door: HubDoor) -> set[str]:
        """Those that wait; the ids of those that were refused, which are dropped. Trouble is none of the exchange."""
        refused: set[str] = set()
        for each in self._read(waiting_reports):
            try:
                door.report(each.id, each.text, at=each.at)
            except SyncError as problem:
                _log.info("a report was not taken: %s %s", Safe(problem.kind.value), Safe(problem.detail))
                if problem.kind is not SyncTrouble.REFUSED:
                    break
                refused.add(each.id)
            self._write(drop_report, each.id)
        return refused

    def enrol_waiting(self) -> Link | None:
        """Tries the code that waits for a network, if there is one. None while it still waits, and when it was refused:
        then it is dropped, and the page says so."""
        kept: WaitingCode | None = self._read(waiting_code)
        if kept is None or not kept.code:
            return None
        try:
            return self._enrol(kept.address, read_code(kept.code), "")
        except (SyncError, WireError) as problem:
            if not isinstance(problem, SyncError) or problem.kind is not SyncTrouble.OFFLINE:
                self._write(drop_code, refused=True)
            return None

    def compare(self) -> tuple[str, ...]:
        """The kinds whose records differ between this store and the hub; call it when nothing waits."""
        with self._one:
            link: Link | None = self._read(link_of)
            if link is None:
                raise SyncError(SyncTrouble.UNKNOWN_DEVICE, "no_hub")
            with HubDoor(link.url, self._identity, clock_error=link.clock_error) as door:
                theirs = door.sums()[1]
            ours = self._read(local.sums, KINDS)
            return tuple(sorted(kind for kind in {*ours, *theirs} if ours.get(kind) != theirs.get(kind)))

    @contextlib.contextmanager
    def _opened(self, url: str, clock_error: int = 0) -> Iterator[HubDoor]:
        """The door to the hub, which `stop` can shut."""
        with HubDoor(url, self._identity, clock_error=clock_error) as door:
            self._door = door
            try:
                yield door
            finally:
                self._door = None

    # ------------------------------------------------------------------ one go

    def _through(self, door: HubDoor, *, deleting: bool) -> Report:
        store = Steps(self._read, self._write, deleting=deleting, clock_error=lambda: door.clock_error)
        with seldom_collected(), ThreadPoolExecutor(2, thread_name_prefix="aftercare-exchange") as aside:
            exchanged = exchange_all(store, door.exchange, aside=aside)
        sent, fetched = self._move_files(door)
        pack = self._take_pack(door, exchanged.last.published, store)
        self._send_reports(door)
        return Report(exchanged.sent, exchanged.rows, exchanged.refused, sent, fetched, pack, store.changes())

    def _move_files(self, door: HubDoor) -> tuple[int, int]:
        self._write(drop_destroyed)
        files, sent, fetched = self._read(moving.files_of), 0, 0
        for sha256 in self._read(moving.files_to_move):
            try:
                if files.has(sha256):
                    moving.send_file(door, files, sha256)
                    sent += 1
                elif moving.fetch_file(
                    door, files, sha256, pieces=self._read(moving.pieces_of, sha256),
                    keep=self._keeping(sha256),
                ):  # fmt: skip
                    fetched += 1
                else:
                    continue
            except SyncError as problem:
                if problem.kind not in (SyncTrouble.REFUSED, SyncTrouble.NOT_THE_HUB):
                    raise
                self._write(moving.note_moved, sha256, problem.detail or problem.kind.value)
            except UserError as problem:  # damaged on this disk: the others go on
                if problem.kind is Trouble.DISK:  # and one for which there is no room is fetched another time
                    raise
                self._write(moving.note_moved, sha256, problem.kind.value)
            else:
                self._write(moving.note_moved, sha256)
        return sent, fetched

    def _keeping(self, sha256: str) -> Callable[[str], None]:
        def keep(piece: str) -> None:
            self._write(moving.note_piece, sha256, piece)

        return keep

    def _take_pack(self, door: HubDoor, published: Published | None, store: Steps) -> bool:
        if published is None or published.version <= self._read(installed_version, published.pack):
            return False
        link: Link = self._read(link_of)
        if not is_endorsed(
            link.root, published.endorsed, pack=published.pack, version=published.version,
            publisher=published.publisher, sha256=published.sha256,
        ):  # fmt: skip
            raise SyncError(SyncTrouble.NOT_THE_HUB, "other_publisher")
        data = door.get_pack(published.pack, published.version, most=MOST_PACK)
        if hashlib.sha256(data).hexdigest() != published.sha256:
            raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_pack")
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:  # what is published is no secret
            path = Path(folder) / f"{published.pack}.zip"
            path.write_bytes(data)
            try:
                pack = load_pack(path, publisher=bytes.fromhex(published.publisher))
            except BrokenPack:
                raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_pack") from None
            self._keep_handbook(path)
        return bool(store.wrote(self._write(install_pack, pack)))

    def _keep_handbook(self, pack: Path) -> None:
        """The plain copy believes the publisher that the program pins, and no other: without the store there is nothing
        else to believe. What does not fit leaves the copy that is there."""
        if self._shelf is None:
            return
        try:
            keep_handbook(self._shelf, pack, now())
        except (BrokenPack, OSError) as problem:
            _log.warning("the handbook was not kept: %s", Safe(type(problem).__name__))

    def _read(self, query: Callable[..., Any], *args: Any) -> Any:
        return self._runner.read(query, *args).result()

    def _write(self, action: Callable[..., Any], *args: Any, **named: Any) -> Written:
        future: Future[Written] = self._runner.write(self._actor, action, *args, **named)
        return future.result()


def keep_link(work: Work, url: str, enrolled: Enrolled) -> None:
    """This profile belongs to that hub from here on; its numbers carry the partner's code, its key the hub's word."""
    work.require(Right.CHANGE_SETTINGS)
    before = work.session.get(HubLink, ONE)
    if before is not None and before.epoch != enrolled.epoch:  # it was restored, and lost this device with the rest
        regaining.begin(work)
    work.session.merge(
        HubLink(
            rid=ONE, url=url, device=work.device, partner=enrolled.partner, partner_name=enrolled.partner_name,
            manufacturer=enrolled.manufacturer, root=enrolled.root, epoch=enrolled.epoch,
            enrolled_at=now(), synced_at=0, clock_error=0,
        )
    )  # fmt: skip
    work.be_partner(enrolled.partner)
    drop_code(work)
    certify_key(work, certificate=enrolled.certificate)
