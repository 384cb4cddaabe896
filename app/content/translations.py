"""Translations: each names the English it was made from, so that a changed source shows as stale."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from app.content.items import SOURCE_LANGUAGE, ItemText, TextState, text_hash
from app.content.mistakes import Findings
from app.content.placed import Placed
from app.content.shapes.grammar import LANGUAGE, PLAIN, Fields, Reading, text_trouble
from app.content.strict_yaml import Leaf, Node, Table
from app.kernel.messages import say
from app.language.languages import LATIN_DIGITS, language_of

Versions = list[Placed]


class _Anything:
    """A mapping read by hand below."""

    def read(self, node: Node, path: tuple[str, ...], reading: Reading) -> Table | None:
        if isinstance(node, Table):
            return node
        reading.wrong(node, say("Write these keys here: {keys}.", keys="kind/CODE"))
        return None


_SENTENCES = (
    "crisis_", "symptom_tile/", "deadline_rule/", "handbook/", "labels/HANDBOOK", "procedure/", "form/", "faq/",
    "warranty_policy/",
)  # names of parts stay as they are printed on the parts  # fmt: skip
_BARE = re.compile(r"(?<![A-Za-z0-9./+-])[0-9]+(?![A-Za-z0-9/-])")  # a number that is no part of a code
_TELEPHONE = re.compile(r"\+[0-9][0-9 ]+")
_HEAD = Fields({"language": LANGUAGE, "translator": PLAIN, "texts": _Anything()})


def read_translations(file: str, tree: Node, placed: list[Placed], findings: Findings) -> list[ItemText]:
    """The texts of one translation file; of each item named in it, the texts that it lacks come as missing."""
    reading = Reading(file, findings)
    head = _HEAD.read(tree, (), reading) or {}
    language, texts = head.get("language"), head.get("texts")
    if language is None or texts is None:
        return []
    if language == SOURCE_LANGUAGE:
        findings.add(file, 1, say("English stands in the items themselves. Write another language here."))
    by_name: dict[str, Versions] = {}
    for each in placed:
        by_name.setdefault(f"{each.item.kind}/{each.item.code}", []).append(each)
    return [
        text
        for name, node in texts.members.items()
        for text in _of_item(name, node, texts.lines[name], language=language, by_name=by_name, reading=reading)
    ]


def _of_item(
    name: str, node: Node, line: int, *, language: str, by_name: dict[str, Versions], reading: Reading
) -> Iterator[ItemText]:
    if name not in by_name or not isinstance(node, Table):
        near = get_close_matches(name, by_name, n=1) or ["procedure/SOP-05"]
        message = say("There is no such item. Write for example {example}.", example=near[0])
        reading.findings.add(reading.file, line, message)
        return
    versions = sorted(by_name[name], key=lambda each: each.item.version)
    pairs = {
        path: pair
        for path, each in node.members.items()
        if (pair := _pair(path, each, versions[-1], reading, figures=_figures(name, language)))
    }
    for version in versions:
        for path, source in version.texts.items():
            yield _text(version, path, source, language, pairs.get(path))


def _text(version: Placed, path: str, source: str, language: str, pair: tuple[str, str] | None) -> ItemText:
    if pair is None:
        return ItemText(*version.item.key, language, path, "", text_hash(source), TextState.MISSING)
    made_from, text = pair
    state = TextState.CURRENT if made_from == source else TextState.STALE
    return ItemText(*version.item.key, language, path, text, text_hash(made_from), state)


def _figures(name: str, language: str) -> str:
    """The figures in which an item is written in this language, where they are not the Latin ones: a line that mixes
    both is read wrongly, and the program writes the limits beside it in these. Codes, laws and telephone numbers keep
    theirs."""
    digits = language_of(language).digits
    return digits if name.startswith(_SENTENCES) and digits != LATIN_DIGITS else ""


def _pair(path: str, node: Node, newest: Placed, reading: Reading, *, figures: str) -> tuple[str, str] | None:
    members = node.members if isinstance(node, Table) else {}
    source, text = members.get("from"), members.get("to")
    if len(members) != 2 or not isinstance(source, Leaf) or not isinstance(text, Leaf):
        reading.wrong(node, say('Write two keys here: "from" with the English, "to" with the translation.'))
        return None
    if path not in newest.texts:
        near = get_close_matches(path, newest.texts, n=1) or [next(iter(newest.texts))]
        reading.wrong(node, say("The item has no such text. Write for example {example}.", example=near[0]))
        return None
    if _slots(source.text) != _slots(text.text):
        reading.wrong(node, say("The translation must hold the same names in braces as the English."))
    elif trouble := text_trouble(text.text, slots=tuple(_slots(text.text))):
        reading.wrong(node, trouble)
    elif figures and _BARE.search(_TELEPHONE.sub("", text.text)):
        reading.wrong(node, say("Write numbers with these figures: {figures}. Codes and telephone numbers stay as they"
                                " are.", figures=figures))  # fmt: skip
    return source.text, text.text


def _slots(text: str) -> set[str]:
    return set(re.findall(r"\{([^}]*)\}", text))
