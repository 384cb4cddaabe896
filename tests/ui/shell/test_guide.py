"""The guide over the work: from every page at the place that tells of it, without a network and without a store."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from app.language.guide import CONTENTS, GUIDE, GuidePage, read_guide
from app.language.languages import LANGUAGES
from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, up
from ui.shell.frame import Frame
from ui.shell.guide_html import html_of
from ui.shell.guide_sheet import GuideSheet
from ui.shell.guide_text import GuideText
from ui.shell.pages import CRISIS, PLACES, Place
from ui.theme.fonts import STRONG_HAN


def sheet(frame: Frame) -> GuideSheet:
    assert isinstance(frame.help.guide, GuideSheet)
    return frame.help.guide


def ask(frame: Frame) -> None:
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)


def stands_at(text: GuideText, heading: str) -> bool:
    """Whether this heading is the first that is in sight."""
    found = text.document().find(heading)
    top = text.document().documentLayout().blockBoundingRect(found.block()).top()
    bar = text.verticalScrollBar()
    return abs(bar.value() - top) < 40 or bar.value() == bar.maximum()


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_every_page_has_its_place_in_the_guide(place: Place) -> None:
    name, _, mark = place.guide.partition("/")

    page = read_guide(name, "en")

    assert name == page.name and name
    assert not mark or mark in page.headings


def test_shift_f1_opens_the_guide_at_the_page_that_is_open_and_esc_leads_back(desk: RealDesk, frame: Frame) -> None:
    up(frame, "parts")
    page = frame.stage.page

    ask(frame)
    said = sheet(frame).text.headings
    QTest.keyClick(sheet(frame).text, Qt.Key.Key_Escape)

    assert "Spare parts" == said[0]
    assert not sheet(frame).isVisible()
    assert page is frame.stage.page


def test_it_opens_at_the_named_place_and_over_the_crisis_handbook(desk: RealDesk, frame: Frame) -> None:
    up(frame, "new_ticket")
    ask(frame)
    at = stands_at(sheet(frame).text, "2. Write the ticket")
    frame.toggle_crisis()
    gone = not sheet(frame).isVisible()

    ask(frame)

    assert at
    assert gone
    assert sheet(frame).isVisible()
    assert "The crisis handbook" == sheet(frame).text.headings[0]
    assert next(each.guide for each in PLACES if each.name == CRISIS) == "crisis"


def test_a_link_leads_to_another_page_and_back_and_nothing_leads_out(desk: RealDesk, frame: Frame) -> None:
    up(frame, "today")
    ask(frame)
    text = sheet(frame).text

    text.anchorClicked.emit(QUrl("exchange.md#a-clash"))
    there = text.headings[0]
    for out in ("https://example.org/x.md", "file:///etc/passwd", "../../README.md#start", "../privacy.md"):
        text.anchorClicked.emit(QUrl(out))
    stayed = text.headings[0]
    sheet(frame).go_back()

    assert "The exchange with the manufacturer" == there == stayed
    assert "Today" == text.headings[0]


def test_a_step_up_leads_from_a_translated_page_to_another_and_from_an_english_one_out(desk: RealDesk) -> None:
    text, asked = GuideText(), list[str]()
    desk.bot.addWidget(text)
    text.asked.connect(asked.append)

    for language in ("en", "zh-Hans"):
        text.show_page(GuidePage("one", language, "# One", GUIDE, {}))
        for link in ("../exchange.md#a-clash", "../../exchange.md", "../a/exchange.md"):
            text.anchorClicked.emit(QUrl(link))

    assert ["exchange"] == asked


def test_chinese_headings_and_bold_words_are_drawn_in_the_heavy_cut(desk: RealDesk) -> None:
    text = GuideText()
    desk.bot.addWidget(text)

    text.show_page(GuidePage("one", "zh-Hans", "# 备件\n按**撤销**即可。", GUIDE, {}))
    heavy = {
        word: STRONG_HAN in text.document().find(word).charFormat().font().families()
        for word in ("备件", "撤销", "即可")
    }

    assert {"备件": True, "撤销": True, "即可": False} == heavy


def test_a_translated_page_leads_to_one_that_stands_in_english_alone(
    desk: RealDesk, frame: Frame, dress: Dress
) -> None:
    dress("light", "pt-PT")
    up(frame, "today")
    ask(frame)
    text = sheet(frame).text
    sheet(frame).go_to("README")

    text.anchorClicked.emit(QUrl("../keys.md"))

    assert "Keys" == text.headings[0]


def test_keys_of_a_page_wait_while_the_guide_is_read(desk: RealDesk, frame: Frame) -> None:
    up(frame, "parts")
    ask(frame)

    QTest.keyClick(sheet(frame).text, Qt.Key.Key_W)

    assert not any(form.isVisible() for form in frame.stage.page.forms.values())  # type: ignore[union-attr]


def test_pictures_are_those_of_the_guide_alone(desk: RealDesk, frame: Frame, tmp_path: Path) -> None:
    text = GuideText()
    desk.bot.addWidget(text)
    outside = tmp_path / "secret.png"
    outside.write_bytes((GUIDE.parent / "pictures" / "ticket.png").read_bytes())
    said = f"# One\n![a](../pictures/ticket.png)\n![b]({outside})\n![c](../../../../{outside})"

    text.show_page(GuidePage("one", "en", said, GUIDE, {}))

    assert ["../pictures/ticket.png"] == list(text._images)


@pytest.mark.parametrize("name", ["nowhere", "../../README", "", "a/b"])
def test_a_page_that_is_none_gives_the_contents(name: str) -> None:
    assert CONTENTS == read_guide(name, "en").name


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES if each.code != "en"])
def test_a_page_without_a_translation_is_shown_in_english_and_says_so(
    desk: RealDesk, frame: Frame, dress: Callable[[str, str], None], language: str
) -> None:
    dress("light", language)
    up(frame, "settings")

    ask(frame)

    foreign = read_guide("settings", language).language != language
    assert foreign == sheet(frame)._note.isVisible()


def test_a_translated_page_names_the_same_places_in_the_same_order() -> None:
    troubles = []
    for path in sorted(GUIDE.glob("*/*.md")):
        own, english = read_guide(path.stem, path.parent.name), read_guide(path.stem, "en")
        if own.headings != english.headings or path.stem != english.name:
            troubles.append(f"{path.parent.name}/{path.name}")

    assert [] == troubles


@pytest.mark.parametrize("path", sorted(GUIDE.rglob("*.md")), ids=lambda path: str(path.relative_to(GUIDE)))
def test_nothing_of_the_marks_of_a_page_is_shown_as_text(desk: RealDesk, path: Path) -> None:
    text = GuideText()
    desk.bot.addWidget(text)
    language = "en" if path.parent == GUIDE else path.parent.name
    page = read_guide(path.stem, language)

    text.show_page(page)
    shown = re.sub(r"\S*[*|]\S*(?=\.(py|csv))", "", text.toPlainText())

    assert [] == re.findall(r"\*\*|\]\(|^\||<kbd>|&lt;|`|<!--|^#", shown, re.MULTILINE)
    assert page.text.count("\n#") + 1 == html_of(page.text).count('<a name="h')


def test_the_first_column_of_a_table_stands_where_the_reader_begins() -> None:
    table = "| One | Two |\n|---|---|\n| three | four |"

    rightward, leftward = html_of(table), html_of(table, leftward=True)

    assert rightward.index("One") < rightward.index("Two") and rightward.index("three") < rightward.index("four")
    assert leftward.index("Two") < leftward.index("One") and leftward.index("four") < leftward.index("three")


def test_what_looks_like_markup_in_a_page_is_text() -> None:
    assert "<p>&lt;script&gt;1 &lt; 2&lt;/script&gt; <b>bold</b></p>" == html_of("<script>1 < 2</script> **bold**")
