"""Facts under lock between two computers and the manufacturer: read by whom they are for, destroyed everywhere."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519
from sqlalchemy import select

from app.content.shelf import install_pack
from app.facts import actions, queries
from app.facts.rules import Sort
from app.hub import unlocking
from app.hub.troubles import Exit, HubError
from app.hub.visibility import Opening, show_ticket
from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Actor, How, Right, Role
from app.people.actions import add_staff
from app.people.records import Staff
from app.people.rules import StaffDraft
from app.sync import files as moving
from app.sync.files import drop_erased
from app.tickets import actions as tickets
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.locked_facts import locked_page
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.small_pack import MANUFACTURER, item, pack

SECRET, WORDS = "second-degree burn of the left hand", "four words of mine"


class Case:
    """Two computers, a manager on both, a ticket with a locked fact, and the crisis lead's key."""

    def __init__(self, hub: Hub, folder: Path) -> None:
        self.hub, self.partner, lead = hub, hub.partner(), x25519.Identity.generate()
        self.key = folder / "lead.key"
        self.key.write_text(f"# created by age-keygen\n{lead}\n")
        body = {**MANUFACTURER.body, "crisis_key": str(lead.to_public())}
        whole = pack()
        items = (item("manufacturer", "AVERDELL", body), *whole.items[1:])
        self.a, self.b = Office(folder / "a"), Office(folder / "b")
        for office in (self.a, self.b):
            office.do(install_pack, type(whole)(whole.pack, 1, items, whole.texts))
            office.enrol(hub, self.partner)
        rita = self.a.do(add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
        for office in (self.a, self.b):
            office.actor = Actor(rita, frozenset({Role.MANAGER}), office.unlocked.device, How.CHOSEN, frozenset(Right))
        self.a.do(actions.choose_words, WORDS, WORDS)
        self.ticket = self.a.do(tickets.open_ticket, TicketDraft(TicketKind.HOW_TO, "It burst", channel=Channel.EMAIL))
        self.number = self.a.ask(lambda session: tickets_number(session, self.ticket))
        self.fact = self.a.do(actions.lock_fact, self.ticket, Sort.HEALTH, SECRET)

    def sync(self) -> None:
        for each in (self.a, self.b, self.a, self.b):
            each.sync()

    def wrap(self, office: Office) -> str:
        found: str = office.ask(queries.facts_of, self.ticket)[0].wrap
        return found

    def unlock(self, **more: Any) -> Any:
        return unlocking.unlock_ticket(
            self.hub.reach, self.hub.keys, self.partner, self.number, identity=more.get("identity", self.key)
        )

    def open_case(self) -> None:
        show_ticket(self.hub.reach, self.partner, self.number, opening=Opening("burn reported", "K. Lead"))


def tickets_number(session: Any, ticket: str) -> str:
    return str(session.scalar(select(Ticket.number).where(Ticket.id == ticket)))


@pytest.fixture
def case(hub: Hub, tmp_path: Path) -> Iterator[Case]:
    made = Case(hub, tmp_path)
    yield made
    made.a.close()
    made.b.close()


def test_the_other_computer_opens_it_once_its_key_has_come(case: Case) -> None:
    case.a.sync()
    case.b.syncing._move_files = lambda door: (0, 0)  # type: ignore[method-assign] # the connection broke off there
    case.b.sync()
    with pytest.raises(UserError) as early:
        case.b.do(actions.open_fact, case.ticket, case.fact, WORDS)
    del case.b.syncing._move_files
    case.b.sync()

    assert Trouble.MISSING is early.value.kind
    assert SECRET == case.b.do(actions.open_fact, case.ticket, case.fact, WORDS)


def test_the_hub_holds_nothing_that_can_be_read_and_shows_nothing_of_it_before_the_case_is_opened(case: Case) -> None:
    case.sync()

    shown = show_ticket(case.hub.reach, case.partner, case.number)
    with case.hub.owner(case.partner) as connection:
        rows = str(connection.execute("SELECT fields FROM partner.row WHERE tenant = %s", (case.partner,)).fetchall())
        rows += str(connection.execute("SELECT body FROM partner.op_history").fetchall())

    bodies = [each["fields"]["body"] for each in shown.data["records"] if each["kind"] == "fact_event"]
    assert [{}] == bodies
    assert "burn" not in rows and WORDS not in rows


def test_the_crisis_lead_reads_it_in_an_opened_case_with_a_key_that_is_on_no_server(case: Case, tmp_path: Path) -> None:
    case.sync()
    stranger = tmp_path / "other.key"
    stranger.write_text(f"{x25519.Identity.generate()}\n")

    shut = case.unlock()
    case.open_case()
    other, lead = case.unlock(identity=stranger), case.unlock()

    assert (Exit.NO, []) == (shut.exit, shut.data["facts"])
    assert (Exit.NO, ["not for this key"]) == (other.exit, [each["why_not"] for each in other.data["facts"]])
    assert (Exit.OK, [SECRET]) == (lead.exit, [each["says"] for each in lead.data["facts"]])


@pytest.mark.parametrize("content", ["", "no key", "\xff"])
def test_a_file_that_is_no_key_is_said(case: Case, tmp_path: Path, content: str) -> None:
    file = tmp_path / "no.key"
    file.write_text(content, encoding="latin-1")

    with pytest.raises(HubError, match="age-keygen"):
        case.unlock(identity=file)


def test_what_was_destroyed_on_one_computer_is_gone_from_all_and_does_not_come_back(case: Case) -> None:
    case.sync()
    case.open_case()
    wrap = case.wrap(case.a)
    kept = case.a.ask(lambda session: session.info["files"].read(wrap))

    case.b.do(actions.destroy_facts, case.ticket, "the person asked for it")
    case.b.do(drop_erased)
    case.sync()
    case.a.ask(lambda session: session.info["files"].keep(kept))  # a colleague's backup is put back
    desk = case.hub.desk(case.partner)
    again = desk.request("PUT", f"/v1/blob/{wrap}?offset=0&size={len(kept)}", kept)

    files = [each.ask(lambda session: session.info["files"].has(wrap)) for each in (case.a, case.b)]
    assert [True, False] == files  # only what was put back by hand
    assert (410, {"error": "erased"}) == (again.status_code, again.json())
    assert 404 == desk.request("GET", f"/v1/blob/{wrap}").status_code
    assert (Exit.NO, ["destroyed"]) == (case.unlock().exit, [each["why_not"] for each in case.unlock().data["facts"]])
    with pytest.raises(UserError, match="destroyed"):
        case.a.do(actions.open_fact, case.ticket, case.fact, WORDS)


def test_a_computer_that_hears_late_of_it_does_not_bring_the_key_back(case: Case) -> None:
    case.a.syncing._move_files = lambda door: (0, 0)  # type: ignore[method-assign] # its file never left
    case.sync()
    wrap = case.wrap(case.a)
    case.b.do(actions.destroy_facts, case.ticket, "the person asked for it")
    case.b.sync()
    del case.a.syncing._move_files

    case.a.sync()
    case.a.sync()

    assert not case.a.ask(lambda session: session.info["files"].has(wrap))
    with case.hub.owner(case.partner) as connection:
        assert [] == connection.execute("SELECT 1 FROM partner.blob WHERE sha256 = %s", (wrap,)).fetchall()


def test_another_partner_destroys_nothing_here(case: Case) -> None:
    case.sync()
    wrap = case.wrap(case.a)
    stranger = case.hub.desk()
    values = {"subject_id": case.ticket, "kind": "destroyed", "at": 1, "zone": "UTC", "by": "", "device": "", "seen": 0,
              "body": {"reason": "x", "erases": [wrap]}, "corrects_id": ""}  # fmt: skip

    stranger.sync(stranger.op("fact_event", "e" * 32, values))

    assert 200 == case.hub.desk(case.partner).request("GET", f"/v1/blob/{wrap}").status_code


def test_the_words_travel_with_the_person_and_not_in_the_open(case: Case) -> None:
    case.sync()

    guarded = case.b.ask(lambda session: session.scalars(select(Staff)).one().guarded)

    assert {"kind", "time", "memory", "lanes", "salt", "wrapped"} == set(guarded)


def test_an_event_that_names_a_photograph_destroys_nothing(case: Case) -> None:
    photo = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
    event = case.a.do(tickets.attach, case.ticket, "plate.png", photo)
    assert event
    case.sync()
    sha256 = hashlib.sha256(photo).hexdigest()
    liar = case.hub.desk(case.partner)
    values = {"subject_id": case.ticket, "kind": "destroyed", "at": 1, "zone": "UTC", "by": "", "device": "", "seen": 0,
              "body": {"reason": "x", "erases": [sha256]}, "corrects_id": ""}  # fmt: skip

    liar.sync(liar.op("fact_event", "e" * 32, values))
    case.sync()

    assert 200 == liar.request("GET", f"/v1/blob/{sha256}").status_code
    assert [True, True] == [each.ask(lambda session: session.info["files"].has(sha256)) for each in (case.a, case.b)]


HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("opened", {"kid": "x", "erases": 5}),
    ("opened", {"kid": "x", "erases": None}),
    ("opened", {"kid": "x", "erases": [["a"]]}),
    ("destroyed", {"reason": "r", "erases": ["zz", "a" * 64 + "\n"]}),
    ("destroyed", {"reason": 1, "erases": 1}),
    ("novel", {"erases": {"a": 1}}),
    ("locked", {"sort": "novel", "kid": "k", "ct": "%%", "sha256": "../x", "for": []}),
    ("locked", {"sort": "health", "kid": "k", "ct": "", "sha256": "a" * 64, "for": [1]}),
    ("wrapped", {"kid": "k", "sha256": "zz", "for": ["a"], "erases": []}),
]


