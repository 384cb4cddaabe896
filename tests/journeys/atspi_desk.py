"""A sample desk under AT-SPI: page after page is read from outside, and what was read goes to the standard output."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.journeys.keyboard import Keyboard, run

CELLS = ("cell", "table cell")  # of Qt 6.11 and of others
READER = Path(__file__).with_name("atspi_walk.py")
PLACES = {"Ctrl+1": "today", "Ctrl+2": "tickets", "Ctrl+3": "repairs", "Ctrl+4": "units", "Ctrl+5": "parts",
          "Ctrl+6": "forms", "Ctrl+7": "customers", "Ctrl+8": "settings", "Ctrl+N": "new_ticket",
          "Ctrl+Shift+N": "quick", "Ctrl+E": "exchange", "F9": "crisis"}  # fmt: skip


def read(keyboard: Keyboard, *words: str) -> Any:
    """What the reader says; the window answers it meanwhile."""
    reader = subprocess.Popen(["/usr/bin/python3", str(READER), *words], stdout=subprocess.PIPE, text=True)
    end = time.monotonic() + 120
    while reader.poll() is None and time.monotonic() < end:
        keyboard.settle(5)
    said = reader.stdout.read() if reader.stdout else ""
    reader.kill()
    reader.wait()
    return json.loads(said or "null")


def walk_all(keyboard: Keyboard) -> list[str]:
    """Each page read, one button pressed by its name; what is wrong."""
    wrong: list[str] = []
    for keys, place in PLACES.items():
        keyboard.key(keys)
        keyboard.settle(300)
        nodes = read(keyboard, "walk") or []
        if len(nodes) < 10:
            wrong.append(f"{place}: only {len(nodes)} nodes")
        unnamed = [node["role"] for node in nodes if "focusable" in node["states"] and not node["name"]]
        wrong += [f"{place}: {role} without a name" for role in unnamed]
        focused = [node for node in nodes if "focused" in node["states"]]
        if not focused:
            wrong.append(f"{place}: nothing is said to have the keyboard")
    keyboard.key("F9")
    keyboard.wait("the work", lambda: not keyboard.frame.cover.isVisible())
    return wrong + _row(keyboard) + _pressed(keyboard)


def _row(keyboard: Keyboard) -> list[str]:
    """The row that has the keyboard is said with its words, and the next one after Down."""
    keyboard.key("Ctrl+2")
    keyboard.settle(300)
    keyboard.key("Home")
    said = []
    for key in ("Home", "Down"):
        keyboard.key(key)
        keyboard.settle(200)
        nodes = read(keyboard, "walk")
        said.append([node["name"] for node in nodes if "focused" in node["states"] and node["role"] in CELLS])
    return [] if said[0] and said[1] and said[0] != said[1] else [f"the row is not told: {said}"]


def _pressed(keyboard: Keyboard) -> list[str]:
    """A button is pressed by its name from outside."""
    keyboard.key("Ctrl+1")
    keyboard.settle(200)
    pressed = read(keyboard, "press", "New ticket")
    keyboard.settle(300)
    up = keyboard.frame.windowTitle()
    return [] if pressed and up.startswith("New ticket") else [f"New ticket was pressed: {pressed}, up is {up}"]


if __name__ == "__main__":
    assert QApplication.instance() is None
    run(walk_all, Path(sys.argv[1]))
