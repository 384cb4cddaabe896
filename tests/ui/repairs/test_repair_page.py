from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtTest import QTest

from app.repairs.queries import happenings_of, lines_of, repair_of
from app.repairs.rules.lines import LineAction, PartLine
from app.repairs.rules.serials import Answer, SerialEntry
from app.repairs.rules.stages import Outcome, State
from app.sop.queries import runs_of
from app.views.before_signing import Go
from app.views.repair_page import repair_page
from app.workflows.pictures import keep_picture
from app.workflows.repair import diagnose, finish_repair, log_repair, receive_machine
from tests.bench_pack import FD2, GRINDER_DISCS, NEW_BOILER, NEW_VALVE, OLD_BOILER, OLD_VALVE, SEAL, VALVE, component
from tests.repair_bench import ELSEWHERE, PHOTO, Bench
from tests.stores import EVERYTHING
from tests.ui.opened import Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.repairs.repair_page import RepairPage
from ui.widgets.inputs import CheckBox


def lines(bench: Bench) -> list[PartLine]:
    return [each.line for each in bench.ask(lines_of, bench.repair)]


def test_a_part_is_booked_by_keyboard_alone(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)

    act(page, "add_part")
    opened.types("boiler")
    opened.types("BL-2617-0042-S")
    opened.types(NEW_BOILER)
    opened.press(Qt.Key.Key_Return)

    (line,) = lines(bench)
    assert (OLD_BOILER, NEW_BOILER, "checked") == (line.old_serial, line.new_serial, line.new_state)
    assert "Boiler 11 l" in words(page)
    assert not page.parts_panel.isVisible()


