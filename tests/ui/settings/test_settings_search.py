"""Every setting is found by any word for it, on the page and from the palette, and opened at its place."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, act, shown
from tests.ui.walking import focused, here
from ui.settings.card import SettingsCard
from ui.settings.index import CARDS, ENTRIES, matching
from ui.settings.settings_page import SettingsPage
from ui.shell.frame import Frame
from ui.shell.palette import settings_matching
from ui.widgets.texts import spoken


def page_of(desk: RealDesk) -> SettingsPage:
    page = SettingsPage(desk)
    shown(page, desk)
    return page


def cards_in_sight(page: SettingsPage) -> list[str]:
    return [name for name, card in page.cards.items() if not card.isHidden()]


def rows_in_sight(page: SettingsPage) -> list[str]:
    cards = [card for card in page.cards.values() if isinstance(card, SettingsCard) and not card.isHidden()]
    return [name for card in cards for name, row in card.rows.items() if not row.isHidden()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("password", "secrets"), ("PASSW", "secrets"), ("font", "look"), ("dark", "look"), ("backup", "copies"),
        ("usb", "copies.elsewhere"), ("a4", "printer.paper"), ("stolen", "devices.lost"), ("csv", "old"),
        ("idle", "person.idle"), ("shortcut", "keys"), ("pässphrase", "secrets"), ("new recovery", "secrets.recovery"),
        ("business", "desk"), ("company", "desk"),
    ],
)  # fmt: skip
def test_a_setting_is_found_by_another_word_for_it(text: str, expected: str) -> None:
    assert expected in [each.name for each in matching(text)]


def test_a_word_in_the_middle_of_another_finds_nothing() -> None:
    assert [] == matching("ackup")
    assert [] == matching("printer xyz")
    assert [] == matching("   ")


def test_every_setting_is_found_by_its_own_name_first(dress: Dress) -> None:
    for entry in ENTRIES:
        assert entry is matching(spoken(entry.words))[0]


def test_arabic_is_found_without_its_article_and_its_marks(dress: Dress) -> None:
    dress("light", "ar")

    assert "people" in [each.name for each in matching("أشخاص")]


def test_what_does_not_fit_goes_and_comes_back(desk: RealDesk) -> None:
    page = page_of(desk)

    page.search.setText("stick")
    narrowed = cards_in_sight(page), rows_in_sight(page)
    page.search.setText("")

    assert (["copies"], ["copies.elsewhere"]) == narrowed
    assert list(CARDS) == cards_in_sight(page)
    assert len(rows_in_sight(page)) > 10


def test_the_name_of_a_card_shows_all_of_it(desk: RealDesk) -> None:
    page = page_of(desk)

    page.search.setText("Your computers")

    assert ["devices"] == cards_in_sight(page)
    assert 5 == len(rows_in_sight(page))


def test_nothing_found_says_what_to_do_and_escape_shows_all(desk: RealDesk) -> None:
    page = page_of(desk)
    act(page, "/").run()
    QTest.keyClicks(page.search, "xyzzy")
    said = page.nothing.isHidden(), cards_in_sight(page)

    QTest.keyClick(page.search, Qt.Key.Key_Escape)

    assert (False, []) == said
    assert page.nothing.isHidden() and list(CARDS) == cards_in_sight(page)


def test_a_slash_goes_to_the_search_and_enter_to_what_fits_best(frame: Frame, desk: RealDesk) -> None:
    frame.go("settings")
    desk.bot.waitUntil(lambda: isinstance(frame.stage.page, SettingsPage))
    desk.settle()
    page: Any = frame.stage.page
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Slash)
    desk.bot.waitUntil(page.search.hasFocus)

    QTest.keyClicks(page.search, "test page")
    QTest.keyClick(page.search, Qt.Key.Key_Return)

    assert focused() is page.printer.trial


def test_every_setting_has_a_card_and_a_place_for_the_keyboard(desk: RealDesk) -> None:
    page = page_of(desk)

    assert set(CARDS) == set(page.cards) == {entry.card for entry in ENTRIES}
    assert [] == [entry.name for entry in ENTRIES if page._start_of(entry.name) is None]
    for card in page.cards.values():
        if isinstance(card, SettingsCard):
            assert set(card.rows) <= {entry.name for entry in ENTRIES}


def test_the_palette_opens_a_setting_at_its_place(frame: Frame, desk: RealDesk) -> None:
    frame.ask_palette("one letter")
    desk.settle()
    hit = next(hit for hit in frame.palette_over.hits() if hit.place == "settings")

    frame.palette_over._take(hit)
    desk.bot.waitUntil(lambda: isinstance(frame.stage.page, SettingsPage))
    desk.settle()
    QApplication.processEvents()

    page: Any = frame.stage.page
    assert "settings" == here(frame).place
    assert focused() is page.keyboard.letters
    top = page.keyboard.letters.mapTo(page._scroll.viewport(), page.keyboard.letters.rect().topLeft()).y()
    assert 0 <= top <= page._scroll.viewport().height()


def test_a_second_setting_from_the_palette_is_gone_to_while_the_page_is_up(frame: Frame, desk: RealDesk) -> None:
    for name in ("printer.trial", "copies.elsewhere"):
        frame.go("settings", name)
        desk.bot.waitUntil(lambda: isinstance(frame.stage.page, SettingsPage))
        desk.settle()
        QApplication.processEvents()

    page: Any = frame.stage.page
    assert focused() is page.copies.folder


def test_the_palette_offers_settings_only_for_a_text() -> None:
    assert [] == settings_matching("")
    assert ["printer.trial"] == [hit.argument for hit in settings_matching("test page")]
