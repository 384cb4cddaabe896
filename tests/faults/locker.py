"""Processes to be killed: each locks facts and destroys them, and says each act when it is acknowledged."""

import importlib
import os
import sys
from pathlib import Path

from app.facts import actions
from app.facts.rules import Sort
from app.kernel.rights import Actor, How, Right, Role
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows.destroying import drop_destroyed
from tests.killing import say


def lock_and_destroy_for_ever(folder: str, person: str) -> None:
    unlocked, n = unlock(Profile(Path(folder))), 0
    rita = Actor(person, frozenset({Role.MANAGER}), unlocked.device, How.CHOSEN, frozenset(Right))
    with open_store(unlocked) as store:
        while True:
            n += 1
            draft = TicketDraft(TicketKind.HOW_TO, f"case {n}", channel=Channel.EMAIL)
            case = store.write(rita, open_ticket, (draft,)).result
            store.write(rita, actions.lock_fact, (case, Sort.HEALTH, f"the fact of {case}"))
            say("locked", case)
            if n % 2:
                store.write(rita, actions.destroy_facts, (case, "asked by the guest"))
                say("destroyed", case)
                store.write(rita, drop_destroyed)


def main(folder: str, person: str) -> None:
    """For each line asked, a child that goes on until it is killed: the imports are paid for once."""
    for name in ("app.store.sessions", "app.schema", "pyrage"):
        importlib.import_module(name)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            lock_and_destroy_for_ever(folder, person)
        say("child", child)
        os.waitpid(child, 0)
        say("ended", child)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
