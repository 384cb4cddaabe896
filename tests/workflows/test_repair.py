from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.catalog.current import catalog_of
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import instant_of
from app.kernel.rights import Right
from app.kernel.serials import SerialState, check_character
from app.language.speaking import speak
from app.parts.records import StockMove
from app.repairs.queries import finished_days, fitted_under_warranty, lines_of, repair_of
from app.repairs.records import RepairEvent
from app.repairs.rules.lines import LineAction
from app.repairs.rules.serials import Answer, ConcernKind, SerialEntry, SerialStop, Slot
from app.repairs.rules.stages import LabourKind, Outcome, State
from app.repairs.rules.uses import PartConcernKind, PartStop, PartUse, check_part
from app.store.bases import Operation
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.units.actions import UnitDraft, register_unit
from app.units.queries import component_home, unit_of
from app.units.records import UnitEvent
from app.workflows import repair as workflow
from app.workflows.pictures import keep_picture
from app.workflows.repair import open_repair, undo_line, use_part
from app.workflows.repair_facts import serial_concerns
from tests.bench_pack import (
    BOILER,
    GRINDER_DISCS,
    NEW_BOILER,
    NEW_VALVE,
    OLD_BOILER,
    OLD_VALVE,
    SEAL,
    VALVE,
    component,
)
from tests.kernel.test_filetypes import png
from tests.repair_bench import ELSEWHERE, PHOTO, Bench
from tests.stores import EVERYTHING, actor


@pytest.fixture
def bench(desk_store: ThreadStore) -> Iterator[Bench]:
    yield Bench(desk_store)


def test_a_part_used_is_stock_serials_and_warranty_in_one_act(bench: Bench) -> None:
    before = bench.count(Operation)

    made = bench.use()

    line = made.line
    assert (1, 1, "F-02") == (bench.level(), made.left, made.form)
    assert [(NEW_BOILER, "checked"), (VALVE, "checked")] == bench.inside()
    assert ("covered", "covered", "not_covered") == (line.parts_verdict, line.labour_verdict, line.travel_verdict)
    assert ("PT-BUSINESS", 7) == (line.policy, line.policy_version)
    assert line.sentence
    expected = "In warranty until 11 Jun 2028: Averdell pays parts and labour, not travel."
    assert expected == speak(line.sentence, "en")
    assert before + 4 == bench.count(Operation)
    assert State.IN_REPAIR == bench.ask(repair_of, bench.repair).state
    assert [made.event] == [each.event for each in bench.ask(lines_of, bench.repair)]


@pytest.mark.parametrize(
    "where", ["stock.issue_parts", "units.take_component", "units.fit_component", "repairs.add_line"]
)
def test_a_failure_anywhere_in_the_act_leaves_nothing_at_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    counts = [bench.count(each) for each in (Operation, StockMove, UnitEvent, RepairEvent)]
    room, name = where.split(".")
    real = getattr(getattr(workflow, room), name)

    def fails(*args: Any, **named: Any) -> None:
        real(*args, **named)
        raise OSError("pulled out")

    monkeypatch.setattr(getattr(workflow, room), name, fails)
    with pytest.raises(OSError, match="pulled out"):
        bench.use()

    assert counts == [bench.count(each) for each in (Operation, StockMove, UnitEvent, RepairEvent)]
    assert 2 == bench.level()
    assert [(OLD_BOILER, "checked"), (VALVE, "checked")] == bench.inside()


def test_taking_a_line_back_takes_back_movement_components_and_decision(bench: Bench) -> None:
    made = bench.use()

    bench.store.write(EVERYTHING, undo_line, (bench.repair, made.event), {"reason": "wrong machine"})

    assert 2 == bench.level()
    assert [(OLD_BOILER, "checked"), (VALVE, "checked")] == bench.inside()
    assert () == bench.ask(lines_of, bench.repair)
    assert State.LOGGED == bench.ask(repair_of, bench.repair).state
    with pytest.raises(UserError) as caught:
        bench.store.write(EVERYTHING, undo_line, (bench.repair, made.event))
    assert Trouble.MISSING is caught.value.kind


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("BL26170042K", ConcernKind.CHECK, "The last character does not match the others. Read it once more."),
        ("LB26170042S", ConcernKind.CHECK, "Two digits may be swapped: BL-2617-0042-S?"),
        ("boiler", ConcernKind.SHAPE, "This is not a component number."),
        (VALVE, ConcernKind.WRONG_TYPE, "PR-2612-0905-E is not the number of this part: Boiler 11 l."),
        (ELSEWHERE, ConcernKind.ELSEWHERE, "is recorded in machine FD2A-2617-00429-L."),
        (OLD_BOILER, ConcernKind.HERE_ALREADY, "BL-2617-0042-S is in this machine already."),
    ],
)
def test_an_odd_number_stops_the_step_once_and_says_why(
    bench: Bench, typed: str, kind: ConcernKind, words: str
) -> None:
    with pytest.raises(SerialStop) as caught:
        bench.use(new=SerialEntry(typed))

    assert ([kind], "new") == ([each.kind for each in caught.value.concerns], caught.value.field)
    assert words in speak(caught.value.concerns[0].message, "en")
    assert 2 == bench.level()
    assert caught.value.concerns == bench.ask(serial_concerns, bench.repair, BOILER, Slot.NEW, typed)


