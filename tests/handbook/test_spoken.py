"""A page for a market: its own numbers, contacts, limits and words."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.handbook.book import build_handbook, is_old
from app.handbook.markets import market_here
from app.handbook.place import Shelf
from app.handbook.shelf import keep
from app.kernel.errors import UserError
from app.kernel.instants import DAY, Instant
from app.language.isolates import LRI
from app.views.handbook_page import open_reader
from tests.handbook.shelves import KEPT, LATER, filled, issued, reader

MARKETS = ("BR", "CN", "DK", "PT", "SA", "US")
NUMBER = {"PT": "112", "DK": "112", "US": "911", "BR": "192", "SA": "997", "CN": "120"}


@pytest.mark.parametrize("market", MARKETS)
def test_every_page_of_every_market_names_its_own_number_and_people(tmp_path: Path, market: str) -> None:
    made = reader(tmp_path, market=market)

    for code in made.book.codes():
        told = made.procedure(code, LATER).spoken
        assert NUMBER[market] == told.emergency[0][0]
        assert all(each.phone and each.zone for each in told.tell)
        assert told.limits
        assert not any("{" in text for text in (told.title, told.use_when, told.ends_when, *told.next_steps))
    assert any(NUMBER[market] in each.text for each in made.procedure("CP-04", LATER).spoken.steps)


def test_limits_of_a_market_are_its_own(tmp_path: Path) -> None:
    times = {
        market: [each.time for each in reader(tmp_path / market, market=market).procedure("CP-04", LATER).spoken.limits]
        for market in MARKETS
    }

    assert any("20 calendar days" in each for each in times["PT"])
    assert any("15 business days" in each for each in times["US"])
    assert ["3 days", "15 days", "30 days"] == [
        days for days in ("3 days", "15 days", "30 days") if any(days in each for each in times["CN"])
    ]
    assert "Time limit not known, report at once" in times["SA"]
    assert not any("20 calendar days" in each for each in times["US"])


def test_own_people_have_a_branch_and_clocks_of_their_own(tmp_path: Path) -> None:
    told = reader(tmp_path, market="US").procedure("CP-01", LATER).spoken

    asked = next(each.question for each in told.steps if each.question)
    assert any("employee" in each.text and "accident at work" in each.then for each in asked.choices)
    assert {"Within 8 hours", "Within 24 hours"} <= {each.time for each in told.limits}


def test_page_says_for_which_market_which_version_and_since_when(tmp_path: Path) -> None:
    told = reader(tmp_path).procedure("CP-01", LATER).spoken

    assert "For Portugal · Version 1 of 18 Nov 2026 · in force here since 18 Nov 2026" == told.about
    assert not told.old


def test_old_page_turns_amber_after_the_days_that_the_manufacturer_named(tmp_path: Path) -> None:
    made = reader(tmp_path)
    days = made.book.settings.old_after_days

    assert not made.procedure("CP-01", Instant(KEPT + (days - 1) * DAY)).spoken.old
    assert made.procedure("CP-01", Instant(KEPT + (days + 2) * DAY)).spoken.old
    [found] = [each for each in made.book.procedures if each.code == "CP-01"]
    assert is_old(found, made.book.settings, date(2028, 1, 1))


def test_page_without_a_translation_says_that_it_is_english(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    shelf = Shelf(tmp_path / "handbook", key.public_key().public_bytes_raw(), zone="Asia/Riyadh")
    keep(shelf, issued(tmp_path, key, 1, "texts/ar/handbook/CP-07.yaml"), KEPT)
    made = open_reader(shelf, language="ar")

    whole, english = made.procedure("CP-04", LATER).spoken, made.procedure("CP-07", LATER).spoken

    assert (False, True, True) == (whole.english, whole.right_to_left, english.english)
    assert not english.right_to_left
    assert "{" not in english.heads["english"]


@pytest.mark.parametrize(("asked", "spoken"), [("pt-BR", "pt-BR"), ("ar-EG", "ar"), ("xx", "en")])
def test_language_that_is_not_written_gives_way_to_its_nearest(tmp_path: Path, asked: str, spoken: str) -> None:
    assert spoken == reader(tmp_path, asked).tiles(LATER).language


def test_brazilian_page_speaks_as_brazil_does(tmp_path: Path) -> None:
    told = reader(tmp_path, "pt-BR", "BR").procedure("CP-04", LATER).spoken
    lines = " ".join(each.text for each in told.steps)

    assert not told.english
    assert "ligarem já para 192" in lines and "responsável de plantão" in lines


def test_whom_to_ask_before_a_statement_is_used_stands_in_the_language_of_the_page(tmp_path: Path) -> None:
    told = reader(tmp_path, "pt-PT").procedure("CP-05", LATER).spoken
    asked = [each.rule for each in told.say if not each.free]

    assert ["Pergunte antes de usar: Responsável de serviço da Averdell"] == asked


def test_portuguese_page_has_portuguese_dates(tmp_path: Path) -> None:
    told = reader(tmp_path, "pt-PT").procedure("CP-01", LATER).spoken

    assert "Para Portugal · Versão 1 de 18/11/2026 · em vigor aqui desde 18/11/2026" == told.about


def test_numbers_keep_their_direction_in_an_arabic_line(tmp_path: Path) -> None:
    told = reader(tmp_path, "ar", "SA").procedure("CP-04", LATER).spoken

    assert f"{LRI}997" in "".join(each.text for each in told.steps)


def test_who_allows_a_statement_is_named_in_the_language_of_the_page(tmp_path: Path) -> None:
    told = reader(tmp_path, "ar", "SA").procedure("CP-05", LATER).spoken

    [asked] = [each for each in told.say if not each.free]
    assert "المناوب المسؤول في أڤرديل" in asked.rule
    assert "Averdell" not in asked.rule


def test_unwritten_tiles_lead_somewhere_with_honest_words(tmp_path: Path) -> None:
    tiles = reader(tmp_path).tiles(LATER).tiles

    assert 12 == len(tiles)
    assert 6 == sum(1 for each in tiles if each.note)
    assert all("no procedure for" in each.note and "Averdell" in each.note for each in tiles if each.note)


def test_people_first_come_first(tmp_path: Path) -> None:
    red = [each.people_first for each in reader(tmp_path).tiles(LATER).tiles]

    assert sorted(red, reverse=True) == red
    assert 5 == sum(red)


def test_market_is_the_chosen_one_else_of_this_zone_else_asked(tmp_path: Path) -> None:
    made = reader(tmp_path)
    shelf = filled(tmp_path)

    assert "PT" == market_here(shelf, made.book)
    made.choose_market("SA")
    assert "SA" == market_here(shelf, made.book)
    strange = filled(tmp_path / "b", sample=False)
    assert "" == market_here(type(strange)(strange.folder, strange.publisher, None, "Asia/Kolkata"), made.book)


def test_pack_without_a_handbook_says_so() -> None:
    with pytest.raises(UserError, match="missing"):
        build_handbook(1, (), ())
