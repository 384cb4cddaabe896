"""The map that says how a row of somebody's table becomes a ticket. A map is hostile until read here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.mistakes import Findings
from app.content.strict_yaml import Leaf, Node, Rows, Table, parse
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say
from app.tickets.rules import Channel, Severity, TicketKind

MAPS = Path(__file__).resolve().parents[2] / "resources" / "maps"
LARGEST_MAP = 64 * 1024
MOST_COLUMNS = 200
LONGEST_TEMPLATE = 500
VERSION = "1"

_SLOT = re.compile(r"\{([^{}]*)\}")
_NEEDED = ("map", "name", "columns", "id", "day", "kind", "title")
_OPTIONAL = ("delimiter", "escaped_line_ends", "channel", "severity", "words", "answer", "cause", "remedy", "also")
_CODES: Mapping[str, type[TicketKind] | type[Channel] | type[Severity]] = {
    "kind": TicketKind,
    "channel": Channel,
    "severity": Severity,
}
_TEMPLATES = ("id", "day", "title", "words", "answer", "cause", "remedy")


@dataclass(frozen=True, slots=True)
class Template:
    """Text with {column} slots; a slot is replaced by the cell and nothing else is ever interpreted."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(_SLOT.findall(self.text))

    def of(self, row: Mapping[str, str]) -> str:
        """The text for a row, blanks at its ends cut off."""
        return _SLOT.sub(lambda slot: row[slot[1]], self.text).strip()


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How a row becomes a closed ticket; `also` are (label, column) pairs written below the words."""

    name: str
    columns: tuple[str, ...]
    id: Template
    day: Template
    title: Template
    kind: TicketKind
    channel: Channel = Channel.VISIT
    severity: Severity = Severity.S4
    words: Template = Template("")
    answer: Template = Template("")
    cause: Template = Template("")
    remedy: Template = Template("")
    also: tuple[tuple[str, str], ...] = ()
    delimiter: str = ","
    escaped_line_ends: bool = False


def shipped_maps() -> tuple[tuple[Path, str], ...]:
    """The maps that come with the product: file and name."""
    return tuple((path, read_map(path).name) for path in sorted(MAPS.glob("*.yaml")))


def read_map(path: Path) -> ImportMap:
    """The map in a file; raises UserError (BAD_INPUT, field "map") with the first mistake and its line."""
    if not path.is_file():
        raise _wrong(0, say("There is no map {name}.", name=path.name))
    if path.stat().st_size > LARGEST_MAP:
        raise _wrong(0, say("A map has at most {most} kB.", most=LARGEST_MAP // 1024))
    findings = Findings()
    root = parse(path.read_bytes(), file=path.name, findings=findings)
    for mistake in findings.mistakes:
        raise _wrong(mistake.line, mistake.message)
    if not isinstance(root, Table):
        raise _wrong(1, say("A map is written as  name: value  lines."))
    return _built(root)


def _built(root: Table) -> ImportMap:
    _check_names(root)
    columns = _columns(root)
    values: dict[str, object] = {"name": _text(root, "name"), "columns": columns, "also": _also(root, columns)}
    for name in _TEMPLATES:
        if name in root.members:
            values[name] = _template(root, name, columns)
    for name, codes in _CODES.items():
        if name in root.members:
            values[name] = _code(root, name, tuple(codes))
    if "delimiter" in root.members:
        values["delimiter"] = _one_of(root, "delimiter", (",", ";", "\t", "|"))
    if "escaped_line_ends" in root.members:
        values["escaped_line_ends"] = _one_of(root, "escaped_line_ends", ("yes", "no")) == "yes"
    return ImportMap(**values)  # type: ignore[arg-type]  # each value was checked by its name above


def _check_names(root: Table) -> None:
    for name in _NEEDED:
        if name not in root.members:
            raise _wrong(root.line, say('"{name}" is missing in the map.', name=name))
    for name, line in root.lines.items():
        if name not in (*_NEEDED, *_OPTIONAL):
            raise _wrong(line, say('A map knows no "{name}". Remove it.', name=name))
    if _text(root, "map") != VERSION:
        raise _wrong(root.lines["map"], say("This map is of another version. Write  map: 1."))


def _columns(root: Table) -> tuple[str, ...]:
    node = root.members["columns"]
    if not isinstance(node, Rows) or not 0 < len(node.members) <= MOST_COLUMNS:
        raise _wrong(root.lines["columns"], say("List the columns of the file, one in each line."))
    names = tuple(each.text.strip() for each in node.members if isinstance(each, Leaf))
    if len(names) < len(node.members) or not all(names) or len(set(names)) < len(names):
        raise _wrong(node.line, say("A column is one word or name, and stands here once."))
    return names


def _also(root: Table, columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    node: Node = root.members.get("also", Table({}, root.line))
    if not isinstance(node, Table):
        raise _wrong(node.line, say("Write each as  label: column."))
    pairs = []
    for label, value in node.members.items():
        if not isinstance(value, Leaf) or value.text not in columns:
            raise _wrong(node.lines[label], say('"{name}" does not name a column of the list.', name=label))
        pairs.append((label, value.text))
    return tuple(pairs)


def _template(root: Table, name: str, columns: tuple[str, ...]) -> Template:
    text = _text(root, name)
    found = Template(text)
    for column in found.columns:
        if column not in columns:
            message = say('"{name}" asks for a column "{column}" that is not in the list.', name=name, column=column)
            raise _wrong(root.lines[name], message)
    if name in ("id", "day") and not found.columns:
        raise _wrong(
            root.lines[name], say('"{name}" must hold a column in braces, else all rows are alike.', name=name)
        )
    return found


def _code(root: Table, name: str, codes: tuple[TicketKind | Channel | Severity, ...]) -> object:
    text = _one_of(root, name, tuple(str(code) for code in codes))
    return next(code for code in codes if code == text)


def _one_of(root: Table, name: str, allowed: tuple[str, ...]) -> str:
    text = _text(root, name, strip=False)
    if text not in allowed:
        names = ", ".join(allowed)
        raise _wrong(root.lines[name], say('"{name}" is one of {names}.', name=name, names=names))
    return text


def _text(root: Table, name: str, *, strip: bool = True) -> str:
    node = root.members[name]
    if not isinstance(node, Leaf) or len(node.text) > LONGEST_TEMPLATE:
        raise _wrong(root.lines[name], say('"{name}" is one short line of text.', name=name))
    return node.text.strip() if strip else node.text


def _wrong(line: int, message: Message) -> UserError:
    said = say("Map, line {line}: {problem}", line=line, problem=message) if line else message
    return UserError(Trouble.BAD_INPUT, said, field="map")
