from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.content.shelf import install_pack
from app.kernel.errors import UserError
from app.kernel.messages import Message
from app.kernel.serials import SerialState
from app.kernel.slips import printed_number
from app.language.speaking import speak
from app.parts.rules import Level
from app.repairs.rules.serials import Answer, SerialEntry
from app.repairs.rules.stages import MOVES, Outcome, State
from app.sop.actions import start_run, stop_run, tick_step
from app.sop.rules import TickKind
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.tickets.actions import open_ticket
from app.tickets.queries import story
from app.tickets.rules import TicketDraft, TicketKind
from app.units.actions import edit_unit
from app.units.records import Unit
from app.views.before_signing import Go, Weight
from app.views.moments import HOUR
from app.views.parts_page import part_detail, parts_page
from app.views.repair_choices import diagnosis_choices, intake_choices, part_choices, stock_places
from app.views.repair_page import RepairPage, repair_page
from app.views.sop_run import sop_page
from app.views.ticket_page import ticket_page
from app.views.unit_page import NoUnit, UnitPage, unit_counts, unit_page, unit_rows
from app.warranty.rules.facts import Verdict
from app.workflows import repair as workflow
from tests.bench_pack import (
    BOILER,
    FD2,
    NEW_BOILER,
    NEW_VALVE,
    OLD_BOILER,
    OLD_VALVE,
    SEAL,
    VALVE,
    bench_pack,
    component,
    policy_item,
)
from tests.repair_bench import ELSEWHERE, PHOTO, Bench
from tests.stores import EVERYTHING, KEY


@pytest.fixture
def bench(desk_store: ThreadStore) -> Bench:
    return Bench(desk_store)


def words(text: Message | str | None) -> str:
    return speak(text, "en") if isinstance(text, Message) else text or ""


def unit(bench: Bench, wanted: str = "") -> Any:
    return bench.ask(unit_page, wanted or bench.unit, "en")


def repair(bench: Bench) -> RepairPage:
    page: RepairPage = bench.ask(repair_page, bench.repair, "en")
    return page


def twice(bench: Bench) -> str:
    """The id of the same machine as another computer registered it, which is known only after an exchange."""

    def registered(work: Work) -> str:
        again = Unit(serial=FD2, model="FD2")
        work.session.add(again)
        work.session.flush()
        return again.id

    made: str = bench.store.write(EVERYTHING, registered).result
    return made


def do(bench: Bench, action: Any, *args: Any, **named: Any) -> None:
    bench.store.write(EVERYTHING, action, (bench.repair, *args), named)


def test_a_machine_is_shown_with_warranty_components_and_its_open_repair(bench: Bench) -> None:
    page = unit(bench, "fd2a 2617 00428 n")

    assert isinstance(page, UnitPage)
    assert ("FD2A-2617-00428-N", "Forge two-group", bench.repair) == (page.serial, page.model, page.open_repair)
    assert Verdict.COVERED is page.warranty.verdict
    assert words(page.warranty.source).startswith("Policy PT-BUSINESS, version 7, checked 1 Jan 2026.")
    shown = [(each.name, each.serial, each.since, each.state) for each in page.components]
    assert [("Boiler", "BL-2617-0042-S", None, SerialState.CHECKED),
            ("Relief valve", "PR-2612-0905-E", None, SerialState.CHECKED)] == shown  # fmt: skip


def test_the_life_of_a_machine_tells_repairs_owners_and_its_registration_newest_first(bench: Bench) -> None:
    bench.use()
    bench.store.write(EVERYTHING, edit_unit, (bench.unit,), {"owner": "c1"})

    page = unit(bench)

    assert ["New owner: not known", "Boiler 11 l exchanged", "Registered here"] == [words(e.title) for e in page.life]
    assert ("repair", bench.repair, True) == (page.life[1].place, page.life[1].argument, page.life[1].running)


def test_a_component_that_nobody_recorded_is_named_as_such(bench: Bench) -> None:
    rows = unit(bench, bench.other).components

    assert [("Boiler", SerialState.CHECKED), ("Relief valve", None)] == [(each.name, each.state) for each in rows]


def test_a_slip_is_put_as_a_question_that_leads_to_the_machine(bench: Bench) -> None:
    swapped = FD2[:10] + FD2[11] + FD2[10] + FD2[12:]

    found = unit(bench, swapped)

    assert isinstance(found, NoUnit)
    assert "Two digits may be swapped: FD2A-2617-00428-N?" == words(found.question)
    assert ("FD2A-2617-00428-N", True, True) == (found.meant, found.known, found.may_register)


