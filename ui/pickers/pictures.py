"""Pages as pictures for the screen."""

from collections.abc import Sequence

from PySide6.QtGui import QImage

from app.workflows.papers import Picture


def images_of(pictures: Sequence[Picture]) -> list[QImage]:
    """Each page as an image that owns its pixels."""
    return [
        QImage(each.pixels, each.width, each.height, each.width * 4, QImage.Format.Format_RGBX8888).copy()
        for each in pictures
    ]
