"""Old tickets from another system: all that can be read, in one transaction, and never twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.ids import new_id
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets.queries import external_ids
from app.workflows.history_file import History, HistoryRow, read_history
from app.workflows.import_map import read_map

STEP = 1000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many were added, and how many were here already and stayed as they are."""

    added: int
    known: int


def import_history(work: Work, history: History, *, progress: Progress | None = None) -> Imported:
    """Add every readable row that is not here yet as a closed ticket with its two events; all or nothing.

    A row is known by its external id: a second import of the same file changes nothing. `progress(done, total)` is
    called on the writer thread as the rows are written, and may raise Stopped: then nothing was.
    """
    work.require(Right.IMPORT_HISTORY)
    known = external_ids(work.session)
    fresh = [row for row in history.rows if row.external_id not in known]
    numbers = iter(work.next_numbers(len(fresh)) if fresh else [])
    for at in range(0, len(fresh), STEP):
        rows = fresh[at : at + STEP]
        tickets = [_ticket(next(numbers), row, history) for row in rows]
        work.add_many("ticket", tickets)
        work.add_many("ticket_event", _events(rows, tickets))
        if progress is not None:
            progress(at + len(rows), len(fresh))
    return Imported(len(fresh), len(history.rows) - len(fresh))


def read_table(path: Path, map_path: Path, zone: str) -> History:
    """The whole table by this map, its days those of an IANA zone; takes a worker. Errors as read_map, read_history."""
    return read_history(path, read_map(map_path), zone=zone)


def known_rows(session: Session, history: History) -> int:
    """How many of the readable rows are here already, and would stay as they are."""
    known = external_ids(session)
    return sum(row.external_id in known for row in history.rows)


def _ticket(number: str, row: HistoryRow, history: History) -> dict[str, Any]:
    plan = history.map
    return {
        "id": new_id(), "number": number, "kind": str(plan.kind), "channel": str(plan.channel),
        "severity": str(plan.severity), "title": row.title, "words": row.words, "occurred_at": row.at,
        "origin": "import", "external_id": row.external_id,
    }  # fmt: skip


def _events(rows: list[HistoryRow], tickets: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Opened and resolved, a microsecond apart so that they fold in this order; nobody is asked how it went."""
    for row, ticket in zip(rows, tickets, strict=True):
        ended = {"answer": row.answer, "cause": row.cause, "remedy": row.remedy, "missing": [], "reason": ""}
        yield {"subject_id": ticket["id"], "kind": "opened", "at": row.at, "body": {}}
        yield {"subject_id": ticket["id"], "kind": "resolved", "at": row.at + 1, "body": ended}