def test_the_number_of_a_component_leads_to_its_machine_and_nonsense_to_nothing(bench: Bench) -> None:
    inside, nonsense = unit(bench, "BL-2617-0042-S"), unit(bench, "hello")

    assert bench.unit == inside.inside
    assert (None, False, "") == (nonsense.question, nonsense.may_register, nonsense.inside)


def test_machines_are_listed_by_serial_and_counted(bench: Bench) -> None:
    rows = bench.ask(unit_rows, None, 10, "en")
    first = rows[0].id

    assert ["FD2A-2617-00428-N", "FD2A-2617-00429-L"] == [each.serial for each in rows]
    assert ["FD2A-2617-00429-L"] == [each.serial for each in bench.ask(unit_rows, first, 10, "en")]
    assert ["FD2A-2617-00429-L"] == [each.serial for each in bench.ask(unit_rows, None, 10, "en", "429")]
    assert (2, (("FD2", "Forge two-group", 2),)) == (lambda c: (c.all, c.models))(bench.ask(unit_counts, "en"))


def test_each_state_of_a_repair_has_one_next_step(bench: Bench) -> None:
    steps = [repair(bench).next.go]
    for act in (
        lambda: do(bench, workflow.receive_machine),
        lambda: do(bench, workflow.diagnose, symptom="LEAK", cause="MATERIAL", remedy="PART_EXCHANGED"),
        lambda: bench.use(),
        lambda: do(bench, workflow.finish_repair, Outcome.REPAIRED),
        lambda: do(bench, workflow.hand_over_machine, to="Sra. Teixeira"),
    ):
        act()
        steps.append(repair(bench).next.go)

    assert [Go.RECEIVE, Go.DIAGNOSE, Go.ADD_PART, Go.FINISH, Go.SIGN, Go.TICKET] == steps


def test_parts_pairs_and_who_pays_are_shown_as_decided(bench: Bench) -> None:
    bench.use()

    page = repair(bench)

    assert [("Boiler 11 l", BOILER, "Van Tiago", 1, "Fitted", False, "F-02")] == [
        (row.name, row.number, row.place, row.quantity, words(row.action), row.short, row.form) for row in page.parts
    ]
    (pair,) = page.pairs
    assert pair.old and pair.new
    assert ("BL-2617-0042-S", "Was in this machine", "Number checked", None) == (
        pair.old.number, words(pair.old.words), words(pair.new.words), pair.note,
    )  # fmt: skip
    assert ["Averdell", "Averdell", "Customer"] == [words(each.payer) for each in page.pays]
    assert [("Boiler 11 l", "BL-2617-0042-S", "Send back")] == [(n, s, words(f)) for n, s, f in page.old_parts]


def test_a_number_that_is_not_confirmed_is_said_and_stops_nothing(bench: Bench) -> None:
    bench.use(new=SerialEntry(ELSEWHERE, again=ELSEWHERE, photo=PHOTO, answer=Answer.STANDS_ON_PART))

    page = repair(bench)

    assert page.pairs[0].note
    assert "Boiler: number not confirmed" in [words(e.words) for e in page.checks if e.weight is Weight.UNSURE]
    assert "unsure" in [each.how.value for each in page.stages]


def test_a_checklist_that_a_part_asks_for_stands_before_the_signature_until_it_is_done(bench: Bench) -> None:
    do(bench, workflow.receive_machine)
    do(bench, workflow.diagnose, symptom="LEAK", cause="MATERIAL", remedy="PART_EXCHANGED")
    fitted = SerialEntry(component("PR", "2633", "0148"))
    bench.use(NEW_VALVE, old=SerialEntry(VALVE), new=fitted)
    seen = [checklist(bench)]

    run = bench.store.write(EVERYTHING, start_run, (), {"procedure": "SOP-T", "repair": bench.repair}).result
    bench.store.write(EVERYTHING, tick_step, (run, "lock", TickKind.DONE))
    seen.append(checklist(bench))
    next_step = repair(bench).next
    bench.store.write(EVERYTHING, stop_run, (run, "customer took it away"))
    seen.append(checklist(bench))

    assert [("SOP-T not started", "Its safety steps cannot be skipped.", Weight.STOP),
            ("SOP-T open", "8 steps still to do.", Weight.STOP),
            ("SOP-T stopped", "Stopped with a reason; the form says so.", Weight.UNSURE)] == seen  # fmt: skip
    assert ("Go on with step 2", Go.RUN, run) == (words(next_step.words), next_step.go, next_step.run)


