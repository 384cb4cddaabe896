"""Old tickets from another system: all that can be read, in one transaction, and never twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.kernel.ids import new_id
from app.kernel.rights import Right
from app.store.work import Work
from app.tickets.queries import external_ids
from app.workflows.history_file import History, HistoryRow

STEP = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many were added, and how many were here already and stayed as they are."""

    added: int
    known: int


def import_history(work: Work, history: History, *, progress: Progress | None = None) -> Imported:
    """Add every readable row that is not here yet as a closed ticket with its two events; all or nothing.

    A row is known by its external id: a second import of the same file changes nothing. `progress(done, total)` is
    called on the writer thread.
    """
    work.require(Right.IMPORT_HISTORY)
    known = external_ids(work.session)
    fresh = [row for row in history.rows if row.external_id not in known]
    numbers = work.next_numbers(len(fresh)) if fresh else []
    tickets = [_ticket(number, row, history) for number, row in zip(numbers, _counted(fresh, progress), strict=True)]
    work.add_many("ticket", tickets)
    work.add_many("ticket_event", _events(fresh, tickets))
    return Imported(len(fresh), len(history.rows) - len(fresh))


def _counted(rows: list[HistoryRow], progress: Progress | None) -> Iterator[HistoryRow]:
    for n, row in enumerate(rows, 1):
        yield row
        if progress is not None and (n % STEP == 0 or n == len(rows)):
            progress(n, len(rows))


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
