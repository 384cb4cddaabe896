"""The first start, sheet by sheet, on real folders and a real store."""

import json
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kernel.beginnings import Beginning, Step
from app.kernel.errors import UserError
from app.kernel.ids import random_token
from app.people.queries import staff_list
from app.store.beginning import NAME, begin_profile, read_beginning
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, read_keys, unlock
from app.sync.identity import make_code
from app.sync.waiting import waiting_code
from app.workflows.settings import get_setting
from tests.noise import Announce
from tests.ui.conftest import Dress
from tests.ui.shell.first import ENTER, ESC, SPACE, TAB, WORDS, walking
from tests.ui.walking import cut, focused, marked_up, unnamed
from ui.handbook.crisis_page import CrisisPage
from ui.shell.recovery_sheet import grouped
from ui.theme.apply import system_language
from ui.theme.look import look
from ui.widgets.button import Button

DOWN, UP, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left
KEY = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"
ALT = Qt.KeyboardModifier.AltModifier


def asked(folder: Path, passphrase: str = WORDS) -> tuple[list[str], str, str, bool]:
    """What the store says afterwards: people, language, business, and whether anything is left to do."""
    unlocked = unlock(Profile(folder), passphrase=passphrase)
    with open_store(unlocked) as store:
        people = [each.name for each in store.read(staff_list)]
        language, business = (store.read(get_setting, (name, "")) for name in ("shell.language", "partner.name"))
    return people, language, business, read_beginning(Profile(folder)) is not None


def test_language_comes_first_and_the_window_speaks_it_at_once(qtbot: QtBot, tmp_path: Path, dress: Dress) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        assert focused() is walk.start.language.list
        rows = walk.start.language.list._rows
        assert ["English", "العربية", "简体中文"] == [rows.cells(at)[0].text for at in (0, 1, 6)]  # type: ignore[union-attr]

        walk.press(DOWN)

        assert ("ar", Qt.LayoutDirection.RightToLeft) == (look().language, walk.door.layoutDirection())
        assert "دليل الأزمات" == walk.door.crisis.text()
        walk.press(UP)
        assert ("en", Qt.LayoutDirection.LeftToRight) == (look().language, walk.door.layoutDirection())


def test_language_of_the_system_is_the_one_to_begin_with(
    qtbot: QtBot, tmp_path: Path, dress: Dress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["da-DK", "en"])
    assert "da" == system_language()
    dress("light", "da")

    with walking(qtbot, tmp_path / "desk", "da") as walk:
        assert "da" == walk.start.language.list.current.code


