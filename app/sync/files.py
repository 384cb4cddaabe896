"""Files that events name: which are still to be sent or fetched, and moving one piece by piece.

A transfer that was broken off goes on at its last piece of 256 KiB: the hub keeps what came, the desk its pieces.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.kernel.rights import Right
from app.store.bases import Event, projects
from app.store.files import Files
from app.store.locking import is_wrap
from app.store.many import given, keys_of
from app.store.work import Work
from app.sync.errors import SyncError, SyncTrouble
from app.sync.records import FileWork
from app.sync.shapes import shapes_of
from app.sync.wire import HASH

PIECE = 256 * 1024
LARGEST = 200 * 1024 * 1024


class BlobDoor(Protocol):
    """The hub's side, as app.sync.transport.HubDoor."""

    def have_blob(self, sha256: str) -> int | None: ...
    def put_blob(self, sha256: str, piece: bytes, *, offset: int, size: int) -> int: ...
    def get_blob(self, sha256: str, *, offset: int = 0) -> bytes: ...


ERASED = "erased"  # why a file will never be on both sides: somebody destroyed it


def watch_files(kinds: Mapping[str, type[Any]]) -> None:
    """From here on every event that names a file (`sha256` in its body) puts it on the list of transfers, and one that
    `erases` files takes them off it, whichever comes first."""
    for kind, model in kinds.items():
        keys = {key for body in model.bodies.values() for key in body} if issubclass(model, Event) else set()
        if "sha256" in keys:
            projects(kind)(_lister(model))
        if "erases" in keys:
            projects(kind)(_eraser(model))


def _lister(model: Any) -> Callable[[Connection, Sequence[str]], None]:
    named = model.body["sha256"].as_string()
    chosen = select(named).where(given(model.id), func.length(named) == 64).distinct()

    def list_files(connection: Connection, ids: Sequence[str]) -> None:
        found = connection.scalars(chosen, keys_of(ids)).all()
        rows = [{"sha256": sha256} for sha256 in found if HASH.fullmatch(sha256)]
        if rows:
            connection.execute(insert(FileWork).on_conflict_do_nothing(), rows)

    return list_files


def _eraser(model: Any) -> Callable[[Connection, Sequence[str]], None]:
    shape = shapes_of({model.__tablename__: model})[model.__tablename__]
    chosen = select(model.kind, model.body).where(given(model.id))

    def list_erased(connection: Connection, ids: Sequence[str]) -> None:
        found = connection.execute(chosen, keys_of(ids))
        gone = {each for kind, body in found for each in shape.erased({"kind": kind, "body": body})}
        rows = [{"sha256": each, "here": True, "away": False, "refusal": ERASED} for each in sorted(gone)]
        if rows:
            known = {name: value for name, value in rows[0].items() if name != "sha256"}
            listed = insert(FileWork).on_conflict_do_update(index_elements=["sha256"], set_=known)
            connection.execute(listed, rows)

    return list_erased


def drop_erased(work: Work) -> int:
    """Removes from the disk what was destroyed here or elsewhere; how many files. Until then they are `here`.

    Only what wraps a key: an event of another computer that names a photograph destroys nothing."""
    work.require(Right.LOG_TICKET)
    rows = work.session.scalars(select(FileWork).where(FileWork.here, FileWork.refusal == ERASED)).all()
    dropped = 0
    for row in rows:
        if work.files.has(row.sha256) and not is_wrap(next(work.files.chunks(row.sha256), b"")):
            row.refusal = ""
            continue
        work.files.drop(row.sha256)
        row.here, dropped = False, dropped + 1
    return dropped


def files_to_move(session: Session) -> list[str]:
    """The files that are not on both sides yet, by hash."""
    return list(session.scalars(select(FileWork.sha256).where(FileWork.away, FileWork.refusal == "")))


def files_of(session: Session) -> Files:
    """The profile's files; they may be used from every thread."""
    found: Files = session.info["files"]
    return found


def note_moved(work: Work, sha256: str, refusal: str = "") -> None:
    """The file is on both sides, or will never be."""
    row = work.session.get(FileWork, sha256)
    if row is not None and row.refusal != ERASED:  # destroyed while it was under way
        row.here, row.away, row.refusal, row.pieces = not refusal, bool(refusal), refusal, []


def pieces_of(session: Session, sha256: str) -> list[str]:
    """The pieces of a file that came already, in order."""
    row = session.get(FileWork, sha256)
    return list(row.pieces) if row else []


def note_piece(work: Work, sha256: str, piece: str) -> None:
    """One more piece came."""
    row = work.session.get(FileWork, sha256)
    if row is not None:
        row.pieces = [*row.pieces, piece]


def send_file(door: BlobDoor, files: Files, sha256: str) -> None:
    """Send what the hub does not have of a file; SyncError(REFUSED) when the hub has it otherwise."""
    data = b"".join(files.chunks(sha256))
    have = door.have_blob(sha256) or 0
    while have < len(data):
        now = door.put_blob(sha256, data[have : have + PIECE], offset=have, size=len(data))
        if not 0 <= now <= len(data) or now == have:
            raise SyncError(SyncTrouble.REFUSED, "blob_stuck")
        have = now


def fetch_file(
    door: BlobDoor, files: Files, sha256: str, *, pieces: list[str], keep: Callable[[str], None]
) -> bool:  # fmt: skip
    """Fetch a file; `pieces` came before, `keep` is told each new one. False when the hub does not have it (yet).

    A file that is not what its hash says is refused: SyncError(NOT_THE_HUB), and nothing of it stays.
    """
    if door.have_blob(sha256) is None:
        return False
    mark = f"piece of {sha256}\n".encode()  # so that no piece is, or is taken for, a file of its own
    done = [files.read(each).removeprefix(mark) for each in pieces if files.has(each)]
    pieces, size = pieces[: len(done)], sum(map(len, done))
    while size <= LARGEST and (piece := door.get_blob(sha256, offset=size)):
        size += len(piece)
        kept = files.keep(mark + piece)
        try:
            keep(kept)
        except Exception:  # nothing would know of it
            files.drop(kept)
            raise
        pieces, done = [*pieces, kept], [*done, piece]
    whole = b"".join(done)
    right = hashlib.sha256(whole).hexdigest() == sha256
    if right:
        files.keep(whole)
    for each in pieces:
        files.drop(each)
    if not right:
        raise SyncError(SyncTrouble.NOT_THE_HUB, "bad_file")
    return True
