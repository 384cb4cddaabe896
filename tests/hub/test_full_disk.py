"""The disk of a desk is full in the middle of an exchange: said, nothing lost or skipped, and it goes on with room."""

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.content.shelf import installed_version
from app.hub.publishing import publish
from app.store import snapshot
from app.store.tail import Tail
from app.sync.links import link_of
from app.sync.records import FileWork
from app.tickets import actions
from app.tickets.records import Ticket
from app.views.sync_light import Standing, sync_light
from tests.bench_pack import bench_pack
from tests.content.sample import signed_pack
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.hub.test_offices import Make, agree, draft, office
from tests.tight import ROOMS, SmallDisk, disk

__all__ = ["disk", "office"]

PHOTO = b"\x89PNG\r\n\x1a\n" + random.Random(5).randbytes(700_000)
MANY = 120


@pytest.fixture
def tight(hub: Hub, disk: SmallDisk, office: Make) -> tuple[Office, Office]:
    """A desk with room, and one of the same partner on the small disk."""
    partner = hub.partner()
    return office("a", partner, pack=bench_pack()), office(str(disk.folder / "b"), partner, pack=bench_pack())


def tickets_of(each: Office) -> set[str]:
    return set(each.ask(lambda session: session.scalars(select(Ticket.id)).all()))


def goes_through(each: Office, disk: SmallDisk) -> int:
    """With no room, then with more and more: how often the exchange was refused for it, and said so."""
    for refused, room in enumerate(ROOMS):
        with disk.full(room):
            went = each.syncing.go()
        if went.report is not None:
            return refused
        assert "disk" == went.trouble
        light = each.ask(sync_light, went.trouble, 1)
        assert (Standing.STUCK, "The disk does not take the news") == (light.standing, light.headline.msgid)
        assert [] == disk.halves()
    raise AssertionError("there is never enough room")


def assert_whole(each: Office) -> None:
    profile = each.unlocked.profile
    assert [] == each.ask(lambda session: session.info["files"].damaged()[1])
    each.start_again()
    snapshot.check_store(profile.store, each.unlocked.key)
    with snapshot.reading(profile.store, each.unlocked.key) as store:
        assert None is Tail(profile.tail, each.unlocked.derive("tail")).missing(store)


def test_pages_and_files_that_found_no_room_come_when_there_is(tight: tuple[Office, Office], disk: SmallDisk) -> None:
    a, b = tight
    made = {a.do(actions.open_ticket, draft(f"No. {n} " + "x" * 60)) for n in range(MANY)}
    photo = a.do(actions.attach, next(iter(made)), "leak.png", PHOTO)
    a.sync()
    own = b.do(actions.open_ticket, draft("Written without room"))

    refused = goes_through(b, disk)

    agree(a, b)
    assert refused > 1
    assert made | {own} == tickets_of(a) == tickets_of(b)
    assert photo
    assert [] == b.ask(lambda session: list(session.scalars(select(FileWork.refusal).where(FileWork.refusal != ""))))
    assert 1 == b.ask(lambda session: session.scalar(select(func.count()).select_from(FileWork).where(FileWork.here)))
    pieces = [each for each in b.unlocked.profile.files.glob("??/*") if each.is_file()]
    assert 1 == len(pieces)
    assert_whole(b)


def test_what_a_restored_hub_lacks_is_told_again_once_there_is_room(
    hub: Hub, tight: tuple[Office, Office], disk: SmallDisk
) -> None:
    a, b = tight
    agree(a, b)
    partner = a.ask(link_of).partner
    saved = hub.save(partner)
    made = {b.do(actions.open_ticket, draft(f"No. {n} " + "x" * 60)) for n in range(MANY)}
    agree(a, b)
    hub.put_back(partner, saved)

    refused = goes_through(b, disk)

    agree(b, a)
    assert refused > 1
    assert made == tickets_of(a) == tickets_of(b)
    with hub.owner(partner) as connection:
        asked = "SELECT op_id FROM partner.op_history WHERE tenant = %s AND NOT again"
        applied = [row[0] for row in connection.execute(asked, (partner,))]
    assert len(applied) == len(set(applied))
    assert_whole(b)


def test_a_pack_that_finds_no_room_is_taken_when_there_is(own_hub: Hub, disk: SmallDisk, tmp_path: Path) -> None:
    folder, publisher = signed_pack(tmp_path)
    pack = str(publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex()).data["pack"])
    desk = Office(disk.folder / "desk")
    desk.enrol(own_hub, own_hub.partner())
    before = {each.name for each in desk.folder.iterdir()}

    refused = goes_through(desk, disk)

    assert refused > 1
    assert 1 == desk.ask(installed_version, pack)
    assert before == {each.name for each in desk.folder.iterdir()}
    assert_whole(desk)
    desk.close()
