"""Drawn pages as pictures for the screen."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QImage


class Picture(Protocol):
    """A drawn page: RGBA rows without padding."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def pixels(self) -> bytes: ...


def images_of(pictures: Sequence[Picture]) -> list[QImage]:
    """Each page as an image that owns its pixels: it would otherwise point into bytes that may go."""
    return [
        QImage(each.pixels, each.width, each.height, each.width * 4, QImage.Format.Format_RGBX8888).copy()
        for each in pictures
    ]
