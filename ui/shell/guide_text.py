"""A page of the guide as rich text in the look in force, with its pictures as wide as there is room."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser

from app.language.guide import GuidePage
from app.language.languages import SOURCE
from ui.shell.guide_html import html_of
from ui.theme.fonts import font
from ui.theme.look import colour, direction_of

_PAGE = re.compile(r"(\.\./)?([A-Za-z-]+)\.md(?:#.*)?")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
_BAR = 40  # px at the side of a picture


class GuideText(QTextBrowser):
    """Shows a page; `asked` carries the name of another one that a link leads to. It opens nothing outside."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page: GuidePage | None = None
        self._place = ""
        self._images: dict[str, QImage] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width while the text of that width is being set.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.anchorClicked.connect(self._follow)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the page, in order."""
        return tuple(re.findall(r"^#+ (.*)$", self._page.text, re.MULTILINE)) if self._page else ()

    def show_page(self, page: GuidePage, place: str = "") -> None:
        """Shows a page from the place on, or from its beginning."""
        self._page, self._place = page, place
        self._draw()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the guide and nothing else."""
        return self._images.get(name if isinstance(name, str) else name.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page and event.size().width() != event.oldSize().width():
            self._draw()

    # ------------------------------------------------------------------ drawing

    def _draw(self) -> None:
        page = self._page
        if page is None:
            return
        way = QTextOption()
        way.setTextDirection(direction_of(page.language))
        self.document().setDefaultTextOption(way)
        self.document().setDefaultFont(font("body"))
        self.document().setDefaultStyleSheet(_style())
        self._images = _pictures(page, max(120, self.width() - _BAR), self.devicePixelRatioF())
        self.setHtml(f'<body dir="{_dir(page)}">{html_of(page.text, leftward=_dir(page) == "rtl")}</body>')
        if self._place in page.headings:
            self.scrollToAnchor(f"h{page.headings[self._place]}")

    def _follow(self, link: QUrl) -> None:
        """Another page; from a translated one also an English one, which lies a folder above."""
        found = _PAGE.fullmatch(link.toString())
        translated = self._page is not None and self._page.language != SOURCE.code
        if found and (translated or not found[1]):
            self.asked.emit(found[2])


def _dir(page: GuidePage) -> str:
    return "rtl" if direction_of(page.language) == Qt.LayoutDirection.RightToLeft else "ltr"


def _pictures(page: GuidePage, room: int, ratio: float) -> dict[str, QImage]:
    """The pictures that the page names and that lie beside the guide, at most so many px wide."""
    guide = page.folder if page.language == SOURCE.code else page.folder.parent
    allowed = (guide.parent / "pictures").resolve()
    named = {name: (page.folder / name).resolve() for name in _PICTURE.findall(page.text)}
    return {name: _fitted(path, room, ratio) for name, path in named.items() if path.is_relative_to(allowed)}


def _fitted(path: Path, room: int, ratio: float) -> QImage:
    image = QImage(str(path))
    if image.isNull():
        return image
    width = min(image.width(), round(room * ratio))
    scaled = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled


def _style() -> str:
    """Qt's HTML knows little of CSS: sizes and colours of the tokens, and lines around tables."""
    ink, line, sunken, accent = (colour(name).name() for name in ("ink", "line", "sunken", "accent"))
    size = {name: font(name).pixelSize() for name in ("title", "head", "body")}
    families = ", ".join(f"'{each}'" for each in font("body", weight=600).families())  # Han has its heavy cut apart
    return f"""
    body, p, li, td, th {{ color: {ink}; font-size: {size["body"]}px; line-height: 135%; }}
    h1 {{ font-size: {size["title"]}px; font-weight: 600; margin: 0px 0px 8px 0px; }}
    h2 {{ font-size: {size["head"]}px; font-weight: 600; margin: 22px 0px 6px 0px; }}
    h3 {{ font-size: {size["body"]}px; font-weight: 600; }}
    p {{ margin: 6px 0px; }}
    .picture {{ line-height: 100%; }}
    li {{ margin: 4px 0px; }}
    a {{ color: {accent}; }}
    b {{ font-weight: 600; }}
    h1, h2, h3, b, th {{ font-family: {families}; }}
    table {{ border-collapse: collapse; margin: 8px 0px; }}
    th, td {{ border: 1px solid {line}; }}
    th {{ font-weight: 600; background-color: {sunken}; }}
    .key, .code, pre {{ background-color: {sunken}; font-weight: 500; }}
    """
