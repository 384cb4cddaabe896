"""The first start with a code, against a real hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.handbook.place import shelf_of
from app.handbook.shelf import chosen_market
from app.kernel.beginnings import Beginning, Founding, Step
from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Role
from app.people.actions import add_staff
from app.people.queries import at_the_desk, staff_list
from app.people.rules import StaffDraft
from app.store.beginning import begin_profile, read_beginning
from app.store.opening import open_store
from app.store.profile import Unlocked
from app.sync.links import link_of
from app.sync.waiting import keep_code, waiting_code
from app.views.sync_light import sync_light
from app.views.sync_page import sync_page
from app.workflows.first_start import FirstStart
from app.workflows.settings import get_setting
from tests.hub.hubs import Hub
from tests.hub.offices import Office

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def bare(tmp_path: Path) -> Unlocked:
    """A profile whose first start stands at the code."""
    begun = Beginning(Step.CONNECT, "en", with_code=True)
    return begin_profile(tmp_path / "desk", begun, passphrase="four words of mine", key_store=False).unlocked


@pytest.fixture
def first(bare: Unlocked) -> FirstStart:
    shelf = shelf_of(bare.profile.folder, sample=False, zone="Europe/Lisbon")
    begun = read_beginning(bare.profile)
    assert begun is not None
    return FirstStart(bare, begun, zone="Europe/Lisbon", shelf=shelf)


@pytest.fixture
def office(hub: Hub, tmp_path: Path) -> Iterator[Office]:
    """Another computer of the business, with one person on its list."""
    office = Office(tmp_path / "office")
    yield office
    office.close()


def url(hub: Hub) -> str:
    return str(hub.http.base_url)


def step(bare: Unlocked) -> Step | None:
    begun = read_beginning(bare.profile)
    return begun.step if begun else None


def test_first_desk_of_a_partner_gets_its_name_from_the_answer(hub: Hub, bare: Unlocked, first: FirstStart) -> None:
    partner = hub.partner()

    known = first.connect(url(hub), hub.code(partner).printed())

    assert (True, f"Partner {partner}", ()) == (known.connected, known.business, known.people)
    assert "PT" == chosen_market(shelf_of(bare.profile.folder, sample=False))
    assert Step.PEOPLE is step(bare)
    first.finish(Founding("pt-PT", known.business, name="Rita", roles=(Role.TECHNICIAN,)))
    with open_store(bare) as store:
        [rita] = store.read(staff_list)
        assert (Role.TECHNICIAN, Role.MANAGER) == rita.roles  # somebody must be able to add the others
        assert rita.id == store.read(at_the_desk)
        assert f"Partner {partner}" == store.read(get_setting, ("partner.name",))
    assert step(bare) is None


def test_second_desk_offers_who_works_there_already(
    hub: Hub, bare: Unlocked, first: FirstStart, office: Office
) -> None:
    partner = hub.partner()
    office.enrol(hub, partner)
    tiago = office.do(add_staff, StaffDraft("Tiago", roles=(Role.TECHNICIAN,)))
    office.sync()

    known = first.connect(url(hub), hub.code(partner).printed())
    first.finish(Founding("en", known.business, colleague=tiago))

    assert ((tiago, "Tiago"),) == known.people
    with open_store(bare) as store:
        assert ([tiago], tiago) == ([each.id for each in store.read(staff_list)], store.read(at_the_desk))


def test_wrong_and_used_codes_leave_everything_as_it_was_and_the_next_one_works(
    hub: Hub, bare: Unlocked, first: FirstStart
) -> None:
    partner = hub.partner()
    used = hub.code(partner)
    hub_desk = hub.desk(partner)
    assert 200 == hub_desk.enrol(used).status_code
    for code in (used.printed(), "AAAAA-AAAAA"):
        with pytest.raises(UserError) as told:
            first.connect(url(hub), code)
        assert "code" == told.value.field
        assert Step.CONNECT is step(bare)

    assert first.connect(url(hub), hub.code(partner).printed()).connected


def test_without_a_network_it_says_so_and_can_be_kept(hub: Hub, bare: Unlocked, first: FirstStart) -> None:
    code = hub.code(hub.partner()).printed()
    with pytest.raises(UserError) as told:
        first.connect(NOBODY, code)
    assert Trouble.OFFLINE is told.value.kind

    first.wait(NOBODY, code)

    assert Step.PEOPLE is step(bare)
    with open_store(bare) as store:
        light = store.read(sync_light, ("", 0))
        page = store.read(sync_page, ("", 0))
    assert (True, "Connects when there is a network") == (light.code_waits, light.headline.msgid)
    assert (True, NOBODY) == (page.code_waits, page.address_before)


@pytest.mark.parametrize(("address", "code", "field"), [("averdell", None, "address"), (NOBODY, "AAAAA", "code")])
def test_what_cannot_be_right_is_not_kept(
    hub: Hub, bare: Unlocked, first: FirstStart, address: str, code: str | None, field: str
) -> None:
    with pytest.raises(UserError) as told:
        first.wait(address, code or hub.code(hub.partner()).printed())

    assert field == told.value.field
    assert Step.CONNECT is step(bare)


def test_code_that_waited_is_used_when_there_is_a_network(hub: Hub, office: Office) -> None:
    partner = hub.partner()
    office.do(keep_code, NOBODY, hub.code(partner).printed())
    assert office.syncing.enrol_waiting() is None
    assert office.ask(waiting_code).code  # no network: it waits on
    code = office.ask(waiting_code).code
    office.do(keep_code, url(hub), code)

    link = office.syncing.enrol_waiting()

    assert link is not None and partner == link.partner
    assert office.ask(waiting_code) is None
    assert office.syncing.enrol_waiting() is None


def test_code_that_waited_too_long_is_dropped_and_its_address_stays(hub: Hub, office: Office) -> None:
    code = hub.code(hub.partner())
    with hub.owner() as connection:
        connection.execute("UPDATE maker.code SET expires_at = 1 WHERE name = %s", (code.name,))
    office.do(keep_code, url(hub), code.printed())

    assert office.syncing.enrol_waiting() is None

    light = office.ask(sync_light, "", 0)
    assert (False, "The code is not good any more") == (light.code_waits, light.headline.msgid)
    assert ("", url(hub)) == (office.ask(waiting_code).code, office.ask(waiting_code).address)
    assert office.ask(link_of) is None


def test_desk_that_is_connected_by_hand_forgets_the_code_that_waits(hub: Hub, office: Office) -> None:
    office.do(keep_code, NOBODY, hub.code(hub.partner()).printed())

    office.enrol(hub, hub.partner())

    assert office.ask(waiting_code) is None
