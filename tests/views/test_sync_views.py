"""Words of the exchange: for every kind, field, key, trouble and refusal there is."""

from typing import Any

import pytest
from sqlalchemy import select, update

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.messages import Message
from app.language.speaking import speak
from app.schema import KINDS
from app.store.bases import Event, Sealed, Synced, lww_names
from app.store.sessions import ThreadStore
from app.sync.errors import SyncTrouble
from app.sync.records import HubLink
from app.sync.sentences import REFUSALS, TROUBLES
from app.sync.shapes import DELETED, shapes_of
from app.sync.texts import FIELDS, KEYS
from app.tickets.actions import open_ticket
from app.tickets.records import Ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.field_values import Values, shortened
from app.views.field_words import WORDS
from app.views.record_kinds import RECORDS
from app.views.sync_light import Light, Standing, sync_light
from app.views.sync_page import sync_page
from tests.stores import EVERYTHING
from tests.sync.test_desks import OTHER, hear_of
from tests.ui.sync.exchanges import acknowledge_all, add_clash, connect, refuse

BUILDERS_WORDS = ("hub", "tenant", "sync", "maker", "epoch")


def test_every_kind_has_an_icon_and_words() -> None:
    assert set(KINDS) == set(RECORDS)


@pytest.mark.parametrize("kind", sorted(kind for kind, model in KINDS.items() if issubclass(model, Synced)))
def test_every_field_that_people_edit_has_a_word(kind: str) -> None:
    model: Any = KINDS[kind]

    assert [] == [name for name in lww_names(model) if name not in FIELDS]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_and_key_that_travels_has_a_word(kind: str) -> None:
    shape = shapes_of(KINDS)[kind]
    names = {*shape.types, *(key for body in shape.bodies.values() for key in body)} - {DELETED, "body"}

    assert [] == sorted(names - {*FIELDS, *KEYS})


def test_every_trouble_has_what_is_so_and_what_to_do() -> None:
    assert set(SyncTrouble) == set(TROUBLES)


def test_no_word_tells_how_it_is_built() -> None:
    words = [*FIELDS.values(), *KEYS.values(), *REFUSALS.values(), *(words for _, words in RECORDS.values())]
    words += [each for pair in TROUBLES.values() for each in pair]

    assert [] == [each.msgid for each in words for word in BUILDERS_WORDS if word in each.msgid.casefold().split()]


@pytest.fixture
def store(desk_store: ThreadStore) -> ThreadStore:
    """Connected, nothing waits."""
    desk_store.write(EVERYTHING, connect)
    desk_store.write(EVERYTHING, acknowledge_all)
    return desk_store


def test_light_says_the_gravest_thing(store: ThreadStore) -> None:
    def standing(trouble: str = "") -> Standing:
        light: Light = store.read(sync_light, (trouble, 1))
        return light.standing

    sent = standing()
    store.write(EVERYTHING, refuse, ("t", "altered"))
    decide, offline, stuck = standing(), standing("offline"), standing("not_the_hub")

    assert [Standing.SENT, Standing.TO_DECIDE, Standing.OFFLINE, Standing.STUCK] == [sent, decide, offline, stuck]


def test_light_says_that_the_clock_is_wrong(store: ThreadStore) -> None:
    store.write(EVERYTHING, lambda work: work.session.execute(update(HubLink).values(clock_error=-3_600_000)))

    light: Light = store.read(sync_light, ("", 0))

    assert (Standing.CLOCK, "The clock of this computer is wrong") == (light.standing, speak(light.headline, "en"))
    assert "Nothing waits to go out" == speak(light.line, "en")


@pytest.mark.parametrize("trouble", ["offline", "not_the_hub"])
def test_light_says_nothing_waits_and_never_a_nought(store: ThreadStore, trouble: str) -> None:
    assert "0" not in speak(store.read(sync_light, (trouble, 1)).line, "en")


@pytest.mark.parametrize("trouble", list(SyncTrouble))
def test_light_and_page_have_words_for_each_trouble(store: ThreadStore, trouble: str) -> None:
    light, page = store.read(sync_light, (trouble, 1)), store.read(sync_page, (trouble, 1))

    said = " ".join(speak(each, "en") for each in (light.headline, light.line, page.facts[0].headline))
    assert "{" not in said
    assert "triangle-alert" in (light.icon, page.facts[0].icon) or "cloud-off" == light.icon
    assert (trouble == "too_many_deleted") is (page.deleting is not None)


@pytest.mark.parametrize("code", ["altered", "bad_seal", "unknown_kind", "missing_fields", "bad_title", "of tomorrow"])
def test_every_refusal_says_why(store: ThreadStore, code: str) -> None:
    store.write(EVERYTHING, refuse, ("t", code))

    (refused,) = store.read(sync_page, ("", 0)).refused

    assert speak(refused.why, "en") and "{" not in speak(refused.why, "en")


