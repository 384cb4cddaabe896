"""The table of pages against the folders."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.kernel.errors import BugError
from ui.shell.pages import PLACES, Place, load_page, place_named

UI = Path(__file__).resolve().parents[3] / "ui"
NO_PAGES = {"shell", "theme", "widgets", "pickers", "tour"}
FOLDERS = sorted(
    each.name for each in UI.iterdir() if each.is_dir() and each.name not in NO_PAGES and not each.name.startswith("_")
)


def test_every_folder_of_pages_stands_in_the_table() -> None:
    named = {place.page.split(".")[1] for place in PLACES}

    assert [] == [folder for folder in FOLDERS if folder not in named]


def test_every_page_of_a_folder_can_be_loaded(qtbot: QtBot) -> None:
    there = [place for place in PLACES if place.page.split(".")[1] in FOLDERS]

    assert [place.page.partition(":")[2] for place in there] == [load_page(place).__name__ for place in there]


def test_names_and_keys_stand_for_one_place_each() -> None:
    keys = [place.keys for place in PLACES if place.keys]

    assert len(PLACES) == len({place.name for place in PLACES})
    assert len(keys) == len(set(keys))


def test_an_unknown_place_is_our_mistake() -> None:
    with pytest.raises(BugError, match="no place named"):
        place_named("nowhere")


def test_what_is_no_page_is_not_loaded() -> None:
    with pytest.raises(BugError, match="is no page"):
        load_page(Place("x", "ui.shell.pages:Place"))
