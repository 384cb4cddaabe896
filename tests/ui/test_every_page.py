"""Every page of the table, on a desk with a signed repair: what a reader is told, what is cut, what has a key."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.handbook.place import shelf_of
from app.workflows.repair import receive_machine
from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.conftest import Dress
from tests.ui.real import StoreRunner
from tests.ui.walking import cut, marked_up, unnamed
from ui.shell.pages import CRISIS, PLACES, Place, load_page
from ui.widgets.page import Page
from ui.widgets.texts import spoken
from ui.work import Desk

__all__ = ["bench", "signing_template"]

ROOM = (1060, 800)  # what the rail and the top bar leave of a window 1280 px wide
WAIT, SETTLED = 10_000, 2_000
each_place = pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])


def argument_for(place: Place, bench: Bench) -> Any:
    """What the page is opened with; the repair is taken in, and signed where a paper is shown."""
    job = bench.job
    if place.name == "receipt":
        bench.act(receive_machine, job.repair)
    if place.name == "form":
        sealed = bench.seal()
        bench.render(sealed)
        return sealed
    known = {"ticket": job.ticket, "unit": job.unit, "repair": job.repair, "sign": job.repair, "sop": job.run,
             "receipt": job.repair, "sight": job.ticket, CRISIS: shelf_of(Path("nowhere"), sample=True)}  # fmt: skip
    return known.get(place.name)


def opened(qtbot: QtBot, bench: Bench, place: Place) -> Page:
    """The page in a window of its own, with everything read."""
    argument = argument_for(place, bench)
    desk = Desk(StoreRunner(bench.store), bench.job.actor)
    troubles: list[object] = []
    page = load_page(place)(desk)
    desk.setParent(page)
    qtbot.addWidget(page)
    page.broke.connect(troubles.append)
    desk.changed.connect(page.on_changed)
    page.resize(*ROOM)
    page.show()
    page.open(argument)
    qtbot.waitUntil(lambda: not desk.busy, timeout=WAIT)
    assert [] == troubles
    return page


@each_place
@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "ar"), ("light", "zh-Hans")])
def test_no_control_is_unnamed_no_text_cut_or_read_as_markup(
    qtbot: QtBot, bench: Bench, dress: Dress, place: Place, theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened(qtbot, bench, place)

    with suppress(qtbot.TimeoutError):  # wrapped labels take their height when the layout has settled
        qtbot.waitUntil(lambda: cut(page) == [], timeout=SETTLED)

    assert ([], [], []) == (unnamed(page), marked_up(page), cut(page))


@each_place
def test_every_act_has_a_key_of_its_own_or_a_button_that_takes_the_keyboard(
    qtbot: QtBot, bench: Bench, place: Place
) -> None:
    page = opened(qtbot, bench, place)

    names = {each.accessibleName() or each.text() for each in page.findChildren(QAbstractButton) if reachable(each)}
    keys = Counter(act.keys for act in page.acts if act.keys)

    assert [] == [act.name for act in page.acts if not act.keys and spoken(act.words) not in names]
    assert [] == [key for key, count in keys.items() if count > 1]


def reachable(button: QAbstractButton) -> bool:
    """Whether Tab gets there."""
    return bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)