@pytest.mark.parametrize(
    ("kind", "column", "value", "said"),
    [
        ("ticket", "kind", "how_to", "How-to question"),
        ("ticket", "kind", "of tomorrow", "of tomorrow"),
        ("ticket", "deleted", True, "yes"),
        ("ticket", "deleted", False, "no"),
        ("ticket", "title", "", "nothing"),
        ("ticket", "title", None, "nothing"),
        ("ticket", "customer", "nobody", "nobody"),
        ("ticket", "created_by", "somebody", "somebody"),
        ("staff", "roles", ["technician", "of tomorrow"], "Technician, of tomorrow"),
        ("staff", "roles", [], "nothing"),
        ("unit", "purchased_on", "2026-06-11", "11 Jun 2026"),
        ("unit", "purchased_on", "soon", "soon"),
        ("repair", "outcome", "repaired", "Repaired"),
        ("stock_move", "quantity", 3, "3"),
        ("sign_form", "matter", {"a": [1]}, "a: 1"),
        ("poem", "colour", {"a": 1}, "a: 1"),
        ("unit", "status", "on_loan", "On loan"),
        ("unit", "serial_state", "not_confirmed", "Not confirmed"),
        ("repair", "place", "on_site", "At the customer's place"),
        ("customer", "language", "ar", "العربية"),
        ("repair_event", "parts_payer", "maker", "The manufacturer"),
        ("repair_event", "missing", ["invoice", "delivery"], "the date of the invoice, the date of delivery"),
        ("sop_tick", "kind", "measured", "Value measured"),
        ("ticket_event", "to", "S2", "S2 · first aid, believable danger, or an authority asks"),
        (
            "sealed_form",
            "shared",
            '{"values": {"tests": [{"day": {"as": "day", "day": "2026-06-11"}}]}}',
            "what stands in the form: tests: day: 11 Jun 2026",
        ),
        ("sealed_form", "partner", "no document", "no document"),
        ("acceptance", "strokes", [[[1, 2, 3, 4]]], "1 stroke"),
        ("poem", "colour", "red", "red"),
        ("ticket", "no such column", 7, "7"),
    ],
)
def test_values_are_told_in_words(store: ThreadStore, kind: str, column: str, value: Any, said: str) -> None:
    found = store.read(lambda session: Values(session).say(kind, column, value), ())

    plain = speak(found, "en") if isinstance(found, Message) else found
    assert said == plain.replace("⁨", "").replace("⁩", "")


def test_moment_is_told_in_the_time_of_this_place(store: ThreadStore) -> None:
    found = store.read(lambda session: Values(session).say("ticket", "occurred_at", 1_795_835_422_909_000), ())

    assert isinstance(found, Message) and "2026" in speak(found, "en")


def test_long_names_are_cut_where_they_head_something() -> None:
    assert ("short", "x" * 59 + "…") == (shortened("short"), shortened("x" * 61))


@pytest.mark.parametrize("at", ["soon", -1, 0, 1 << 50, None, True])
def test_side_of_a_clash_without_a_time_that_can_be_shows_none(store: ThreadStore, at: Any) -> None:
    store.write(EVERYTHING, add_clash, ("t", "title", "kept", "lost"), {"lost_at": at})

    (clash,) = store.read(sync_page, ("", 0)).clashes

    assert clash.kept.when is not None
    assert clash.lost.when is None


def test_every_kind_of_event_has_words() -> None:
    events = {kind: model for kind, model in KINDS.items() if issubclass(model, Event)}

    assert [] == [(kind, code) for kind, model in events.items() for code in model.bodies
                  if code not in WORDS[kind, "kind"]]  # fmt: skip


def test_every_key_of_a_sealed_document_has_a_word() -> None:
    keys = {key for model in KINDS.values() if issubclass(model, Sealed) for key in model.branches}

    assert [] == sorted(keys - {*FIELDS, *KEYS})


def test_who_is_not_on_the_list_is_told_by_the_computer(store: ThreadStore) -> None:
    draft = TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL)
    ticket = store.write(EVERYTHING, open_ticket, (draft,)).result
    stamp = store.read(lambda session: session.scalar(select(Ticket).where(Ticket.id == ticket)).clk["title"], ())
    mine = {"kept_by": "", "kept_at": int(stamp[:12], 16)}
    store.write(EVERYTHING, add_clash, (ticket, "title", "kept", "lost"), mine)
    store.write(EVERYTHING, add_clash, (ticket, "serial", "kept", "lost"))

    one, two = store.read(sync_page, ("", 0)).clashes

    assert ("This computer", "Another computer of yours") == tuple(
        speak(each.by, "en") for each in (one.kept, one.lost)
    )
    assert "by this computer and by another computer of yours" in speak(one.told, "en")
    assert "on two other computers of yours" in speak(two.told, "en")


def test_the_one_other_computer_is_told_by_its_name(store: ThreadStore) -> None:
    hear_of(store, "Van 2")
    ticket = store.write(EVERYTHING, open_ticket, (TicketDraft(TicketKind.HOW_TO, "It drips"),)).result
    stamp = store.read(lambda session: session.scalar(select(Ticket).where(Ticket.id == ticket)).clk["title"], ())
    mine = {"kept_by": "", "kept_at": int(stamp[:12], 16), "lost_by": ""}
    store.write(EVERYTHING, add_clash, (ticket, "title", "kept", "lost"), mine)

    (clash,) = store.read(sync_page, ("", 0)).clashes

    assert "Van 2" == clash.lost.by
    assert "by this computer and by Van 2" in speak(clash.told, "en")


def test_a_computer_in_a_value_is_told_by_its_name(store: ThreadStore) -> None:
    hear_of(store, "Van 2")
    unnamed = "f" * 24 + "01234567"

    assert "Van 2" == store.read(lambda session: Values(session).say("ticket_event", "device", OTHER))
    assert "01234567" == store.read(lambda session: Values(session).say("ticket_event", "device", unnamed))


def test_values_of_a_clash_are_words_days_and_names(store: ThreadStore) -> None:
    hotel = store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel Foz Velha"),)).result
    store.write(EVERYTHING, add_clash, ("t", "severity", "S1", "S4"))
    store.write(EVERYTHING, add_clash, ("t", "customer", hotel, ""))

    one, two = store.read(sync_page, ("", 0)).clashes

    assert speak(one.kept.value, "en").startswith("S1 · somebody is badly hurt")
    assert "Hotel Foz Velha" == two.kept.value
