from collections.abc import Callable

import pytest

from app.kernel.instants import Instant
from app.kernel.messages import Shown, say, say_count
from app.language.isolates import FSI, LRI, PDI, RLM, led_right_to_left
from app.language.spans import distance, span
from app.language.speaking import speak, tr, trn

Speaks = Callable[..., None]
NOON = Instant(1_795_262_700_000_000)  # 2026-11-21 12:05 UTC
MINUTE = 60_000_000


def test_values_stand_in_the_sentence() -> None:
    assert "Part AV-C-1 is {here}." == speak(say("Part {part} is {{here}}.", part="AV-C-1"), "en")


def test_english_of_latin_values_holds_no_isolates() -> None:
    message = say("{name}: {serial}, {count}", name="Møller & Søn", serial=Shown("plain", "FD2A-2617"), count=12345)

    assert "Møller & Søn: FD2A-2617, 12,345" == speak(message, "en")


def test_arabic_name_is_isolated_in_english() -> None:
    assert f"Owner: {FSI}نخلة{PDI}." == speak(say("Owner: {name}.", name="نخلة"), "en")


def test_every_name_is_isolated_in_arabic_and_serials_run_left_to_right(arabic: Speaks) -> None:
    arabic(("{name} has {serial}", "لدى {name} {serial}"))
    message = say("{name} has {serial}", name="Anna", serial=Shown("plain", "123-7"))

    assert f"لدى {FSI}Anna{PDI} {LRI}123-7{PDI}" == speak(message, "ar")


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_bidirectional_controls_of_a_user_are_stripped(control: str) -> None:
    assert "by gpj.exe!" == speak(say("by {name}!", name=f"{control}gpj.exe"), "en")


def test_value_with_braces_is_not_filled_again() -> None:
    assert "{b} and 2" == speak(say("{a} and {b}", a="{b}", b=2), "en")


def test_message_inside_a_message_is_spoken_in_the_same_language(arabic: Speaks) -> None:
    arabic(("because {why}", "لأن {why}"), ("no date", "لا تاريخ"))

    assert "لأن لا تاريخ" == speak(say("because {why}", why=say("no date")), "ar")


def test_translation_with_an_unknown_brace_gives_way_to_english(arabic: Speaks) -> None:
    arabic(("{count} of {total}", "{count} من {todal}"))

    assert "1 of 2" == speak(say("{count} of {total}", count=1, total=2), "ar")


def test_source_with_an_unknown_brace_is_shown_as_it_is() -> None:
    assert "1 of {total" + "}" == speak(say("{count} of {total}", count=1), "en")


def test_numbers_of_a_sentence_have_the_digits_of_its_language(arabic: Speaks) -> None:
    arabic((("{count} part", "{count} parts"), ("0", "1", "2", "{count} قطع", "{count} قطعة", "{count} قطعة")))

    assert "٥ قطع" == speak(say_count("{count} part", "{count} parts", 5), "ar")
    assert "١٬٢٣٤ قطعة" == speak(say_count("{count} part", "{count} parts", 1234), "ar")


@pytest.mark.parametrize(
    ("shown", "english", "arabic_text"),
    [
        (Shown("date", "2026-11-21"), "21 Nov 2026", "٢١ نوفمبر ٢٠٢٦"),
        (Shown("time", NOON, "Asia/Riyadh"), "15:05", "٣:٠٥ م"),
        (Shown("datetime", NOON, "Asia/Riyadh"), "21 Nov 2026, 15:05", "٢١ نوفمبر ٢٠٢٦، ٣:٠٥ م"),
        (Shown("money", 123450, "EUR"), "€1,234.50", "‏١٬٢٣٤٫٥٠\xa0€"),
        (Shown("percent", 75), "75%", "٧٥٪"),
        (Shown("plain", "AV-7"), "AV-7", "AV-7"),
    ],
)
def test_shown_values_follow_the_language(shown: Shown, english: str, arabic_text: str) -> None:
    opening = LRI if shown.how == "plain" else FSI

    assert english == speak(say("{x}", x=shown), "en")
    assert f"{opening}{arabic_text}{PDI}" == speak(say("{x}", x=shown), "ar")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12_000, "3 h 20 min"),
        (-7_200, "2 h"),
        (1_500, "25 min"),
        (59, "under a minute"),
        (86_400, "1 day"),
        (180_000, "2 d 2 h"),
        (864_001, "10 days"),
    ],
)
def test_spans_have_at_most_two_units(seconds: int, words: str) -> None:
    assert words == speak(span(seconds), "en")


@pytest.mark.parametrize(("minutes", "words"), [(180, "in 3 h"), (-20, "20 min ago"), (0, "now")])
def test_distance_tells_before_from_after(minutes: int, words: str) -> None:
    assert words == speak(distance(NOON + minutes * MINUTE, NOON), "en")


def test_interface_shorthands_speak_the_current_language() -> None:
    assert "Hello Anna" == tr("Hello {name}", name="Anna")
    assert ["1 part", "2 parts"] == [trn("{count} part", "{count} parts", n) for n in (1, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aftercare مفتوح", f"{RLM}Aftercare مفتوح"),
        (f"{FSI}Steam{PDI}، {FSI}Bilal{PDI}", f"{RLM}{FSI}Steam{PDI}، {FSI}Bilal{PDI}"),
        (f"{FSI}Anna{PDI} هنا", f"{FSI}Anna{PDI} هنا"),
        ("٥ من ٦", "٥ من ٦"),
        ("Aftercare", "Aftercare"),
        ("، ", "، "),
    ],
)
def test_right_to_left_sentence_is_marked_where_its_first_letter_would_turn_it(text: str, expected: str) -> None:
    assert expected == led_right_to_left(text)