@pytest.mark.parametrize(("kind", "body"), HOSTILE)
def test_an_event_that_no_desk_writes_holds_up_nothing_and_breaks_no_page(
    case: Case, kind: str, body: dict[str, Any]
) -> None:
    case.sync()
    stranger = case.hub.desk(case.partner)
    values = {"subject_id": case.ticket, "kind": kind, "at": 1, "zone": "UTC", "by": "", "device": "", "seen": 0,
              "body": body, "corrects_id": ""}  # fmt: skip
    stranger.sync(stranger.op("fact_event", "e" * 32, values))
    note = case.b.do(tickets.add_note, case.ticket, "goes on")

    case.sync()
    page = case.a.ask(locked_page, case.ticket, case.a.actor.person)
    case.open_case()

    assert note in case.a.ask(lambda session: list(session.scalars(select(TicketEvent.id))))
    assert case.fact in {line.id for line in page.lines}
    assert SECRET == case.a.do(actions.open_fact, case.ticket, case.fact, WORDS)
    assert SECRET in {each["says"] for each in case.unlock().data["facts"]}


def with_a_new_reader(case: Case) -> None:
    """Whoever opens the fact from now on wraps it anew."""
    case.sync()
    ana = case.a.do(add_staff, StaffDraft("Ana Reis", roles=(Role.MANAGER,)))
    rita, case.a.actor = case.a.actor, replace(case.a.actor, person=ana)
    case.a.do(actions.choose_words, "other words of Ana", "other words of Ana")
    case.a.actor = rita
    case.sync()


