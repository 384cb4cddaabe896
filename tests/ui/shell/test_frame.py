"""The window: going, keys, palette, person, trouble, what stands before the heavy parts."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.kernel.changes import Changes
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.kernel.ports import Written
from tests.noise import Announce
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.desks import RITA, InstantRunner, NotePage, load, wiring
from tests.ui.walking import focused, here
from ui.shell.frame import Frame
from ui.shell.hits import Hit, match
from ui.shell.pages import PLACES
from ui.shell.palette import Palette
from ui.theme.fonts import width_of
from ui.theme.tokens import Theme
from ui.widgets.page import Act
from ui.widgets.texts import tip
from ui.work import IDLE_SECONDS, Desk

ROOT = Path(__file__).resolve().parents[3]
UNIT = Hit(say("Machines"), "coffee", "FD2A-2617-00428-N", "Forge two-group", place="unit", argument="u1", code=True)


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    desk = Desk(InstantRunner(), RITA)
    frame = Frame(desk, wiring(desk, [UNIT]), load=load)
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.begin("tickets")
    qtbot.waitUntil(lambda: frame.stage.page is not None)
    qtbot.waitUntil(lambda: not frame._desk.busy)
    return frame


def page(frame: Frame) -> NotePage:
    up = frame.stage.page
    assert isinstance(up, NotePage)
    return up


def key(frame: Frame, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(frame.windowHandle(), key, held)


def types(frame: Frame, text: str) -> None:
    for sign in text:
        QTest.keyClick(frame.windowHandle(), ord(sign))


def at_desk(frame: Frame) -> str:
    actor = frame._desk.actor
    assert actor is not None
    return actor.person


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_the_window_stands_without_the_heavy_libraries() -> None:
    code = (
        "import sys, ui.shell.frame; "
        "heavy = {'sqlalchemy', 'babel', 'reportlab', 'pyhanko', 'alembic', 'httpx', 'pypdfium2', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "[]" == told.stdout.strip()


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    frame = Frame(desk, wiring(desk), load=load)
    qtbot.addWidget(frame)

    with qtbot.waitSignal(frame.painted):
        frame.show()
    with qtbot.assertNotEmitted(frame.painted, wait=50):
        frame.repaint()


@pytest.mark.parametrize(("number", "place"), list(enumerate([each.name for each in PLACES if each.words], start=1)))
def test_each_place_of_the_rail_has_its_key(qtbot: QtBot, frame: Frame, number: int, place: str) -> None:
    key(frame, Qt.Key(Qt.Key.Key_0.value + number), CTRL)

    assert place == here(frame).place


def test_back_and_forward_follow_the_history(qtbot: QtBot, frame: Frame) -> None:
    key(frame, Qt.Key.Key_4, CTRL)
    key(frame, Qt.Key.Key_Left, ALT)
    before = here(frame).place
    key(frame, Qt.Key.Key_Right, ALT)

    assert ("tickets", "units") == (before, here(frame).place)


def test_a_page_that_holds_is_not_left(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page(frame), "leave", lambda: False)

    frame.go("units")

    assert "tickets" == here(frame).place


def test_the_palette_finds_and_opens_a_machine_by_keyboard(qtbot: QtBot, frame: Frame) -> None:
    key(frame, Qt.Key.Key_K, CTRL)
    types(frame, "00428")
    qtbot.waitUntil(lambda: frame.palette_over.hits()[:1] == [UNIT])
    key(frame, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "unit" == here(frame).place)
    assert not frame.palette_over.isVisible()
    qtbot.waitUntil(lambda: page(frame).opened[-1:] == ["u1"])


def test_the_palette_runs_an_act_of_the_page(qtbot: QtBot, frame: Frame) -> None:
    key(frame, Qt.Key.Key_K, CTRL)
    types(frame, "add par")
    key(frame, Qt.Key.Key_Return)

    assert ["part"] == page(frame).done


def test_the_arrow_keys_choose_and_escape_closes(qtbot: QtBot, frame: Frame) -> None:
    frame.ask_palette()
    first = frame.palette_over.list.current
    key(frame, Qt.Key.Key_Down)
    second = frame.palette_over.list.current
    key(frame, Qt.Key.Key_Up)

    assert first is frame.palette_over.list.current
    assert first is not second
    key(frame, Qt.Key.Key_Escape)
    assert not frame.palette_over.isVisible()


def test_the_palette_says_when_nothing_is_found(qtbot: QtBot, frame: Frame) -> None:
    frame.ask_palette("zzzz <b>")

    assert [] == frame.palette_over.hits()
    assert "zzzz <b>" in frame.palette_over._none.text()


@pytest.mark.parametrize(
    ("wanted", "text", "rank"),
    [("new", "New ticket", 0), ("tick", "New ticket", 1), ("icke", "New ticket", 2), ("nwt", "New ticket", 3),
     ("cafe", "Café Ribeira", 0), ("xyz", "New ticket", None), ("", "New ticket", 0)],
)  # fmt: skip
def test_a_text_is_matched_from_its_start_to_letters_apart(wanted: str, text: str, rank: int | None) -> None:
    assert rank == match(wanted, text)


def test_a_letter_is_a_key_only_where_no_text_is_written(qtbot: QtBot, frame: Frame) -> None:
    page(frame).field.setFocus()
    types(frame, "n")
    typed = page(frame).field.text()
    frame.top.search.setFocus()
    types(frame, "n")

    qtbot.waitUntil(lambda: ["note"] == page(frame).done)
    assert "n" == typed


def test_the_person_is_changed_by_key_and_the_draft_stays(qtbot: QtBot, frame: Frame) -> None:
    page(frame).field.setText("a draft")
    key(frame, Qt.Key.Key_F2)
    types(frame, "2")

    qtbot.waitUntil(lambda: "tiago" == at_desk(frame))
    assert "a draft" == page(frame).field.text()
    assert "Tiago Moreira" == frame.rail.person.text()


def test_a_write_after_an_idle_time_waits_for_the_person(qtbot: QtBot, frame: Frame) -> None:
    frame._desk._stale = True
    saved: list[object] = []
    frame._desk.write(lambda work: Written(1, Changes({})), done=saved.append)
    asked = frame.person.who.isVisible()

    frame.person.who.pick("rita")

    qtbot.waitUntil(lambda: [1] == saved)
    assert asked


def test_escape_at_the_question_who_saves_nothing(qtbot: QtBot, frame: Frame) -> None:
    frame._desk._stale = True
    failed: list[Any] = []
    frame._desk.write(lambda work: None, failed=failed.append)

    key(frame, Qt.Key.Key_Escape)

    assert [Trouble.WHO_IS_THERE] == [each.kind for each in failed]


def test_trouble_of_a_field_is_shown_at_the_field(frame: Frame) -> None:
    page(frame).trouble(UserError(Trouble.BAD_INPUT, say("The subject is missing."), field="subject"))

    assert "The subject is missing." == page(frame).labelled.problem
    assert not frame.problem.isVisible()


def test_other_trouble_of_the_world_is_shown_above_the_page(frame: Frame) -> None:
    page(frame).trouble(UserError(Trouble.DISK, say("The disk is full.")))

    assert frame.problem.isVisible()
    frame.go("units")
    assert not frame.problem.isVisible()


def test_our_own_trouble_is_a_report(frame: Frame, announce: Announce) -> None:
    announce("a rule of the program was broken")

    page(frame).trouble(ValueError("Maria Silva"))

    assert frame.crash.isVisible()
    assert "Maria" not in frame.crash.text.text


def test_only_the_page_that_is_up_hears_of_changes(qtbot: QtBot, frame: Frame) -> None:
    before = page(frame)
    frame.go("units")
    qtbot.waitUntil(lambda: page(frame) is not before)

    frame._desk.changed.emit(Changes({"unit": ("1",)}))

    assert (1, 0) == (len(page(frame).heard), len(before.heard))


def test_a_page_of_the_bench_takes_the_whole_window(qtbot: QtBot, frame: Frame) -> None:
    frame.go("sop", "run1")

    qtbot.waitUntil(lambda: not frame.rail.isVisible())
    frame.back()
    qtbot.waitUntil(frame.rail.isVisible)


def test_a_toast_takes_back_once(qtbot: QtBot, frame: Frame) -> None:
    taken: list[int] = []
    page(frame).tell(say("Note added"), undo=lambda: taken.append(1))
    frame.rail.first().setFocus()

    key(frame, Qt.Key.Key_Z, CTRL)
    key(frame, Qt.Key.Key_Z, CTRL)

    assert [1] == taken
    assert not frame.toast.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 660), (1440, 560), (900, 700), (720, 480)])
def test_a_toast_covers_nothing_and_is_shown_whole(qtbot: QtBot, frame: Frame, size: tuple[int, int]) -> None:
    frame.resize(*size)
    qtbot.wait(1)
    empty = frame.stage.y() - frame.top.geometry().bottom()

    page(frame).tell(say("Say first which machine it is: its number belongs to the ticket."), undo=lambda: None)
    qtbot.wait(1)

    toast = frame.toast
    around = toast.parentWidget()
    assert around is not None
    beside = [each for each in around.findChildren(QWidget) if each.parentWidget() is around and each.isVisible()]
    assert [] == [each for each in beside if each is not toast and each.geometry().intersects(toast.geometry())]
    assert empty < 6  # without it there is no gap
    assert toast.height() >= toast.heightForWidth(toast.width())
    assert frame.rect().contains(toast.rect().translated(toast.mapTo(frame, toast.rect().topLeft())))


def test_a_page_of_the_bench_begins_without_the_words_of_the_page_before(qtbot: QtBot, frame: Frame) -> None:
    taken: list[int] = []
    page(frame).tell(say("Part booked"), undo=lambda: taken.append(1))

    frame.go("sop", "run1")
    qtbot.waitUntil(lambda: not frame.rail.isVisible())
    key(frame, Qt.Key.Key_Z, CTRL)

    assert [] == taken
    frame.back()
    qtbot.waitUntil(frame.rail.isVisible)
    assert not frame.toast.isVisible()


def test_f6_goes_round_the_panes(frame: Frame) -> None:
    frame.rail.first().setFocus()
    seen = []
    for _ in range(3):
        key(frame, Qt.Key.Key_F6)
        seen.append([pane for pane in (frame.top, frame.stage, frame.rail) if pane.isAncestorOf(focused())])

    assert [[frame.top], [frame.stage], [frame.rail]] == seen


def test_the_sheet_of_keys_names_every_key(frame: Frame) -> None:
    key(frame, Qt.Key.Key_F1)

    assert frame.help.keys.isVisible()
    assert [] == [act.name for act in frame.acts if not act.keys]


def test_a_scanned_serial_opens_its_machine(qtbot: QtBot, frame: Frame) -> None:
    frame.scanner.scanned.emit("FD2A-2617-00428-N")

    qtbot.waitUntil(lambda: "unit" == here(frame).place)
    assert "FD2A-2617-00428-N" == here(frame).argument


def test_a_narrow_window_shows_icons_with_tool_tips(frame: Frame) -> None:
    frame.resize(900, 600)

    assert frame.rail.width() < 100
    assert "Today (Ctrl 1)" == frame.rail._buttons["today"].toolTip()


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_everything_in_the_window_has_a_name_and_nothing_is_cut(
    qtbot: QtBot, frame: Frame, dress: Dress, theme: Theme, language: str
) -> None:
    dress(theme, language)
    QApplication.processEvents()
    for over in (frame.ask_palette, frame.help.show_keys, frame.person.ask):
        over()
        QApplication.processEvents()
        frame.grab()

        assert [] == walking.unnamed(frame)
        assert [] == walking.marked_up(frame)
        assert [] == walking.cut(frame)
        for each in (frame.palette_over, frame.help.keys, frame.person.who):
            each.close_over()


def test_arabic_puts_the_rail_on_the_right(qtbot: QtBot, frame: Frame, dress: Dress) -> None:
    dress("light", "ar")

    qtbot.waitUntil(lambda: frame.rail.x() > frame.stage.mapTo(frame, frame.stage.rect().topLeft()).x())


def test_one_sheet_is_up_at_a_time(frame: Frame) -> None:
    frame.ask_palette("00428")

    key(frame, Qt.Key.Key_F1)

    assert (False, True) == (frame.palette_over.isVisible(), frame.help.keys.isVisible())


def test_going_elsewhere_closes_the_palette(qtbot: QtBot, frame: Frame) -> None:
    frame.ask_palette("00428")

    key(frame, Qt.Key.Key_3, CTRL)

    assert not frame.palette_over.isVisible()


def test_the_sheet_of_keys_says_each_act_once_and_only_what_can_be_done(frame: Frame) -> None:
    acts = [Act("yes", say("Answer"), "Y", int), Act("no", say("Answer"), "N", int)]
    shut = Act("shut", say("Open again"), "O", int, possible=lambda: False)

    frame.help.keys.show_keys([(say("Steps"), [*acts, shut])])

    told = [each.text() for each in frame.help.keys.findChildren(QLabel) if not each.isHidden()]
    assert (1, 0) == (told.count("Answer"), told.count("Open again"))


def test_a_place_that_is_asked_for_too_early_comes_up_when_the_desk_is_open(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    frame = Frame(desk, wiring(desk, [UNIT]), load=load)
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()

    frame.go("units")
    before = frame.stage.page
    frame.begin()

    assert before is None
    qtbot.waitUntil(lambda: frame.stage.page is not None)
    assert "units" == here(frame).place


def test_back_does_not_come_to_a_page_whose_matter_is_closed(qtbot: QtBot, frame: Frame) -> None:
    frame.go("sign", "r1")
    qtbot.waitUntil(lambda: page(frame).opened[-1:] == ["r1"])
    page(frame).over = True

    frame.go("form", "f1")
    qtbot.waitUntil(lambda: page(frame).opened[-1:] == ["f1"])
    frame.back()

    assert "tickets" == here(frame).place


def test_what_is_typed_while_the_desk_opens_stays_in_the_palette(qtbot: QtBot) -> None:
    desk = Desk(InstantRunner(), RITA)
    frame = Frame(desk, wiring(desk, [UNIT]), load=load)
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()
    frame.ask_palette("00428")

    frame.begin()

    qtbot.waitUntil(lambda: frame.stage.page is not None)
    assert frame.palette_over.isVisible()


def test_enter_in_the_palette_opens_what_the_whole_text_finds(qtbot: QtBot) -> None:
    asked: list[tuple[str, Callable[[Sequence[Hit]], None]]] = []
    window = QWidget()
    qtbot.addWidget(window)
    palette = Palette(window, lambda text, deliver: asked.append((text, deliver)))
    chosen: list[Any] = []
    palette.chosen.connect(chosen.append)
    window.show()
    palette.ask([], "0042")
    first, second = (Hit("Machines", "coffee", name) for name in ("FD2A-2617-00427-P", "FD2A-2617-00428-N"))
    asked[-1][1]([first, second])

    palette.field.setText("00428")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    early = list(chosen)
    asked[-1][1]([second])

    assert ([], [second]) == (early, chosen)


def test_a_key_after_ten_idle_minutes_makes_the_next_write_ask_who_is_there(frame: Frame) -> None:
    frame._desk._seen -= IDLE_SECONDS

    key(frame, Qt.Key.Key_Shift)

    assert frame._desk._stale


def test_a_write_waits_until_the_person_who_was_chosen_is_known(qtbot: QtBot, frame: Frame) -> None:
    chosen: list[str] = []
    frame.person._wiring = replace(frame.person._wiring, seat=lambda person, failed: chosen.append(person))
    frame._desk._stale = True
    saved: list[object] = []
    failed: list[object] = []
    frame._desk.write(lambda work: Written(1, Changes({})), done=saved.append, failed=failed.append)

    frame.person.who.pick("rita")
    early = list(saved)
    frame._desk.take_over(RITA)

    qtbot.waitUntil(lambda: [1] == saved)
    assert (["rita"], [], []) == (chosen, early, failed)


def test_the_question_who_is_here_holds_the_window(qtbot: QtBot, frame: Frame) -> None:
    key(frame, Qt.Key.Key_F2)
    before = here(frame)

    key(frame, Qt.Key.Key_3, CTRL)
    key(frame, Qt.Key.Key_N, CTRL)
    key(frame, Qt.Key.Key_K, CTRL)
    key(frame, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    frame.scanner.scanned.emit("FD2A-2619-00482")

    assert (before, []) == (here(frame), page(frame).done)
    assert frame.person.who.isVisible()
    assert not frame.palette_over.isVisible()
    key(frame, Qt.Key.Key_Escape)
    key(frame, Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: before != here(frame))


def test_a_person_who_cannot_be_seated_gives_up_what_waits_with_a_sentence(qtbot: QtBot, frame: Frame) -> None:
    gone = UserError(Trouble.MISSING, say("This person is not here."))
    frame.person._wiring = replace(frame.person._wiring, seat=lambda person, failed: failed(gone))
    frame._desk._stale = True
    failed: list[BaseException] = []
    frame._desk.write(lambda work: Written(1, Changes({})), failed=failed.append)

    frame.person.who.pick("rita")

    assert [Trouble.WHO_IS_THERE] == [each.kind for each in failed if isinstance(each, UserError)]
    assert "This person is not here." in frame.problem.accessibleName()
    assert [] == frame.person._waiting


def test_the_name_of_a_person_is_no_markup_in_a_tool_tip(frame: Frame) -> None:
    frame.rail.show_person("<b>Rita</b>")

    assert tip("<b>Rita</b> (F2)") == frame.rail.person.toolTip()


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_the_hint_of_the_search_is_never_half_a_sentence(frame: Frame, dress: Dress, language: str) -> None:
    dress("light", language)
    search = frame.top.search

    words = [search.hint(room) for room in (400, 150)]

    assert words[0] != words[1]
    assert all(width_of(each, "body") <= room for each, room in zip(words, (400, 150), strict=True))


def test_letters_that_are_no_key_of_the_page_look_for_something(frame: Frame) -> None:
    frame.scanner.pressed.emit("f")
    asked = (frame.palette_over.isVisible(), frame.palette_over.field.text())
    frame.palette_over.close_over()
    frame.scanner.pressed.emit("?")

    assert (True, "f") == asked
    assert not frame.palette_over.isVisible()
