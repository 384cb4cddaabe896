"""Two computers of a partner and the hub between them: the three losses of the field's best do not happen here."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, update

from app.hub.embedded import SUPERUSER
from app.hub.schema import new_epoch
from app.kernel.errors import UserError
from app.kernel.operations import Clock
from app.schema import KINDS
from app.store.bases import Stream
from app.sync import local
from app.sync.errors import SyncError, SyncTrouble
from app.sync.links import link_of
from app.sync.records import ONE, Held, HubLink, Refused, SyncEvent
from app.sync.transport import HubDoor
from app.tickets import actions
from app.tickets.queries import find_tickets
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.sync_light import Standing, sync_light
from app.views.sync_page import sync_page
from app.workflows.clashes import settle_clash
from tests.bench_pack import bench_pack
from tests.hub.hubs import Hub
from tests.hub.offices import Office

PHOTO = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
Make = Callable[..., Office]


@pytest.fixture
def office(hub: Hub, tmp_path: Path) -> Iterator[Make]:
    made: list[Office] = []

    def make(name: str, partner: str = "", **more: Any) -> Office:
        made.append(Office(tmp_path / name, **more))
        if partner:
            made[-1].enrol(hub, partner)
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def pair(hub: Hub, office: Make) -> tuple[Office, Office]:
    """Two computers of one new partner."""
    partner = hub.partner()
    return office("a", partner, pack=bench_pack()), office("b", partner, person="tiago", pack=bench_pack())


def draft(title: str = "Boiler leaks") -> TicketDraft:
    return TicketDraft(TicketKind.HOW_TO, title, channel=Channel.EMAIL, words="It drips since Monday")


def put(work: Any, ticket: str, **values: Any) -> None:
    row = work.session.scalars(select(Ticket).where(Ticket.id == ticket)).one()
    for name, value in values.items():
        setattr(row, name, value)


def shown(office: Office, ticket: str) -> tuple[str, str]:
    def read(session: Any) -> tuple[str, str]:
        row = session.scalars(select(Ticket).where(Ticket.id == ticket)).one()
        return row.title, row.words

    found: tuple[str, str] = office.ask(read)
    return found


def agree(*offices: Office) -> None:
    for _ in range(2):
        for each in offices:
            each.sync()
    assert [()] * len(offices) == [each.syncing.compare() for each in offices]
    assert 1 == len({str(sorted(each.ask(local.sums, KINDS).items())) for each in offices})


def test_what_one_wrote_stands_on_the_other_and_is_found_there(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    a.do(actions.add_note, ticket, "thermostat ordered")

    agree(a, b)

    assert ("Boiler leaks", "It drips since Monday") == shown(b, ticket)
    assert [ticket] == [each.id for each in b.ask(find_tickets, "thermostat")]


def test_different_fields_of_one_ticket_are_both_kept(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)

    a.do(put, ticket, title="Boiler leaks badly")
    b.do(put, ticket, words="Since Sunday, in fact")
    agree(a, b)

    assert ("Boiler leaks badly", "Since Sunday, in fact") == shown(a, ticket)
    assert () == a.ask(sync_page, "", 0).clashes


def test_an_edit_after_a_deletion_elsewhere_is_not_lost(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)

    b.do(put, ticket, deleted=True)
    a.do(put, ticket, title="Boiler leaks badly")
    agree(a, b)

    assert ("Boiler leaks badly", "It drips since Monday") == shown(b, ticket)


def test_a_field_of_a_newer_version_is_kept_and_costs_nobody_an_edit(hub: Hub, pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)
    newer = hub.desk(a.ask(link_of).partner)

    a.do(put, ticket, title="Written offline")
    newer.sync(newer.op("ticket", ticket, {"mood": "patient"}), cur=0)
    agree(a, b)
    a.do(put, ticket, words="And once more")
    agree(a, b)

    held = [
        each.ask(lambda session: session.scalars(select(Ticket).where(Ticket.id == ticket)).one().extra)
        for each in pair
    ]
    assert [{"mood": "patient"}] * 2 == held
    assert ("Written offline", "And once more") == shown(b, ticket)


def test_the_same_field_is_a_clash_with_both_values_and_a_person_decides(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)
    a.do(put, ticket, title="Leaks at the valve")
    b.do(put, ticket, title="Leaks at the boiler")
    agree(a, b)

    (clash,) = a.ask(sync_page, "", 0).clashes
    light = a.ask(sync_light, "", 0)
    kept, lost = clash.kept.value, clash.lost.value
    a.do(settle_clash, clash.id, take_other=True)
    agree(a, b)

    assert {"Leaks at the valve", "Leaks at the boiler"} == {kept, lost}
    assert Standing.TO_DECIDE is light.standing
    assert lost == shown(b, ticket)[0] == shown(a, ticket)[0]
    assert ((), ()) == (a.ask(sync_page, "", 0).clashes, b.ask(sync_page, "", 0).clashes)


def test_photographs_go_along_also_large_ones(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    large = b"a long protocol\n" * 60_000
    for name, data in (("photo.png", PHOTO), ("protocol.txt", large)):
        a.do(actions.attach, ticket, name, data)

    sent, fetched = a.sync(), b.sync()
    files = b.ask(lambda session: session.info["files"])

    assert (2, 2) == (sent.files_sent, fetched.files_fetched)
    hashes = b.ask(
        lambda session: [each.body["sha256"] for each in session.scalars(select(TicketEvent)) if "sha256" in each.body]
    )
    assert {PHOTO, large} == {files.read(each) for each in hashes}


def test_another_partner_sees_nothing(hub: Hub, office: Make) -> None:
    ours, theirs = office("a", hub.partner(), pack=bench_pack()), office("x", hub.partner(), pack=bench_pack())
    ours.do(actions.open_ticket, draft())

    ours.sync()
    theirs.sync()

    assert [] == list(theirs.ask(find_tickets, "boiler"))


def test_a_copied_profile_and_its_original_both_arrive(pair: tuple[Office, Office], tmp_path: Path) -> None:
    a, b = pair
    a.do(actions.open_ticket, draft("before"))
    a.sync()
    twin = a.copied(tmp_path / "twin")
    mine = a.do(actions.open_ticket, draft("mine"))
    theirs = twin.do(actions.open_ticket, draft("theirs"))

    agree(a, twin, b)
    twin.close()

    assert {"mine", "theirs"} == {shown(b, each)[0] for each in (mine, theirs)}


def test_work_after_a_restored_backup_is_not_taken_for_what_was_there_before(
    pair: tuple[Office, Office], tmp_path: Path
) -> None:
    a, b = pair
    a.sync()
    yesterday = a.copied(tmp_path / "yesterday")
    lost_disk = a.do(actions.open_ticket, draft("sent before the disk died"))
    a.sync()

    after = yesterday.do(actions.open_ticket, draft("customer in hospital"))
    agree(yesterday, b)
    yesterday.close()

    assert "customer in hospital" == shown(b, after)[0]
    assert "sent before the disk died" == shown(b, lost_disk)[0]


def test_a_computer_that_the_restored_hub_never_knew_sends_and_fetches_all_of_it_anew(
    own_hub: Hub, office: Make
) -> None:
    partner = own_hub.partner()
    a, new = office("a"), office("new", person="tiago")
    a.enrol(own_hub, partner)
    ticket = a.do(actions.open_ticket, draft())
    agree(a)
    with psycopg.connect(own_hub.reach, user=SUPERUSER, autocommit=True) as maker:  # the backup was older than all this
        for table in ("nonce", "refused", "op_history", "row", "stream", "device"):
            maker.execute(f"DELETE FROM partner.{table}".encode())
        maker.execute("UPDATE partner.counter SET base = 0, cur = 0")
    new_epoch(own_hub.reach)
    with pytest.raises(SyncError):
        a.sync()

    a.enrol(own_hub, partner)
    a.sync()
    new.enrol(own_hub, partner)
    agree(a, new)

    assert ("Boiler leaks", "It drips since Monday") == shown(new, ticket)


def test_a_restored_hub_that_lacks_nothing_is_in_step_at_once(own_hub: Hub, office: Make) -> None:
    partner = own_hub.partner()
    a, b = office("a"), office("b", person="tiago")
    for each in (a, b):
        each.enrol(own_hub, partner)
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)

    new_epoch(own_hub.reach)
    agree(a, b)

    assert () == a.syncing.compare() == b.syncing.compare()
    assert ("Boiler leaks", "It drips since Monday") == shown(b, ticket)


def test_what_a_copied_profile_sent_in_an_earlier_life_comes_again_after_a_hubs_restore(
    own_hub: Hub, office: Make, tmp_path: Path
) -> None:
    partner = own_hub.partner()
    a, b = office("a"), office("b", person="tiago")
    for each in (a, b):
        each.enrol(own_hub, partner)
    agree(a, b)
    early = own_hub.save(partner)
    sent = a.do(actions.open_ticket, draft("sent in an earlier life"))
    agree(a, b)
    twin = a.copied(tmp_path / "twin")
    twin.do(actions.open_ticket, draft("the twin's"))
    twin.sync()
    a.do(actions.open_ticket, draft("makes it fork"))
    a.sync()

    own_hub.put_back(partner, early)
    for each in (a, b):
        each.sync()
    agree(a, b)
    twin.close()

    assert () == a.syncing.compare() == b.syncing.compare()
    assert {"sent in an earlier life", "the twin's", "makes it fork"} <= set(
        b.ask(lambda session: list(session.scalars(select(Ticket.title))))
    )
    with own_hub.owner(partner) as connection:
        row = connection.execute("SELECT fields ->> 'title' FROM partner.row WHERE id = %s", (sent,)).fetchone()
    assert row == ("sent in an earlier life",)


def test_an_edit_after_a_fresh_start_comes_after_what_it_changes_though_a_colleagues_clock_is_ahead(
    pair: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)
    right = Clock.wall()
    with monkeypatch.context() as ahead:
        ahead.setattr(Clock, "wall", staticmethod(lambda: right + 60_000))
        b.do(put, ticket, title="by somebody whose clock is a minute ahead")
        b.sync()
    a.sync()

    a.start_again()
    a.do(put, ticket, title="later, and knowing that")
    agree(a, b)

    assert "later, and knowing that" == shown(a, ticket)[0] == shown(b, ticket)[0]


def test_a_clash_that_a_restored_hub_hears_again_is_the_same_clash(own_hub: Hub, office: Make) -> None:
    partner = own_hub.partner()
    a, b = office("a"), office("b", person="tiago")
    for each in (a, b):
        each.enrol(own_hub, partner)
    ticket = a.do(actions.open_ticket, draft())
    agree(a, b)
    a.do(put, ticket, title="one")
    a.sync()
    saved = own_hub.save(partner)
    b.do(put, ticket, title="two")
    agree(a, b)
    before = clashes(a)

    own_hub.put_back(partner, saved)
    for each in (b, a):
        each.sync()
    agree(a, b)

    assert 1 == len(before)
    assert before == clashes(a) == clashes(b)


def clashes(office: Office) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = office.ask(
        lambda session: [(each.id, each.at) for each in session.scalars(select(SyncEvent)) if each.kind == "clash"]
    )
    return found


def test_an_edit_that_came_before_its_record_is_held_until_that_comes(hub: Hub, pair: tuple[Office, Office]) -> None:
    a, b = pair
    agree(a, b)
    stranger = hub.desk(a.ask(link_of).partner)
    ticket = "f" * 32

    stranger.sync(stranger.op("ticket", ticket, {"words": "It drips"}))
    a.sync()
    held = a.ask(lambda session: [(each.id, each.reason) for each in session.scalars(select(Held))])
    mine = a.do(actions.open_ticket, draft("goes on"))
    whole = {"number": "PT02-A-1", "kind": "how_to", "title": "Kettle", "channel": "email", "occurred_at": 1}
    stranger.sync(stranger.op("ticket", ticket, whole))
    a.sync()
    b.sync()

    assert [(ticket, "missing_fields")] == held
    assert ("Kettle", "It drips") == shown(a, ticket) == shown(b, ticket)
    assert "goes on" == shown(b, mine)[0]
    assert [] == a.ask(lambda session: list(session.scalars(select(Held))))


def test_a_desk_that_is_ahead_of_the_hub_begins_anew(pair: tuple[Office, Office]) -> None:
    """The hub was put back to an earlier state, and nobody said so."""
    a, b = pair
    ticket = b.do(actions.open_ticket, draft())
    agree(a, b)
    b.do(put, ticket, title="written after the hub was put back")
    b.sync()

    a.do(lambda work: work.session.execute(update(Stream).values(cursor=10**9)))
    agree(a, b)

    assert "written after the hub was put back" == shown(a, ticket)[0]


def test_what_the_hub_cannot_take_is_shown_and_holds_up_nothing(pair: tuple[Office, Office]) -> None:
    a, b = pair
    ticket = a.do(actions.open_ticket, draft())
    event = a.do(actions.add_note, ticket, "first")
    agree(a, b)

    other = {
        "subject_id": ticket, "kind": "note", "at": 1, "zone": "UTC", "by": "x", "device": "d", "seen": 0,
        "body": {"text": "another"}, "corrects_id": "",
    }  # fmt: skip

    def clash_with_an_event(work: Any) -> None:
        work._append([("ticket_event", event, other)], work._clock.stamp())

    a.do(clash_with_an_event)
    after = a.do(actions.open_ticket, draft("goes through"))
    report = a.sync()
    b.sync()

    assert (1, "altered") == (report.refused, a.ask(lambda session: session.scalar(select(Refused.code))))
    assert "goes through" == shown(b, after)[0]
    (refused,) = a.ask(sync_page, "", 0).refused
    assert "Something else stands there already" in refused.why.msgid


def test_a_hub_that_is_gone_is_no_more_than_offline(office: Make, own_hub: Hub) -> None:
    a = office("a", pack=bench_pack())
    a.enrol(own_hub, own_hub.partner())
    a.sync()
    url = a.ask(link_of).url

    def elsewhere(work: Any) -> None:
        work.session.scalars(select(HubLink)).one().url = url.rsplit(":", 1)[0] + ":1"

    a.do(elsewhere)
    a.do(actions.open_ticket, draft())
    went = a.syncing.go()

    assert ("offline", None) == (went.trouble, went.report)
    assert Standing.OFFLINE is a.ask(sync_light, went.trouble, 1).standing
    assert a.ask(sync_page, went.trouble, 1).count > 0


def test_many_deletions_stop_until_somebody_looks(pair: tuple[Office, Office]) -> None:
    a, b = pair
    tickets = [a.do(actions.open_ticket, draft(f"no {n}")) for n in range(8)]
    agree(a, b)
    for each in tickets[:4]:
        a.do(put, each, deleted=True)
    a.sync()

    with pytest.raises(SyncError) as caught:
        b.sync()
    there = len(list(b.ask(find_tickets, "no")))
    b.syncing.once(deleting=True)

    assert (SyncTrouble.TOO_MANY_DELETED, "4") == (caught.value.kind, caught.value.detail)
    assert (8, 4) == (there, len(list(b.ask(find_tickets, "no"))))


@pytest.mark.parametrize(
    ("url", "code", "field"),
    [
        ("{hub}", "AAAAA-AAAAA-AAAAA-AAAAA", "code"),
        ("{hub}", "what?", "code"),
        ("http://hub.example", "{code}", "address"),
        ("nonsense", "{code}", "address"),
        ("http://127.0.0.1:1", "{code}", "address"),
    ],
)
def test_enrolment_says_what_to_put_right_and_changes_nothing(
    hub: Hub, office: Make, url: str, code: str, field: str
) -> None:
    a = office("a", pack=bench_pack())
    given = hub.code(hub.partner())

    with pytest.raises(UserError) as caught:
        a.syncing.enrol(url.format(hub=hub.http.base_url), code.format(code=given.printed()))

    assert field == caught.value.field
    assert a.ask(link_of) is None


def test_a_code_of_another_hub_is_not_believed(hub: Hub, office: Make) -> None:
    given = hub.code(hub.partner())
    other = ("0" if given.fingerprint[0] != "0" else "1") + given.fingerprint[1:] + given.secret
    a = office("a", pack=bench_pack())

    with pytest.raises(UserError) as caught:
        a.syncing.enrol(str(hub.http.base_url), other)

    assert "address" == caught.value.field
    assert a.ask(link_of) is None


def test_numbers_carry_the_partner_and_no_tag_is_shared(pair: tuple[Office, Office]) -> None:
    a, b = pair
    agree(a, b)

    numbers = [each.do(lambda work: work.next_number()) for each in pair]

    assert 2 == len(set(numbers))
    assert {a.ask(link_of).partner} == {number.split("-")[0] for number in numbers}


def test_an_exchange_that_broke_off_is_not_noted_as_one_that_came_to_its_end(
    pair: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = pair
    for at in range(3):
        desk.do(actions.open_ticket, draft(f"ticket {at}"))
    exchange, calls = HubDoor.exchange, iter(range(100))

    def breaking(door: HubDoor, out: local.Outgoing, limit: int) -> Any:
        if next(calls) >= 2:
            raise SyncError(SyncTrouble.OFFLINE, "cable")
        return exchange(door, out, limit)

    with monkeypatch.context() as patch:
        patch.setattr(local, "MOST_OPS", 1)
        patch.setattr(HubDoor, "exchange", breaking)
        with pytest.raises(SyncError):
            desk.sync()
    broken = desk.ask(noted)
    desk.sync()

    assert 0 == broken < desk.ask(noted)


def noted(session: Any) -> int:
    """When the last exchange came to its end."""
    link: HubLink = session.get(HubLink, ONE)
    return link.synced_at


@pytest.mark.parametrize("few", [0, 100], ids=["by COPY", "in a pipeline"])
def test_a_push_leaves_the_same_at_the_hub_whichever_way_it_is_written(
    few: int, pair: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    monkeypatch.setattr("app.hub.exchange.FEW", few)
    ticket = one.do(actions.open_ticket, draft('quoted "words", \\N and a tab\t, ümläute'))
    one.sync()
    two.sync()
    one.do(actions.add_note, ticket, "from one")
    two.do(actions.edit_ticket, ticket, draft("from two"))

    for each in (one, two, one):
        each.sync()

    assert ((), ()) == (one.syncing.compare(), two.syncing.compare())
    assert one.ask(find_tickets, "from two") == two.ask(find_tickets, "from two") != ()
