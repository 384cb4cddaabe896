"""The crisis page by keyboard alone: symptoms, search, what to do now, paper."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.handbook.place import Shelf, shelf_of
from app.handbook.shelf import BEFORE, CURRENT, choose_market, chosen_market, keep
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.language.isolates import without_controls
from app.workflows import printing
from tests.handbook.shelves import LATER, filled, issued
from tests.noise import Announce
from tests.ui.conftest import Dress
from tests.ui.desks import RITA, InstantRunner
from tests.ui.walking import cut, focused, marked_up, unnamed
from ui.handbook.crisis_page import CrisisPage
from ui.handbook.tile import SymptomTile
from ui.theme.tokens import TOKENS, Theme, contrast
from ui.work import Desk

WIDTHS = [(1440, 900), (1060, 800), (780, 700)]
LEAST = 16  # px
SETTLED = 2_000  # ms
DUTY = "+64 3 555 0142"


@dataclass
class Up:
    """A page in a window of its own."""

    bot: QtBot
    page: CrisisPage

    def key(self, *keys: Qt.Key) -> None:
        for each in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, each)
        QApplication.processEvents()

    def types(self, text: str) -> None:
        QTest.keyClicks(focused(), text)
        QApplication.processEvents()

    def words(self) -> str:
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def code(self) -> str:
        return self.page.shown.spoken.code if self.page.shown else ""

    def settled(self) -> None:
        self.bot.waitUntil(lambda: not self.page.desk.busy)
        QApplication.processEvents()


Opens = Callable[..., Up]


@pytest.fixture
def opens(qtbot: QtBot, tmp_path: Path) -> Iterator[Opens]:
    def make(shelf: object = None, *, size: tuple[int, int] = WIDTHS[0]) -> Up:
        desk = Desk(InstantRunner(), RITA)
        page = CrisisPage(desk)
        desk.setParent(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.open(shelf or filled(tmp_path))
        QApplication.processEvents()
        return Up(qtbot, page)

    yield make


@pytest.mark.parametrize("size", [(1024, 700), (800, 600)])
def test_the_number_for_help_is_in_sight_before_and_after_the_market_is_chosen(
    opens: Opens, tmp_path: Path, qtbot: QtBot, size: tuple[int, int]
) -> None:
    filled(tmp_path)
    up = opens(shelf_of(tmp_path, sample=False, zone="Asia/Tokyo"), size=size)
    place = up.page.tiles

    def in_sight(widget: QWidget) -> bool:
        top = widget.mapTo(place, widget.rect().topLeft()).y()
        return 0 <= top and top + widget.height() <= place.height()

    def number_in_sight() -> bool:
        return any(each.isVisible() and in_sight(each) for each in place.findChildren(QLabel) if each.text() == DUTY)

    qtbot.waitUntil(lambda: number_in_sight() and in_sight(place.market))
    assert focused() is place.market
    place.market_chosen.emit("PT")
    qtbot.waitUntil(lambda: focused() is place.tiles[0])
    qtbot.waitUntil(number_in_sight)


def test_words_that_nothing_fits_are_said_to_fit_nothing(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_Slash)
    up.types("stolen")
    assert (True, 12) == (up.page.tiles.nothing.isVisible(), len(up.page.tiles.tiles))
    up.page.tiles.search.clear()
    up.types("burnt")

    assert not up.page.tiles.nothing.isVisible()


@pytest.mark.parametrize("size", WIDTHS)
def test_the_title_of_a_page_has_room_beside_its_acts_or_below_them(
    opens: Opens, qtbot: QtBot, size: tuple[int, int]
) -> None:
    up = opens(size=size)

    up.key(Qt.Key.Key_2)

    title = next(each for each in up.page.findChildren(QLabel) if each.text() == up.page.title())
    qtbot.waitUntil(lambda: title.height() <= 2 * title.fontMetrics().lineSpacing())


def test_a_number_brings_do_now_up_and_escape_goes_back(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_2)

    assert "CP-04" == up.code()
    assert "DO NOW" in up.words() and "Ask: is the person breathing well now?" in up.words()
    up.key(Qt.Key.Key_Escape)
    assert ("", True) == (up.code(), up.page.tiles.isVisible())


def test_whole_do_now_is_on_screen_without_scrolling(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_1)
    up.bot.wait(50)

    last = up.page.procedure.steps[-1]
    assert last.mapTo(up.page, last.rect().bottomLeft()).y() < up.page.height()


def test_arrows_walk_over_the_tiles_and_enter_opens(opens: Opens) -> None:
    up = opens()
    first = focused()

    up.key(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)

    here = focused()
    assert isinstance(first, SymptomTile) and isinstance(here, SymptomTile)
    assert (1, 5) == (up.page.tiles.tiles.index(first) + 1, up.page.tiles.tiles.index(here) + 1)
    up.key(Qt.Key.Key_Return)
    assert "CP-06" == up.code()


def test_arrows_follow_the_reading_direction(opens: Opens, dress: Dress) -> None:
    dress("light", "ar")
    up = opens()

    up.key(Qt.Key.Key_Left)

    here = focused()
    assert isinstance(here, SymptomTile) and "allergy" == here.seen.code


def test_slash_searches_and_enter_takes_the_first(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_Slash)
    up.types("brnt hand")

    assert "burnt" == next(each.seen.code for each in up.page.tiles.tiles)
    up.key(Qt.Key.Key_Return)
    assert "CP-01" == up.code()


def test_a_letter_begins_the_search_by_itself(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_S)
    up.types("moke")

    assert "smoke" == up.page.tiles.search.text()
    assert "fire" == up.page.tiles.tiles[0].seen.code


def test_symptom_without_a_page_leads_to_honest_words_and_people(opens: Opens) -> None:
    up = opens()

    up.key(Qt.Key.Key_4)

    assert "There is no procedure for fire, shock and flood yet." in up.words()
    assert "+64 3 555 0142" in up.words()


def test_numbers_tick_and_ticks_are_kept_nowhere(opens: Opens, tmp_path: Path) -> None:
    up = opens()
    up.key(Qt.Key.Key_2)
    before = sorted(each.name for each in tmp_path.rglob("*"))

    up.key(Qt.Key.Key_3)

    assert [False, False, True] == [each.tick.isChecked() for each in up.page.procedure.steps[:3]]
    up.key(Qt.Key.Key_Escape, Qt.Key.Key_2)
    assert not any(each.tick.isChecked() for each in up.page.procedure.steps)
    assert before == sorted(each.name for each in tmp_path.rglob("*"))


def test_answer_of_a_question_excludes_the_others_and_may_lead_on(opens: Opens) -> None:
    up = opens()
    up.key(Qt.Key.Key_8)
    asked = next(each for step in up.page.procedure.steps for each in step.questions())

    asked.buttons[2].click()
    assert "Go on with the next line." in up.words()
    asked.buttons[0].click()

    assert "CP-01" == up.code()


def test_order_of_the_page_is_fixed(opens: Opens) -> None:
    up = opens()
    up.key(Qt.Key.Key_2)
    heads = [each.head.text() for each in up.page.procedure.boxes()]

    assert [
        "DO NOW", "DO NOT SAY", "IT IS WORSE WHEN", "TELL", "CLOCKS", "FACTS TO COLLECT", "KEEP", "SAY", "NEXT STEPS",
        "ENDS WHEN",
    ] == heads  # fmt: skip


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), ("dark", "ar"), ("contrast", "en"), ("light", "zh-Hans")]
)
def test_every_page_is_named_whole_and_large_enough(
    opens: Opens, dress: Dress, size: tuple[int, int], theme: str, language: str
) -> None:
    dress(theme, language)
    up = opens(size=size)

    for code in ("", "CP-01", "CP-04", "CP-05"):
        if code:
            up.page.show_procedure(code)
        with suppress(up.bot.TimeoutError):  # wrapped labels take their height when the layout has settled
            up.bot.waitUntil(lambda: cut(up.page) == [], timeout=SETTLED)
        small = [
            each.text() for each in up.page.findChildren(QLabel)
            if each.isVisible() and each.text() and each.font().pixelSize() < LEAST
        ]  # fmt: skip

        assert ([], [], [], []) == (unnamed(up.page), marked_up(up.page), cut(up.page), small), code


@pytest.mark.parametrize("theme", list(Theme))
def test_do_now_is_read_at_seven_to_one(theme: Theme) -> None:
    tokens = TOKENS[theme]

    assert contrast(tokens.ink, tokens.panel) >= 7
    assert contrast(tokens.on_fill, tokens.stop_fill) >= 7


def test_market_is_remembered_and_changes_numbers(opens: Opens, tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    up = opens(shelf)

    up.page.tiles.market_chosen.emit("US")
    up.settled()

    assert "911" in up.words()
    assert "US" == chosen_market(shelf)


def test_language_of_the_handbook_is_chosen_apart_from_the_desk(opens: Opens) -> None:
    up = opens()

    up.page.tiles.language_chosen.emit("pt-PT")
    up.key(Qt.Key.Key_2)

    assert "FAÇA JÁ" in up.words()
    assert "Todos os sintomas" in up.page.back_button.text()


def test_language_of_the_desk_brings_the_page_along(opens: Opens, dress: Dress) -> None:
    up = opens()
    up.key(Qt.Key.Key_2)

    dress("light", "ar")
    QApplication.processEvents()

    assert "افعل الآن" in up.words()


def test_letter_p_prints_the_bytes_themselves(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[bytes, str]] = []
    monkeypatch.setattr(printing, "printing_system", lambda: "lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, *, title, to: printed.append((pdf, title)))
    up = opens()
    up.key(Qt.Key.Key_1)

    up.key(Qt.Key.Key_P)
    up.settled()

    assert [(b"%PDF-", "CP-01")] == [(pdf[:5], title) for pdf, title in printed]
    assert up.page.problem.isVisible()


def test_letter_v_shows_the_paper_and_escape_the_page(opens: Opens) -> None:
    up = opens()
    up.key(Qt.Key.Key_1)

    up.key(Qt.Key.Key_V)
    up.settled()

    assert (True, 1) == (up.page.preview.isVisible(), up.page.preview.page)
    up.key(Qt.Key.Key_Escape)
    assert up.page.procedure.isVisible()


def test_old_page_is_amber(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.handbook.crisis_page.now", lambda: 1_900_000_000_000_000)
    up = opens()

    up.key(Qt.Key.Key_1)

    assert "This page is old." in up.words()


def test_altered_copy_says_that_the_last_verified_one_is_shown(
    opens: Opens, tmp_path: Path, announce: Announce
) -> None:
    announce("a copy of the handbook is not taken")
    shelf = filled(tmp_path)
    (shelf.folder / CURRENT / "handbook" / "CP-04.yaml").write_bytes(b"kind: nothing\n")

    up = opens(shelf)

    assert "had been changed or was lost" in up.words()
    assert 12 == len(up.page.tiles.tiles)


def test_when_nothing_can_be_believed_a_sentence_says_whom_to_call(
    opens: Opens, tmp_path: Path, announce: Announce
) -> None:
    announce("a copy of the handbook is not taken")
    shelf = filled(tmp_path, sample=False)
    for name in (CURRENT, BEFORE):
        (shelf.folder / name / "manifest.json").write_bytes(b"{}")

    up = opens(shelf)

    assert "Call the emergency number" in up.words()
    assert not up.page.tiles.isVisible()
    assert up.page.back_button is focused()


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("shelf", [True, False])
def test_desk_without_a_handbook_says_whom_to_call_and_how_it_comes(
    opens: Opens, tmp_path: Path, shelf: bool, size: tuple[int, int]
) -> None:
    up = opens(shelf_of(tmp_path / "nowhere", sample=False) if shelf else object(), size=size)

    assert "Call the emergency number of your country first. In the European Union it is 112." == (
        up.page.problem.headline.text()
    )
    assert "key Ctrl E" in up.page.problem.line.text()
    up.bot.waitUntil(lambda: cut(up.page) == [])
    assert "There is no crisis handbook on this computer yet." in up.words()


def test_clocks_of_the_people_go_on(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    up = opens()
    up.key(Qt.Key.Key_1)
    monkeypatch.setattr("ui.handbook.crisis_page.now", lambda: 1_795_515_900_000_000)

    up.page._beat()

    assert "10:25" in up.words() and "23:25" in up.words()
    assert "answered at any hour" in up.words()


# ------------------------------------------------------------------ a newer handbook


@dataclass
class News:
    """A page over a shelf of a publisher of its own, who may issue more."""

    up: Up
    shelf: Shelf
    key: Ed25519PrivateKey
    folder: Path

    def issue(self, version: int, **changed: tuple[str, str]) -> None:
        keep(self.shelf, issued(self.folder, self.key, version, **changed), LATER)
        self.up.page.desk.exchange.changed.emit()
        QApplication.processEvents()


@pytest.fixture
def news(opens: Opens, tmp_path: Path) -> News:
    key = Ed25519PrivateKey.generate()
    shelf = Shelf(tmp_path / "handbook", key.public_key().public_bytes_raw(), zone="Europe/Lisbon")
    keep(shelf, issued(tmp_path, key, 1), LATER)
    choose_market(shelf, "PT")
    return News(opens(shelf), shelf, key, tmp_path)


STEP = ("Tell them: main switch off, water shut, only from outside.", "Tell them: main switch off, from outside.")


def test_procedure_on_screen_is_renewed_with_a_line_and_the_readers_place_and_ticks_stay(news: News) -> None:
    page = news.up.page
    news.up.key(Qt.Key.Key_1)
    news.up.key(Qt.Key.Key_1)
    page.procedure.turn(1)
    QApplication.processEvents()
    box = page.procedure.place()[0]
    shown_at = page.procedure.boxes()[box].mapToGlobal(page.procedure.boxes()[box].rect().topLeft()).y()

    news.issue(2, CP_01=STEP)
    news.up.bot.wait(30)

    assert STEP[1] in news.up.words() and STEP[0] not in news.up.words()
    assert "This page was renewed: version 1" in news.up.words()
    ticked = [each.tick.isChecked() for each in page.procedure.steps]
    assert [True] + [False] * 6 == ticked
    now_at = page.procedure.boxes()[box].mapToGlobal(page.procedure.boxes()[box].rect().topLeft()).y()
    assert abs(shown_at - now_at) <= 2


def test_a_newer_handbook_in_which_the_page_reads_the_same_moves_and_says_nothing(news: News) -> None:
    news.up.key(Qt.Key.Key_2)
    steps = news.up.page.procedure.steps

    news.issue(2, CP_01=STEP)

    assert steps is news.up.page.procedure.steps
    assert not news.up.page.problem.isVisible()


def test_the_symptoms_say_that_the_handbook_was_renewed(news: News) -> None:
    news.issue(2, tiles=("Flames, smoke, someone got a shock, water everywhere", "Flames, smoke, a shock"))

    assert "The handbook was renewed: version 2" in news.up.words()
    news.up.key(Qt.Key.Key_1)
    assert not news.up.page.problem.isVisible()


def test_a_newer_handbook_that_cannot_be_believed_leaves_what_is_shown(news: News, announce: Announce) -> None:
    announce("a copy of the handbook is not taken")
    news.up.key(Qt.Key.Key_1)
    before = news.up.words()

    for name in (CURRENT, BEFORE):
        (news.shelf.folder / name / "manifest.sig").write_bytes(b"0" * 128 + b"\n")
    news.up.page.desk.exchange.changed.emit()

    assert before == news.up.words()


# ------------------------------------------------------------------ keys and words


@pytest.mark.parametrize(
    ("signs", "at"),
    [("1", 0), ("9", 8), ("0", 9), ("-", 10), ("+", 11), ("=", 11), ("\u0661", 0), ("\u0660", 9), ("\u06f9", 8)],
)
def test_every_symptom_has_a_key_that_stands_on_it_in_every_layout(opens: Opens, signs: str, at: int) -> None:
    up = opens()
    wanted = up.page.tiles.tiles[at]
    assert 12 == len({each.accessibleDescription() for each in up.page.tiles.tiles} - {""})

    up.page.press(signs)

    assert wanted.seen.leads_to == up.code()


@pytest.mark.parametrize("language", ["pt-PT", "pt-BR", "ar", "zh-Hans"])
def test_every_word_of_the_page_is_in_the_language_of_the_page(opens: Opens, language: str) -> None:
    up = opens()
    english = up.page.tiles.page
    assert english is not None
    up.page.tiles.language_chosen.emit(language)
    QApplication.processEvents()

    seen = everything(up)
    up.key(Qt.Key.Key_1)
    seen |= everything(up)

    same = {"own_name"}
    left = {text for code, text in english.words.items() if code not in same and "{" not in text}
    assert set() == seen & left


def everything(up: Up) -> set[str]:
    """Every text that is seen or read out."""
    widgets = [each for each in up.page.findChildren(QWidget) if each.isVisible()]
    found = {each.accessibleName() for each in widgets}
    for each in widgets:
        if isinstance(each, QLabel | QAbstractButton):
            found.add(each.text())
        if isinstance(each, QLineEdit):
            found.add(each.placeholderText())
    return {without_controls(text) for text in found}


def test_the_whole_handbook_goes_to_the_printer_from_the_symptoms(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(printing, "printing_system", lambda: "lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, *, title, to: printed.append(pdf))
    up = opens()
    assert up.page.all_button.isVisible()

    up.page.all_button.click()
    up.settled()

    assert 1 == len(printed) and printed[0].startswith(b"%PDF")
    assert "Sent to the printer" in up.words()


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printing system that knows no printer."""

    def refuse(_pdf: bytes, *, title: str, to: object) -> None:
        raise UserError(Trouble.DISK, say("No printer is chosen on this computer."), field="printer")

    monkeypatch.setattr(printing, "printing_system", lambda: "lp")
    monkeypatch.setattr(printing, "print_file", refuse)


