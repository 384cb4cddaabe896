"""Every page with text of 200 per cent in a window of 1280 by 800: nothing is cut, nothing lies out of reach."""

import os
from contextlib import suppress

import pytest
from pytestqt.qtbot import QtBot

from tests.signoff.conftest import Bench, bench, signing_template
from tests.ui.conftest import Dress
from tests.ui.test_every_page import SETTLED, opened
from tests.ui.walking import cut, out_of_reach
from ui.shell.pages import PLACES, Place
from ui.shell.rail import NARROW
from ui.shell.reach import Reach

__all__ = ["bench", "signing_template"]

SHOTS = os.environ.get("AFTERCARE_PICTURES", "")  # a folder, to look at the pages
WINDOW = (1280, 800)
HEAD = 93  # px: the top bar with its line, at 200 per cent


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
@pytest.mark.parametrize("language", ["en", "da", "pt", "ar"])
def test_no_text_is_cut_and_no_control_is_out_of_reach(
    qtbot: QtBot, bench: Bench, dress: Dress, place: Place, language: str
) -> None:
    dress("light", language, 200)
    page = opened(qtbot, bench, place)
    reach = Reach(page)
    alone = page.full_window or page.cover
    reach.resize(WINDOW[0] - (0 if alone else NARROW), WINDOW[1] - (0 if alone else HEAD))
    reach.show()

    qtbot.wait(50)  # what came up is laid out
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: cut(reach) == [] and out_of_reach(reach) == [], timeout=SETTLED)
    if SHOTS:
        reach.grab().save(f"{SHOTS}/{place.name}-{language}.png")

    found = cut(reach), out_of_reach(reach)
    reach.takeWidget()  # the page is the test's own
    reach.deleteLater()
    assert ([], []) == found