def test_what_stands_on_the_part_is_recorded_as_not_confirmed_with_its_photo(bench: Bench) -> None:
    made = bench.use(new=SerialEntry(ELSEWHERE, again="bl 2617 0100 " + ELSEWHERE[-1], photo=PHOTO,
                                     answer=Answer.STANDS_ON_PART))  # fmt: skip

    assert (ELSEWHERE, "not_confirmed", PHOTO) == (made.line.new_serial, made.line.new_state, made.line.photo)
    assert [(ELSEWHERE, "not_confirmed"), (VALVE, "checked")] == bench.inside()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (SerialEntry(ELSEWHERE, again=NEW_BOILER, photo=PHOTO, answer=Answer.STANDS_ON_PART), "again"),
        (SerialEntry(ELSEWHERE, again=ELSEWHERE, answer=Answer.STANDS_ON_PART), "photo"),
        (SerialEntry(""), "new"),
    ],
)
def test_the_way_on_asks_for_the_same_number_twice_and_a_photo(bench: Bench, entry: SerialEntry, field: str) -> None:
    with pytest.raises(UserError) as caught:
        bench.use(new=entry)

    assert field == caught.value.field


def test_a_number_that_nobody_can_read_is_recorded_as_such(bench: Bench) -> None:
    made = bench.use(new=SerialEntry(answer=Answer.NO_LEGIBLE))

    assert ("", SerialState.NO_LEGIBLE.value) == (made.line.new_serial, made.line.new_state)
    assert [("", "no_legible"), (VALVE, "checked")] == bench.inside()


def test_an_old_number_that_is_not_the_recorded_one_is_asked_and_takes_its_place_out(bench: Bench) -> None:
    stranger = component("BL", "2617", "0077")

    with pytest.raises(SerialStop) as caught:
        bench.use(old=SerialEntry(stranger))
    bench.use(old=SerialEntry(stranger, again=stranger, photo=PHOTO, answer=Answer.STANDS_ON_PART))

    assert [ConcernKind.OTHER_RECORDED] == [each.kind for each in caught.value.concerns]
    assert [(NEW_BOILER, "checked"), (VALVE, "checked")] == bench.inside()


def test_a_part_of_a_recalled_lot_stays_shut_whatever_is_answered(bench: Bench) -> None:
    recalled = component("PR", "2612", "0999")
    entry = SerialEntry(recalled, again=recalled, photo=PHOTO, answer=Answer.STANDS_ON_PART)

    with pytest.raises(SerialStop) as caught:
        bench.use(NEW_VALVE, old=SerialEntry(VALVE), new=entry)

    assert [(ConcernKind.RECALLED, True)] == [(each.kind, each.shut) for each in caught.value.concerns]


def test_a_superseded_part_offers_the_current_one_and_may_still_be_used_up(bench: Bench) -> None:
    fitted = component("PR", "2633", "0148")

    with pytest.raises(PartStop) as caught:
        bench.use(OLD_VALVE, old=SerialEntry(VALVE), new=SerialEntry(fitted))
    bench.use(OLD_VALVE, old=SerialEntry(VALVE), new=SerialEntry(fitted), anyway=True)

    assert [(PartConcernKind.SUPERSEDED, (NEW_VALVE,))] == [(each.kind, each.offer) for each in caught.value.concerns]
    assert -1 == bench.level(OLD_VALVE)


