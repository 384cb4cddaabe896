"""The guide for users: what it points to is there, and its keys are those of the program."""

import re
from collections.abc import Callable
from concurrent.futures import Future
from itertools import chain
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.architecture.house import ROOT
from tests.ui.desks import RITA, InstantRunner, wiring
from ui.handbook.tiles_view import KEYS
from ui.shell.frame import Frame
from ui.shell.pages import PLACES, load_page
from ui.theme.apply import apply
from ui.widgets.page import Act
from ui.widgets.texts import Words, spoken
from ui.work import Desk

PAGES = {page: page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "guide").glob("*.md"))}
TOLD = PAGES[ROOT / "docs" / "guide" / "keys.md"]
FIELDS = "In fields, lists and panels"  # what widgets hear by themselves; it is in no list of acts
HEAVIEST = 150_000  # bytes of a picture
Rows = set[tuple[str, str]]  # words, key


class Unanswered(InstantRunner):
    """There is no store: what is read never comes."""

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        return Future()


def keys_in(text: str) -> list[str]:
    return re.findall(r"<kbd>(.+?)</kbd>", text)


def told() -> dict[str, Rows]:
    """The rows of the tables, by the headings above them."""
    parts = re.split(r"^## (.+)$", TOLD, flags=re.MULTILINE)[1:]
    rows = r"^\| (.+?) \| (<kbd>.+) \|$"
    return {
        head: {(words, key) for words, keys in re.findall(rows, body, re.MULTILINE) for key in keys_in(keys)}
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


def offered(qtbot: QtBot) -> dict[str, Rows]:
    """What window and pages can do by a key; pages that can do the same are one."""
    desk = Desk(Unanswered(), RITA)
    frame = Frame(desk, wiring(desk))
    desk.setParent(frame)
    qtbot.addWidget(frame)
    frame.show()
    lists: list[tuple[Words, list[Act]]] = [("Everywhere", frame.acts)]
    for place in PLACES:
        page = load_page(place)(desk)
        qtbot.addWidget(page)
        lists.append((page.title(), page.acts))
    found: dict[frozenset[tuple[str, str]], str] = {}
    for title, acts in lists:
        found.setdefault(frozenset((spoken(act.words), act.keys) for act in acts if act.keys), spoken(title))
    return {title: set(rows) for rows, title in found.items() if rows}


def heard() -> set[str]:
    """Every key that the code of the interface names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    named = re.findall(r"Key\.Key_(\w+)", code)
    written = re.findall(r'"((?:(?:Ctrl|Alt|Shift)\+)*\w+)"', code)
    return {*named, *written, *(f"Ctrl+{each}" for each in ("Plus", "Minus") if each in named)}


def test_every_picture_is_there_and_light() -> None:
    pictures = {
        page.parent / name for page, text in PAGES.items() for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    }

    assert pictures
    assert [] == [picture for picture in pictures if not picture.is_file() or picture.stat().st_size > HEAVIEST]


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    links = [
        (page, *link.partition("#")[::2]) for page, text in PAGES.items() for link in re.findall(r"\]\(([^)]+)\)", text)
    ]

    assert [] == [link for link in links if not leads(*link)]


def leads(page: Path, name: str, heading: str) -> bool:
    target = page.parent / name if name else page
    if not target.is_file() or not heading:
        return target.is_file()
    heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
    return heading in [each.lower().replace(" ", "-") for each in heads]


def test_every_page_stands_in_the_contents() -> None:
    contents = PAGES[ROOT / "docs" / "guide" / "README.md"]

    assert [] == [page.name for page in PAGES if page.name != "README.md" and f"]({page.name})" not in contents]


def test_the_keys_of_the_guide_are_those_of_the_pages(qtbot: QtBot, qapp: QApplication) -> None:
    apply(qapp, "light", "en")
    written = told()

    fields = {key.replace("Page ", "Page") for _, key in written.pop(FIELDS)}

    assert offered(qtbot) == written
    assert set() == fields - heard()


def test_no_page_names_a_key_that_the_page_of_keys_lacks() -> None:
    known = {*keys_in(TOLD), *KEYS}

    assert set() == set(chain.from_iterable(keys_in(text) for text in PAGES.values())) - known