def checklist(bench: Bench) -> tuple[str, str, Weight]:
    """The line about the checklist."""
    check = next(each for each in repair(bench).checks if each.procedure)
    return words(check.words), words(check.line), check.weight


def test_a_number_that_nobody_could_read_is_said_before_the_signature(bench: Bench) -> None:
    bench.use(new=SerialEntry(answer=Answer.NO_LEGIBLE))

    assert "Boiler: no number can be read" in [words(each.words) for each in repair(bench).checks]


def test_a_repair_on_site_has_no_intake_and_no_hand_over_stage(bench: Bench) -> None:
    bench.repair = bench.store.write(
        EVERYTHING, workflow.log_repair, (bench.other,), {"title": "Cold", "on_site": True}
    ).result

    page = repair(bench)

    assert ["Diagnosed", "Parts fitted", "Testing", "Signed"] == [words(each.words) for each in page.stages]
    assert Go.DIAGNOSE is page.next.go


def test_stock_below_zero_is_said_before_the_signature(bench: Bench) -> None:
    bench.use(SEAL, quantity=2, old=None, new=None)

    page = repair(bench)

    assert page.parts[0].short
    assert "Seal ring 52 mm was not booked in" in [words(each.words) for each in page.checks]


def test_a_repair_made_for_a_ticket_bears_its_title_and_number(bench: Bench) -> None:
    draft = TicketDraft(TicketKind.MAINTENANCE, "Boiler leaks", unit=bench.unit)
    ticket = bench.store.write(EVERYTHING, open_ticket, (draft,)).result
    bench.repair = bench.store.write(EVERYTHING, workflow.open_repair, (ticket, bench.unit)).result

    page = repair(bench)

    assert ("Boiler leaks", ticket) == (page.title, page.ticket)
    assert page.number
    assert ["filed", "opened"] == [each.kind for each in bench.ask(story, ticket)]


def test_a_repair_that_is_not_here_is_said_in_words(bench: Bench) -> None:
    with pytest.raises(UserError):
        bench.ask(repair_page, "nothing", "en")


def test_codes_are_proposed_most_used_first(bench: Bench) -> None:
    do(bench, workflow.diagnose, symptom="COLD")

    choices = bench.ask(diagnosis_choices, bench.repair, "en")

    assert [("COLD", 1), ("LEAK", 0)] == [(each.code, each.used) for each in choices.symptom]
    condition, accessory = bench.ask(intake_choices, "en")
    assert (("SCRATCHED", "Scratched"), "PORTAFILTER") == (condition[0], accessory[0][0])


def test_parts_for_a_machine_are_those_that_fit_and_older_numbers_lead_to_the_new_one(bench: Bench) -> None:
    fitting = bench.ask(part_choices, bench.repair, "", "en")
    asked = bench.ask(part_choices, bench.repair, OLD_VALVE, "en")

    assert {BOILER, SEAL, NEW_VALVE} == {each.number for each in fitting}
    assert {(OLD_VALVE, NEW_VALVE), (NEW_VALVE, "")} == {(each.number, each.newer) for each in asked}
    boiler = next(each for each in fitting if each.number == BOILER)
    assert (2, ("BL-2617-0042-S",), "Boiler") == (boiler.total, boiler.recorded, boiler.type_name)
    assert ["Van Tiago"] == [each.name for each in bench.ask(stock_places)]


def test_parts_are_listed_with_places_floor_and_level(bench: Bench) -> None:
    page = bench.ask(parts_page, "en")
    rows = {row.number: row for row in page.rows}

    assert ["Van Tiago"] == [each.name for each in page.places]
    assert ((2,), 2, 1, Level.ENOUGH) == (lambda r: (r.at, r.total, r.floor, r.level))(rows[BOILER])
    assert Level.GONE is rows[SEAL].level
    assert OLD_VALVE not in rows


def test_the_chosen_part_shows_fit_predecessor_and_movements(bench: Bench) -> None:
    bench.use()
    boiler, valve = bench.ask(part_detail, BOILER, "en"), bench.ask(part_detail, NEW_VALVE, "en")

    assert [("Used in a repair, from Van Tiago", -1, False), ("Received at Van Tiago", 2, True)] == [
        (words(each.words), each.quantity, each.may_reverse) for each in boiler.moves
    ]
    facts = {words(label): words(value) for label, value in boiler.facts}
    assert ("FD2", "1 by contract", "each piece, form F-02") == (facts["Fits"], facts["Hold"], facts["Serial"])
    assert ((OLD_VALVE,), ("PR2612",)) == (valve.older, valve.lots)
    assert None is bench.ask(part_detail, "AV-C-0000-0", "en")


