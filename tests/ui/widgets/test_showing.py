"""The pad, the preview, photos, stages: what is drawn and what is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kernel.messages import say
from tests.ui.conftest import Dress
from ui.theme.look import colour
from ui.widgets.label import Label
from ui.widgets.pad import WIDE, Pad
from ui.widgets.pdf_view import PdfView
from ui.widgets.photos import PhotoDrop
from ui.widgets.stages import Stage, StagesLine, StepBar
from ui.widgets.texts import dotted, listed
from ui.widgets.timeline import Entry, Timeline


@pytest.fixture
def pad(qtbot: QtBot) -> Pad:
    pad = Pad("Teresa Teixeira")
    qtbot.addWidget(pad)
    pad.resize(500, 250)
    pad.show()
    return pad


def draw(pad: Pad, *places: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(pad, QPoint(*place))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*places[-1]))


def test_a_stroke_is_kept_in_parts_of_the_width(pad: Pad) -> None:
    draw(pad, (50, 50), (250, 100), (500, 125))

    (stroke,) = pad.strokes
    assert [(1000, 1000), (5000, 2000), (WIDE, 2500)] == [(point.x, point.y) for point in stroke]
    assert [point.t for point in stroke] == sorted(point.t for point in stroke)


def test_a_stroke_shows_while_it_is_drawn(pad: Pad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(pad, QPoint(250, 50))

    assert colour("ink") == pad.grab().toImage().pixelColor(150, 50)


def test_a_dot_is_no_signature(pad: Pad) -> None:
    draw(pad, (50, 50), (50, 50))

    assert pad.empty


def test_strokes_are_taken_back_one_by_one_and_all_at_once(pad: Pad) -> None:
    draw(pad, (10, 10), (20, 20), (30, 30))
    draw(pad, (40, 10), (50, 20), (60, 30))
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    left = len(pad.strokes)
    pad.clear()

    assert (1, ()) == (left, pad.strokes)


def test_a_stroke_that_is_taken_back_under_the_pen_is_gone(pad: Pad) -> None:
    draw(pad, (10, 10), (20, 20), (30, 30))
    before = pad.strokes
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))

    pad.undo()
    QTest.mouseMove(pad, QPoint(50, 20))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))

    assert before == pad.strokes


def test_a_kept_signature_comes_back_as_it_was(pad: Pad) -> None:
    draw(pad, (10, 10), (20, 20), (30, 30))
    kept = pad.strokes
    pad.clear()

    pad.put(kept)

    assert kept == pad.strokes


@pytest.fixture
def preview(qtbot: QtBot) -> PdfView:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    pages = [QImage(210, 297, QImage.Format.Format_RGB32) for _ in range(3)]
    for page, shade in zip(pages, ("red", "green", "blue"), strict=True):
        page.fill(QColor(shade))
    view.put(pages)
    QApplication.processEvents()
    return view


def test_the_keys_turn_the_pages(preview: PdfView) -> None:
    seen = [preview.page]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(preview, key)
        seen.append(preview.page)

    assert [1, 2, 3, 3, 2] == seen


def test_zoom_stays_between_its_borders(preview: PdfView) -> None:
    preview.zoom(10_000)
    wide = preview._sheet.width()
    preview.zoom(1)

    assert preview._sheet.width() < preview.width() < wide


def test_the_page_in_view_is_said(preview: PdfView) -> None:
    assert "Page 1 of 3" == preview._where.text()


def test_dropped_files_are_handed_on_unread(qtbot: QtBot, tmp_path: Path) -> None:
    drop = PhotoDrop()
    given: list[list[str]] = []
    qtbot.addWidget(drop)
    drop.given.connect(given.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "plate.jpg")), QUrl("https://example.org/x.jpg")])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    drop.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, held))

    assert [[str(tmp_path / "plate.jpg")]] == given


def test_a_pasted_picture_comes_as_png(qtbot: QtBot) -> None:
    drop = PhotoDrop()
    pasted: list[bytes] = []
    qtbot.addWidget(drop)
    drop.pasted.connect(pasted.append)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)

    drop.paste()

    assert [b"\x89PNG"] == [each[:4] for each in pasted]
    QGuiApplication.clipboard().clear()


def test_an_empty_clipboard_gives_nothing(qtbot: QtBot) -> None:
    drop = PhotoDrop()
    qtbot.addWidget(drop)
    QGuiApplication.clipboard().clear()

    assert not drop.paste()


def test_stages_are_read_out_with_their_state(qtbot: QtBot) -> None:
    line = StagesLine([(say("Received"), Stage.DONE), (say("Testing"), Stage.HERE)])
    qtbot.addWidget(line)

    assert "Received: done, Testing: here" == line.accessibleName()


def test_stages_take_another_line_when_they_must(qtbot: QtBot) -> None:
    line = StagesLine([(say("Back with the customer"), Stage.OPEN)] * 5)
    qtbot.addWidget(line)

    assert line.heightForWidth(300) > line.heightForWidth(2000)


@pytest.mark.parametrize(("language", "key"), [("en", Qt.Key.Key_Right), ("ar", Qt.Key.Key_Left)])
def test_a_step_is_chosen_by_keyboard(qtbot: QtBot, dress: Dress, language: str, key: Qt.Key) -> None:
    dress("light", language)
    bar = StepBar()
    chosen: list[int] = []
    qtbot.addWidget(bar)
    bar.fill([Stage.DONE, Stage.HERE, Stage.OPEN])
    bar.chosen.connect(chosen.append)
    bar.show()

    QTest.keyClick(bar, key)
    QTest.keyClick(bar, Qt.Key.Key_Return)

    assert [2] == chosen


def test_a_story_is_shown_anew(qtbot: QtBot) -> None:
    story = Timeline([Entry("phone", "Call", "He waits", "10:21")])
    qtbot.addWidget(story)
    story.show()

    story.fill([Entry("phone", "Call"), Entry("wrench", "Repair", "<b>done</b>")])

    laid_out = story.layout()
    assert laid_out is not None
    assert 3 == laid_out.count()


def test_no_letter_of_a_wrapped_arabic_sentence_is_cut_at_any_width(qtbot: QtBot, dress: Dress) -> None:
    dress("light", "ar")
    label = Label("القطع. وحتى ٣١ مايو ٢٠٢٧ فقط: أجر العمل. وحتى ٣٠ نوفمبر ٢٠٢٦ فقط: أجر الانتقال.", wrap=True)
    qtbot.addWidget(label)

    touched = [width for width in range(140, 300, 2) if inked_at_its_left(label, width)]

    assert [] == touched


def inked_at_its_left(label: Label, width: int) -> bool:
    label.resize(width, 200)
    image = label.grab().toImage()
    return len({image.pixel(0, y) for y in range(image.height())}) > 1


def test_peoples_texts_in_a_row_keep_their_directions_apart(dress: Dress) -> None:
    dress("light", "en")
    plain = (listed("Group 2", "", "Café"), dotted("Café", ""), dotted("Café", "مقهى"))
    dress("light", "ar")

    mirrored = (listed("Group 2?", "Café"), dotted("Café", "000061"))

    assert ("Group 2, Café", "Café", "Café · \u2068مقهى\u2069") == plain
    assert ("\u2068Group 2?\u2069، \u2068Café\u2069", "\u2068Café\u2069 · \u2068000061\u2069") == mirrored
