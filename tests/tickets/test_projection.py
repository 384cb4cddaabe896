"""Whatever order events arrive in, page by page, the derived columns come to what a rebuild makes of them."""

import random
from typing import Any

import pytest
from sqlalchemy import select

from app.kernel.ids import new_id
from app.store.projections import rebuild
from app.store.remote import Remote
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.tickets import actions, queries
from app.tickets.records import Ticket
from app.tickets.rules import Channel, Resolution, State, TicketDraft, TicketKind
from tests.stores import EVERYTHING

DERIVED = ("state", "resolved_at", "replied_at", "last_at", "next_at", "follow_up_due", "passed_reason", "reopened")
HOUR = 3_600_000_000
T0 = 1_790_000_000_000_000
STORY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("opened", {}),
    ("call", {"text": "rings", "direction": "in"}),
    ("moved", {"to": "waiting_parts"}),
    ("resolved", {"answer": "done", "missing": ["form"], "reason": "late"}),
    ("follow_up_set", {"day": "2026-09-30"}),
    ("moved", {"to": "planned", "remind_on": "2026-09-28"}),
    ("reopened", {"reason": "again"}),
    ("resolved", {"answer": "done twice", "missing": []}),
    ("follow_up_set", {"day": "2026-10-03"}),
)


def events(ticket: str) -> list[dict[str, Any]]:
    return [
        {"id": f"{n:032x}", "subject_id": ticket, "kind": kind, "at": T0 + n * HOUR, "zone": "Europe/Lisbon", "by": "x",
         "device": "d", "seen": 0, "body": body, "corrects_id": ""}
        for n, (kind, body) in enumerate(STORY)
    ]  # fmt: skip


def derived(store: ThreadStore, ticket: str) -> dict[str, Any]:
    def read(session: Any) -> dict[str, Any]:
        row = session.scalars(select(Ticket).where(Ticket.id == ticket)).one()
        return {name: getattr(row, name) for name in DERIVED}

    found: dict[str, Any] = store.read(read)
    return found


def take_page(work: Work, kind: str, rows: list[dict[str, Any]], at: int) -> bool:
    page = [Remote(kind, row["id"], at + 1, {name: row[name] for name in row if name != "id"}) for row in rows]
    return work.take_page(page, start=at, to=at + 1)


def remote_ticket(ticket: str) -> dict[str, Any]:
    return {"id": ticket, "number": "PT02-B-1", "kind": "how_to", "title": "x", "channel": "email", "occurred_at": T0}


@pytest.mark.parametrize("seed", range(8))
def test_pages_of_events_in_any_order_come_to_what_a_rebuild_makes(desk_store: ThreadStore, seed: int) -> None:
    chance, ticket = random.Random(seed), new_id()
    pages: list[tuple[str, list[dict[str, Any]]]] = [("ticket", [remote_ticket(ticket)])]
    rows = events(ticket)
    chance.shuffle(rows)
    while rows:
        size = chance.randint(1, 3)
        pages.append(("ticket_event", rows[:size]))
        rows = rows[size:]
    chance.shuffle(pages)

    for at, (kind, some) in enumerate(pages):
        desk_store.write(EVERYTHING, take_page, (kind, some, at))
    step_by_step = derived(desk_store, ticket)
    desk_store.write(EVERYTHING, rebuild)

    assert step_by_step == derived(desk_store, ticket)
    assert (State.RESOLVED, "2026-10-03", 1) == tuple(
        step_by_step[name] for name in ("state", "follow_up_due", "reopened")
    )


def test_a_rebuild_changes_nothing_that_was_derived_here(desk_store: ThreadStore) -> None:
    ticket = desk_store.write(
        EVERYTHING, actions.open_ticket, (TicketDraft(TicketKind.HOW_TO, "q", channel=Channel.EMAIL),)
    ).result
    desk_store.write(EVERYTHING, actions.add_note, (ticket, "thermostat"))
    desk_store.write(EVERYTHING, actions.resolve, (ticket, Resolution("told", follow_up_on="2026-11-30"), []))
    before = derived(desk_store, ticket)

    desk_store.write(EVERYTHING, rebuild)

    assert before == derived(desk_store, ticket)
    assert [ticket] == [each.id for each in desk_store.read(queries.find_tickets, ("thermostat",))]
