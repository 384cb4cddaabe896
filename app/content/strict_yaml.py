"""A small, strict part of YAML: mappings, lists and scalars, each with its line; nothing that can surprise.

Scalars stay text here, and a shape decides what they are: so `no` is never false and `1.70` is never a float.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from app.content.mistakes import Findings
from app.kernel.messages import Message, say

DEEPEST = 12
MOST_NODES = 40_000

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # written as escapes in quotes
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: 8 times faster


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar as written; `quoted` tells "12" from 12."""

    text: str
    quoted: bool
    line: int


@dataclass(frozen=True, slots=True)
class Rows:
    members: list["Node"]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; `lines` holds the line of each key."""

    members: dict[str, "Node"]
    line: int
    lines: dict[str, int] = field(default_factory=dict)


Node = Leaf | Rows | Table


class _Stop(Exception):
    """The file cannot be read further."""


def parse(data: bytes, *, file: str, findings: Findings) -> Node | None:
    """The one document in `data`, or None when it cannot be read; what is wrong goes to `findings`.

    Refused: aliases and anchors, tags, keys given twice, more than one document, nesting beyond DEEPEST, more than
    MOST_NODES values, anything but UTF-8.
    """
    try:
        text = data.decode("utf-8")
        return _Builder(file, findings).build(yaml.parse(text, Loader=_LOADER))
    except UnicodeDecodeError as trouble:
        line = data[: trouble.start].count(b"\n") + 1
        findings.add(file, line, say("This line is not UTF-8. Save the file as UTF-8."))
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        findings.add(file, mark.line + 1 if mark else 0, _problem(trouble))
    except yaml.YAMLError:
        findings.add(file, 0, say("The file holds control characters. Remove them."))
    except _Stop:
        pass  # already among the findings
    return None


def _problem(trouble: yaml.MarkedYAMLError) -> Message:
    if trouble.context == "while increasing flow level":  # PyYAML 6.0.4 has a limit of its own, and meets it first
        return _too_deep()
    return say(
        "This is not valid YAML ({problem}). Check the indentation and the quotes.", problem=str(trouble.problem)
    )


def _too_deep() -> Message:
    return say("This is nested more than {count} deep. Make it flatter.", count=DEEPEST)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class _Builder:
    """Builds the tree from parser events, so that limits hold before anything is in memory."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.nodes = 0

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.stop(event, say("A second document starts here. Put it into a file of its own."))
                root = self.node(next(events), events, depth=1)
        if root is None:
            self.findings.add(self.file, 0, say("The file is empty. Write its items or remove it."))
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], *, depth: int) -> Node:
        self.check(event, depth)
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(event.value, bool(event.style), line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Rows(list(self.members(events, depth)), line)
        return self.table(events, Table({}, line), depth)

    def members(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, events, depth=depth + 1)

    def table(self, events: Iterator[yaml.Event], table: Table, depth: int) -> Table:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth=depth + 1)
            value = self.node(next(events), events, depth=depth + 1)
            if not isinstance(key, Leaf):
                self.findings.add(self.file, key.line, say("A key must be a word. Write it as  name: value."))
            elif key.text in table.members:
                message = say('"{key}" stands here twice. Keep one of them.', key=key.text)
                self.findings.add(self.file, key.line, message)
            else:
                table.members[key.text] = value
                table.lines[key.text] = key.line
        return table

    def check(self, event: yaml.Event, depth: int) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.stop(event, say("Anchors and aliases (& and *) are not allowed. Write the value out."))
        if getattr(event, "tag", None):
            self.stop(event, say("Tags (!) are not allowed. Write the value without one."))
        if _UNPRINTABLE.search(getattr(event, "value", None) or ""):
            self.stop(event, say("The file holds control characters. Remove them."))
        if depth > DEEPEST:
            self.stop(event, _too_deep())
        if self.nodes > MOST_NODES:
            self.stop(event, say("The file holds more than {count} values. Split it.", count=MOST_NODES))

    def stop(self, event: yaml.Event, message: Message) -> None:
        self.findings.add(self.file, _line(event), message)
        raise _Stop
