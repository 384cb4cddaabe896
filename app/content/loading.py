"""From the files of a pack to items and texts: everything is read, every mistake collected, then all or nothing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.content.checks import check_references
from app.content.items import SOURCE_LANGUAGE, Item, ItemText, Published, TextState, item_hash, text_hash
from app.content.mistakes import Findings
from app.content.packs import open_pack
from app.content.placed import Placed
from app.content.shapes.grammar import PLAIN, Day, Fields, OneOf, Reading, Shape, Whole
from app.content.shapes.kinds import KINDS
from app.content.strict_yaml import Node, Rows, Table, parse
from app.content.translations import read_translations
from app.kernel.messages import say

TEXTS = "texts/"

_ABOUT: dict[str, Shape] = {
    "version": Whole(1, 100_000),
    "valid_from": Day(),
    "source": PLAIN,
    "checked_on": Day(),
    "checked_by": PLAIN,
    "review_due": Day(),
}
_MAY: dict[str, Shape] = {**_ABOUT, "valid_to": Day()}


def load_pack(path: Path, *, publisher: bytes) -> Published:
    """Items and texts of the signed pack at `path` (folder or zip); nothing of it is believed unsigned.

    `publisher` is the raw Ed25519 public key. Raises BrokenPack with every mistake, file and line.
    """
    manifest, files = open_pack(path, publisher=publisher)
    items, texts = read_items(files)
    return Published(manifest.pack, manifest.version, items, texts)


def read_items(files: Mapping[str, bytes], *, whole: bool = True) -> tuple[tuple[Item, ...], tuple[ItemText, ...]]:
    """The items and texts in the YAML files of a pack, by path. Raises BrokenPack with every mistake found.

    Not `whole`: some files of a pack whose references were checked when it was published.
    """
    findings = Findings()
    trees = {
        name: tree
        for name, data in sorted(files.items())
        if name.endswith(".yaml") and (tree := parse(data, file=name, findings=findings)) is not None
    }
    placed = [
        each for name, tree in trees.items() if not name.startswith(TEXTS) for each in _items_of(name, tree, findings)
    ]
    findings.refuse_if_any()
    if whole:
        check_references(placed, findings)
    translated = [
        text
        for name, tree in trees.items()
        if name.startswith(TEXTS)
        for text in read_translations(name, tree, placed, findings)
    ]
    findings.refuse_if_any()
    return tuple(each.item for each in placed), (*_source_texts(placed), *translated)


def _source_texts(placed: list[Placed]) -> tuple[ItemText, ...]:
    return tuple(
        ItemText(*each.item.key, SOURCE_LANGUAGE, path, text, text_hash(text), TextState.CURRENT)
        for each in placed
        for path, text in each.texts.items()
    )


def _items_of(file: str, tree: Node, findings: Findings) -> list[Placed]:
    reading = Reading(file, findings)
    head = Fields({"kind": OneOf(tuple(KINDS)), **_ABOUT, "items": _Members()}, {"valid_to": Day()})
    about = head.read(tree, (), reading)
    if not isinstance(about, dict) or about.get("kind") is None:
        return []
    members: list[Node] = about.pop("items", None) or []
    return [placed for node in members if (placed := _item(about, node, reading))]


class _Members:
    """The list of items, left for the shape of their kind."""

    def read(self, node: Node, path: tuple[str, ...], reading: Reading) -> list[Node] | None:
        if isinstance(node, Rows) and node.members:
            return node.members
        reading.wrong(node, say("Write the items as a list: one for each, starting with a dash."))
        return None


def _item(about: dict[str, Any], node: Node, head: Reading) -> Placed | None:
    file, findings = head.file, head.findings
    before = findings.count
    reading = Reading(file, findings, lines=dict(head.lines))
    own: dict[str, Any] = {}
    if isinstance(node, Table):
        own = {key: _MAY[key].read(each, (key,), reading) for key, each in node.members.items() if key in _MAY}
        rest = {key: each for key, each in node.members.items() if key not in _MAY}
        node = Table(rest, node.line, node.lines)
    body = KINDS[about["kind"]].read(node, (), reading)
    meta = {**about, **own}
    if findings.count > before or body is None or None in meta.values():
        return None
    _check_days(meta, reading)
    code = body.pop("code")
    return Placed(_make_item(meta, code, body), file, node.line, reading.texts, reading.lines)


def _check_days(meta: dict[str, Any], reading: Reading) -> None:
    if meta["review_due"] <= meta["checked_on"]:
        message = say('"review_due" must be later than "checked_on". Correct one of them.')
        reading.findings.add(reading.file, reading.lines["review_due"], message)
    if meta.get("valid_to", "9") < meta["valid_from"]:
        message = say('"valid_to" is earlier than "valid_from". Exchange them.')
        reading.findings.add(reading.file, reading.lines["valid_to"], message)


def _make_item(meta: dict[str, Any], code: str, body: dict[str, Any]) -> Item:
    market = body.get("market")
    signed = {**meta, "code": code, "market": market}
    return Item(
        kind=meta["kind"],
        code=code,
        version=meta["version"],
        market=market,
        valid_from=date.fromisoformat(meta["valid_from"]),
        valid_to=date.fromisoformat(meta["valid_to"]) if "valid_to" in meta else None,
        source=meta["source"],
        checked_on=date.fromisoformat(meta["checked_on"]),
        checked_by=meta["checked_by"],
        review_due=date.fromisoformat(meta["review_due"]),
        body=body,
        sha256=item_hash(signed, body),
    )
