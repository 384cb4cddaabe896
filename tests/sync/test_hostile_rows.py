"""Rows that no desk of ours writes: whatever their bodies hold, the page stands and the exchange goes on."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.kernel.canonical import canonical
from app.kernel.errors import BugError
from app.kernel.ids import new_id
from app.schema import KINDS
from app.signoff.records import Acceptance
from app.store.bases import Event, Stream
from app.store.sessions import ThreadStore
from app.sync import local
from app.sync.answers import HubRow
from app.sync.records import Held
from tests.sync.model import SEAL, answer_branches, seal_values
from tests.sync.test_local import add, answer, ask, do

EVENTS = sorted(name for name, model in KINDS.items() if issubclass(model, Event))
HOSTILE: tuple[Any, ...] = ({}, [], "text", "z" * 64, -1, 2**53 - 1, None, True, ["x"], {"x": {}}, "9" * 64)


def bodies(model: type[Event]) -> Iterator[tuple[str, Any]]:
    """Each kind of event with a body that lacks everything, and with every key of every wrong sort."""
    for kind, keys in {**model.bodies, "kind of another version": {"text": None}}.items():
        yield from ((kind, {}), (kind, []), (kind, ["x"]))
        yield from ((kind, dict.fromkeys(keys, value)) for value in HOSTILE)


def row(kind: str, n: int, subject: str, of: str, body: Any, *, at: int = 1, zone: str = "UTC") -> HubRow:
    fields = {
        "subject_id": subject, "kind": of, "at": at, "zone": zone, "by": "", "device": "", "seen": 0,
        "body": body, "corrects_id": "",
    }  # fmt: skip
    return HubRow(kind, new_id(), n, fields, {})


@pytest.mark.parametrize("kind", EVENTS)
def test_no_body_of_an_event_holds_up_the_exchange(desk_store: ThreadStore, kind: str) -> None:
    (ticket,) = add(desk_store)
    rows = [row(kind, n, ticket, of, body) for n, (of, body) in enumerate(bodies(KINDS[kind]), 1)]

    taken = do(desk_store, local.take_answer, answer(desk_store, *rows))

    assert len(rows) == taken.rows + taken.held
    assert len(rows) == ask(desk_store, lambda session: session.scalar(select(Stream.cursor)))


@pytest.mark.parametrize(
    ("at", "zone"), [(1, "Nowhere/At all"), (1, ""), (1, "../../etc/passwd"), (1, "x" * 9000), (-1, "UTC")]
)
def test_a_time_that_nobody_can_tell_is_held(desk_store: ThreadStore, at: int, zone: str) -> None:
    (ticket,) = add(desk_store)

    taken = do(
        desk_store,
        local.take_answer,
        answer(desk_store, row("ticket_event", 1, ticket, "opened", {}, at=at, zone=zone)),
    )

    assert (0, 1) == (taken.rows, taken.held)


def test_sums_of_movements_fit_the_store(desk_store: ThreadStore) -> None:
    body = {"place": "p", "quantity": 2**53 - 1, "reason": ""}
    rows = [row("stock_move", n, "NX-1", "received", body) for n in range(1, 1100)]

    taken = do(desk_store, local.take_answer, answer(desk_store, *rows))

    assert (0, 1099) == (taken.rows, taken.held)


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", "1", '{"a":', '{"a":1.5}', '{"a":1,"a":2}', "[" * 900, '"' + "\\ud800" + '"']
)
def test_a_seal_over_what_is_no_document_is_held(desk_store: ThreadStore, text: str) -> None:
    for n, (shared, partner) in enumerate(((text, '{"salt":"0"}'), ('{"salt":"0"}', text)), 1):
        both = hashlib.sha256(shared.encode()).digest() + hashlib.sha256(partner.encode()).digest()
        whole = seal_values("x") | {"shared": shared, "partner": partner, "sha256": hashlib.sha256(both).hexdigest()}

        taken = do(desk_store, local.take_answer, answer(desk_store, HubRow(SEAL, new_id(), n, whole, {})))

        assert (0, n) == (taken.rows, taken.held)


@pytest.mark.parametrize(("missing", "stands"), [(["contact"], 1), ([{}], 0), (7, 0), ("text", 0)])
def test_what_was_missing_is_a_list_of_texts(desk_store: ThreadStore, missing: Any, stands: int) -> None:
    (ticket,) = add(desk_store)

    page = answer(desk_store, row("ticket_event", 1, ticket, "resolved", {"missing": missing, "reason": "r"}))

    assert stands == do(desk_store, local.take_answer, page).rows


@pytest.mark.parametrize(
    ("branch", "key", "value", "reason"),
    [
        ("shared", "outcome", None, "missing_outcome"),
        ("shared", "outcome", "delighted", "bad_outcome"),
        ("shared", "zone", "Nowhere/At all", "bad_zone"),
        ("shared", "evidence", {"certificate": "no base64"}, "bad_evidence"),
        ("partner", "signer", {"name": "Rosa"}, "bad_signer"),
        ("partner", "strokes", [[[1, 2, 3]]], "bad_strokes"),
        ("shared", "a key of a newer version", {}, ""),
    ],
)
def test_a_document_without_what_its_pages_read_is_held_and_says_why(
    desk_store: ThreadStore, branch: str, key: str, value: Any, reason: str
) -> None:
    shared, partner = answer_branches()
    body = shared if branch == "shared" else partner
    body.pop(key, None)
    body.update({} if value is None else {key: value})
    fields = seal_values("x") | sealed(shared, partner)

    do(desk_store, local.take_answer, answer(desk_store, HubRow(SEAL, new_id(), 1, fields, {})))

    assert [reason] * bool(reason) == ask(desk_store, lambda session: list(session.scalars(select(Held.reason))))


def test_no_desk_seals_what_no_other_would_let_stand(desk_store: ThreadStore) -> None:
    shared, partner = answer_branches(outcome="delighted")

    with pytest.raises(BugError, match="bad_outcome"):
        do(desk_store, lambda work: work.session.add(Acceptance(**seal_values("x") | sealed(shared, partner))))


def sealed(shared: dict[str, Any], partner: dict[str, Any]) -> dict[str, str]:
    texts = [canonical(each).decode() for each in (shared, partner)]
    both = b"".join(hashlib.sha256(each.encode()).digest() for each in texts)
    return {"shared": texts[0], "partner": texts[1], "sha256": hashlib.sha256(both).hexdigest()}