def test_desk_is_made_from_an_empty_folder(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "desk"
    with walking(qtbot, folder) as walk:
        key = walk.past_recovery()
        assert walk.at(walk.start.people)
        walk.types("Rita Figueira")
        walk.press(ENTER)
        walk.types("Moinho  Sul")
        walk.press(ENTER)
        assert 1 == walk.opened

    assert (["Rita Figueira"], "en", "Moinho Sul", False) == asked(folder)
    assert unlock(Profile(folder), recovery=key).key == unlock(Profile(folder), passphrase=WORDS).key


def test_nothing_is_on_the_disk_before_the_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        walk.types(WORDS)

        assert [] == list(tmp_path.iterdir())


def test_ways_say_what_they_mean_and_go_by_arrows_or_numbers(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_ways()
        buttons = list(walk.start.way.ways.values())
        assert all(len(each.accessibleDescription()) > 30 for each in buttons)

        walk.press(DOWN)
        assert focused() is buttons[1]
        walk.press(UP)
        walk.press(UP)
        assert focused() is buttons[2]
        walk.press(ENTER)

        assert 1 == walk.sampled


def test_whoever_comes_back_from_the_sample_stands_at_the_ways(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk", at_the_ways=True) as walk:
        assert walk.at(walk.start.way)


def test_sample_is_another_folder(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        assert walk.made.sample is not None
        sample = walk.made.sample("ar")

        assert (tmp_path / "desk-sample", "ar") == (sample.folder, sample.language)
        assert not (tmp_path / "desk").exists()
        assert read_keys(Profile(sample.folder)).sample


def test_back_keeps_what_was_typed_but_secrets(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        walk.types("half a passphr")
        walk.press(LEFT, ALT)
        assert walk.at(walk.start.way)
        assert "" == walk.start.passphrase.once.text()
        assert focused() is walk.start.way.ways["alone"]  # the way that was taken

        walk.press(ESC)
        assert walk.at(walk.start.language)
        walk.press(ESC)
        assert walk.at(walk.start.language)


def test_what_was_typed_about_the_connection_is_still_there_after_a_look_ahead(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.past_recovery(code=True)
        walk.types("https://averdell.example")
        walk.start.connect_sheet.without.click()
        walk.settle()
        assert walk.at(walk.start.people)
        walk.types("Rita")
        walk.press(ESC)

        assert walk.at(walk.start.connect_sheet)
        assert "https://averdell.example" == walk.start.connect_sheet.address.text()
        assert "Rita" == walk.start.people.name.text()


def test_there_is_no_way_back_from_the_recovery_key(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_recovery()
        walk.press(ESC)

        assert walk.at(walk.start.recovery)


@pytest.mark.parametrize(
    ("once", "again", "field"), [("short", "short", "passphrase"), (WORDS, "four words of mien", "again")]
)
def test_passphrase_that_will_not_do_is_told_at_its_field(
    qtbot: QtBot, tmp_path: Path, once: str, again: str, field: str
) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        sheet = walk.start.passphrase
        walk.types(once)
        walk.press(ENTER)
        assert focused() is sheet.again
        walk.types(again)
        walk.press(ENTER)

        assert [field] == [name for name, each in sheet.fields.items() if each.problem]
        assert focused() is sheet.fields[field].control
        assert not (tmp_path / "desk").exists()


def test_strength_is_said_in_words_while_it_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        sheet, told = walk.start.passphrase, list[str]()
        for words in ("short", "aaaaaaaaaaaa", WORDS, "correct horse battery staple"):
            sheet.once.setText(words)
            told.append(sheet.strength.accessibleName())

        assert ["Too short", "Easy to g", "Hard to g", "Very hard"] == [each[:9] for each in told]


def test_what_is_typed_shows_only_when_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        sheet = walk.start.passphrase
        assert {"Password"} == {each.echoMode().name for each in (sheet.once, sheet.again)}

        sheet.shown.setFocus()
        walk.press(SPACE)

        assert {"Normal"} == {each.echoMode().name for each in (sheet.once, sheet.again)}


def test_recovery_key_is_whole_in_groups_copied_and_saved_as_a_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        key = walk.to_recovery()
        sheet = walk.start.recovery
        qtbot.waitUntil(lambda: isinstance(walk.door.focusWidget(), Button))
        walk.press(ENTER)
        sheet.save_to(str(tmp_path / "sheet.pdf"))

        assert grouped(key) == sheet.key.text()
        qtbot.waitUntil(lambda: [] == cut(walk.door))
        assert key == QGuiApplication.clipboard().text()
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as paper:
        assert key in "".join(paper[0].get_textpage().get_text_bounded().split())
        assert 1 == len(paper)


def test_sheet_that_cannot_be_saved_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_recovery()

        walk.start.recovery.save_to(str(tmp_path / "nowhere" / "sheet.pdf"))

        assert "another folder" in walk.start.recovery.problem.headline.text()


def test_wrong_last_group_does_not_go_on_and_the_key_is_gone_afterwards(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_recovery()
        sheet = walk.start.recovery
        sheet.typed.setFocus()
        walk.types("QQQQ")
        walk.press(ENTER)
        assert walk.at(sheet) and sheet.fields["typed"].problem

        sheet.have.setFocus()
        walk.press(ENTER)

        assert walk.at(walk.start.people)
        assert "" == sheet.key.text()


def test_cut_off_before_the_key_was_kept_draws_a_new_one(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with walking(qtbot, folder) as walk:
        before = walk.to_recovery()

    with walking(qtbot, folder) as walk:
        walk.types(WORDS)
        walk.press(ENTER)
        assert walk.at(walk.start.recovery) and walk.start.recovery.renewed.isVisible()
        after = walk.start.recovery.key.text().replace(" ", "")

    assert before != after
    assert unlock(Profile(folder), recovery=after)
    with pytest.raises(UserError):
        unlock(Profile(folder), recovery=before)


def test_cut_off_in_another_language_goes_on_in_it(qtbot: QtBot, tmp_path: Path, dress: Dress) -> None:
    folder = tmp_path / "desk"
    begin_profile(folder, Beginning(Step.PEOPLE, "ar"), passphrase=WORDS, key_store=False)

    with walking(qtbot, folder) as walk:
        walk.types(WORDS)
        walk.press(ENTER)

        assert walk.at(walk.start.people)
        assert "ar" == look().language


def test_cut_off_with_a_key_store_opens_no_desk_that_nobody_finished(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    begin_profile(folder, Beginning(Step.PEOPLE, "en"), passphrase=WORDS, key_store=False)
    kept: list[Unlocked] = [unlock(Profile(folder), passphrase=WORDS)]
    monkeypatch.setattr("app.store.profile.unlock", lambda *_, **__: kept[0])

    with walking(qtbot, folder) as walk:
        assert not walk.door.try_without()
        walk.settle()
        assert walk.at(walk.start.people)


@pytest.mark.parametrize("text", ["", "{", '{"step": "gone", "language": "en", "with_code": true}', "[" * 999])
def test_altered_note_of_the_first_start_begins_at_the_recovery_key(tmp_path: Path, text: str) -> None:
    begin_profile(tmp_path / "desk", Beginning(Step.PEOPLE, "en"), passphrase=WORDS, key_store=False)
    (tmp_path / "desk" / NAME).write_text(text)

    begun = read_beginning(Profile(tmp_path / "desk"))

    assert begun is not None and Step.RECOVERY is begun.step


def test_note_of_the_first_start_holds_no_answer(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with walking(qtbot, folder) as walk:
        walk.past_recovery(code=True)
        walk.types("https://averdell.example")
        walk.start.connect_sheet.without.click()
        walk.settle()

        assert {"step": "people", "language": "en", "with_code": True} == json.loads((folder / NAME).read_text())


def test_folder_that_cannot_be_written_says_what_to_do_and_it_works_once_it_can(qtbot: QtBot, tmp_path: Path) -> None:
    """A file stands where the folder would be made: also root, who may write anything, is refused."""
    (tmp_path / "new").write_text("in the way")
    with walking(qtbot, tmp_path / "new" / "desk") as walk:
        walk.to_passphrase()
        for _ in range(2):
            walk.types(WORDS)
            walk.press(ENTER)
        assert walk.at(walk.start.passphrase)
        assert "folder" in walk.start.passphrase.problem.headline.text()
        assert not walk.start.passphrase.busy

        (tmp_path / "new").unlink()
        walk.start.passphrase.go_on()
        walk.settle()

        assert walk.at(walk.start.recovery)


def test_full_disk_at_the_key_file_leaves_no_half_profile(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with walking(qtbot, folder) as walk:
        walk.to_passphrase()
        with monkeypatch.context() as patched:
            patched.setattr("app.store.keyfile.replace_file", full)
            for _ in range(2):
                walk.types(WORDS)
                walk.press(ENTER)
        assert "disk is full" in walk.start.passphrase.problem.headline.text()
        assert not Profile(folder).exists()

        walk.start.passphrase.go_on()
        walk.settle()

        assert walk.at(walk.start.recovery)


def test_mistake_of_ours_is_told_and_logged(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, announce: Announce
) -> None:
    announce("a rule of the program was broken")
    monkeypatch.setattr("app.store.beginning.create_profile", lambda *_, **__: 1 // 0)
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.to_passphrase()
        for _ in range(2):
            walk.types(WORDS)
            walk.press(ENTER)

        assert "our mistake" in walk.start.passphrase.problem.headline.text()


def test_nobody_opens_a_desk_without_a_name_or_a_role(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.past_recovery()
        sheet = walk.start.people
        walk.press(ENTER)
        assert sheet.fields["name"].problem
        walk.types("Rita")
        for _ in range(3):
            walk.press(ENTER)

        assert 1 == walk.opened


def test_enter_goes_from_name_to_business_and_asks_once_for_an_empty_one(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with walking(qtbot, folder) as walk:
        walk.past_recovery()
        sheet = walk.start.people
        walk.types("Rita")

        walk.press(ENTER)
        assert (0, True) == (walk.opened, focused() is sheet.business)
        walk.press(ENTER)
        assert (0, True, True) == (walk.opened, sheet.fields["business"].problem != "", focused() is sheet.business)
        walk.press(ENTER)
        assert 1 == walk.opened

    assert (["Rita"], "en", "", False) == asked(folder)


def test_code_that_is_no_code_and_an_address_that_is_none_are_told_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.past_recovery(code=True)
        sheet = walk.start.connect_sheet
        walk.types("averdell")
        walk.press(ENTER)
        walk.types("ABCDE")
        walk.press(ENTER)
        assert sheet.fields["address"].problem and not sheet.wait_button.isVisible()

        sheet.address.setText("https://averdell.example")
        walk.press(ENTER)
        walk.press(ENTER)

        assert sheet.fields["code"].problem
        assert ("https://averdell.example", "ABCDE") == (sheet.address.text(), sheet.code.text())


def test_without_a_network_the_code_is_kept_in_the_store_and_everything_else_goes_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder, code = tmp_path / "desk", make_code(random_token(32)).printed()
    with walking(qtbot, folder) as walk:
        walk.past_recovery(code=True)
        sheet = walk.start.connect_sheet
        walk.types("http://127.0.0.1:9")
        walk.press(ENTER)
        walk.types(code)
        walk.press(ENTER)
        assert sheet.wait_button.isVisible() and walk.at(sheet)

        sheet.wait_button.setFocus()
        walk.press(ENTER)
        walk.types("Rita")
        for _ in range(3):
            walk.press(ENTER)
        assert 1 == walk.opened

    unlocked = unlock(Profile(folder), passphrase=WORDS)
    with open_store(unlocked) as store:
        kept = store.read(waiting_code)
    assert kept is not None and ("http://127.0.0.1:9", code) == (kept.address, kept.code)
    plain = [each for each in folder.rglob("*") if each.is_file() and code.encode() in each.read_bytes()]
    assert [] == plain
    assert code not in repr(kept)


def test_handbook_lies_over_every_sheet_and_leaves_it_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.past_recovery(code=True)
        for sheet in walk.start.sheets:
            walk.start.show_sheet(sheet)
            QTest.keyClick(walk.door.windowHandle(), Qt.Key.Key_F9)
            QApplication.processEvents()
            assert isinstance(walk.cover.page, CrisisPage) and walk.cover.isVisible()
            QTest.keyClick(walk.door.windowHandle(), Qt.Key.Key_F9)
            walk.settle()
            assert walk.at(sheet) and not walk.cover.isVisible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(1180, 820), (900, 640)])
def test_every_sheet_names_its_controls_and_cuts_no_text(
    qtbot: QtBot, tmp_path: Path, dress: Dress, language: str, size: tuple[int, int]
) -> None:
    dress("dark", language)
    with walking(qtbot, tmp_path / "desk", language) as walk:
        walk.door.resize(*size)
        walk.start.passphrase.offer_key_store(True)
        for sheet in walk.start.sheets:
            walk.start.show_sheet(sheet)
            if sheet is walk.start.recovery:
                walk.start.recovery.put(KEY, renewed=True)
            qtbot.waitUntil(lambda: [] == cut(walk.door))

            assert ([], []) == (unnamed(walk.door), marked_up(walk.door)), sheet.title


def test_tab_reaches_everything_on_the_people_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(qtbot, tmp_path / "desk") as walk:
        walk.past_recovery()
        sheet = walk.start.people
        reached = []
        for _ in range(10):
            reached.append(focused())
            walk.press(TAB)

        wanted = [sheet.name, *sheet.roles.values(), sheet.business, sheet.back]
        assert [] == [each for each in wanted if each not in reached]


def test_second_first_start_of_one_folder_is_told_that_there_is_a_profile(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with walking(qtbot, folder) as walk:
        walk.to_passphrase()
        begin_profile(folder, Beginning(Step.RECOVERY, "en"), passphrase="other words of mine", key_store=False)
        for _ in range(2):
            walk.types(WORDS)
            walk.press(ENTER)

        assert "There is a profile in this folder" in walk.start.passphrase.problem.headline.text()
    assert unlock(Profile(folder), passphrase="other words of mine")
