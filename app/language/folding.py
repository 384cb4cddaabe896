"""Texts as they are compared in a search: without case and diacritics."""

import unicodedata

_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d"})  # Unicode takes nothing apart here


def folded(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
