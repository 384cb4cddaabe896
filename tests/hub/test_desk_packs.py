"""What the manufacturer publishes comes to a desk by the exchange, once the root stands behind it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.content.shelf import installed_version
from app.hub.publishing import publish
from app.signoff.queries import key_of
from app.sync.errors import SyncError, SyncTrouble
from app.sync.records import ONE, HubLink
from app.sync.transport import HubDoor
from app.tickets.actions import open_ticket
from app.tickets.queries import find_tickets
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows.syncing import Syncing
from tests.content.sample import signed_pack
from tests.hub.hubs import Hub
from tests.hub.offices import Office
from tests.ui.real import StoreRunner


@pytest.fixture
def office(own_hub: Hub, tmp_path: Path) -> Iterator[tuple[Office, str]]:
    """A computer without any pack, connected; and the name of the pack that its hub offers."""
    folder, publisher = signed_pack(tmp_path)
    pack = str(publish(own_hub.reach, own_hub.keys, folder, publisher=publisher.hex()).data["pack"])
    office = Office(tmp_path / "desk")
    office.enrol(own_hub, own_hub.partner())
    yield office, pack
    office.close()


def refusal(office: Office) -> tuple[SyncTrouble, str]:
    with pytest.raises(SyncError) as caught:
        office.sync()
    return caught.value.kind, caught.value.detail


def test_a_computer_without_a_pack_gets_it_with_its_first_exchange_and_once(office: tuple[Office, str]) -> None:
    desk, pack = office

    first, second = desk.sync(), desk.sync()

    assert (True, False, 1) == (first.pack, second.pack, desk.ask(installed_version, pack))


def test_a_pack_for_which_another_root_stands_is_not_taken_and_holds_up_nothing(office: tuple[Office, str]) -> None:
    desk, pack = office
    draft = TicketDraft(TicketKind.HOW_TO, "Boiler leaks", channel=Channel.EMAIL)
    desk.do(open_ticket, draft)

    def another_root(work: Any) -> None:
        own = key_of(work.session, work.device)
        assert own is not None
        work.session.get(HubLink, ONE).root = own.certificate

    desk.do(another_root)

    assert (SyncTrouble.NOT_THE_HUB, "other_publisher") == refusal(desk)
    assert 0 == desk.ask(installed_version, pack)
    assert 1 == len(desk.ask(find_tickets, "boiler"))


def test_a_pack_that_was_changed_on_its_way_is_not_taken(
    office: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, pack = office
    whole = HubDoor.get_pack

    def changed(door: HubDoor, name: str, version: int, *, most: int) -> bytes:
        return whole(door, name, version, most=most)[:-1] + b"\1"

    monkeypatch.setattr(HubDoor, "get_pack", changed)

    assert (SyncTrouble.NOT_THE_HUB, "bad_pack") == refusal(desk)
    assert 0 == desk.ask(installed_version, pack)


def test_before_enrolment_there_is_nobody_to_exchange_or_compare_with(tmp_path: Path) -> None:
    desk = Office(tmp_path / "desk")
    try:
        for act in (desk.syncing.once, desk.syncing.compare):
            with pytest.raises(SyncError) as caught:
                act()
            assert (SyncTrouble.UNKNOWN_DEVICE, "no_hub") == (caught.value.kind, caught.value.detail)
        assert "unknown_device" == desk.syncing.go().trouble
    finally:
        desk.close()


def test_a_desk_that_closes_ends_the_exchange_at_its_next_message(
    office: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = office
    syncing = Syncing(
        StoreRunner(desk.store), desk.unlocked.device, desk.unlocked.derive("device identity"), desk.folder
    )
    whole = HubDoor.exchange

    def stopping(door: HubDoor, *words: Any) -> Any:
        syncing.stop()
        return whole(door, *words)

    monkeypatch.setattr(HubDoor, "exchange", stopping)

    assert "offline" == syncing.go().trouble