def test_a_scan_goes_to_the_number_that_is_wanted_next(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")

    taken = [page.scanned(each) for each in (OLD_BOILER, NEW_BOILER)]
    opened.settle()
    opened.save()

    assert [True, True] == taken
    assert [(OLD_BOILER, NEW_BOILER)] == [(each.old_serial, each.new_serial) for each in lines(bench)]


def test_an_odd_number_is_answered_in_place_with_the_second_typing_and_a_photo(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    opened.types(OLD_BOILER)

    opened.types(ELSEWHERE)
    asked = words(page)
    page.parts_panel.new._insist()
    opened.types(ELSEWHERE, enter=False)
    opened.save()
    without_photo = words(page)
    page.parts_panel.new.put_photo(PHOTO)
    opened.save()

    assert "is recorded in machine FD2A-2617-00429-L." in asked
    assert "Add a photo of the number on the part." in without_photo
    assert [("not_confirmed", PHOTO)] == [(each.new_state, each.photo) for each in lines(bench)]
    assert "Not confirmed" in words(page)


def test_what_was_put_right_is_wrong_no_more_and_a_pasted_photo_leads_on(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    opened.types(OLD_BOILER)
    opened.types(ELSEWHERE)
    picker = page.parts_panel.new
    picker._insist()
    opened.types(ELSEWHERE[:-1] + "X", enter=False)
    opened.save()
    differed = picker.again.problem
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)

    picker._again.clear()
    opened.types(ELSEWHERE, enter=False)
    page.parts_panel.save.setFocus()
    QTest.keyClick(opened.focus(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    opened.settle()

    assert (True, "") == (bool(differed), picker.again.problem)
    assert "Photo kept." in words(page)
    assert page.parts_panel.save.hasFocus()


def test_a_likely_slip_is_one_press_away(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    slipped = "LB26170042S"

    opened.types(slipped)
    page.parts_panel.old._slip("BL-2617-0042-S").click()
    opened.settle()

    assert "BL-2617-0042-S" == page.parts_panel.old.text.text()
    assert "Number checked" in words(page)


def test_a_number_that_nobody_can_read_is_said_and_booked(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    page.parts_panel.old.say_unreadable()
    opened.types(NEW_BOILER)

    opened.press(Qt.Key.Key_Return)

    assert ["no_legible"] == [each.old_state for each in lines(bench)]


def test_what_is_said_of_an_unreadable_number_stands_alone(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    picker = page.parts_panel.old

    picker.say_unreadable()
    said = picker._unreadable.isVisible()
    picker.text.setFocus()
    opened.types("B", enter=False)

    assert (False, True) == (said, picker._unreadable.isVisible())


def test_a_superseded_part_offers_the_current_one(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    page.parts_panel._find(OLD_VALVE, lambda found: page.parts_panel.part.take(found[-1]))
    opened.settle()
    page.parts_panel.old.scan(VALVE)
    page.parts_panel.new.scan(component("PR", "2633", "0148"))
    opened.settle()

    page.parts_panel.submit()
    opened.settle()
    asked = words(page)
    page.parts_panel._take(NEW_VALVE)
    opened.settle()

    assert f"{OLD_VALVE} was replaced by {NEW_VALVE}." in asked
    assert page.parts_panel.part.choice
    assert NEW_VALVE == page.parts_panel.part.choice.number


def test_a_part_that_is_not_listed_is_used_all_the_same_when_a_person_says_so(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types(GRINDER_DISCS)
    page.parts_panel.submit()
    opened.settle()

    page.parts_panel._use_anyway()
    opened.settle()

    assert [GRINDER_DISCS] == [each.part for each in lines(bench)]


def test_a_line_is_taken_back_from_the_toast_and_from_the_table(opened: Opened, bench: Bench) -> None:
    made = [bench.use(SEAL, old=None, new=None, quantity=n).event for n in (1, 2)]
    page = opened.page(RepairPage, bench.repair)

    page.parts.list.choose(made[0])
    page._take_back(page.parts.list.current)
    opened.settle()

    assert [2] == [each.quantity for each in lines(bench)]
    assert "Line taken back" == opened.told[-1][0].msgid


def test_the_next_step_leads_from_the_intake_to_the_hand_over(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)

    page.go_on()
    opened.settle()
    opened.save()
    page.go_on()
    opened.settle()
    form = next(each for each in page.forms.values() if each.isVisible())
    for name, code in (("symptom", "LEAK"), ("cause", "MATERIAL"), ("remedy", "PART_EXCHANGED")):
        form.codes[name].choose(code)  # type: ignore[attr-defined]
    form.submit()
    opened.settle()
    bench.use()
    page.open(bench.repair)
    opened.settle()
    page.go_on()
    opened.settle()
    opened.save()

    seen = bench.ask(repair_of, bench.repair)
    assert ("LEAK", "MATERIAL", "PART_EXCHANGED") == (seen.symptom, seen.cause, seen.remedy)
    assert State.READY is seen.state
    page.go_on()
    assert ("sign", bench.repair) == opened.went[-1]


def test_the_checklist_that_a_part_asks_for_is_started_by_the_next_step(opened: Opened, bench: Bench) -> None:
    bench.store.write(EVERYTHING, receive_machine, (bench.repair,))
    bench.store.write(EVERYTHING, diagnose, (bench.repair,), {"symptom": "LEAK", "cause": "MATERIAL"})
    bench.use(NEW_VALVE, old=SerialEntry(VALVE), new=SerialEntry(component("PR", "2633", "0148")))
    page = opened.page(RepairPage, bench.repair)

    page.go_on()
    opened.settle()
    page.go_on()

    (run,) = bench.ask(lambda session: runs_of(session, repair=bench.repair))
    assert [("sop", run.id)] * 2 == opened.went
    assert (FD2, bench.unit) == (run.serial, run.unit)


def test_a_machine_is_handed_over_when_it_is_signed_for(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    form = page.forms[Go.HAND_OVER]
    form.begin(bench.repair)

    form.submit()
    opened.settle()
    asked = words(page)
    opened.types("Sra. Teixeira")

    assert "Say who took the machine." in asked
    assert State.HANDED_OVER is bench.ask(repair_of, bench.repair).state


def test_repaired_without_a_remedy_is_said_at_the_field(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "finish")
    opened.settle()

    opened.save()

    assert "Say what was done: choose the remedy." in words(page)


def test_working_time_is_added_up_in_hours(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    for _ in range(3):
        act(page, "labour")
        opened.settle()
        page.labour_form.submit()
        opened.settle()

    assert "1 h 30 min" in words(page)


def test_a_repair_that_is_over_takes_no_more_parts(opened: Opened, bench: Bench) -> None:
    bench.store.write(EVERYTHING, finish_repair, (bench.repair, Outcome.CANCELLED))
    page = opened.page(RepairPage, bench.repair)

    possible = {each.name: each.possible() for each in page.acts}

    assert not (page._work.isVisible() or page._add.isVisible())
    assert {"add_part": False, "go_on": True} == {name: possible[name] for name in ("add_part", "go_on")}


@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar"), ("light", "zh-Hans")]
)
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, bench: Bench, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    bench.store.write(EVERYTHING, receive_machine, (bench.repair,))
    bench.store.write(EVERYTHING, diagnose, (bench.repair,), {"symptom": "LEAK", "text": "<b>drips</b> & {name}"})
    bench.use(new=SerialEntry(ELSEWHERE, again=ELSEWHERE, photo=PHOTO, answer=Answer.STANDS_ON_PART))
    page = opened.page(RepairPage, bench.repair)
    forms: list[Callable[[], object]] = [lambda: None, page.add_part, page.add_time, lambda: act(page, "diagnose")]
    found = []

    for open_form in forms:
        open_form()
        opened.settle()
        found += [*cut(page), *unnamed(page), *marked_up(page)]

    assert [] == found
    assert "<b>drips</b> & {name}" in words(page)


def test_waiting_for_a_part_is_one_key_a_state_and_a_reason(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "standing")
    page.standing_form.to.choose(State.AWAITING_PARTS)
    page.standing_form.reason.setFocus()

    opened.types("Boiler on order")

    assert State.AWAITING_PARTS is bench.ask(repair_of, bench.repair).state
    assert "Boiler on order" in words(page)
    assert "Waiting for parts" == page._state.text


def test_closing_without_a_reason_is_said_at_its_field(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "standing")
    page.standing_form.to.choose(State.CLOSED)

    opened.save()

    assert "Say why the repair is closed." in words(page)


def test_the_day_a_hidden_fault_was_found_is_kept_with_the_diagnosis(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "diagnose")
    opened.settle()
    page.forms[Go.DIAGNOSE].words.setPlainText("Rust below the tray")  # type: ignore[attr-defined]
    page.forms[Go.DIAGNOSE].found_on.put("2025-11-03")  # type: ignore[attr-defined]

    opened.save()

    assert "2025-11-03" == bench.ask(repair_of, bench.repair).found_on


def test_undo_takes_back_the_line_of_its_own_repair(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    made = bench.use()
    page._booked(made)
    undo = opened.told[-1][1]
    other = bench.store.write(EVERYTHING, log_repair, (bench.other,), {"title": "Cold"}).result
    page.open(other)
    opened.settle()

    undo()
    opened.settle()

    assert [] == lines(bench)


def test_while_another_repair_is_read_nothing_is_done_to_the_one_before(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    other = bench.store.write(EVERYTHING, log_repair, (bench.other,), {"title": "Cold"}).result
    opened.runner.hold(repair_page)
    page.open(other)
    opened.turn()

    possible = {each.name for each in page.acts if each.possible()}
    opened.runner.let_go()
    opened.settle()

    assert set() == possible


def test_a_photo_that_is_kept_late_is_not_the_proof_of_another_part(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    panel = page.parts_panel
    opened.runner.hold(keep_picture)
    panel._keep(panel.new, photo())
    opened.turn()
    panel._take(NEW_VALVE)
    opened.turn()
    chosen = panel.part.choice

    opened.runner.let_go()
    opened.settle()

    assert chosen
    assert (NEW_VALVE, "") == (chosen.number, panel.new.entry().photo)


def photo() -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(QImage(40, 30, QImage.Format.Format_RGB32))
    return bytes(buffer.data().data())


def test_control_enter_in_the_field_of_a_question_saves_it_once(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "standing")
    page.standing_form.to.choose(State.AWAITING_PARTS)
    page.standing_form.reason.setFocus()

    opened.types("Boiler on order", enter=False)
    opened.save()  # the field says that Enter was pressed, and the question hears Ctrl+Enter

    moved = [each for each in bench.ask(happenings_of, bench.repair) if each.kind == "moved"]
    assert 1 == len(moved)


def test_a_part_that_goes_back_into_stock_has_no_other_fate(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    act(page, "add_part")
    opened.types("boiler")
    panel = page.parts_panel
    panel.fate.choose("scrap")
    fates = []
    for action in (LineAction.ADD, LineAction.RECYCLE):
        panel.action.choose(action)
        fates.append(panel._use().old_fate)

    assert ["scrap", "stock"] == fates


def test_the_intake_begins_at_its_first_box_also_the_first_time(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)

    for _ in range(2):
        act(page, "receive")
        opened.settle()

        opened.qtbot.waitUntil(lambda: isinstance(page.focusWidget(), CheckBox))
        assert page.forms[Go.RECEIVE].first() is page.focusWidget()
        page.forms[Go.RECEIVE].close_panel()


def test_what_is_ticked_at_the_intake_is_there_again_after_another_question_and_a_restart(
    opened: Opened, bench: Bench
) -> None:
    page = opened.page(RepairPage, bench.repair)
    intake: Any = page.forms[Go.RECEIVE]
    act(page, "receive")
    opened.settle()
    for box in (intake.condition.first, intake.accessories.first):
        box.click()
    intake.note.setPlainText("Smells burnt")
    said = (intake.condition.value, intake.accessories.value, "Smells burnt")

    act(page, "add_part")
    opened.settle()
    act(page, "receive")
    opened.settle()
    again = (intake.condition.value, intake.accessories.value, intake.note.text)
    other = opened.page(RepairPage, bench.repair)
    act(other, "receive")
    opened.settle()
    restarted: Any = other.forms[Go.RECEIVE]
    opened.qtbot.waitUntil(lambda: restarted.note.text == "Smells burnt")
    restarted.submit()
    opened.settle()

    assert [1, 1] == [len(each) for each in said[:2]]
    assert said == again == (restarted.condition.value, restarted.accessories.value, restarted.note.text)
    page.close()


def test_in_a_narrow_window_a_question_has_the_whole_width(opened: Opened, bench: Bench) -> None:
    page = opened.page(RepairPage, bench.repair)
    page.resize(730, 540)

    act(page, "add_part")
    opened.settle()
    asked = page._side.isVisible()
    page.parts_panel.close_panel()

    assert (False, True) == (asked, page._side.isVisible())