def test_the_page_follows_an_undone_line(bench: Bench) -> None:
    made = bench.use()
    do(bench, workflow.undo_line, made.event)

    page = repair(bench)

    assert ((), ()) == (page.parts, page.pairs)
    assert [OLD_BOILER, VALVE] == [serial for serial, _ in bench.inside()]
    assert NEW_BOILER not in [serial for serial, _ in bench.inside()]


def standing(bench: Bench) -> list[tuple[str, str]]:
    return [(words(each.words), each.how.value) for each in repair(bench).stages]


def test_a_repair_that_waits_says_so_in_its_place_and_why(bench: Bench) -> None:
    do(bench, workflow.receive_machine)
    do(bench, workflow.move_repair, State.AWAITING_PARTS, reason="Boiler on order")

    page = repair(bench)

    assert [("Received", "done"), ("Waiting for parts", "here"), ("Diagnosed", "open")] == standing(bench)[:3]
    assert ("Waiting for parts", "Boiler on order", True) == (words(page.state), page.reason, page.waiting)
    assert State.AWAITING_PARTS not in [state for state, _ in page.moves]


def test_what_happens_next_ends_the_waiting_and_its_reason(bench: Bench) -> None:
    do(bench, workflow.move_repair, State.AWAITING_PARTS, reason="Boiler on order")
    bench.use()

    page = repair(bench)

    assert ("In repair", "", False) == (words(page.state), page.reason, page.waiting)
    assert ("Received", "here") == standing(bench)[0]


def test_a_repair_that_is_tested_stands_at_testing_although_no_part_was_fitted(bench: Bench) -> None:
    do(bench, workflow.receive_machine)
    do(bench, workflow.diagnose, symptom="NO_HEAT")
    do(bench, workflow.move_repair, State.TESTING)

    assert [("Parts fitted", "done"), ("Testing", "here"), ("Signed", "open")] == standing(bench)[2:5]


def test_a_closed_repair_is_nowhere_and_can_be_taken_up_again(bench: Bench) -> None:
    do(bench, workflow.receive_machine)
    do(bench, workflow.move_repair, State.CLOSED, reason="Customer took it unrepaired")
    closed, status = repair(bench), unit(bench).seen.status

    do(bench, workflow.move_repair, State.IN_REPAIR)

    assert "here" not in [each.how.value for each in closed.stages]
    assert ("in_use", "in_repair") == (status, unit(bench).seen.status)
    assert ([*MOVES[:-1]], True, False) == ([state for state, _ in closed.moves], closed.over, repair(bench).over)


def test_a_repair_that_was_handed_over_is_not_moved(bench: Bench) -> None:
    do(bench, workflow.hand_over_machine, to="Sr. Antunes")

    assert () == repair(bench).moves


def test_a_cause_that_the_policy_does_not_pay_for_is_said_on_the_machine_and_before_any_part(bench: Bench) -> None:
    do(bench, workflow.diagnose, cause="LIMESCALE")

    assert ["Limescale is not a fault of the machine."] * 2 == [unit(bench).warranty.exclusion, repair(bench).exclusion]
    assert "" == unit(bench, bench.other).warranty.exclusion


def test_a_machine_that_was_registered_twice_leads_to_the_other_one(bench: Bench) -> None:
    second = twice(bench)

    pages = [unit(bench), unit(bench, second)]

    assert [(second, "first one: work"), (bench.unit, "goes on with the first")] == [
        (page.twin, part)
        for page, part in zip(pages, ("first one: work", "goes on with the first"), strict=True)
        if part in words(page.notice)
    ]


def test_two_machines_with_one_number_are_both_listed_where_a_page_ends_between_them(bench: Bench) -> None:
    def arrives(work: Work) -> None:
        work.session.add(Unit(serial=FD2, model="FD2"))

    bench.store.write(EVERYTHING, arrives)

    first = bench.ask(unit_rows, None, 1, "en")[0]
    rest = bench.ask(unit_rows, first.id, 10, "en")

    assert ["FD2A-2617-00428-N"] * 2 == [first.serial, rest[0].serial]


def test_a_life_and_its_warranty_are_told_in_the_days_of_the_desk(store_path: Path) -> None:
    """Early in the morning in New Zealand it is the day before in UTC."""
    store = ThreadStore(store_path, KEY, reader=False, zone="Pacific/Auckland")
    bench = Bench(store)

    repair = next(each for each in unit(bench).life if each.place == "repair")
    store.close()

    assert "Pacific/Auckland" == repair.zone


