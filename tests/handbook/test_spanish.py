"""The Spanish of the crisis handbook: whole, short where it is read aloud, found by words typed in fear."""

import re
from pathlib import Path

import pytest

from app.content.items import TextState
from tests.content.sample import averdell
from tests.handbook.test_search import found

KINDS = ("crisis_", "symptom_tile", "deadline_rule", "handbook", "market")
SAID = [
    ("quemadura vapor", "burnt"), ("se ha quemado la mano", "burnt"), ("me he quemado", "burnt"),
    ("ha reventado la caldera", "burnt"), ("agua hirviendo en la cara", "burnt"), ("sangra mucho", "burnt"),
    ("se ha cortado un dedo", "burnt"), ("no puede respirar", "allergy"), ("cara hinchada", "allergy"),
    ("se le hincha la lengua", "allergy"), ("alerjia", "allergy"), ("ronchas por todo el cuerpo", "allergy"),
    ("niño en el hospital", "ill"), ("mi hijo ha bebido el agua", "ill"), ("está vomitando", "ill"),
    ("ha bebido lejía", "ill"), ("se ha desmayado", "ill"), ("dolor de barriga", "ill"), ("está mareada", "ill"),
    ("sale humo de la máquina", "fire"), ("huele a quemado", "fire"), ("huele a gas", "fire"),
    ("le ha dado un calambre", "fire"), ("agua por todas partes", "fire"), ("saltaron los plomos", "fire"),
    ("la policía está aquí", "death"), ("ha muerto un hombre", "death"), ("periodista de la tele", "death"),
    ("amenaza de bomba", "death"), ("paquete mojado", "damaged"), ("se ha caído el palé", "damaged"),
    ("han incautado", "authority"), ("carta del ministerio", "authority"), ("se ha hecho viral", "storm"),
    ("periodista al teléfono", "storm"), ("lote retirado", "recall"), ("parado en la aduana", "border"),
    ("imitación", "fake"), ("falla otra vez", "again"), ("she cant breathe", "allergy"),
]  # fmt: skip


def texts() -> dict[tuple[str, str, str], str]:
    return {
        (each.kind, each.code, each.path): each.text
        for each in averdell().texts
        if each.language == "es" and each.state is TextState.CURRENT
    }


def test_the_handbook_is_translated_whole() -> None:
    lacking = [
        f"{each.kind}/{each.code}/{each.path}"
        for each in averdell().texts
        if each.language == "es" and each.state is not TextState.CURRENT
        and (each.kind.startswith(KINDS) or each.code == "HANDBOOK")
    ]  # fmt: skip

    assert len([key for key in texts() if key[0].startswith("crisis_procedure")]) > 400
    assert [] == lacking


def test_urgent_lines_have_at_most_twelve_words() -> None:
    lines = [text for (_, _, path), text in texts().items() if re.fullmatch(r"do_now/\w+/text", path)]

    assert 42 == len(lines)
    assert [] == [each for each in lines if len(each.split()) > 12]


def test_no_statement_holds_a_banned_word() -> None:
    known = texts()
    banned = [each.strip() for each in known["handbook", "HANDBOOK", "banned_words"].split(";")]
    statements = [text for (_, _, path), text in known.items() if re.fullmatch(r"statements/\w+/text", path)]

    assert len(banned) > 10 and len(statements) >= 12
    assert [] == [(word, text) for text in statements for word in banned if word.casefold() in text.casefold()]


@pytest.mark.parametrize(("said", "tile"), SAID)
def test_what_a_frightened_person_types_in_spanish_leads_to_the_symptom(tmp_path: Path, said: str, tile: str) -> None:
    assert tile == found(tmp_path, said, "es")[0].code
