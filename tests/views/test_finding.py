from collections.abc import Iterator

import pytest

from app.kernel.serials import check_character
from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.runner import Opened
from app.views.finding import Found, Kind, find_records
from app.workflows.sample import SYSTEM, seed_sample

NEW = "FD1A261100042" + check_character("FD1A261100042")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with open_store(create_sample(tmp_path_factory.mktemp("finding") / "desk")) as opened:
        opened.write(SYSTEM, seed_sample)
        yield opened


def find(store: Opened, text: str, language: str = "en") -> list[Found]:
    return list(store.read(find_records, (text, language)))


@pytest.mark.parametrize("typed", ["0428", "fd2a 2617 00428", "FD2A-2617-00428-N", "٠٠٤٢٨"])
def test_four_digits_of_a_serial_find_the_machine(store: Opened, typed: str) -> None:
    found = find(store, typed)

    assert (Kind.UNIT, "FD2A261700428N", "FD2A-2617-00428-N") == (found[0].kind, found[0].argument, found[0].title)
    assert "Café Ribeira Alta" == found[0].line


def test_a_serial_that_is_not_here_is_offered_and_a_wrong_one_says_so(store: Opened) -> None:
    new, wrong = find(store, NEW)[0], find(store, "FD2A261700999A")[0]

    assert Kind.NEW_UNIT == new.kind == wrong.kind
    assert new.line != wrong.line


def test_tickets_are_found_by_their_words_and_by_their_customer(store: Opened) -> None:
    by_words = [each.title for each in find(store, "relief valve") if each.kind is Kind.TICKET]
    by_customer = [each for each in find(store, "ribeira") if each.kind is Kind.TICKET]

    assert "Boiler leaks at the relief valve" in by_words
    assert by_customer


def test_a_customer_is_found_in_any_script(store: Opened) -> None:
    assert ["佐藤コーヒー"] == [each.title for each in find(store, "佐藤") if each.kind is Kind.CUSTOMER]


def test_parts_are_found_by_number_and_by_their_name_in_the_language_in_force(store: Opened) -> None:
    by_number = [each for each in find(store, "c1204") if each.kind is Kind.PART]
    arabic = str(by_number and find(store, "AV-C-1204-R", "ar")[-1].title)
    by_name = [each.argument for each in find(store, arabic, "ar") if each.kind is Kind.PART]

    assert ["AV-C-1204-R"] == [each.argument for each in by_number]
    assert "AV-C-1204-R" in by_name


@pytest.mark.parametrize("typed", ["", "   ", '"', "x" * 5000, "'; DROP TABLE ticket", "\x00", "%", "_"])
def test_whatever_is_typed_gives_an_answer(store: Opened, typed: str) -> None:
    assert len(find(store, typed)) <= 24
