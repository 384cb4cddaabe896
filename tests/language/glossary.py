"""The glossaries in docs/: one for each language, read from their tables, and the fixed words that they must hold."""

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType

import app
from app.kernel.messages import Message
from app.repairs.rules.lines import LineAction
from app.repairs.rules.stages import LabourKind, Outcome, State
from app.units.rules import Fate
from app.views import repair_words, sop_run
from app.warranty.rules import facts, sentences

DOCS = Path(__file__).resolve().parents[2] / "docs"
_ROW = re.compile(r"^\| (.+) \|$")
_VALUE = re.compile(r"\{\w+\}")
_SOUNDS = re.compile("[\u064b-\u0652\u0640]")  # vowel signs and the stretched line: spelling may have them or not


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade. `held` are letters of which one set stands in every sentence that has the word."""

    source: str
    target: str
    held: tuple[str, ...]

    def is_in(self, texts: Iterable[str]) -> bool:
        return any(re.search(rf"\b{self.source}s?\b", _VALUE.sub("", text), re.IGNORECASE) for text in texts)

    def is_held(self, text: str) -> bool:
        return not self.held or any(_spelt(each) in _spelt(text) for each in self.held)


def _spelt(text: str) -> str:
    """Without vowel signs, and a capital like a small letter."""
    return _SOUNDS.sub("", text).casefold()


def terms(language: str) -> list[Term]:
    """The table under `## Terms`."""
    rows = _rows(language, "## Terms")
    return [Term(source, target, tuple(held.split(" / ")) if held else ()) for source, target, _, held, _ in rows]


def written(language: str) -> set[tuple[str, str, str]]:
    """(list, English, translation) of the tables under `## Fixed words`."""
    return {(name, source, target) for name, source, target in _rows(language, "## Fixed words")}


def fixed_words() -> Iterator[tuple[str, Message]]:
    """Every word for a value of an enum, with the name of its list."""
    for feature, module in _modules_of_texts():
        for name, words in vars(module).items():
            if isinstance(words, dict) and all(isinstance(each, Enum) for each in words):
                yield from ((f"{feature} {name.lower().replace('_', ' ')}", each) for each in words.values())
    yield from (("repairs states", repair_words.state_word(each)) for each in State)
    yield from (("repairs outcomes", repair_words.outcome_word(each)) for each in Outcome)
    yield from (("repairs part lines", repair_words.action_word(each)) for each in LineAction)
    yield from (("repairs labour", repair_words.labour_word(each)) for each in LabourKind)
    yield from (("repairs old parts", repair_words.fate_word(each)) for each in Fate)
    yield from (("sop states", each) for each in sop_run.STATE_WORDS.values() if each.msgid)
    yield from (("warranty missing", sentences.missing_word(each)) for each in facts.Missing)


def _modules_of_texts() -> Iterator[tuple[str, ModuleType]]:
    for file in sorted(Path(app.__path__[0]).glob("*/texts.py")):
        yield file.parent.name, importlib.import_module(f"app.{file.parent.name}.texts")


def _rows(language: str, heading: str) -> Iterator[list[str]]:
    text = (DOCS / f"glossary-{language}.md").read_text(encoding="utf-8")
    section = text.split(f"\n{heading}\n")[1].split("\n## ")[0]
    rows = [match[1] for line in section.splitlines() if (match := _ROW.match(line))]
    yield from ([cell.strip() for cell in row.split("|")] for row in rows[1:])
