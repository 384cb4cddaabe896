"""Pictures for the screen: drawn pages, and photographs out of files."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

MOST_MEMORY = 400  # MB that one decoded picture may take; its pixels were counted before it was kept


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


def decoded(content: bytes) -> QImage:
    """The picture, turned as its camera was held; a null image when it cannot be decoded within the limit."""
    QImageReader.setAllocationLimit(MOST_MEMORY)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()
