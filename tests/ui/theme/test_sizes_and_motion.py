"""The size of the text and the wish for less movement."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Dress
from ui.theme import motion
from ui.theme.apply import apply
from ui.theme.buttons import HEIGHT, Size
from ui.theme.fonts import font, width_of
from ui.theme.look import look
from ui.theme.motion import LESS, motion_of, told
from ui.theme.sizes import SIZES, size_of, stepped
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layouts import boxed, column

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("size", SIZES)
def test_letters_are_as_large_as_was_chosen(dress: Dress, size: int) -> None:
    dress("light", "en", size)

    assert round(14 * size / 100) == font("body").pixelSize()


def test_an_open_widget_follows_and_comes_back(qtbot: QtBot, dress: Dress) -> None:
    button, icon, label = Button("Save"), Icon("check"), Label("Save")
    window = boxed(column(button, icon, label))
    qtbot.addWidget(window)
    before = (button.minimumHeight(), button.sizeHint(), icon.minimumWidth(), label.font().pixelSize())

    dress("light", "en", 200)
    large = (button.minimumHeight(), icon.minimumWidth(), label.font().pixelSize(), width_of("Save"))
    button_height = HEIGHT[Size.DESK]
    dress("light", "en", 100)

    assert (button_height, 36, 28, 2 * width_of("Save")) == pytest.approx(large, abs=2)
    assert before == (button.minimumHeight(), button.sizeHint(), icon.minimumWidth(), label.font().pixelSize())


def test_a_hairline_stays_one_and_a_window_keeps_its_least_size(qtbot: QtBot, dress: Dress) -> None:
    window = QWidget()
    window.setMinimumSize(300, 200)
    line = QWidget(window)
    line.setFixedHeight(1)
    qtbot.addWidget(window)

    dress("light", "en", 200)

    assert (300, 200, 1) == (window.minimumWidth(), window.minimumHeight(), line.maximumHeight())


@pytest.mark.parametrize("kept", [0, -100, 105, 100000, "200", None, [200], True, 1.5])
def test_a_kept_size_that_is_none_is_the_usual_one(kept: object) -> None:
    assert 100 == size_of(kept)


def test_sizes_stop_at_both_ends() -> None:
    assert (200, 200, 100, 110) == (stepped(175, 1), stepped(200, 1), stepped(100, -1), stepped(100, 1))


def test_scaling_of_fonts_by_the_system_is_not_laid_on_top() -> None:
    code = (
        "from PySide6.QtWidgets import QApplication; a = QApplication([]); from ui.theme.apply import apply;"
        "from ui.theme.fonts import metrics; apply(a, 'light', 'en', size=200); print(metrics('body').height())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_FONT_DPI": dots},
        ).stdout
        for dots in ("96", "192")
    ]  # fmt: skip

    assert told[0] == told[1] != ""


def test_less_movement_stops_what_qt_would_move(qapp: QApplication, dress: Dress) -> None:
    dress("light", "en")
    qapp.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, True)
    moved = qapp.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)

    apply(qapp, "light", "en", motion=LESS)
    still = qapp.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    effect = qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    apply(qapp, "light", "en", motion=motion.AS_SYSTEM)

    assert (0, False, moved) == (still, effect, qapp.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration))
    assert moved > 0


def test_the_systems_wish_counts_where_nobody_chose(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "system_moves", lambda: False)

    apply(qapp, "light", "en", motion=motion.AS_SYSTEM)
    wished = look().still
    monkeypatch.undo()
    apply(qapp, "light", "en", motion=motion.AS_SYSTEM)

    assert (True, False) == (wished, look().still)


@pytest.mark.parametrize(
    ("text", "said"),
    [("[Settings]\ngtk-enable-animations=0\n", False), ("[Settings]\ngtk-enable-animations=true\n", True),
     ("[Settings]\n", None), ("no file of settings", None), ("[Settings]\ngtk-enable-animations=perhaps\n", None)],
)  # fmt: skip
def test_the_desktops_own_file_is_read(tmp_path: Path, text: str, said: bool | None) -> None:
    (tmp_path / "gtk-4.0").mkdir()
    (tmp_path / "gtk-4.0" / "settings.ini").write_text(text)

    assert said is motion._gtk_says(tmp_path)


@pytest.mark.parametrize(
    ("answer", "said"), [([False], False), ([True], True), ([], None), (["no"], None), ([0], None)]
)
def test_an_answer_of_the_portal_is_a_truth_value_or_none(answer: list[object], said: bool | None) -> None:
    assert said is told(answer)


@pytest.mark.parametrize(("kept", "choice"), [("less", "less"), ("system", "system"), (7, "system"), (None, "system")])
def test_a_kept_wish_that_is_none_is_as_the_system(kept: object, choice: str) -> None:
    assert choice == motion_of(kept)


def test_no_length_that_holds_a_text_is_written_without_growing() -> None:
    """`px(...)` around it, or a table that grows; two numbers are lengths of air: a field's least, a pad's."""
    bare = re.compile(r"set(?:Fixed|Minimum|Maximum)(?:Width|Height)\((?:\d{2,}|[A-Z][A-Z_]+)\)")
    found = {f"{path.name}: {each}" for path in (ROOT / "ui").rglob("*.py") for each in bare.findall(path.read_text())}

    assert {"inputs.py: setMinimumWidth(60)", "pad.py: setMinimumHeight(180)"} >= found


def test_nothing_of_ours_moves_by_itself() -> None:
    moving = ("QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QScroller", "QMovie", "QGraphicsOpacityEffect")
    found = [path for path in (ROOT / "ui").rglob("*.py") if any(each in path.read_text() for each in moving)]

    assert [] == found
