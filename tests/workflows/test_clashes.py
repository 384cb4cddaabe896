"""Deciding a clash: both ways, once, by whoever may, and whatever a body from elsewhere holds."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Right
from app.store.sessions import ThreadStore
from app.sync.records import Refused, SyncEvent
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.sync_light import to_decide
from app.views.sync_page import sync_page
from app.workflows.clashes import see_refused, settle_clash
from tests.stores import EVERYTHING, actor
from tests.ui.sync.exchanges import LONG, add_clash, connect, refuse


@pytest.fixture
def ticket(desk_store: ThreadStore) -> str:
    draft = TicketDraft(TicketKind.HOW_TO, "kept", channel=Channel.EMAIL)
    made: str = do(desk_store, open_ticket, draft)
    do(desk_store, connect)
    return made


def do(store: ThreadStore, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(EVERYTHING, action, args, named).result


def row(store: ThreadStore, ticket: str) -> Ticket:
    def read(session: Any) -> Ticket:
        found: Ticket = session.scalars(select(Ticket).where(Ticket.id == ticket)).one()
        session.expunge(found)
        return found

    found: Ticket = store.read(read, ())
    return found


def test_other_value_stands_in_the_place_of_the_one_that_was_shown(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "title", "kept", "lost")

    do(desk_store, settle_clash, clash, take_other=True)

    assert "lost" == row(desk_store, ticket).title
    assert 0 == desk_store.read(to_decide, ())


def test_keeping_changes_nothing_but_that_it_is_decided(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "title", "kept", "lost")

    do(desk_store, settle_clash, clash, take_other=False)

    assert "kept" == row(desk_store, ticket).title
    assert 0 == desk_store.read(to_decide, ())


def test_deletion_can_be_taken(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "_del", False, True)

    do(desk_store, settle_clash, clash, take_other=True)

    assert row(desk_store, ticket).deleted is True


def test_both_values_stay_in_the_history(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "title", "kept", "lost")

    do(desk_store, settle_clash, clash, take_other=True)

    def bodies(session: Any) -> list[Any]:
        return [each.body for each in session.scalars(select(SyncEvent).order_by(SyncEvent.at, SyncEvent.kind))]

    found = desk_store.read(bodies, ())
    assert ["kept", "lost"] == [json.loads(found[0][name]) for name in ("kept", "lost")]
    assert {"clash": clash} == found[1]


@pytest.mark.parametrize("take", [True, False])
def test_a_clash_is_decided_once(desk_store: ThreadStore, ticket: str, take: bool) -> None:
    clash = do(desk_store, add_clash, ticket, "title", "kept", "lost")
    do(desk_store, settle_clash, clash, take_other=not take)
    title = row(desk_store, ticket).title

    with pytest.raises(UserError) as caught:
        do(desk_store, settle_clash, clash, take_other=take)

    assert (Trouble.MISSING, title) == (caught.value.kind, row(desk_store, ticket).title)


@pytest.mark.parametrize("clash", ["", "0" * 32, "' OR 1=1"])
def test_what_is_no_clash_cannot_be_decided(desk_store: ThreadStore, ticket: str, clash: str) -> None:
    with pytest.raises(UserError) as caught:
        do(desk_store, settle_clash, clash, take_other=True)

    assert Trouble.MISSING is caught.value.kind


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("title", {"record": "poem"}),
        ("title", {"record": "ticket_event"}),
        ("title", {"record": ["ticket"]}),
        ("colour", {}),
        ("id", {}),
        ("rid", {}),
        ("clk", {}),
        ("state", {}),
        ("deleted", {"lost": "true"}),
        ("title", {"lost": "7"}),
        ("title", {"lost": "null"}),
        ("title", {"lost": '{"a": 1}'}),
        ("title", {"lost": "no JSON {"}),
        ("title", {"lost": ""}),
        ("title", {"lost": '"\\ud800"'}),
        ("title", {"lost": "[" * 5_000}),
        ("occurred_at", {"lost": "1.5"}),
        ("occurred_at", {"lost": "9" * 400}),
        ("occurred_at", {"lost": "true"}),
        ("_del", {"lost": "1"}),
    ],
)
def test_body_from_elsewhere_that_makes_no_sense_is_a_sentence_and_changes_nothing(
    desk_store: ThreadStore, ticket: str, field: str, body: dict[str, Any]
) -> None:
    clash = do(desk_store, add_clash, ticket, field, "kept", "lost", **body)
    before = row(desk_store, ticket).title

    with pytest.raises(UserError) as caught:
        do(desk_store, settle_clash, clash, take_other=True)
    (shown,) = desk_store.read(sync_page, ("", 0)).clashes

    assert (Trouble.BAD_INPUT, before) == (caught.value.kind, row(desk_store, ticket).title)
    assert shown.can_take is False
    do(desk_store, settle_clash, clash, take_other=False)
    assert 0 == desk_store.read(to_decide, ())


def test_record_that_is_not_here_yet_cannot_take_it_and_can_be_kept(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, "f" * 32, "title", "kept", "lost")

    with pytest.raises(UserError):
        do(desk_store, settle_clash, clash, take_other=True)


def test_long_value_is_taken_whole(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "words", "short", LONG)

    do(desk_store, settle_clash, clash, take_other=True)

    assert LONG == row(desk_store, ticket).words


def test_who_may_not_log_tickets_decides_nothing(desk_store: ThreadStore, ticket: str) -> None:
    clash = do(desk_store, add_clash, ticket, "title", "kept", "lost")
    op_id = do(desk_store, refuse, ticket, "altered")
    nobody = actor(*(set(Right) - {Right.LOG_TICKET}))

    for action, args, named in ((settle_clash, (clash,), {"take_other": True}), (see_refused, (op_id,), {})):
        with pytest.raises(UserError) as caught:
            desk_store.write(nobody, action, args, named)
        assert Trouble.NOT_ALLOWED is caught.value.kind

    assert 2 == desk_store.read(to_decide, ())


def test_refusal_that_was_read_is_not_shown_again_and_stays(desk_store: ThreadStore, ticket: str) -> None:
    op_id = do(desk_store, refuse, ticket, "altered")

    do(desk_store, see_refused, op_id)
    do(desk_store, see_refused, "no such")

    assert 0 == desk_store.read(to_decide, ())
    assert desk_store.read(lambda session: session.get(Refused, op_id), ()) is not None
