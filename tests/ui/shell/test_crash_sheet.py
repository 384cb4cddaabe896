"""The report of a fault: what is shown is what goes, and nothing goes without a press."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Dress
from tests.ui.desks import RITA, InstantRunner
from tests.ui.walking import cut, marked_up, unnamed
from ui.shell.crash_sheet import CrashSheet
from ui.widgets.texts import spoken
from ui.work import Desk, Reporting

REPORT = "PySide6 6.11, Python 3.11\nValueError\n  ui/shell/frame.py:12 go"


class Broken:
    """A window with the sheet, and what it asked of the exchange."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1000, 760)
        self.desk = Desk(InstantRunner(), RITA, parent=self.window)
        self.sheet = CrashSheet(self.window, self.desk)
        self.wishes: list[Reporting] = []
        self.taken_back: list[str] = []
        self.settled: list[bool] = []
        self.desk.exchange.reporting.connect(self.wishes.append)
        self.desk.exchange.taking_back.connect(self.taken_back.append)
        self.sheet.settled.connect(lambda: self.settled.append(True))
        self.window.show()

    @property
    def said(self) -> str:
        return spoken(self.sheet.state.text())


@pytest.fixture
def broken(qtbot: QtBot) -> Broken:
    return Broken(qtbot)


def test_what_is_shown_is_what_is_sent_copied_and_saved(broken: Broken, tmp_path: Path) -> None:
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)
    broken.sheet.words.setPlainText("I pressed\nCtrl N")
    shown = broken.sheet.text.toPlainText()

    broken.sheet.copy()
    broken.sheet.save_to(str(tmp_path / "report.txt"))
    broken.sheet.send.click()

    assert f"{REPORT}\n\nWhat was done:\nI pressed\nCtrl N" == shown
    assert [shown] == [each.text for each in broken.wishes]
    assert shown == QGuiApplication.clipboard().text() == (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_nothing_is_sent_by_itself_and_esc_sends_nothing(broken: Broken) -> None:
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)
    broken.sheet.words.setPlainText("half a sentence")

    broken.sheet.close_over()
    broken.sheet.show_report(REPORT)

    assert ([], []) == (broken.wishes, broken.settled)
    assert REPORT == broken.sheet.text.text  # the half sentence was of the report before


def test_desk_without_a_connection_offers_copy_and_file_alone(broken: Broken) -> None:
    broken.sheet.show_report(REPORT)
    broken.sheet.send_now()

    assert not broken.sheet.send.isVisible()
    assert broken.sheet.copy_button.isVisible() and broken.sheet.save_button.isVisible()
    assert [] == broken.wishes


def test_second_press_sends_no_second_report_and_words_stay_as_they_went(broken: Broken) -> None:
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)

    broken.sheet.send_now()
    broken.sheet.offer_sending("Averdell")  # the light tells it again and again
    broken.sheet.send_now()

    assert 1 == len(broken.wishes)
    assert broken.sheet.words.isReadOnly() and not broken.sheet.send.isVisible()
    broken.wishes[0].done("sent")
    assert ("It was sent. Thank you.", [True]) == (broken.said, broken.settled)


def test_without_a_network_it_says_so_and_can_be_taken_back(broken: Broken) -> None:
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)
    broken.sheet.send_now()
    broken.wishes[0].done("waits")
    broken.sheet.offer_sending("Averdell")
    assert "no network" in broken.said and broken.sheet.back.isVisible()

    broken.sheet.back.click()

    assert [broken.wishes[0].key] == broken.taken_back
    assert not broken.sheet.back.isVisible() and broken.sheet.send.isVisible()
    broken.sheet.send_now()
    assert broken.wishes[0].key != broken.wishes[1].key


@pytest.mark.parametrize("outcome", ["refused", "error"])
def test_what_could_not_be_sent_can_be_saved_and_is_offered_again(broken: Broken, outcome: str) -> None:
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)
    broken.sheet.send_now()

    if outcome == "refused":
        broken.wishes[0].done("refused")
    else:
        broken.wishes[0].failed(ValueError("Maria"))

    assert "Save it as a file" in broken.said and "Maria" not in broken.said
    assert [] == broken.settled


def test_second_report_while_it_is_open_is_added_below(broken: Broken) -> None:
    broken.sheet.show_report(REPORT)
    broken.sheet.words.setPlainText("twice")
    broken.sheet.show_report("KeyError")

    assert f"{REPORT}\n\nKeyError\n\nWhat was done:\ntwice" == broken.sheet.text.text


def test_endless_report_and_words_stay_below_what_is_taken(broken: Broken) -> None:
    broken.sheet.show_report("x" * 90_000)
    broken.sheet.words.setPlainText("y" * 90_000)

    assert len(broken.sheet.text.text) < 30_000


def test_left_report_is_told_as_of_the_last_time(broken: Broken) -> None:
    heard: list[str] = []
    broken.sheet.reported.connect(heard.append)

    broken.sheet.offer_again(REPORT)

    assert "the last time" in broken.sheet._title.text()
    assert [] == heard  # it is not written down a second time


def test_whole_report_can_be_chosen_by_keyboard_and_scrolled(broken: Broken) -> None:
    broken.sheet.show_report("\n".join(f"line {n}" for n in range(300)))
    broken.sheet.text.setFocus()
    broken.sheet.text.selectAll()

    flags = broken.sheet.text.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert broken.sheet.text.textCursor().selectedText().endswith("line 299")
    assert broken.sheet.text.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_is_named_and_no_text_is_cut(broken: Broken, dress: Dress, language: str, qtbot: QtBot) -> None:
    dress("light", language)
    broken.window.resize(900, 640)
    broken.sheet.offer_sending("Averdell")
    broken.sheet.show_report(REPORT)
    broken.sheet.send_now()
    broken.wishes[0].done("waits")
    QApplication.processEvents()

    assert ([], []) == (unnamed(broken.window), marked_up(broken.window))
    qtbot.waitUntil(lambda: [] == cut(broken.window))
