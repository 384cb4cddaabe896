"""The bundled typefaces: static cuts, since Qt takes no weight out of a variable family named by `setFamilies`."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from app.kernel.errors import BugError
from ui.theme.look import look
from ui.theme.resources import FONTS, HAN_STRONG
from ui.theme.tokens import TYPE

LATIN, ARABIC, HAN = "Aftercare Sans", "Aftercare Arabic", "Aftercare Han"
STRONG_HAN = "Noto Sans SC"  # of GB 2312 alone; the rest is shown in the regular cut


def load_fonts() -> None:
    """Makes the bundled fonts known to Qt, before the first widget and once; a missing file raises BugError."""
    if LATIN in QFontDatabase.families():
        return
    for path in (*sorted(FONTS.glob("*.ttf")), HAN_STRONG):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise BugError(f"font cannot be read: {path.name}")


def font(kind: str = "body", *, weight: int = 0, code: bool = False, columns: bool = False) -> QFont:
    """A font of the type scale (`tokens.TYPE`).

    `weight` overrides the scale's; `code` is for serials and part numbers (slashed zero, I with serifs);
    `columns` gives figures of one width, for columns of numbers only: it pulls hyphens apart in running text.
    """
    return QFont(_font(kind, weight, code, columns, look().mirrored, look().size))


@lru_cache(maxsize=256)
def _font(kind: str, weight: int, code: bool, columns: bool, mirrored: bool, share: int) -> QFont:
    size, usual = TYPE[kind]
    made = QFont()
    first = [ARABIC, LATIN] if mirrored and not code else [LATIN, ARABIC]
    drawn = weight or usual
    made.setFamilies([*first, *((STRONG_HAN, HAN) if drawn >= QFont.Weight.DemiBold else (HAN,))])
    # In pixels: the system's own scaling of fonts (their dots per inch) is not laid on top of ours.
    made.setPixelSize(round(size * share / 100))
    made.setWeight(QFont.Weight(drawn))
    for tag in ("tnum", "zero", "ss02") if code else ("tnum",) if columns else ():
        made.setFeature(QFont.Tag(tag), 1)
    if kind in ("title", "step", "value"):
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return made


@lru_cache(maxsize=256)
def metrics(kind: str = "body", *, weight: int = 0, code: bool = False, columns: bool = False) -> QFontMetrics:
    """Metrics of `font(...)`; kept, since a row of a list asks for them many times."""
    return QFontMetrics(font(kind, weight=weight, code=code, columns=columns))


def width_of(text: str, kind: str = "body", *, weight: int = 0, code: bool = False, columns: bool = False) -> int:
    """How wide a single line of text is, in px; kept, since a list that is scrolled asks for the same texts again."""
    return _width(text, kind, weight, code, columns)


@lru_cache(maxsize=4096)
def _width(text: str, kind: str, weight: int, code: bool, columns: bool) -> int:
    return metrics(kind, weight=weight, code=code, columns=columns).horizontalAdvance(text)


def forget_metrics() -> None:
    """Drops kept metrics; they depend on the language and the size of the text."""
    metrics.cache_clear()
    _width.cache_clear()
