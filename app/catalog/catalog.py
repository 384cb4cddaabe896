"""Everything that the manufacturer published, typed and indexed, as it is in force on this device."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.catalog.spares import Chain, Spares, spares_of
from app.catalog.words import Spoken, Words, words_of
from app.content.items import Item, ItemText
from app.content.published.codes import (
    CodeList,
    Labels,
    Rights,
    TicketKind,
    read_code_list,
    read_labels,
    read_rights,
    read_ticket_kind,
)
from app.content.published.faq import Faq, read_faq
from app.content.published.form import Form, read_form
from app.content.published.machine import (
    ComponentType,
    Manufacturer,
    Model,
    read_component_type,
    read_manufacturer,
    read_model,
)
from app.content.published.market import Calendar, Market, read_calendar, read_market
from app.content.published.part import (
    Assembly,
    Consumable,
    Kit,
    Part,
    read_assembly,
    read_consumable,
    read_kit,
    read_part,
)
from app.content.published.procedure import Procedure, read_procedure
from app.content.published.warranty import WarrantyPolicy, read_policy
from app.kernel.errors import BugError

T = TypeVar("T")
Versioned = Mapping[tuple[str, int], T]


@dataclass(frozen=True)
class Catalog:
    """Lookups in memory; a mapping by code holds the newest version, one by (code, version) holds all.

    Pages and rules ask here and never read items; a reference kept in a record is (kind, code, version), so an old
    record finds its old version (`procedure`, `form`, `policy` with `version`).
    """

    manufacturer: Manufacturer
    models: Mapping[str, Model]
    component_types: Mapping[str, ComponentType]
    assemblies: Mapping[str, Assembly]
    spares: Spares
    kits: Mapping[str, Kit]
    consumables: Mapping[str, Consumable]
    markets: Mapping[str, Market]
    calendars: Mapping[str, Calendar]
    ticket_kinds: tuple[TicketKind, ...]
    code_lists: Mapping[str, CodeList]
    labels: Mapping[str, Labels]
    rights: Rights
    policies: Versioned[WarrantyPolicy]
    procedures: Versioned[Procedure]
    forms: Versioned[Form]
    faq: Mapping[str, Faq]
    words: Words

    def text(self, kind: str, code: str, path: str, language: str, *, version: int | None = None) -> Spoken:
        """The published text at `path` in `language`, or the nearest one with the language it is really in."""
        return self.words.text(kind, code, path, language, version=version)

    def name(self, kind: str, code: str, language: str) -> Spoken:
        """The name of a model, part, component type, assembly, kit, ticket kind, market or code list."""
        return self.words.text(kind, code, "name", language)

    def part(self, number: str) -> Part | None:
        return self.spares.part(number)

    def current_part(self, number: str, *, serial: str = "") -> Chain | None:
        """See `Spares.current_part`."""
        return self.spares.current_part(number, serial=serial)

    def parts_for(self, model: str, *, serial: str = "") -> tuple[Part, ...]:
        """See `Spares.fitting`."""
        return self.spares.fitting(model, serial=serial)

    def procedure(self, code: str, *, version: int | None = None) -> Procedure | None:
        """A procedure by its version, else the newest."""
        return _version_of(self.procedures, code, version)

    def form(self, code: str, *, version: int | None = None) -> Form | None:
        """A form by its version, else the newest."""
        return _version_of(self.forms, code, version)

    def policy(self, code: str, *, version: int | None = None) -> WarrantyPolicy | None:
        """A warranty policy by its version, else the newest."""
        return _version_of(self.policies, code, version)

    def procedures_for(self, model: str, *, kind: str = "") -> tuple[Procedure, ...]:
        """The newest procedures for a model, of one kind or of all, by code."""
        newest = _newest(self.procedures)
        return tuple(
            newest[code] for code in sorted(newest) if model in newest[code].models and kind in ("", newest[code].kind)
        )

    def procedures_offered(self, place: str, *, model: str = "", ticket_kind: str = "") -> tuple[Procedure, ...]:
        """The newest procedures that may be started at a unit, a ticket or a part, by code.

        Without a machine only those that can be about a part alone; at a ticket those for its kind.
        """
        newest = _newest(self.procedures)
        return tuple(
            each
            for each in (newest[code] for code in sorted(newest))
            if place in each.offered
            and (model in each.models if model else "part" in each.offered)
            and (not ticket_kind or not each.ticket_kinds or ticket_kind in each.ticket_kinds)
        )

    def forms_offered(self, place: str) -> tuple[Form, ...]:
        """The newest forms that may be chosen at a unit or a repair, by code."""
        newest = _newest(self.forms)
        return tuple(newest[code] for code in sorted(newest) if place in newest[code].offered)


def build_catalog(items: Iterable[Item], texts: Iterable[ItemText]) -> Catalog:
    """The catalogue of these items; BugError when the one manufacturer or the rights are missing."""
    found = tuple(items)
    return Catalog(
        manufacturer=_single(found, "manufacturer", read_manufacturer),
        models=_by_code(found, "model", read_model),
        component_types=_by_code(found, "component_type", read_component_type),
        assemblies=_by_code(found, "assembly", read_assembly),
        spares=spares_of(_by_code(found, "part", read_part).values()),
        kits=_by_code(found, "kit", read_kit),
        consumables=_by_code(found, "consumable", read_consumable),
        markets=_by_code(found, "market", read_market),
        calendars=_by_code(found, "calendar", read_calendar),
        ticket_kinds=tuple(sorted(_by_code(found, "ticket_kind", read_ticket_kind).values(), key=_rank)),
        code_lists=_by_code(found, "code_list", read_code_list),
        labels=_by_code(found, "labels", read_labels),
        rights=_single(found, "rights", read_rights),
        policies=_by_version(found, "warranty_policy", read_policy),
        procedures=_by_version(found, "procedure", read_procedure),
        forms=_by_version(found, "form", read_form),
        faq=_by_code(found, "faq", read_faq),
        words=words_of(found, texts),
    )


def _rank(kind: TicketKind) -> int:
    return kind.rank


def _by_version(items: tuple[Item, ...], kind: str, read: Callable[[Item], T]) -> dict[tuple[str, int], T]:
    return {(item.code, item.version): read(item) for item in items if item.kind == kind}


def _by_code(items: tuple[Item, ...], kind: str, read: Callable[[Item], T]) -> dict[str, T]:
    return _newest(_by_version(items, kind, read))


def _newest(found: Versioned[T]) -> dict[str, T]:
    return {code: found[code, version] for code, version in sorted(found)}


def _version_of(found: Versioned[T], code: str, version: int | None) -> T | None:
    return _newest(found).get(code) if version is None else found.get((code, version))


def _single(items: tuple[Item, ...], kind: str, read: Callable[[Item], Any]) -> Any:
    found = list(_by_code(items, kind, read).values())
    if len(found) != 1:
        raise BugError(f"a catalogue needs one {kind}, and there are {len(found)}")
    return found[0]
