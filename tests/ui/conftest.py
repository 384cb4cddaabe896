"""Interface tests: the real style on the real application, one language and theme at a time."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.opened import bench, opened
from tests.ui.real_desk import desk, frame
from ui.theme.apply import apply

__all__ = ["bench", "desk", "frame", "opened"]

Dress = Callable[[str, str], None]


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Dress]:
    """`dress("dark", "ar")`: the application in a theme and a language; light English afterwards."""
    yield lambda theme, language: apply(qapp, theme, language)
    apply(qapp, "light", "en")


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Light and English, unless a test asks for another."""
    apply(qapp, "light", "en")