@pytest.mark.usefixtures("no_printer")
def test_without_a_printer_the_page_says_what_it_has_instead_until_it_is_left(opens: Opens) -> None:
    up = opens()
    up.key(Qt.Key.Key_1)

    up.key(Qt.Key.Key_P)
    up.settled()
    assert "V shows the paper here, Ctrl S saves it as a PDF." in up.words()
    up.key(Qt.Key.Key_V)
    up.settled()
    assert (False, True) == (up.page.problem.isVisible(), up.page.save_button.isVisible())
    up.key(Qt.Key.Key_P)
    up.settled()
    assert "Ctrl S saves the paper as a PDF." in up.words()

    up.key(Qt.Key.Key_Escape)
    assert not up.page.problem.isVisible()
    up.key(Qt.Key.Key_P)
    up.settled()
    assert up.page.problem.isVisible()
    up.key(Qt.Key.Key_Escape)
    assert not up.page.problem.isVisible()


@pytest.mark.parametrize(("tile", "name"), [((Qt.Key.Key_1,), "CP-01.pdf"), ((), "Crisis handbook.pdf")])
def test_the_paper_is_saved_as_a_pdf_by_key(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tile: tuple[Qt.Key, ...], name: str
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, proposed: str, _kind: str) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(tmp_path / "saved.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    up = opens()
    up.key(*tile)

    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    up.settled()

    assert [name] == asked
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")
    assert "Copy saved" in up.words()
