"""A desk as a process of its own, told by lines what to do: the product's store, threads and exchange."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.kernel.ids import new_id
from app.kernel.instants import now
from app.kernel.rights import Actor, How, Right, Role
from app.schema import KINDS
from app.store.opening import StoreOpener
from app.store.profile import create_sample
from app.store.runner import ThreadRunner
from app.store.work import Work
from app.tickets.records import Ticket
from app.workflows.syncing import Syncing
from tests.bench.contenders import serve_lines
from tests.bench.sync_words import text_of

_BLOCK = 100


class Desk:
    """One profile; each method is a word that a line may begin with."""

    def __init__(self, folder: Path) -> None:
        unlocked = create_sample(folder)
        self.actor = Actor("rita", frozenset(Role), unlocked.device, How.CHOSEN, frozenset(Right))
        self.runner = ThreadRunner(StoreOpener(unlocked, zone="Europe/Lisbon"))
        self.syncing = Syncing(self.runner, unlocked.device, unlocked.derive("device identity"), folder)

    def enrol(self, url: str, code: str) -> dict[str, Any]:
        self.syncing.enrol(url, code, name="Bench")
        return {}

    def add(self, count: str) -> dict[str, Any]:
        """That many tickets, each a record and an event."""
        self.runner.write(self.actor, _add_tickets, int(count)).result()
        return {}

    def edit(self) -> dict[str, Any]:
        self.runner.write(self.actor, _edit_ticket).result()
        return {}

    def sync(self) -> dict[str, Any]:
        report = self.syncing.once()
        return {"sent": report.sent, "got": report.rows}

    def count(self) -> dict[str, Any]:
        return {"rows": sum(self.runner.read(_count, kind).result() for kind in ("ticket", "ticket_event"))}

    def close(self) -> None:
        self.runner.close()


def _add_tickets(work: Work, count: int) -> None:
    made = [(i, new_id(), number) for i, number in enumerate(work.next_numbers(count))]
    for at in range(0, count, _BLOCK):  # as they are opened in life: the event follows its record closely
        block = made[at : at + _BLOCK]
        work.add_many("ticket", _records(block))
        opened = ({"subject_id": key, "kind": "opened", "at": now(), "body": {}} for _, key, _ in block)
        work.add_many("ticket_event", opened)


def _records(made: list[tuple[int, str, str]]) -> Iterator[dict[str, Any]]:
    for i, key, number in made:
        words, at = text_of(i), now()
        yield {
            "id": key, "number": number, "kind": "fault", "title": f"rec {i}", "occurred_at": at, "words": words,
            "created_at": at,
        }  # fmt: skip


def _edit_ticket(work: Work) -> None:
    ticket = work.session.scalars(select(Ticket).order_by(Ticket.rid).limit(1).offset(5)).one()
    ticket.title = f"changed {now()}"


def _count(session: Any, kind: str) -> int:
    return int(session.scalar(select(func.count()).select_from(KINDS[kind])) or 0)


def main(folder: str) -> None:
    importlib.import_module("httpx")  # once in a desk's life
    desk = Desk(Path(folder))
    try:
        serve_lines(desk)
    finally:
        desk.close()


if __name__ == "__main__":
    main(sys.argv[1])
