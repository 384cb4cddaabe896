"""The glossaries hold the words that the product really says."""

import pytest

from app.language.languages import LANGUAGES, SOURCE
from app.language.translate import translate
from tests.language import catalogues, glossary

FOREIGN = [language.code for language in LANGUAGES if language != SOURCE]


@pytest.mark.parametrize("language", FOREIGN)
def test_every_word_of_a_fixed_code_is_translated(language: str) -> None:
    done = {text for source, _ in catalogues.translated(language) for text in source}  # E-mail may be E-mail there too

    assert [] == [words.msgid for _, words in glossary.fixed_words() if words.msgid not in done]


@pytest.mark.parametrize("language", FOREIGN)
def test_glossary_holds_the_fixed_words_as_the_product_says_them(language: str) -> None:
    said = {(name, words.msgid, translate(words.msgid, language)) for name, words in glossary.fixed_words()}

    assert said == glossary.written(language)


@pytest.mark.parametrize("language", FOREIGN)
def test_two_states_of_a_list_never_share_a_word(language: str) -> None:
    said = [(name, translate(source, language)) for name, source in {(n, w.msgid) for n, w in glossary.fixed_words()}]

    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", FOREIGN)
def test_word_of_the_trade_is_translated_alike_in_every_sentence(language: str) -> None:
    known = glossary.terms(language)

    strayed = [
        f"{term.source}: {text}"
        for source, target in catalogues.translated(language)
        for term in known
        if term.is_in(source)
        for text in target
        if not term.is_held(text)
    ]

    assert [] == strayed
    assert len(known) > 40
