from zoneinfo import ZoneInfo

import pytest

from app.language.names import language_name, spoken_languages, towns, zone_name


@pytest.mark.parametrize(
    ("code", "english", "arabic"), [("de", "German", "الألمانية"), ("xx-YY", "xx-YY", "xx-YY"), ("?", "?", "?")]
)
def test_a_language_has_its_name_and_an_unknown_code_stands_as_it_is(code: str, english: str, arabic: str) -> None:
    assert (english, arabic) == (language_name(code, "en"), language_name(code, "ar"))


@pytest.mark.parametrize(
    ("zone", "english", "arabic"), [("Asia/Tokyo", "Tokyo", "طوكيو"), ("No/Where", "No/Where", "No/Where")]
)
def test_a_zone_is_named_by_its_town(zone: str, english: str, arabic: str) -> None:
    assert (english, arabic) == (zone_name(zone, "en"), zone_name(zone, "ar"))


def test_every_town_that_can_be_chosen_is_named_once_and_is_a_zone() -> None:
    found = towns("en")

    names = [town for _, town in found]
    assert len(set(names)) == len(names)
    assert ("Asia/Kolkata", "Kolkata") in found
    assert all(ZoneInfo(zone) for zone, _ in found)


def test_languages_are_offered_by_name() -> None:
    assert ("ar", "Arabic") == spoken_languages("en")[0]
