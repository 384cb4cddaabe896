"""Dates, times, numbers and money as people of a language write them; the only importer of Babel.

Babel is imported on first use: before the first paint nothing here is called.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from app.kernel.instants import moment_of
from app.language.isolates import left_to_right
from app.language.languages import LATIN_DIGITS, SOURCE, Language, language_of


def day(value: date, language: str, *, weekday: bool = False) -> str:
    """`21 Nov 2026`, with `weekday` `Sat, 21 Nov 2026`: the month is a word, so that no one takes it for the day."""
    from babel.dates import format_skeleton

    spoken = language_of(language)
    return _digits(format_skeleton("yMMMEd" if weekday else "yMMMd", value, locale=spoken.locale), spoken)


def named_day(value: date, language: str, *, short: bool = False) -> str:
    """A day near today, without its year: `Saturday 21 November`, short `Sat 21 Nov`."""
    from babel.dates import format_skeleton

    spoken = language_of(language)
    text = format_skeleton("MMMEd" if short else "MMMMEEEEd", value, locale=spoken.locale)
    return _digits(text.replace(", ", " ") if spoken == SOURCE else text, spoken)


def month(value: date, language: str) -> str:
    """The month of a day by its name alone: `June`; in Chinese with the digit that people type, `6月`."""
    from babel.dates import get_month_names

    spoken = language_of(language)
    return str(get_month_names("abbreviated" if spoken.han else "wide", "stand-alone", spoken.locale)[value.month])


def clock(instant: int, zone: str, language: str) -> str:
    """The time of day of an instant (µs UTC) in an IANA zone, to the minute."""
    from babel.dates import format_time

    spoken = language_of(language)
    moment = moment_of(instant, zone)
    return _digits(format_time(moment, "short", tzinfo=moment.tzinfo, locale=spoken.locale), spoken)


def moment(instant: int, zone: str, language: str, *, show_zone: bool = False) -> str:
    """Day and time of an instant (µs UTC) in an IANA zone; with `show_zone` also its distance from UTC on that day."""
    spoken = language_of(language)
    local = moment_of(instant, zone)
    joined = f"{day(local.date(), language)}{_comma(spoken)} {clock(instant, zone, language)}"
    if not show_zone:
        return joined
    offset = left_to_right(_offset(local), right_to_left=spoken.right_to_left)
    return f"{joined}（{offset}）" if spoken.han else f"{joined} ({offset})"  # noqa: RUF001


def number(value: int, language: str) -> str:
    """A whole number with the digits and groups of the language."""
    spoken = language_of(language)
    if 0 <= value < 1000:  # the frequent case, and the only one before the first paint
        return _digits(str(value), spoken)
    return decimal(value, 0, language)


def decimal(scaled: int, places: int, language: str) -> str:
    """A measured value kept as an integer of `places` decimal places: 1250 with 2 is `12.50`."""
    from babel.numbers import format_decimal

    spoken = language_of(language)
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return _signed(format_decimal(_scaled(scaled, places), pattern, spoken.locale, numbering_system="default"), spoken)


def money(minor: int, currency: str, language: str) -> str:
    """An amount in minor units of an ISO 4217 currency, with as many places as the currency has."""
    from babel.numbers import format_currency, get_currency_precision

    spoken = language_of(language)
    amount = _scaled(minor, get_currency_precision(currency))
    return _signed(format_currency(amount, currency, locale=spoken.locale, numbering_system="default"), spoken)


def percent(value: int, language: str) -> str:
    """Whole per cent: 75 is `75%`."""
    from babel.numbers import format_percent

    spoken = language_of(language)
    text = _signed(format_percent(_scaled(value, 2), locale=spoken.locale, numbering_system="default"), spoken)
    return text.replace("%", "٪") if spoken.right_to_left else text


def _scaled(value: int, places: int) -> Decimal:
    return Decimal(value).scaleb(-places)


def _digits(text: str, language: Language) -> str:
    """Babel writes Latin digits in every locale, numbering system or not (2.18, tried with ar_SA)."""
    return text if language.digits == LATIN_DIGITS else text.translate(str.maketrans(LATIN_DIGITS, language.digits))


def _signed(text: str, language: Language) -> str:
    """An Arabic letter mark keeps a minus before its number, as CLDR's own minus sign of ar does."""
    marked = text.replace("-", "\u061c-") if language.right_to_left else text
    return _digits(marked, language)


def _offset(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def _comma(language: Language) -> str:
    return "" if language.han else "،" if language.right_to_left else ","
