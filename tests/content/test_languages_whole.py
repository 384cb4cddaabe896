"""What the sample publishes for the bench and for a crisis stands in every language of the interface."""

import pytest

from app.content.items import TextState
from app.language.languages import LANGUAGES
from tests.content.sample import averdell

OTHERS = [each.code for each in LANGUAGES if each.code != "en"]
KINDS = (
    "procedure", "form", "crisis_procedure", "symptom_tile", "crisis_contact", "crisis_market", "handbook", "code_list",
    "part", "model", "component_type", "faq", "deadline_rule",
)  # fmt: skip


def texts(language: str) -> dict[tuple[str, str, int, str], TextState]:
    return {
        (each.kind, each.code, each.version, each.path): each.state
        for each in averdell().texts
        if each.language == language and each.kind in KINDS
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_bench_and_of_a_crisis_is_translated_and_current(language: str) -> None:
    english, other = texts("en"), texts(language)

    assert set(KINDS) == {kind for kind, *_ in english}
    assert [] == sorted(key for key in english if other.get(key) is not TextState.CURRENT)
    assert {f"SOP-0{n}" for n in (4, 5, 6, 7, 8)} <= {code for kind, code, *_ in other if kind == "procedure"}
    assert {"F-01", "F-02", "F-03"} <= {code for kind, code, *_ in other if kind == "form"}
