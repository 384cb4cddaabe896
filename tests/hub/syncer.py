"""Processes to be killed: each writes and exchanges in one profile, and says each act when it is acknowledged."""

import importlib
import os
import sys
from pathlib import Path

from app.tickets import actions
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests.hub.offices import Office
from tests.killing import say


def exchange_for_ever(folder: str) -> None:
    office, n = Office(Path(folder)), 0
    while True:
        n += 1
        ticket = office.do(actions.open_ticket, TicketDraft(TicketKind.HOW_TO, f"act {n}", channel=Channel.EMAIL))
        say("ticket", ticket)
        office.do(actions.attach, ticket, "log.txt", f"log of {ticket}\n".encode() * 200)
        office.sync()
        say("synced", ticket)


def main(folder: str) -> None:
    """For each line asked, a child that goes on until it is killed: the imports are paid for once."""
    for name in ("app.store.sessions", "httpx", "app.schema"):
        importlib.import_module(name)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            exchange_for_ever(folder)
        say("child", child)
        os.waitpid(child, 0)
        say("ended", child)


if __name__ == "__main__":
    main(sys.argv[1])
