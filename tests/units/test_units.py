from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.kernel.errors import UserError
from app.kernel.happenings import Happening
from app.kernel.ids import new_id
from app.kernel.serials import SerialState
from app.language.speaking import speak
from app.store.remote import Remote
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.units.actions import UnitDraft, edit_unit, register_unit
from app.units.queries import components_of, happenings_of, unit_by_serial, unit_of, unit_page, units_like
from app.units.records import Component, UnitEvent, project_components
from app.units.rules import fold_components
from tests.bench_pack import FD2, NEW_BOILER, OLD_BOILER, OTHER, VALVE
from tests.stores import EVERYTHING


def register(store: ThreadStore, serial: str = FD2, **said: str) -> str:
    unit: str = store.write(EVERYTHING, register_unit, (UnitDraft(serial, **said),)).result
    return unit


@pytest.mark.parametrize(
    "typed",
    [
        FD2,
        "fd2a-2617-00428-n",
        "FD2A 2617 OO428 N",
        "FD2A\u0662\u0666\u0661\u066700428N",
        "ＦＤ２Ａ２６１７００４２８Ｎ",
    ],
)
def test_a_serial_is_found_however_it_was_typed_or_scanned(desk_store: ThreadStore, typed: str) -> None:
    unit = register(desk_store)

    found = desk_store.read(unit_by_serial, (typed,))

    assert (unit, "FD2A-2617-00428-N", "FD2", "2617") == (found.id, found.printed, found.model, found.made_week)


def test_a_number_with_a_wrong_check_is_taken_when_typed_twice_and_marked(desk_store: ThreadStore) -> None:
    wrong = FD2[:-1] + "K"

    with pytest.raises(UserError) as once:
        register(desk_store, wrong)
    unit = register(desk_store, wrong, again="FD2A-2617-00428-K")

    assert "again" == once.value.field
    assert SerialState.NOT_CONFIRMED == desk_store.read(unit_of, (unit,)).serial_state


def test_a_number_with_a_wrong_check_leads_to_the_machine_that_was_registered_with_it(desk_store: ThreadStore) -> None:
    wrong = FD2[:-1] + "K"
    unit = register(desk_store, wrong, again=wrong)

    found = desk_store.read(unit_by_serial, ("FD2A-2617-00428-K",))

    assert unit == found.id


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_nobody_can_mean_is_refused_with_its_field(desk_store: ThreadStore, day: str) -> None:
    with pytest.raises(UserError) as caught:
        register(desk_store, purchased_on=day)

    assert "purchased_on" == caught.value.field


def test_another_shape_is_no_machine(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError) as caught:
        register(desk_store, "12345")

    assert "serial" == caught.value.field
    assert "FD2A-2617-00428-N" in speak(caught.value.message, "en")


def test_a_machine_that_is_here_is_not_registered_twice(desk_store: ThreadStore) -> None:
    register(desk_store)

    with pytest.raises(UserError) as caught:
        register(desk_store, "fd2a-2617-00428-n")

    assert "serial" == caught.value.field


def test_the_same_serial_from_another_device_is_flagged_on_the_later_one(desk_store: ThreadStore) -> None:
    mine = register(desk_store)

    def arrives(work: Work) -> str:
        made = Remote("unit", new_id(), 1, {"serial": FD2, "created_at": 1})
        work.take_page([made], start=0, to=1)
        return made.key

    theirs = desk_store.write(EVERYTHING, arrives).result

    assert ["", theirs] == [desk_store.read(unit_of, (each,)).duplicate_of for each in (theirs, mine)]
    assert theirs == desk_store.read(unit_by_serial, (FD2,)).id


def test_four_signs_of_a_serial_are_enough(desk_store: ThreadStore) -> None:
    first = register(desk_store)
    register(desk_store, OTHER)

    assert [FD2] == [each.serial for each in desk_store.read(units_like, ("428N",))]
    assert [OTHER] == [each.serial for each in desk_store.read(unit_page, (), {"after": first})]
    assert 2 == len(desk_store.read(lambda session: unit_page(session)))


def test_a_new_owner_is_an_event_of_the_machines_life(desk_store: ThreadStore) -> None:
    unit = register(desk_store, owner="c1")

    desk_store.write(EVERYTHING, edit_unit, (unit,), {"owner": "c2", "delivered_on": "2026-06-12"})

    seen = desk_store.read(unit_of, (unit,))
    assert ("c2", "2026-06-12") == (seen.owner, seen.delivered_on)
    assert ["owner_changed", "registered"] == [each.kind for each in desk_store.read(happenings_of, (unit,))]


@pytest.mark.parametrize("day", ["11.6.2026", "2026-02-30", "yesterday"])
def test_a_day_that_is_none_is_refused_with_its_field(desk_store: ThreadStore, day: str) -> None:
    with pytest.raises(UserError) as caught:
        register(desk_store, installed_on=day)

    assert "installed_on" == caught.value.field


serials = st.sampled_from((OLD_BOILER, NEW_BOILER, VALVE, ""))


@st.composite
def lives(draw: st.DrawFn) -> list[Happening]:
    events: list[Happening] = []
    for at in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(("component_in", "component_in", "component_out", "component_undone")))
        serial = draw(serials)
        body = {"serial": serial, "type": serial[:2] or "BL", "state": "checked" if serial else "no_legible"}
        corrects = draw(st.sampled_from([each.id for each in events])) if kind == "component_undone" and events else ""
        events.append(
            Happening(new_id(), kind, at, "UTC", body if kind != "component_undone" else {"reason": ""}, corrects)
        )
    return events


@given(lives(), st.randoms(use_true_random=False))
def test_components_are_the_same_in_whatever_order_the_events_arrive(events: list[Happening], chance: Any) -> None:
    shuffled = events[:]
    chance.shuffle(shuffled)

    assert fold_components(events) == fold_components(shuffled)


def test_rebuilding_the_components_gives_what_was_kept_up_event_by_event(desk_store: ThreadStore) -> None:
    def live(work: Work, events: list[Happening]) -> None:
        for each in events:
            work.add_event(UnitEvent, "u1", each.kind, dict(each.body), at=each.at + 1, corrects_id=each.corrects)

    def kept(session: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.execute(select(Component.__table__).order_by(Component.id))]

    def rebuild(work: Work) -> list[tuple[Any, ...]]:
        work.session.connection().info["door"] = True
        work.session.execute(text("DELETE FROM component"))
        project_components(work.session.connection(), list(work.session.scalars(select(UnitEvent.id))))
        return kept(work.session)

    old = {"serial": OLD_BOILER, "type": "BL", "state": "checked"}
    valve = {"serial": VALVE, "type": "PR", "state": "not_confirmed"}
    history = [
        Happening("", "component_in", 0, body={**old, "factory": True}),
        Happening("", "component_in", 3, body={**old, "serial": NEW_BOILER}),
        Happening("", "component_out", 1, body={**old, "fate": "return"}),
        Happening("", "component_in", 2, body=valve),
    ]
    for each in history:
        desk_store.write(EVERYTHING, live, ([each],))
    step_by_step = desk_store.read(kept)

    assert step_by_step == desk_store.write(EVERYTHING, rebuild).result
    assert [NEW_BOILER, VALVE] == [each.serial for each in desk_store.read(components_of, ("u1",))]
