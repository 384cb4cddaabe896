"""Processes to be killed: each saves and seals in a profile, and says each act only when it is acknowledged."""

import importlib
import os
import sys
from pathlib import Path

from app.kernel.rights import Actor, How
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.store.work import Work
from tests.killing import say
from tests.store.sample import SampleMove, SampleNote, SampleSeal

BOB = Actor("bob", frozenset(), "device-1", How.CHOSEN)


def save(work: Work, title: str) -> str:
    """A note and two movements in one act; returns the note's id."""
    note = SampleNote(number=work.next_number(), title=title)
    work.session.add(note)
    for _ in range(2):
        work.add_event(SampleMove, "seal", "used", {"quantity": -1})
    work.session.flush()
    return note.id


def seal(work: Work, note_id: str) -> str:
    """An immutable document of the note and the file that belongs to it."""
    sha256 = work.files.keep(f"paper of {note_id}".encode())
    sealed = SampleSeal(subject_id=note_id, shared="{}", partner="{}", sha256=sha256)
    work.session.add(sealed)
    work.session.flush()
    return sealed.id


def save_for_ever(folder: str) -> None:
    with open_store(unlock(Profile(Path(folder)))) as store:
        n = 0
        while True:
            n += 1
            note = store.write(BOB, save, (f"act {n}",)).result
            say("sample_note", note)
            say("sample_seal", store.write(BOB, seal, (note,)).result)


def main(folder: str) -> None:
    """For each line asked, a child that saves until it is killed: the imports are paid for once."""
    importlib.import_module("app.store.sessions")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            save_for_ever(folder)
        say("child", child)
        os.waitpid(child, 0)
        say("ended", child)


if __name__ == "__main__":
    main(sys.argv[1])
