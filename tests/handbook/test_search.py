"""What a frightened person says leads to the right symptom, however it is spelt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.handbook.rules.search import Entry, Index, closeness, distance, folded, words_of
from app.handbook.spoken import TileSeen
from tests.handbook.shelves import LATER, reader

SAID = [
    ("burnt hand steam", "burnt"), ("brnt hand", "burnt"), ("scald", "burnt"), ("it exploded", "burnt"),
    ("hot water on his face", "burnt"), ("the portafiler flew off", "burnt"), ("she has blisters", "burnt"),
    ("kid in hospital", "ill"), ("vomitting", "ill"), ("three customers are throwing up", "ill"),
    ("drank the descaler", "ill"), ("food poisning", "ill"), ("baby swallowed cleaner", "ill"),
    ("she cant breathe", "allergy"), ("she can't breathe!!", "allergy"), ("alergic", "allergy"),
    ("cream, face swollen", "allergy"), ("anaphilaxis", "allergy"), ("rash all over", "allergy"),
    ("her throat is closing", "allergy"), ("smoke", "fire"), ("electrik shock", "fire"), ("sparks and flames", "fire"),
    ("water everywhere", "fire"), ("tv reporter", "death"), ("the police are here", "death"), ("he is dead", "death"),
    ("pallet fell over", "damaged"), ("boxes are wet", "damaged"), ("sampel seized", "authority"),
    ("letter from the ministry", "authority"), ("everyone is sharing a vidoe", "storm"), ("post gone viral", "storm"),
    ("recal", "recall"), ("customs holding container", "border"), ("counterfit part", "fake"),
    ("same part again", "again"), ("burnt her hand", "burnt"), ("an accident", "burnt"), ("there is blood", "burnt"),
    ("kid vomiting", "ill"), ("she fainted", "ill"), ("chest pain", "ill"), ("she cant breath", "allergy"),
    ("fire in kitchen", "fire"), ("police here", "death"), ("journalist calls", "storm"), ("parcel wet", "damaged"),
    ("package soaked", "damaged"),
]  # fmt: skip
SAID_IN = [
    ("pt-PT", "queimadura vapor", "burnt"), ("pt-PT", "criança no hospital", "ill"),
    ("pt-PT", "não consegue respirar", "allergy"), ("pt-PT", "fumo", "fire"),
    ("pt-PT", "jornalista da televisão", "death"),
    ("pt-PT", "escaldao", "burnt"), ("ar", "حرق بالبخار", "burnt"), ("ar", "لا تستطيع التنفس", "allergy"),
    ("ar", "طفل في المستشفى", "ill"), ("ar", "دخان", "fire"), ("ar", "الشرطة هنا", "death"),
    ("zh-Hans", "手被蒸汽烫伤", "burnt"), ("zh-Hans", "喘不过气", "allergy"), ("zh-Hans", "孩子住院了", "ill"),
    ("zh-Hans", "冒烟", "fire"), ("zh-Hans", "电视台记者", "death"), ("ar", "she cant breathe", "allergy"),
    ("zh-Hans", "scald", "burnt"),
]  # fmt: skip


def found(tmp_path: Path, said: str, language: str = "en") -> tuple[TileSeen, ...]:
    return reader(tmp_path, language).find(said, LATER)


@pytest.mark.parametrize(("said", "tile"), SAID)
def test_words_of_a_frightened_person_lead_to_the_symptom(tmp_path: Path, said: str, tile: str) -> None:
    assert tile == found(tmp_path, said)[0].code


@pytest.mark.parametrize(("language", "said", "tile"), SAID_IN)
def test_other_languages_are_understood_and_english_beside_them(
    tmp_path: Path, language: str, said: str, tile: str
) -> None:
    assert tile == found(tmp_path, said, language)[0].code


@pytest.mark.parametrize("said", ["", "   ", "xyzzy", "!!!", "١٢٣"])
def test_what_says_nothing_shows_every_symptom(tmp_path: Path, said: str) -> None:
    assert 12 == len(found(tmp_path, said))


def test_a_word_of_one_entry_says_more_than_one_of_many() -> None:
    index = Index([Entry("a", ("hot water", "water")), Entry("b", ("water pipe",)), Entry("c", ("steam water",))])

    assert "c" == index.find("water steam")[0]


def test_idle_words_count_only_alone() -> None:
    index = Index([Entry("a", ("is it hot",)), Entry("b", ("steam",))], frozenset({"is", "it"}))

    assert (("b",), ("a",)) == (index.find("is it steam"), index.find("is it"))


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("burnt", "brunt", 1), ("scald", "scalds", 1), ("rash", "rash", 0), ("ab", "xyz", 3)]
)
def test_slips_of_the_finger_are_counted(one: str, other: str, slips: int) -> None:
    assert slips == distance(one, other, most=2)


def test_short_words_must_be_right_and_marks_do_not_matter() -> None:
    assert 0.0 == closeness("ill", "oil")
    assert 0.8 == closeness("hosp", "hospital")
    assert 0.55 == closeness("sca", "scald")
    assert folded("Água QUENTE") == folded("agua quente")
    assert ["烫伤", "伤手"] == words_of("烫伤手")


@given(st.text(max_size=40))
def test_any_text_is_searched_without_trouble(said: str) -> None:
    index = Index([Entry("a", ("burnt hand", "烫伤", "حرق")), Entry("b", ("smoke",))])

    assert set(index.find(said)) <= {"a", "b"}
