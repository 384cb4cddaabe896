"""Names of languages and of the towns that stand for time zones, as people of a language call them.

Babel is imported on first use, as in `formats`.
"""

import functools
from collections.abc import Iterable
from zoneinfo import available_timezones

from app.language.languages import language_of

# What customers speak where such machines are sold; a code beside these is kept and shown too.
SPOKEN = (
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "ms", "nb", "nl",
    "pl", "pt", "pt-BR", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def language_name(code: str, language: str) -> str:
    """`Portuguese (Brazil)` of `pt-BR` in English; a code that nobody knows stands as it is."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name(language_of(language).locale) or code
    except (UnknownLocaleError, ValueError):
        return code


def zone_name(zone: str, language: str) -> str:
    """The town of an IANA zone: `Tokyo` of `Asia/Tokyo`; one that is not known stands as it is."""
    from babel.dates import get_timezone_location

    try:
        return str(get_timezone_location(zone, locale=language_of(language).locale, return_city=True))
    except LookupError:
        return zone


@functools.lru_cache(maxsize=4)
def spoken_languages(language: str) -> tuple[tuple[str, str], ...]:
    """Languages of customers as (code, name), by name."""
    return _by_name((code, language_name(code, language)) for code in SPOKEN)


@functools.lru_cache(maxsize=4)
def towns(language: str) -> tuple[tuple[str, str], ...]:
    """Time zones as (IANA name, town), by town; some hundred, so that a worker asks the first time."""
    zones = [zone for zone in available_timezones() if zone.split("/")[0] in _AREAS]
    zones.sort(key=lambda zone: (zone.rsplit("/")[-1].replace("_", " ") != zone_name(zone, "en"), zone))
    found: dict[str, str] = {}
    for zone in zones:  # `Asia/Kolkata` before the older `Asia/Calcutta`, which has the same name
        found.setdefault(zone_name(zone, language), zone)
    return _by_name((zone, town) for town, zone in found.items())


def _by_name(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda each: (each[1].casefold(), each[0])))
