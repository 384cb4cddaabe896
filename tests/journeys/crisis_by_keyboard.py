"""J2 with a keyboard alone: F9 in the middle of work, a tile or a search, DO NOW within two acts, the paper, back."""

import sys
from pathlib import Path

from tests.journeys.keyboard import Keyboard, run
from ui.handbook.crisis_page import CrisisPage


def crisis(keyboard: Keyboard) -> list[str]:
    """What did not hold."""
    frame = keyboard.frame
    wrong: list[str] = []
    keyboard.key("Ctrl+N")
    keyboard.wait("the form", lambda: keyboard.focus is not None and frame.stage.page is not None)
    keyboard.tab_to("What is it about")
    keyboard.text("Steam at the left group")
    writing = keyboard.focus

    before = len(keyboard.pressed)
    keyboard.key("F9")
    keyboard.wait("the handbook", lambda: isinstance(frame.cover.page, CrisisPage) and frame.cover.isVisible())
    page = frame.cover.page
    assert isinstance(page, CrisisPage)
    keyboard.key("1")
    keyboard.wait("the page", lambda: page.shown is not None)
    if len(keyboard.pressed) - before != 2:
        wrong.append("two acts to DO NOW")
    steps = page.procedure.steps
    if not steps or not steps[0].isVisible():
        wrong.append("DO NOW is up")
    keyboard.key("V")
    keyboard.wait("the paper", lambda: page.preview.isVisible())
    keyboard.key("Escape")
    keyboard.key("Escape")
    keyboard.wait("the symptoms", lambda: page.shown is None)

    keyboard.key("/")
    keyboard.text("burnt")
    keyboard.key("Enter")
    keyboard.wait("the page of the search", lambda: page.shown is not None)
    first = page.procedure.first()
    if first is None or not first.hasFocus():
        wrong.append("the keyboard is on the page that was found")
    keyboard.key("F9")
    keyboard.wait("the work as it was", lambda: not frame.cover.isVisible())
    if keyboard.focus is not writing:
        wrong.append("the keyboard is where it was")
    return wrong


if __name__ == "__main__":
    run(crisis, Path(sys.argv[1]))
