"""Translations by gettext of the standard library; English is the source and needs no catalogue."""

import gettext
import logging
from functools import lru_cache
from pathlib import Path

from app.kernel.reports import Safe
from app.language.languages import SOURCE, language_of

CATALOGUES = Path(__file__).resolve().parents[2] / "translations"

_log = logging.getLogger(__name__)
_current = SOURCE.code


def use(language: str) -> str:
    """Makes `language`, or the nearest that is spoken, the one of this process; returns its code.

    A background job that outlives a change of language passes its own to `speak`.
    """
    global _current
    _current = language_of(language).code
    return _current


def current() -> str:
    """The code of the language that people see now."""
    return _current


def direction(language: str | None = None) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language_of(language or _current).right_to_left else "ltr"


def translate(msgid: str, language: str | None = None) -> str:
    """The text of `msgid`; English where the catalogue is missing, damaged or silent."""
    return _catalogue(language or _current, CATALOGUES).gettext(msgid) if msgid else ""


def translate_count(one: str, many: str, count: int, language: str | None = None) -> str:
    """The form for `count` by the plural rule of the language; English forms where nothing is translated."""
    return _catalogue(language or _current, CATALOGUES).ngettext(one, many, abs(count))


@lru_cache(maxsize=64)
def _catalogue(code: str, root: Path) -> gettext.NullTranslations:
    language = language_of(code)
    if language == SOURCE:
        return gettext.NullTranslations()
    file = root / language.folder / "LC_MESSAGES" / "aftercare.mo"
    try:
        with file.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except FileNotFoundError:
        return gettext.NullTranslations()
    except Exception as problem:  # a damaged catalogue raises whatever its bytes happen to break
        _log.warning("the catalogue of %s cannot be read: %s", Safe(code), Safe(type(problem).__name__))
        return gettext.NullTranslations()
