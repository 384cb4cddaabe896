"""Interface tests: the real style on the real application, one language and theme at a time."""

from collections.abc import Iterator
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.opened import bench, opened
from tests.ui.real_desk import desk, frame
from ui.theme.apply import apply

__all__ = ["bench", "desk", "frame", "opened"]


class Dress(Protocol):
    """`dress("dark", "ar")`, or with the size of the text in per cent."""

    def __call__(self, theme: str, language: str, size: int = 100) -> None: ...


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Dress]:
    """The application in a theme, a language and a size; light English as usual afterwards."""

    def put_on(theme: str, language: str, size: int = 100) -> None:
        apply(qapp, theme, language, size=size)

    yield put_on
    apply(qapp, "light", "en", size=100)


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Light and English, unless a test asks for another."""
    apply(qapp, "light", "en")
