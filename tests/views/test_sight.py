"""What the manufacturer sees: each field of each record on its side, as the declarations have it."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.messages import Message
from app.language.speaking import speak
from app.schema import KINDS
from app.store.bases import See
from app.store.sessions import ThreadStore
from app.sync.records import SyncEvent
from app.sync.shapes import DELETED, Nature, Shape, shapes_of
from app.tickets import actions
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.field_values import Values
from app.views.field_words import LABOUR, WORDS
from app.views.sight import RecordSeen, Sight, _record, ticket_sight
from tests.signoff.conftest import Bench, bench, signing_template
from tests.stores import EVERYTHING

__all__ = ["bench", "signing_template"]

SHAPES = shapes_of(KINDS)
_OF_TICKETS = (
    "ticket", "customer", "site", "unit", "unit_event", "repair", "repair_event", "sop_run", "sop_tick", "sign_form",
    "sealed_form", "acceptance", "form_event", "ticket_event", "sync_event",
)  # fmt: skip
CASES = [
    (kind, event)
    for kind in _OF_TICKETS
    for event in (SHAPES[kind].bodies if SHAPES[kind].nature is Nature.EVENT else [""])
]


def thing(shape: Shape, event: str) -> Any:
    """A record with something in every field, and of a newer version one more."""
    filled: dict[str, Any] = {name: f"{name}!" for name in shape.types} | {"at": 1_795_835_422_909_000}
    if event:
        filled |= {"kind": event, "body": dict.fromkeys(shape.bodies[event], "x") | {"of_tomorrow": 1}}
    if DELETED in filled:
        filled["deleted"] = filled.pop(DELETED)
    return SimpleNamespace(id="i", clk={}, extra={"newer": "n"} if not event else {}, **filled)


def seen(store: ThreadStore, kind: str, event: str, *, opened: bool = False) -> RecordSeen:
    made: RecordSeen = store.read(
        lambda session: _record(Values(session), SHAPES[kind], thing(SHAPES[kind], event), opened=opened), ()
    )
    return made


@pytest.mark.parametrize(("kind", "event"), CASES)
def test_every_field_and_body_key_stands_on_its_side(desk_store: ThreadStore, kind: str, event: str) -> None:
    shape = SHAPES[kind]

    record = seen(desk_store, kind, event)

    shared, own = ({each.field for each in side} for side in (record.shared, record.own))
    fields = {name: see for name, see in shape.see.items() if not (event and name == "body")}
    keys = {f"body.{key}": see for key, see in shape.bodies.get(event, {}).items()} if event else {}
    both = fields | keys
    extra = {"partner_sha256"} if shape.nature is Nature.SEALED else set()
    assert {name for name, see in both.items() if see is See.SHARED} | extra == shared
    assert {name for name, see in both.items() if see is See.PARTNER} | {
        "body.of_tomorrow" if event else "newer"
    } == own


@pytest.mark.parametrize(("kind", "event"), CASES)
def test_of_an_opened_case_nothing_is_the_partners_alone(desk_store: ThreadStore, kind: str, event: str) -> None:
    assert () == seen(desk_store, kind, event, opened=True).own


def sight_of(bench: Bench) -> Sight:
    found: Sight = bench.read(ticket_sight, bench.job.ticket)
    return found


def test_a_signed_repair_shows_all_that_belongs_to_its_ticket_with_its_values(bench: Bench) -> None:
    bench.seal()

    sight = sight_of(bench)

    kinds = {each.kind for each in sight.records}
    assert {"ticket", "customer", "unit", "repair", "repair_event", "sop_run", "sop_tick", "sealed_form"} <= kinds
    ticket = sight.records[0]
    assert ("ticket", sight.number) == (ticket.kind, next(each.raw for each in ticket.shared if each.field == "number"))
    assert len({(each.kind, each.id) for each in sight.records}) == len(sight.records)


def test_the_machines_life_stands_there_as_it_is_declared_in_words(bench: Bench) -> None:
    life = [each for each in sight_of(bench).records if each.kind == "unit_event"]

    told = {told_of(line.name): told_of(line.value) for record in life for line in record.shared}
    own = {line.field for record in life for line in record.own}
    assert {"Machine registered", "Component fitted", "Component taken out"} & set(told.values())
    assert "Number checked" in [told_of(line.value) for record in life for line in record.shared]
    assert "by" in own and "body.serial" not in own


def test_no_code_is_shown_as_it_is_stored(bench: Bench) -> None:
    """Codes have an underline or are a single small word of a known list; names, numbers and hashes are neither."""
    bench.seal()
    codes = {str(code) for words in WORDS.values() for code in words} | {str(code) for code in LABOUR}

    raw = [
        (record.kind, line.field, line.value)
        for record in sight_of(bench).records
        for line in (*record.shared, *record.own)
        if isinstance(line.value, str) and line.value in codes
    ]

    assert [] == raw


def told_of(said: Message | str) -> str:
    plain = speak(said, "en") if isinstance(said, Message) else said
    return plain.replace("\u2068", "").replace("\u2069", "")


def test_the_customers_name_is_nowhere_on_the_side_that_is_seen(bench: Bench) -> None:
    bench.seal()

    sight = sight_of(bench)

    own = {str(each.raw) for record in sight.records if record.kind == "customer" for each in record.own}
    shared = " ".join(str(each.raw) for record in sight.records for each in record.shared)
    name = next(str(e.raw) for r in sight.records if r.kind == "customer" for e in r.own if e.field == "name")
    assert name in own
    assert name not in shared


def opened_case(store: ThreadStore, ticket: str, why: str = "claim 7") -> None:
    def add(work: Any) -> None:
        work.add_event(SyncEvent, ticket, "opened", {"why": why, "opened_by": "Kiri"})

    store.write(EVERYTHING, add)


def test_openings_are_listed_with_who_when_and_why_and_open_that_ticket_alone(desk_store: ThreadStore) -> None:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL, words="private")
    one, other = (desk_store.write(EVERYTHING, actions.open_ticket, (draft,)).result for _ in range(2))

    opened_case(desk_store, one)
    seen_one, seen_other = (desk_store.read(ticket_sight, (each,)) for each in (one, other))

    assert [("Kiri", "claim 7")] == [(each.who, each.why) for each in seen_one.openings]
    assert all(each.opened and not each.own for each in seen_one.records)
    assert () == seen_other.openings
    assert not any(each.opened for each in seen_other.records)


def test_a_customer_is_seen_once_one_of_its_tickets_is_opened(desk_store: ThreadStore) -> None:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL)
    one, other = (desk_store.write(EVERYTHING, actions.open_ticket, (draft,)).result for _ in range(2))

    def owned(work: Any) -> None:
        for each in work.session.scalars(select(Ticket)):
            each.customer = customer

    customer = desk_store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel"),)).result
    desk_store.write(EVERYTHING, owned)
    opened_case(desk_store, one)

    sight: Sight = desk_store.read(ticket_sight, (other,))

    assert {"ticket": False, "customer": True} == {
        each.kind: each.opened for each in sight.records if each.kind in ("ticket", "customer")
    }


def test_ticket_that_is_not_here_has_no_sight(desk_store: ThreadStore) -> None:
    assert desk_store.read(ticket_sight, ("0" * 32,)) is None
