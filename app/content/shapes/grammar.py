"""The words in which a shape is written: each reads one node into plain data and says what to write instead."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol

from app.content.mistakes import Findings
from app.content.strict_yaml import Leaf, Node, Rows, Table
from app.kernel.messages import Message, say

Path = tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """One item being read: where it stands, its translatable texts by path, and the line of every value."""

    file: str
    findings: Findings
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def wrong(self, node: Node, message: Message) -> None:
        self.findings.add(self.file, node.line, message)


class Shape(Protocol):
    """Reads a node; None means that it was wrong and has been reported."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any: ...


@dataclass(frozen=True)
class Word:
    """A code or other untranslated string that matches `pattern`; `example` is what a mistake proposes."""

    pattern: str
    example: str

    def read(self, node: Node, path: Path, reading: Reading) -> str | None:
        reading.lines["/".join(path)] = node.line
        if isinstance(node, Leaf) and re.fullmatch(self.pattern, node.text):
            return node.text
        reading.wrong(node, say("This is not right here. Write something like {example}.", example=self.example))
        return None


@dataclass(frozen=True)
class Text:
    """A text for people, which can be translated; `slots` are the {names} it may hold."""

    slots: tuple[str, ...] = ()
    longest: int = 600

    def read(self, node: Node, path: Path, reading: Reading) -> str | None:
        name = "/".join(path)
        reading.lines[name] = node.line
        if not isinstance(node, Leaf) or not node.text.strip():
            reading.wrong(node, say("Write a text here."))
            return None
        if trouble := text_trouble(node.text, slots=self.slots, longest=self.longest):
            reading.wrong(node, trouble)
            return None
        reading.texts[name] = node.text
        return node.text


def text_trouble(text: str, *, slots: tuple[str, ...] = (), longest: int = 600) -> Message | None:
    """What is wrong with a text for people, if anything: spaces around it, control characters, unknown slots."""
    if text != text.strip() or any(ord(sign) < 32 for sign in text):
        return say("Write the text on one line, without spaces around it.")
    if len(text) > longest:
        return say("This text is longer than {count} characters. Make it shorter.", count=longest)
    strange = set(re.findall(r"\{([^}]*)\}", text)) - set(slots)
    if strange or text.count("{") != text.count("}"):
        known = ", ".join(f"{{{slot}}}" for slot in slots) or "-"
        return say("Braces may hold only these names here: {known}.", known=known)
    return None


@dataclass(frozen=True)
class Whole:
    """A whole number between `least` and `most`, both included."""

    least: int = 0
    most: int = 1_000_000

    def read(self, node: Node, path: Path, reading: Reading) -> int | None:
        reading.lines["/".join(path)] = node.line
        written = node.text if isinstance(node, Leaf) and not node.quoted else ""
        if re.fullmatch(r"-?(0|[1-9][0-9]{0,11})", written) and self.least <= int(written) <= self.most:
            return int(written)
        message = say("Write a whole number from {least} to {most}.", least=self.least, most=self.most)
        reading.wrong(node, message)
        return None


@dataclass(frozen=True)
class Scaled:
    """A measured value such as 1.70, kept as {"value": 170, "decimals": 2}: no floats anywhere."""

    def read(self, node: Node, path: Path, reading: Reading) -> dict[str, int] | None:
        reading.lines["/".join(path)] = node.line
        if isinstance(node, Leaf) and not node.quoted and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", node.text):
            whole, _, part = node.text.partition(".")
            return {"value": int(whole + part), "decimals": len(part)}
        reading.wrong(node, say("Write a number with a point, for example 1.70."))
        return None


@dataclass(frozen=True)
class Flag:
    """true or false, no other spelling."""

    def read(self, node: Node, path: Path, reading: Reading) -> bool | None:
        reading.lines["/".join(path)] = node.line
        if isinstance(node, Leaf) and not node.quoted and node.text in ("true", "false"):
            return node.text == "true"
        reading.wrong(node, say("Write true or false."))
        return None


@dataclass(frozen=True)
class Day:
    """A calendar day, kept as YYYY-MM-DD."""

    def read(self, node: Node, path: Path, reading: Reading) -> str | None:
        reading.lines["/".join(path)] = node.line
        if isinstance(node, Leaf) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            try:
                return date.fromisoformat(node.text).isoformat()
            except ValueError:
                pass  # no such day: reported below with the same cure
        reading.wrong(node, say("Write a day of the calendar as year-month-day, for example 2026-11-24."))
        return None


@dataclass(frozen=True)
class OneOf:
    """One of a fixed set of words."""

    words: tuple[str, ...]

    def read(self, node: Node, path: Path, reading: Reading) -> str | None:
        reading.lines["/".join(path)] = node.line
        if isinstance(node, Leaf) and node.text in self.words:
            return node.text
        reading.wrong(node, say("Write one of: {words}.", words=", ".join(self.words)))
        return None


@dataclass(frozen=True)
class Many:
    """A list; members with a `code` are addressed by it and must differ in it."""

    shape: Shape
    least: int = 1
    most: int = 400

    def read(self, node: Node, path: Path, reading: Reading) -> list[Any] | None:
        if not isinstance(node, Rows):
            reading.wrong(node, say("Write a list here: one line for each, starting with a dash."))
            return None
        if not self.least <= len(node.members) <= self.most:
            message = say("Write between {least} and {most} lines here.", least=self.least, most=self.most)
            reading.wrong(node, message)
        names = [_name_of(member, at) for at, member in enumerate(node.members)]
        for at, name in enumerate(names):
            if name in names[:at]:
                reading.wrong(node.members[at], say('"{name}" stands in this list twice. Rename one.', name=name))
        found = zip(names, node.members, strict=True)
        return [self.shape.read(member, (*path, name), reading) for name, member in found]


def _name_of(node: Node, at: int) -> str:
    code = node.members.get("code") if isinstance(node, Table) else None
    return code.text if isinstance(code, Leaf) else str(at)


Rule = Callable[[dict[str, Any], Table, Reading], None]


@dataclass(frozen=True)
class Fields:
    """A mapping with the `needed` and the `allowed` keys; `rules` look at the whole once every key was right."""

    needed: Mapping[str, Shape]
    allowed: Mapping[str, Shape] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def read(self, node: Node, path: Path, reading: Reading) -> dict[str, Any] | None:
        if not isinstance(node, Table):
            message = say("Write these keys here: {keys}.", keys=", ".join(self.needed))
            reading.wrong(node, message)
            return None
        before = reading.findings.count
        self._compare_keys(node, reading)
        known = {**self.needed, **self.allowed}
        found = {
            key: known[key].read(member, (*path, key), reading) for key, member in node.members.items() if key in known
        }
        if reading.findings.count == before:
            for rule in self.rules:
                rule(found, node, reading)
        return found

    def _compare_keys(self, node: Table, reading: Reading) -> None:
        known = [*self.needed, *self.allowed]
        for key in node.members:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = near[0] if near else ", ".join(known)
                message = say('"{key}" is not known here. Did you mean: {hint}?', key=key, hint=hint)
                reading.findings.add(reading.file, node.lines[key], message)
        for key in self.needed:
            if key not in node.members:
                reading.wrong(node, say('"{key}" is missing. Add a line  {key}: ...', key=key))


CODE = Word(r"[a-z][a-z0-9_]{0,39}", "relief_valve")
LANGUAGE = Word(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "pt-BR")
PLAIN = Word(r"[^\x00-\x1f]{1,300}", "a few words")