def test_a_part_that_does_not_fit_the_machine_is_asked_about(bench: Bench) -> None:
    with pytest.raises(PartStop) as caught:
        bench.use(GRINDER_DISCS, old=None, new=None)

    assert [PartConcernKind.DOES_NOT_FIT] == [each.kind for each in caught.value.concerns]


def test_stock_goes_below_zero_and_shows_it(bench: Bench) -> None:
    made = bench.use(SEAL, quantity=3, old=None, new=None)

    assert (-3, -3) == (made.left, bench.level(SEAL))


def test_a_removed_part_leaves_the_machine_and_moves_no_stock(bench: Bench) -> None:
    bench.use(action=LineAction.REMOVE, new=None)

    assert [(VALVE, "checked")] == bench.inside()
    assert 2 == bench.level()


def test_a_recycled_part_comes_back_into_stock(bench: Bench) -> None:
    bench.use(action=LineAction.RECYCLE, new=None, old_fate="stock")

    assert 3 == bench.level()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"quantity": 2}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"place": ""}, "place"),
        ({"new": None}, "new"),
        ({"old": None}, "old"),
    ],
)
def test_what_is_missing_is_named(bench: Bench, more: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as caught:
        bench.use(**more)

    assert field == caught.value.field


def test_an_unknown_number_is_no_part(bench: Bench) -> None:
    with pytest.raises(UserError) as caught:
        bench.use("AV-C-0000-0")

    assert "part" == caught.value.field


def test_a_component_has_one_home_and_it_moves_with_it(bench: Bench) -> None:
    bench.use()

    assert bench.unit == bench.ask(component_home, NEW_BOILER)
    assert "" == bench.ask(component_home, OLD_BOILER)


def test_the_same_part_failing_again_is_covered_since_it_was_fitted_under_warranty(bench: Bench) -> None:
    bench.use()
    later = bench.store.write(EVERYTHING, open_repair, ("", bench.unit), {"reported_on": "2027-01-10"}).result

    again = component("BL", "2640", "0001")
    use = PartUse(LineAction.ADD, BOILER, place=bench.van, old=SerialEntry(NEW_BOILER), new=SerialEntry(again))
    made = bench.store.write(EVERYTHING, use_part, (later, use)).result

    assert any("fitted under warranty" in speak(line, "en") for line in made.decision.why)


def test_a_repair_goes_from_the_intake_to_the_customer(bench: Bench) -> None:
    def state() -> State:
        found: State = bench.ask(repair_of, bench.repair).state
        return found

    def do(action: Any, *args: Any, **named: Any) -> State:
        bench.store.write(EVERYTHING, action, (bench.repair, *args), named)
        return state()

    steps = [
        do(workflow.receive_machine, condition=("SCRATCHED",), accessories=("CABLE",), note="one handle missing"),
        do(workflow.diagnose, symptom="LEAK", fault="SEAL_WORN", cause="MATERIAL", remedy="PART_EXCHANGED"),
        do(workflow.add_labour, kind=LabourKind.REPAIR, minutes=90),
        do(workflow.finish_repair, Outcome.REPAIRED),
        do(workflow.hand_over_machine, to="Sra. Teixeira"),
    ]

    assert [State.RECEIVED, State.DIAGNOSED, State.DIAGNOSED, State.READY, State.HANDED_OVER] == steps
    assert "in_use" == bench.ask(unit_of, bench.unit).status


def test_a_machine_that_cannot_be_repaired_is_no_longer_in_repair_once_it_is_handed_over(bench: Bench) -> None:
    for action, args in (
        (workflow.receive_machine, ()), (workflow.finish_repair, (Outcome.NOT_REPAIRABLE,)),
    ):  # fmt: skip
        bench.store.write(EVERYTHING, action, (bench.repair, *args))
    before = bench.ask(unit_of, bench.unit).status

    bench.store.write(EVERYTHING, workflow.hand_over_machine, (bench.repair,), {"to": "Sra. Teixeira"})

    assert ("in_repair", "in_use") == (before, bench.ask(unit_of, bench.unit).status)


def test_repaired_without_a_remedy_is_refused_with_the_field(bench: Bench) -> None:
    with pytest.raises(UserError) as caught:
        bench.store.write(EVERYTHING, workflow.finish_repair, (bench.repair, Outcome.REPAIRED))

    assert "remedy" == caught.value.field


def test_who_may_not_log_repairs_uses_no_part(bench: Bench) -> None:
    use = PartUse(LineAction.ADD, SEAL, place=bench.van)

    with pytest.raises(UserError) as caught:
        bench.store.write(actor(Right.MOVE_STOCK), use_part, (bench.repair, use))

    assert Trouble.NOT_ALLOWED is caught.value.kind


def test_a_photo_is_kept_and_nothing_else_is_taken_for_one(desk_store: ThreadStore, tmp_path: Path) -> None:
    plate = tmp_path / "plate.png"
    plate.write_bytes(png(40, 30))

    kept = [desk_store.write(EVERYTHING, keep_picture, (each,)).result for each in (png(40, 30), str(plate))]
    with pytest.raises(UserError) as caught:
        desk_store.write(EVERYTHING, keep_picture, (b"%PDF-1.7 not a picture",))

    assert kept[0] == kept[1]
    assert png(40, 30) == desk_store.read(lambda session: session.info["files"].read(kept[0]))
    assert "photo" == caught.value.field


def test_a_photo_that_is_gone_or_endless_is_a_sentence_at_its_field(desk_store: ThreadStore, tmp_path: Path) -> None:
    endless = tmp_path / "film.png"
    with endless.open("wb") as file:
        file.truncate(1 << 40)

    for source in (endless, tmp_path / "gone.png"):
        with pytest.raises(UserError) as caught:
            desk_store.write(EVERYTHING, keep_picture, (str(source),))

        assert Trouble.BAD_INPUT == caught.value.kind


def test_an_old_number_that_is_recorded_in_another_machine_is_asked_about(bench: Bench) -> None:
    with pytest.raises(SerialStop) as caught:
        bench.use(old=SerialEntry(ELSEWHERE))

    assert [ConcernKind.ELSEWHERE] == [each.kind for each in caught.value.concerns]
    assert Slot.OLD is caught.value.slot


def test_a_part_that_several_took_the_place_of_offers_them_all(bench: Bench) -> None:
    old, *newer = (bench.ask(catalog_of).part(number) for number in (OLD_VALVE, NEW_VALVE, BOILER))

    concerns = check_part(old, serial="", current=None, choices=tuple(newer))

    assert [(PartConcernKind.CHOOSE, (NEW_VALVE, BOILER))] == [(each.kind, each.offer) for each in concerns]


def test_a_part_line_that_was_taken_back_does_not_make_the_part_one_fitted_under_warranty(bench: Bench) -> None:
    made = bench.use()
    bench.store.write(EVERYTHING, undo_line, (bench.repair, made.event), {"reason": "the wrong one"})

    assert bench.ask(fitted_under_warranty, bench.unit, NEW_BOILER) is None


def test_a_repair_that_was_finished_twice_counts_once_on_its_last_day(bench: Bench) -> None:
    def finish(work: Work, day: int) -> None:
        work.pretend(instant_of(datetime(2026, 11, day, 12, tzinfo=UTC)))
        workflow.finish_repair(work, bench.repair, Outcome.REPAIRED)

    bench.store.write(EVERYTHING, workflow.diagnose, (bench.repair,), {"remedy": "PART_EXCHANGED"})
    for day in (24, 26):
        bench.store.write(EVERYTHING, finish, (day,))

    assert (date(2026, 11, 26),) == bench.ask(finished_days, bench.unit)


def test_a_part_is_used_in_a_machine_whose_model_nobody_published(bench: Bench) -> None:
    body = "ZZ9A261700001"
    strange = bench.store.write(EVERYTHING, register_unit, (UnitDraft(body + check_character(body)),)).result
    repair = bench.store.write(EVERYTHING, open_repair, ("", strange)).result

    made = bench.store.write(
        EVERYTHING, use_part, (repair, PartUse(LineAction.ADD, SEAL, place=bench.van, anyway=True))
    ).result

    assert "cannot_tell" == made.line.parts_verdict


def test_the_machine_of_a_cancelled_repair_is_in_use_again(bench: Bench) -> None:
    bench.store.write(EVERYTHING, workflow.receive_machine, (bench.repair,))
    bench.store.write(EVERYTHING, workflow.finish_repair, (bench.repair, Outcome.CANCELLED))

    assert "in_use" == bench.ask(unit_of, bench.unit).status


def test_a_repair_is_not_opened_with_a_day_that_is_none(bench: Bench) -> None:
    with pytest.raises(UserError) as caught:
        bench.store.write(EVERYTHING, open_repair, ("", bench.unit), {"reported_on": "yesterday"})

    assert "reported_on" == caught.value.field
