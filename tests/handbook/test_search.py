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
    ("zh-Hans", "scald", "burnt"), ("pt-BR", "queimadura vapor", "burnt"), ("pt-BR", "fumaça", "fire"),
    ("pt-BR", "criança no hospital", "ill"), ("pt-BR", "não consegue respirar", "allergy"),
    ("pt-BR", "repórter de TV", "death"), ("pt-BR", "recall", "recall"), ("pt-BR", "peça pirata", "fake"),
    ("pt-BR", "preso na alfândega", "border"), ("pt-BR", "quebrou de novo", "again"),
    ("pt-BR", "fiscal da Anvisa", "authority"), ("pt-BR", "viralizou no tiktok", "storm"),
]  # fmt: skip

IN_HASTE = [
    ("he burnt his hand", "burnt"), ("scalding water sprayed out", "burnt"), ("she got scalded", "burnt"),
    ("scaled by steam", "burnt"), ("hot steam in the face", "burnt"), ("boiler blew up", "burnt"),
    ("machine exploded", "burnt"), ("the hose burst and it is spraying", "burnt"),
    ("cut his finger on the grinder", "burnt"), ("his finger is bleeding", "burnt"),
    ("it fell on my foot", "burnt"), ("leaking boiling water", "burnt"), ("smoke coming out", "fire"),
    ("there is smok", "fire"), ("it smells burnt", "fire"), ("burning smell", "fire"),
    ("electric shock", "fire"), ("i got a shock from the machine", "fire"), ("elektric shok", "fire"),
    ("fire", "fire"), ("kitchen on fire", "fire"), ("flood", "fire"), ("flooding the shop", "fire"),
    ("the floor is under water", "fire"), ("water is leaking everywhere", "fire"), ("gas smell", "fire"),
    ("smell of gas", "fire"), ("cable melted", "fire"), ("lights went out when i switched it on", "fire"),
    ("water pipe leaking", "fire"), ("my child drank the water", "ill"),
    ("my daughter drank cleaning liquid", "ill"), ("son swallowed a tablet", "ill"),
    ("toddler drank descaler", "ill"), ("customer threw up", "ill"), ("guest feels sick after coffee", "ill"),
    ("stomach cramps", "ill"), ("milk tastes of chemicals", "ill"), ("he is dizzy", "ill"),
    ("found glass in the cup", "ill"), ("someone was poisened", "ill"), ("cant breathe", "allergy"),
    ("her face is swelling up", "allergy"), ("lips swolen", "allergy"), ("nut allergy", "allergy"),
    ("itchy red skin", "allergy"), ("hand cream rash", "allergy"), ("allergic shock", "allergy"),
    ("journalist at the door", "death"), ("police at the door", "death"), ("a man died", "death"),
    ("somebody threatens us", "death"), ("bomb threat", "death"), ("he is not breathing", "death"),
    ("camera crew outside", "death"), ("journalist wants an interview", "storm"),
    ("a tiktok about us", "storm"), ("people post bad things", "storm"), ("the box is crushed", "damaged"),
    ("drum leaks powder", "damaged"), ("it came broken", "damaged"), ("inspector took samples", "authority"),
    ("we got a fine", "authority"), ("health inspector", "authority"), ("recall notice", "recall"),
    ("customs stopped it", "border"), ("stuck in the port", "border"), ("it is a fake", "fake"),
    ("serial number does not exist", "fake"), ("it broke again", "again"), ("same fault third time", "again"),
]  # fmt: skip
IN_HASTE_IN = [
    ("pt-PT", "queimou a mão", "burnt"), ("pt-PT", "água a ferver na cara", "burnt"),
    ("pt-PT", "escaldou-se", "burnt"), ("pt-PT", "cheira a gás", "fire"),
    ("pt-PT", "cheiro a queimado", "fire"), ("pt-PT", "choque elétrico", "fire"),
    ("pt-PT", "apanhei um choque", "fire"), ("pt-PT", "inundação na loja", "fire"),
    ("pt-PT", "fogo na cozinha", "fire"), ("pt-PT", "o meu filho bebeu a água", "ill"),
    ("pt-PT", "bebeu detergente", "ill"), ("pt-PT", "está a vomitar", "ill"),
    ("pt-PT", "cara inchada", "allergy"), ("pt-PT", "polícia à porta", "death"),
    ("pt-PT", "jornalista ao telefone", "storm"), ("pt-PT", "caixa partida", "damaged"),
    ("pt-PT", "a máquina rebentou", "burnt"), ("pt-PT", "a máquina explodiu", "burnt"),
    ("ar", "احترقت يده", "burnt"), ("ar", "ماء مغلي على وجهه", "burnt"), ("ar", "رائحة غاز", "fire"),
    ("ar", "صدمة كهربائية", "fire"), ("ar", "حريق في المطبخ", "fire"), ("ar", "فيضان ماء", "fire"),
    ("ar", "ابني شرب الماء", "ill"), ("ar", "طفلي شرب المنظف", "ill"), ("ar", "يتقيأ", "ill"),
    ("ar", "وجهها منتفخ", "allergy"), ("ar", "شرطة", "death"), ("ar", "صحفي على الباب", "death"),
    ("ar", "تسريب ماء", "fire"), ("zh-Hans", "烫到手了", "burnt"), ("zh-Hans", "开水溅到脸上", "burnt"),
    ("zh-Hans", "有煤气味", "fire"), ("zh-Hans", "触电了", "fire"), ("zh-Hans", "着火了", "fire"),
    ("zh-Hans", "漏水淹了", "fire"), ("zh-Hans", "孩子喝了水", "ill"), ("zh-Hans", "误喝清洁剂", "ill"),
    ("zh-Hans", "他一直呕吐", "ill"), ("zh-Hans", "脸肿了", "allergy"), ("zh-Hans", "警察来了", "death"),
    ("zh-Hans", "记者在门口", "death"), ("pt-BR", "ele queimou a mão", "burnt"),
    ("pt-BR", "água fervendo no rosto", "burnt"), ("pt-BR", "a máquina estourou", "burnt"),
    ("pt-BR", "cortou o dedo no moedor", "burnt"), ("pt-BR", "tá sangrando", "burnt"),
    ("pt-BR", "levei um choque", "fire"), ("pt-BR", "tomou choque", "fire"), ("pt-BR", "cheiro de gás", "fire"),
    ("pt-BR", "tá pegando fogo", "fire"), ("pt-BR", "alagou a cozinha", "fire"),
    ("pt-BR", "cheiro de queimado", "fire"),
    ("pt-BR", "meu filho bebeu a água", "ill"), ("pt-BR", "cliente passando mal", "ill"),
    ("pt-BR", "bebeu detergente", "ill"), ("pt-BR", "está vomitando", "ill"), ("pt-BR", "vomito", "ill"),
    ("pt-BR", "rosto inchado", "allergy"), ("pt-BR", "tá coçando tudo", "allergy"), ("pt-BR", "sem ar", "allergy"),
    ("pt-BR", "polícia na porta", "death"), ("pt-BR", "jornalista no telefone", "storm"),
    ("pt-BR", "caixa quebrada", "damaged"), ("pt-BR", "chegou amassado", "damaged"),
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


@pytest.mark.parametrize(("language", "said", "tile"), [*(("en", said, tile) for said, tile in IN_HASTE), *IN_HASTE_IN])
def test_what_is_said_in_haste_leads_to_the_symptom_within_two(
    tmp_path: Path, language: str, said: str, tile: str
) -> None:
    hits = [each.code for each in found(tmp_path, said, language)]

    assert tile in hits[:2]
    assert len(hits) < 12  # all of them are shown where nothing fits


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
