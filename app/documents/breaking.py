"""Where a line may end (UAX #14 through ICU, with its dictionaries for Thai, Lao, Khmer, Chinese, Japanese)."""

from icu4py.breakers import CharacterBreaker, LineBreaker

_LOCALES = {"ko": "ko-u-lw-phrase", "ja": "ja-u-lw-phrase"}  # by phrase: the default tears Korean words apart


def segments(text: str, language: str) -> list[str]:
    """`text` in pieces, each of which may end a line; a serial number is never torn at its hyphens.

    The strings are used, not ICU's offsets: those count UTF-16 units and are wrong behind an emoji.
    """
    pieces: list[str] = []
    for piece in LineBreaker(text, _LOCALES.get(language.split("-")[0], language)):
        if pieces and pieces[-1].endswith("-") and any(map(str.isdigit, pieces[-1])):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def graphemes(text: str, language: str) -> list[str]:
    """`text` in the smallest pieces that a reader takes for one character."""
    return list(CharacterBreaker(text, language))
