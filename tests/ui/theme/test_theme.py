"""Fonts, icons, palette and the change of look."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.kernel.errors import BugError
from tests.ui.conftest import Dress
from ui.theme.fonts import ARABIC, HAN, LATIN, font, width_of
from ui.theme.icons import pixmap
from ui.theme.look import colour, look
from ui.theme.paint import write
from ui.theme.resources import ICONS
from ui.theme.tokens import DARK, Theme
from ui.widgets.texts import serial

UI = Path(__file__).resolve().parents[3] / "ui"


def test_all_three_families_are_bundled() -> None:
    assert {LATIN, ARABIC, HAN} <= set(QFontDatabase.families())


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_each_weight_is_a_cut_of_its_own(weight: int) -> None:
    assert (LATIN, weight) == (QFontInfo(font("body", weight=weight)).family(), QFontInfo(font(weight=weight)).weight())


@pytest.mark.parametrize("kind", ["body", "title", "head"])
def test_a_strong_text_is_strong_in_chinese_too(kind: str) -> None:
    plain, strong = (_ink(font(kind, weight=weight), "维修工单") for weight in (400, 600))

    assert strong > plain * 1.1


def _ink(of: QFont, text: str) -> int:
    picture = QImage(200, 60, QImage.Format.Format_Grayscale8)
    picture.fill(0)
    painter = QPainter(picture)
    painter.setFont(of)
    painter.setPen(QColor("white"))
    painter.drawText(10, 40, text)
    painter.end()
    return sum(picture.bits())


@pytest.mark.parametrize("sign", ["ع", "ß", "Ω", "й", "云", "佐", "ã"])
def test_each_script_of_our_markets_has_a_glyph(sign: str) -> None:
    found = [QRawFont.fromFont(font()), *(QRawFont.fromFont(_only(family)) for family in (ARABIC, HAN))]

    assert any(raw.supportsCharacter(ord(sign)) for raw in found)


def _only(family: str) -> QFont:
    made = font()
    made.setFamilies([family])
    return made


def test_serials_have_figures_of_one_width() -> None:
    assert width_of("1111", code=True) == width_of("0000", code=True)


@pytest.mark.parametrize(("language", "word"), [("ar", "ألغِ"), ("zh-Hans", "取消")])
def test_the_words_of_qt_itself_are_in_the_language(dress: Dress, language: str, word: str) -> None:
    dress("light", language)

    assert word == QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_arabic_rows_are_not_torn_apart(dress: Dress) -> None:
    dress("light", "ar")

    height = QRawFont.fromFont(font("body")).ascent() + QRawFont.fromFont(font("body")).descent()

    assert height <= 14 * 1.5


def test_every_icon_named_in_the_interface_is_bundled() -> None:
    named = {
        name
        for path in UI.rglob("*.py")
        for name in re.findall(r"""(?:icon=|Icon\(|Entry\(|EmptyState\(|pixmap\()"([a-z0-9-]+)\"""", path.read_text())
    }

    assert set() == {name for name in named if not (ICONS / f"{name}.svg").is_file()}


def test_an_unknown_icon_is_our_mistake() -> None:
    with pytest.raises(BugError, match="no icon named"):
        pixmap("no-such-icon")


def test_an_arrow_turns_with_the_direction_of_reading(dress: Dress) -> None:
    forward = pixmap("arrow-right").toImage()
    dress("light", "ar")

    assert forward == pixmap("arrow-left").toImage()
    assert pixmap("arrow-right").toImage() != forward


def test_an_icon_takes_the_colour_of_the_theme(dress: Dress) -> None:
    light = pixmap("check").toImage()
    dress("dark", "en")

    assert pixmap("check").toImage() != light


def test_dark_changes_palette_and_tokens(qapp: QApplication, dress: Dress) -> None:
    dress("dark", "en")

    assert Theme.DARK is look().theme
    assert QColor(DARK.canvas) == qapp.palette().color(QPalette.ColorRole.Window)


def test_system_is_light_where_qt_does_not_know(dress: Dress) -> None:
    dress("system", "en")

    assert Theme.LIGHT is look().theme


@pytest.mark.parametrize(("setting", "theme"), [("system", Theme.DARK), ("light", Theme.LIGHT)])
def test_the_setting_system_follows_the_system(
    qapp: QApplication, dress: Dress, monkeypatch: pytest.MonkeyPatch, setting: str, theme: Theme
) -> None:
    dress(setting, "en")
    monkeypatch.setattr(
        "ui.theme.apply.resolve", lambda app, wanted: Theme.DARK if wanted == "system" else Theme(wanted)
    )

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert theme is look().theme


def test_arabic_turns_the_application(qapp: QApplication, dress: Dress) -> None:
    dress("light", "ar")

    assert Qt.LayoutDirection.RightToLeft == qapp.layoutDirection()


def test_the_scrim_lets_the_page_shine_through() -> None:
    assert 0x66 == colour("scrim").alpha()


def test_a_button_of_qt_is_drawn_in_our_style(qtbot: QtBot) -> None:
    button = QPushButton("OK")
    qtbot.addWidget(button)
    button.resize(90, 34)

    assert colour("panel") == button.grab().toImage().pixelColor(20, 8)


def test_a_painted_text_keeps_its_own_direction_in_arabic(dress: Dress) -> None:
    picture = QImage(400, 40, QImage.Format.Format_RGB32)
    shown = []
    for language in ("en", "ar"):
        dress("light", language)
        painter = QPainter(picture)
        shown.append(write(painter, QRect(0, 0, 400, 40), "Valve (old)"))
        painter.end()

    assert ["Valve (old)", "\u2068Valve (old)\u2069"] == shown


def test_a_serial_is_kept_whole_in_arabic(dress: Dress) -> None:
    english = serial("FD2A-2617")
    dress("light", "ar")

    assert "FD2A-2617" == english
    assert serial("FD2A-2617") != english
