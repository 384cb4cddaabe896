"""What each card of the settings does, on real stores, key files and folders."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.kernel.errors import Trouble
from app.kernel.house import House
from app.kernel.ids import new_id
from app.kernel.rights import Actor, How, Right, Role
from app.store.opening import open_store
from app.store.profile import Made, create_profile, create_sample, unlock
from app.store.slots import Cost
from app.sync.desks import desk_names
from app.sync.records import DeskName
from app.workflows import printing
from app.workflows.desk_copies import DeskCopies
from app.workflows.desk_keys import DeskKeys
from app.workflows.printing import PrinterChoice, PrinterWay, choose_printer, printer_choice
from app.workflows.settings import get_setting, set_setting
from tests.store.test_profile import MemoryRing, ring
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, shown
from tests.ui.walking import focused
from ui.settings.settings_page import SettingsPage
from ui.widgets import letters
from ui.widgets.button import Button
from ui.widgets.inputs import TextField
from ui.widgets.texts import spoken
from ui.work import IDLE_SECONDS

__all__ = ["ring"]

CHEAP = Cost(time=1, memory=64, lanes=1)
OLD, NEW = "four short plain words", "five other quite plain words"


@pytest.fixture
def made(tmp_path: Path, desk: RealDesk) -> Made:
    """An own profile behind the desk."""
    made = create_profile(tmp_path / "own", passphrase=OLD, key_store=False, cost=CHEAP)
    with open_store(made.unlocked):
        pass
    desk.house = House(DeskCopies(made.unlocked), DeskKeys(made.unlocked, cost=CHEAP))
    return made


class Seen:
    """The page with what it told."""

    def __init__(self, desk: RealDesk) -> None:
        self.told: list[str] = []
        self.undo: Any = None
        self.page = SettingsPage(desk)
        self.page.told.connect(self._hear)
        shown(self.page, desk)

    def _hear(self, words: Any, undo: Any) -> None:
        self.told.append(spoken(words))
        self.undo = undo


@pytest.fixture
def seen(desk: RealDesk) -> Seen:
    return Seen(desk)


def opens(made: Made, **secret: str) -> bool:
    try:
        return unlock(made.unlocked.profile, **secret) == made.unlocked
    except Exception:
        return False


def secrets_in(page: SettingsPage) -> list[str]:
    """What is written in any field or label of the card of keys."""
    return [each.text() for each in page.secrets.findChildren(TextField) if each.text()]


# ---------------------------------------------------------------------- person


def test_the_minutes_after_which_the_desk_asks_hold_at_once_and_can_be_taken_back(desk: RealDesk, seen: Seen) -> None:
    card = seen.page.person
    assert IDLE_SECONDS // 60 == card.idle.value
    card.idle.choose(2)

    card.idle.chosen.emit(2)
    desk.settle()

    assert (120, 2, ["The desk asks again after 2 minutes"]) == (
        desk.idle_seconds, desk.ask(get_setting, "desk.idle_minutes"), seen.told,
    )  # fmt: skip
    seen.undo()
    desk.settle()
    assert (IDLE_SECONDS, 10, 10) == (desk.idle_seconds, card.idle.value, desk.ask(get_setting, "desk.idle_minutes"))


def test_who_is_at_the_desk_is_named(seen: Seen) -> None:
    assert "Rita Figueira" == seen.page.person.now.text()


# ---------------------------------------------------------------------- printer


def test_the_printer_is_chosen_of_those_that_the_system_has(
    desk: RealDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listing = tmp_path / "lpstat"
    listing.write_text("#!/bin/sh\necho Office\necho Bench\n", encoding="utf-8")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    seen = Seen(desk)
    card = seen.page.printer
    assert ["The one of this computer", "Ask each time", "Office", "Bench"] == [
        card.printer.itemText(at) for at in range(card.printer.count())
    ]
    card.printer.choose((PrinterWay.NAMED, "Bench"))
    card.paper.choose("Letter")

    card.choose()
    desk.settle()

    assert PrinterChoice(PrinterWay.NAMED, "Bench", "Letter") == desk.ask(printer_choice)
    seen.undo()
    desk.settle()
    assert PrinterChoice() == desk.ask(printer_choice)
    assert (PrinterWay.SYSTEM, "") == card.printer.value


def test_a_printer_that_is_gone_is_said_and_another_one_can_be_chosen(
    desk: RealDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listing = tmp_path / "lpstat"
    listing.write_text("#!/bin/sh\necho Office\n", encoding="utf-8")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    desk.make(choose_printer, PrinterChoice(PrinterWay.NAMED, "Bench"))
    seen = Seen(desk)
    card = seen.page.printer
    said, shown_name = card.gone.headline.text(), card.printer.currentText()
    card.printer.choose((PrinterWay.NAMED, "Office"))

    card.choose()
    desk.settle()

    assert ("The printer Bench is not on this computer any more.", "Bench (gone)") == (said, shown_name)
    assert card.gone.isHidden()


def test_a_test_page_goes_to_the_chosen_printer(desk: RealDesk, seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make(choose_printer, PrinterChoice(PrinterWay.NAMED, "Bench", "A4"))
    got: list[tuple[bytes, PrinterChoice]] = []
    monkeypatch.setattr(printing, "printing_system", lambda: "/usr/bin/lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, title, to: got.append((pdf, to)))

    seen.page.printer.print_trial()
    desk.settle()

    assert [PrinterChoice(PrinterWay.NAMED, "Bench", "A4")] == [to for _, to in got]
    assert got[0][0].startswith(b"%PDF")
    assert ["The test page is on its way to the printer"] == seen.told


# ---------------------------------------------------------------------- copies


def test_back_up_now_makes_a_copy_and_says_how_old_it_is(desk: RealDesk, made: Made, seen: Seen) -> None:
    card = seen.page.copies
    before = card.newest.text()

    card.now.click()
    desk.settle()

    assert "No copy yet" == before
    assert card.newest.text().endswith("0 minutes old")
    assert ["A copy was made and checked"] == seen.told
    assert 1 == len(list(made.unlocked.profile.backups.glob("store-*.db")))


def test_a_further_folder_is_chosen_filled_and_given_up(
    desk: RealDesk, made: Made, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    card = seen.page.copies
    card.choose.click()
    desk.settle()
    kept = desk.ask(get_setting, "backup.elsewhere")
    card.now.click()
    desk.settle()
    there = len(list(stick.iterdir()))

    card.forget.click()
    desk.settle()

    assert (str(stick), 1, "") == (kept, there, desk.ask(get_setting, "backup.elsewhere"))
    assert 1 == len(list(stick.iterdir()))
    seen.undo()
    desk.settle()
    assert str(stick) == desk.ask(get_setting, "backup.elsewhere") == card.folder.text()


def test_a_folder_that_is_not_there_is_refused_at_its_field(desk: RealDesk, made: Made, seen: Seen) -> None:
    card = seen.page.copies
    card.folder.setText("/nowhere/at/all")

    card.keep.click()
    desk.settle()

    assert card.field.problem.startswith("The folder for further copies is not there now.")
    assert desk.ask(get_setting, "backup.elsewhere") is None


def test_a_stick_that_is_not_in_is_said_and_the_copy_here_is_made(
    desk: RealDesk, made: Made, seen: Seen, tmp_path: Path
) -> None:
    desk.make(set_setting, "backup.elsewhere", str(tmp_path / "away"))
    seen.page.copies.reread()
    desk.settle()
    noted = seen.page.copies.field.control.accessibleDescription()

    seen.page.copies.now.click()
    desk.settle()

    assert noted.startswith("The folder is not there now.")
    assert seen.page.copies.problem.isVisible()
    assert 1 == len(list(made.unlocked.profile.backups.glob("store-*.db")))


# ---------------------------------------------------------------------- keys of the desk


def test_the_passphrase_is_changed_and_no_word_of_it_stays(desk: RealDesk, made: Made) -> None:
    seen = Seen(desk)
    card = seen.page.secrets
    card.passphrase.click()
    panel = card.words_panel
    panel.known.setText(OLD)
    panel.fresh.setText(NEW)
    panel.again.setText(NEW)
    judged = panel.strength.text

    panel.submit()
    desk.settle()

    assert "Good: hard to guess" == judged
    assert (True, False) == (opens(made, passphrase=NEW), opens(made, passphrase=OLD))
    assert ["The passphrase is changed"] == seen.told
    assert panel.isHidden() and [] == secrets_in(seen.page)
    assert focused() is card.passphrase


def test_a_wrong_passphrase_and_a_slip_are_said_at_their_fields(desk: RealDesk, made: Made) -> None:
    page = Seen(desk).page
    page.secrets.passphrase.click()
    panel = page.secrets.words_panel
    said = []
    for known, fresh, again in (("wrong words here", NEW, NEW), (OLD, "short", "short"), (OLD, NEW, NEW + "x")):
        panel.known.setText(known)
        panel.fresh.setText(fresh)
        panel.again.setText(again)
        panel.submit()
        desk.settle()
        said.append([name for name, field in panel.fields.items() if field.problem])

    assert [["known"], ["passphrase"], ["again"]] == said
    assert opens(made, passphrase=OLD)


@pytest.mark.parametrize("how", ["escape", "page left", "another person"])
def test_what_was_typed_goes_with_its_question(desk: RealDesk, made: Made, how: str) -> None:
    page = Seen(desk).page
    page.secrets.passphrase.click()
    page.secrets.words_panel.known.setText(OLD)
    page.secrets.words_panel.fresh.setText(NEW)

    if how == "escape":
        page.secrets.words_panel.close_panel()
    elif how == "page left":
        page.leave()
    else:
        desk.take_over(Actor("x", frozenset(Role), "dev", How.CHOSEN, frozenset(Right)))

    assert [] == secrets_in(page)
    assert page.secrets.words_panel.isHidden()


def test_a_new_recovery_key_is_shown_once_copied_printed_and_kept(
    desk: RealDesk, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[bytes, str]] = []
    monkeypatch.setattr(printing, "printing_system", lambda: "/usr/bin/lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, title, to: got.append((pdf, title)))
    seen = Seen(desk)
    seen.page.secrets.recovery.click()
    panel = seen.page.secrets.key_panel
    panel.known.setText(OLD)
    panel.submit()
    desk.settle()
    shown_key = panel.shown.text()
    panel.copy.click()
    panel.print.click()
    desk.settle()
    still = opens(made, recovery=made.recovery)

    panel.submit()
    desk.settle()

    copied = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    assert still and copied.startswith("AGE-SECRET-KEY-1")
    assert copied == "".join(sign for sign in shown_key if sign.isalnum() or sign == "-")
    assert (True, False) == (opens(made, recovery=copied), opens(made, recovery=made.recovery))
    assert ("", []) == (panel.shown.text(), secrets_in(seen.page))
    assert "" == panel._key and panel.isHidden()
    assert "AGE" not in got[0][1]


def test_a_recovery_key_that_nobody_kept_leaves_the_old_one(desk: RealDesk, made: Made) -> None:
    page = Seen(desk).page
    page.secrets.recovery.click()
    panel = page.secrets.key_panel
    panel.known.setText(OLD)
    panel.submit()
    desk.settle()

    panel.close_panel()

    assert opens(made, recovery=made.recovery)
    assert ("", True) == (panel.shown.text(), panel.sheet.isHidden())


def test_the_key_store_is_switched_on_and_said(desk: RealDesk, made: Made, ring: MemoryRing) -> None:
    seen = Seen(desk)
    card = seen.page.secrets
    before = card.itself_line.text()
    card.itself.click()
    card.itself_panel.known.setText(OLD)

    card.itself_panel.submit()
    desk.settle()

    assert "The desk asks for the passphrase at each start." == before
    assert card.itself_line.text().startswith("This computer opens the desk without asking")
    assert unlock(made.unlocked.profile) == made.unlocked


def test_who_may_not_change_settings_changes_no_key(desk: RealDesk, made: Made) -> None:
    desk.take_over(Actor("x", frozenset({Role.TECHNICIAN}), "dev", How.CHOSEN, frozenset({Right.LOG_TICKET})))

    page = Seen(desk).page
    said: list[BaseException] = []
    page.broke.connect(said.append)
    for _, button in page.secrets._panels:
        button.click()

    assert 3 == len(said)
    assert all(panel.isHidden() for panel, _ in page.secrets._panels)


def test_a_sample_says_why_nothing_is_asked(desk: RealDesk, tmp_path: Path) -> None:
    desk.house = House(DeskCopies(sample := create_sample(tmp_path / "sample")), DeskKeys(sample))
    seen = Seen(desk)
    refused: list[Any] = []
    seen.page.broke.connect(refused.append)

    seen.page.secrets.passphrase.click()

    assert [Trouble.NOT_ALLOWED] == [each.kind for each in refused] and [] == seen.told
    assert spoken(refused[0].message).startswith("This desk is a sample.")
    assert seen.page.secrets.words_panel.isHidden()


def test_a_choice_that_may_not_be_made_is_shown_as_it_was(desk: RealDesk) -> None:
    desk.take_over(Actor("x", frozenset({Role.TECHNICIAN}), "dev", How.CHOSEN, frozenset({Right.LOG_TICKET})))
    page = Seen(desk).page
    page.person.idle.choose(2)
    page.person.idle.chosen.emit(2)
    page.keyboard.letters.click()

    desk.settle()

    assert (10, IDLE_SECONDS, True, True) == (
        page.person.idle.value, desk.idle_seconds, page.keyboard.letters.isChecked(), letters.letters_alone(),
    )  # fmt: skip


# ---------------------------------------------------------------------- keyboard


def test_letters_that_need_alt_are_shown_so_on_every_button_and_come_back(desk: RealDesk, seen: Seen) -> None:
    try:
        seen.page.keyboard.letters.click()
        desk.settle()
        without = seen.page.people.add.face.keys, letters.letters_alone(), desk.ask(get_setting, "keys.letters")

        seen.undo()
        desk.settle()

        assert ("Alt A", False, False) == without
        assert ("A", True, True) == (
            seen.page.people.add.face.keys, letters.letters_alone(), desk.ask(get_setting, "keys.letters"),
        )  # fmt: skip
        assert seen.page.keyboard.letters.isChecked()
    finally:
        letters.set_letters(alone=True)


# ---------------------------------------------------------------------- computers


def test_this_computer_gets_a_name_that_can_be_taken_back(desk: RealDesk, seen: Seen) -> None:
    card = seen.page.devices
    card.name.setText("Workshop")

    card.save.click()
    desk.settle()

    assert ["Workshop"] == list(desk.ask(desk_names).values())
    seen.undo()
    desk.settle()
    assert {} == desk.ask(desk_names)


def test_a_name_that_another_computer_has_is_refused_at_its_field(desk: RealDesk, seen: Seen) -> None:
    desk.make(_name_another, "Van 2")
    card = seen.page.devices
    card.name.setText("van 2")

    card.keep_name()
    desk.settle()

    assert card.field.problem.startswith("Another computer has this name.")
    assert "Van 2" in [card.model.record(at).name for at in range(card.model.rowCount())]


def _name_another(work: Any, name: str) -> None:
    work.session.add(DeskName(id=new_id(), name=name))


# ---------------------------------------------------------------------- all of it


@pytest.mark.parametrize(("theme", "language", "width"), [("light", "en", 1200), ("dark", "ar", 820)])
def test_with_every_question_open_nothing_is_cut_unnamed_or_read_as_markup(
    desk: RealDesk, made: Made, dress: Dress, theme: str, language: str, width: int
) -> None:
    dress(theme, language)
    page = Seen(desk).page
    page.resize(width, 800)
    for panel, _ in page.secrets._panels:
        panel.ask()
    page.secrets.key_panel._show(made.recovery)
    page.secrets.words_panel.fresh.setText("weak weak weak")
    desk.bot.wait(100)

    assert ([], [], []) == (walking.unnamed(page), walking.marked_up(page), walking.cut(page))
    assert page.secrets.findChildren(Button)