def nobody_reads_it(case: Case) -> None:
    for each in (case.a, case.b):
        with pytest.raises(UserError, match="destroyed"):
            each.do(actions.open_fact, case.ticket, case.fact, WORDS)
    case.open_case()
    assert ["destroyed"] == [each["why_not"] for each in case.unlock().data["facts"]]
    with case.hub.owner(case.partner) as connection:
        rows = connection.execute("SELECT sha256 FROM partner.blob WHERE tenant = %s", (case.partner,)).fetchall()
    assert [] == rows


def test_destroyed_while_somebody_wraps_it_anew_it_is_gone_with_the_new_wrap(case: Case) -> None:
    with_a_new_reader(case)

    assert SECRET == case.b.do(actions.open_fact, case.ticket, case.fact, WORDS)
    case.a.do(actions.destroy_facts, case.ticket, "asked for")
    for _ in range(2):
        case.sync()

    nobody_reads_it(case)


def test_wrapped_anew_twice_at_once_it_is_destroyed_with_both(case: Case) -> None:
    with_a_new_reader(case)
    for each in (case.a, case.b):
        assert SECRET == each.do(actions.open_fact, case.ticket, case.fact, WORDS)
    case.sync()

    case.a.do(actions.destroy_facts, case.ticket, "asked for")
    for _ in range(2):
        case.sync()

    nobody_reads_it(case)


def test_destroyed_while_its_key_is_under_way_the_key_goes(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    wrap, send = case.wrap(case.a), moving.send_file

    def slowly(door: Any, files: Any, sha256: str) -> None:
        send(door, files, sha256)
        if sha256 == wrap:
            case.a.do(actions.destroy_facts, case.ticket, "asked for")

    monkeypatch.setattr(moving, "send_file", slowly)
    case.a.sync()
    case.sync()

    assert not case.a.ask(lambda session: session.info["files"].has(wrap))


def test_words_that_two_desks_choose_at_once_stay_a_pair(case: Case) -> None:
    case.sync()
    case.b.do(actions.choose_words, "began anew on b", "began anew on b", anew=True)
    case.a.do(actions.choose_words, "changed on a later", "changed on a later", old=WORDS)
    for _ in range(2):
        case.sync()

    fact = case.a.do(actions.lock_fact, case.ticket, Sort.HEALTH, "locked since")

    assert "locked since" == case.a.do(actions.open_fact, case.ticket, fact, "changed on a later")