def test_a_hidden_fault_counts_from_the_day_on_which_the_repair_says_that_it_was_found(bench: Bench) -> None:
    legal = {"days": 90, "start_event": "discovery", "owed_by": "seller"}
    hidden = policy_item("PT-CONSUMER", ["consumer"], legal)
    newer = replace(hidden, version=8, body=hidden.body)
    published = bench_pack()
    bench.store.write(EVERYTHING, install_pack, (replace(published, version=2, items=(*published.items, newer)),))
    bench.store.write(EVERYTHING, edit_unit, (bench.unit,), {"customer_kind": "consumer", "purchased_on": "2020-01-10"})
    before = words(repair(bench).sentence)

    do(bench, workflow.diagnose, symptom="LEAK", found_on="2026-11-20")

    assert "Cannot tell yet: the day on which the fault was found is missing." == before
    assert repair(bench).sentence.msgid.startswith("Legal guarantee until")


LATE = 1_844_379_000_000_000  # 2028-06-11 23:30 UTC: in Lisbon the day after the warranty ended has begun


def test_a_warranty_ends_with_the_day_of_this_desk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = []
    for moment in (LATE - HOUR, LATE):
        monkeypatch.setattr("app.views.unit_page.now", lambda moment=moment: moment)
        verdicts.append(unit(bench).warranty.verdict)

    assert [Verdict.COVERED, Verdict.CANNOT_TELL] == verdicts


def test_days_in_the_life_of_a_machine_are_those_of_this_desk(bench: Bench) -> None:
    zones = {each.zone for each in unit(bench).life if each.place == "repair"}

    assert {"Europe/Lisbon"} == zones


def test_the_day_of_the_last_count_is_that_of_this_desk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bench.ask(parts_page, "en").counted_on
    monkeypatch.setattr("app.views.parts_page.last_counted", lambda session: LATE)

    assert ("", "2028-06-12") == (before, bench.ask(parts_page, "en").counted_on)


def test_the_story_of_a_ticket_tells_what_happened_in_its_repairs(bench: Bench) -> None:
    unit_id, draft = bench.other, TicketDraft(TicketKind.MAINTENANCE, "Cold")
    ticket = bench.store.write(EVERYTHING, open_ticket, (draft,)).result
    bench.repair = bench.store.write(EVERYTHING, workflow.open_repair, (ticket, unit_id)).result
    do(bench, workflow.receive_machine, note="one handle missing")
    do(bench, workflow.diagnose, symptom="LEAK", cause="MATERIAL", remedy="PART_EXCHANGED")
    bench.use(old=SerialEntry(ELSEWHERE))
    do(bench, workflow.finish_repair, Outcome.REPAIRED)
    do(bench, workflow.hand_over_machine, to="Sra. Teixeira")

    told = bench.ask(ticket_page, ticket).story

    assert [
        "This desk gave the machine back to Sra. Teixeira", "This desk finished the repair: Repaired",
        "This desk fitted Boiler 11 l", "This desk found out what is wrong", "This desk took the machine in",
        "This desk opened a repair", "This desk opened the ticket",
    ] == [speak(each.title) for each in told]  # fmt: skip
    assert "Old number BL-2617-0100" in speak(told[2].note)
    assert "one handle missing" == told[4].text
    assert not any(each.can_take_back for each in told)


def test_a_part_that_was_taken_back_is_not_told(bench: Bench) -> None:
    draft = TicketDraft(TicketKind.MAINTENANCE, "Cold")
    ticket = bench.store.write(EVERYTHING, open_ticket, (draft,)).result
    bench.repair = bench.store.write(EVERYTHING, workflow.open_repair, (ticket, bench.other)).result
    made = bench.use(old=SerialEntry(ELSEWHERE))
    do(bench, workflow.undo_line, made.event)

    told = bench.ask(ticket_page, ticket).story

    assert ["filed", "opened"] == [each.kind for each in told]


def test_a_step_that_asks_for_a_number_knows_what_the_repair_has_booked(bench: Bench) -> None:
    bench.use(NEW_VALVE, old=SerialEntry(VALVE), new=SerialEntry(component("PR", "2633", "0148")))
    run = bench.store.write(EVERYTHING, start_run, (), {"procedure": "SOP-T", "repair": bench.repair}).result

    steps = bench.ask(sop_page, run, "en").steps

    assert [(printed_number(VALVE),)] == [each.booked for each in steps if each.booked]
