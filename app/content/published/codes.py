"""Ticket kinds, rights, code lists and labels: short published tables."""

from dataclasses import dataclass

from app.content.items import Item
from app.kernel.rights import Right, Role


@dataclass(frozen=True, slots=True)
class TicketKind:
    """One of the twelve kinds of domain.md 4.1; `code` is fixed, `rank` is the order in which they are shown."""

    code: str
    version: int
    name: str
    hint: str
    rank: int
    icon: str
    needs_unit: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """Which role may do what. A person with several roles may do what any of them may."""

    version: int
    by_role: tuple[tuple[Role, frozenset[Right]], ...]

    def of(self, roles: frozenset[Role]) -> frozenset[Right]:
        """All rights of these roles together."""
        return frozenset(right for role, rights in self.by_role if role in roles for right in rights)


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """Text path: `entries/CODE/text`. `after`: codes of the list before (symptom, fault, cause) that lead here.

    `models` empty: every model. An entry without `after` is proposed last, never hidden.
    """

    code: str
    text: str
    models: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeList:
    """SYMPTOM, FAULT, CAUSE, REMEDY, CONDITION or ACCESSORY."""

    code: str
    version: int
    name: str
    entries: tuple[CodeEntry, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Sentences by code; text path `lines/CODE/text`, the {slots} of a sentence are the same in every language."""

    code: str
    version: int
    lines: tuple[tuple[str, str], ...]


def read_ticket_kind(item: Item) -> TicketKind:
    """The typed view of an item of kind `ticket_kind`."""
    body = item.body
    return TicketKind(
        item.code, item.version, body["name"], body["hint"], body["rank"], body["icon"], body["needs_unit"]
    )


def read_rights(item: Item) -> Rights:
    """The typed view of the one item of kind `rights`."""
    table = item.body["roles"]
    return Rights(
        item.version,
        tuple((Role(role), frozenset(Right(each) for each in table[role])) for role in sorted(table)),
    )


def read_code_list(item: Item) -> CodeList:
    """The typed view of an item of kind `code_list`."""
    entries = tuple(
        CodeEntry(each["code"], each["text"], tuple(each.get("models", ())), tuple(each.get("after", ())))
        for each in item.body["entries"]
    )
    return CodeList(item.code, item.version, item.body["name"], entries)


def read_labels(item: Item) -> Labels:
    """The typed view of an item of kind `labels`."""
    return Labels(item.code, item.version, tuple((each["code"], each["text"]) for each in item.body["lines"]))
