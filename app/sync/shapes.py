"""What a kind of record may hold and who may see it, read off its mapped class: all that merge and the hub need."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.store.bases import Event, Sealed, See, Synced, lww_names
from app.sync.wire import HASH

DELETED = "_del"  # how `deleted` travels


class Nature(StrEnum):
    """How two versions of one id are united."""

    RECORD = "record"  # field by field
    EVENT = "event"  # the first stands
    SEALED = "sealed"  # the first stands, and its hash must be right


_Looks = tuple[tuple[str, ...], tuple[type, ...], bool]
_MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Shape:
    """`fields` by their name on the wire; `bodies` by event kind; what is not named here is the partner's own."""

    kind: str
    nature: Nature
    types: Mapping[str, tuple[type, ...]]
    see: Mapping[str, See]
    bodies: Mapping[str, Mapping[str, See]]
    required: frozenset[str]  # a record cannot stand without these
    misfits: dict[_Looks, str] = field(default_factory=dict, repr=False, compare=False)

    def refusal(self, fields: Mapping[str, Any], *, new: bool) -> str:
        """Why these fields cannot be taken, as a code, or "". Fields of a newer version are let through."""
        return self._misfit(tuple(fields), tuple(map(type, fields.values())), new) or _REFUSALS[self.nature](fields)

    def _misfit(self, names: tuple[str, ...], types: tuple[type, ...], new: bool) -> str:
        """What names and types alone tell, remembered: records of one kind are mostly alike."""
        key = (names, types, new)
        found = self.misfits.get(key)
        if found is None:
            bad = (
                f"bad_{name}"
                for name, each in zip(names, types, strict=True)
                if each not in self.types.get(name, (each,))
            )
            missing = new and self.nature is not Nature.RECORD and not self.types.keys() <= set(names)
            found = next(bad, "missing_fields" if missing else "")
            if len(self.misfits) < _MOST_REMEMBERED:
                self.misfits[key] = found
        return found

    def erased(self, fields: Mapping[str, Any]) -> set[str]:
        """The files that an event of this kind destroys, by hash."""
        body = fields.get("body")
        declared = self.bodies.get(str(fields.get("kind")), {})
        named = body.get("erases") if isinstance(body, dict) and "erases" in declared else None
        return (
            {each for each in named if isinstance(each, str) and HASH.fullmatch(each)}
            if isinstance(named, list)
            else set()
        )

    @property
    def names_files(self) -> bool:
        """Whether its events name files that nobody destroys."""
        keys = {key for body in self.bodies.values() for key in body}
        return "sha256" in keys and "erases" not in keys

    def shown(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What the manufacturer's people see of these fields while the case is not open to them."""
        seen = {name: value for name, value in fields.items() if self.see.get(name) is See.SHARED}
        if self.nature is Nature.EVENT:
            allowed = self.bodies.get(str(fields.get("kind")), {})
            body = fields.get("body")
            items = body.items() if isinstance(body, dict) else ()
            seen["body"] = {key: value for key, value in items if allowed.get(key) is See.SHARED}
        if self.nature is Nature.SEALED:
            seen["partner_sha256"] = _sha256(str(fields.get("partner", ""))).hex()
        return seen


def shapes_of(kinds: Mapping[str, type[Any]]) -> dict[str, Shape]:
    """The shape of each kind of app.schema.KINDS."""
    return {name: _shape(name, model) for name, model in kinds.items()}


def _shape(kind: str, model: Any) -> Shape:
    columns = {_wire(name): model.__table__.columns[name] for name in lww_names(model)}
    return Shape(
        kind=kind,
        nature=_nature(model),
        types={name: _types(column) for name, column in columns.items()},
        see={name: column.info["see"] for name, column in columns.items()},
        bodies=getattr(model, "bodies", {}),
        required=frozenset(name for name, each in columns.items() if each.default is None and not each.nullable),
    )


def _nature(model: Any) -> Nature:
    for base, nature in ((Synced, Nature.RECORD), (Event, Nature.EVENT), (Sealed, Nature.SEALED)):
        if issubclass(model, base):
            return nature
    raise TypeError(f"{model.__name__} does not travel")


def _types(column: Any) -> tuple[type, ...]:
    """What a value may be. Of a JSON column its default tells whether it is a dict or a list."""
    plain = column.type.python_type
    found = (type(column.default.arg(None)),) if plain is dict and column.default else (plain,)
    return (*found, type(None)) if column.nullable else found


def _wire(name: str) -> str:
    return DELETED if name == "deleted" else name


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _bad_seal(fields: Mapping[str, Any]) -> str:
    bound = hashlib.sha256(_sha256(fields["shared"]) + _sha256(fields["partner"])).hexdigest()
    return "" if bound == fields["sha256"] else "bad_seal"


_REFUSALS: Mapping[Nature, Callable[[Mapping[str, Any]], str]] = {
    Nature.RECORD: lambda fields: "",
    Nature.EVENT: lambda fields: "",
    Nature.SEALED: _bad_seal,
}
