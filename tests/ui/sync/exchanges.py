"""What the exchange left in a store: a connection, clashes, refusals, all without a hub."""

import json
from typing import Any

from sqlalchemy import func, select

from app.kernel.instants import now
from app.store.bases import Operation
from app.store.work import Work
from app.sync.records import ONE, Held, HubLink, Refused, SyncEvent

HOSTILE = '<b>bold</b> & {name} <img src="x">'
RTL = "‮לא עובד המכונה"
LONG = "y" * 20_000


def connect(work: Work, *, clock_error: int = 0, synced_at: int | None = None) -> None:
    """As enrolment leaves it, after a first exchange."""
    moment = now()
    work.session.merge(
        HubLink(
            rid=ONE, url="https://averdell.example", device=work.device, partner="PT02",
            partner_name="Moinho Atlântico", manufacturer="Averdell", root=b"", epoch="",
            enrolled_at=moment, synced_at=moment if synced_at is None else synced_at, clock_error=clock_error,
        )
    )  # fmt: skip


def acknowledge_all(work: Work) -> None:
    """Everything was sent."""
    work.session.flush()
    work.acknowledge(work.session.scalar(select(func.max(Operation.n))) or 0)


def add_clash(
    work: Work, subject: str, field: str, kept: Any, lost: Any, /, *, kind: str = "ticket", **body: Any
) -> str:
    """A clash over a record's field, its two values as they travel; `body` stands in place of what is usual."""
    moment = now() // 1000
    said = {
        "record": kind, "field": field, "kept": json.dumps(kept), "lost": json.dumps(lost), "kept_by": "rita",
        "lost_by": "tiago", "kept_at": moment - 60_000, "lost_at": moment - 7_200_000,
    } | body  # fmt: skip
    return work.add_event(SyncEvent, subject, "clash", said).id


def refuse(work: Work, record: str, code: str) -> str:
    """An operation that was not taken."""
    op_id = f"{len(code):032x}"
    said = {"op_id": op_id, "by": "rita"}
    work.session.add(Refused(op_id=op_id, kind="ticket", record=record, code=code, body=json.dumps(said).encode()))
    return op_id


def hold_newer(work: Work) -> None:
    """A record of a kind that only a newer version knows."""
    work.session.add(Held(kind="poem", id="0" * 32, reason="unknown_kind", row={}))
