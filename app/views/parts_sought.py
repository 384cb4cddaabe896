"""Which parts a number that is no part number leads to: those of a machine, or those like a component in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.content.published.part import Part
from app.kernel.messages import Message, Shown, say
from app.kernel.serials import UnitSerial, component_serial, fold, looks_like_unit
from app.kernel.slips import printed_number
from app.parts.rules import PartWords
from app.units.queries import component_at, unit_of
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class Sought:
    """The parts that a serial leads to, and the sentence that says so."""

    words: Message
    numbers: frozenset[str]


def sought_by_serial(session: Session, published: Published, query: str) -> Sought | None:
    """What fits the machine with this serial, or could take the place of this component; None for other words.

    A serial whose check is wrong counts as well: it stands so on some plates.
    """
    if looks_like_unit(query):
        return _of_machine(published, fold(query))
    return _of_component(session, published, query)


def part_words(catalog: Catalog) -> tuple[PartWords, ...]:
    """What each part is found by: names in every language, models by code and name, and every number that it took
    over from."""
    names, models = _names(catalog, "part"), _names(catalog, "model")
    return tuple(
        PartWords(
            part.number, tuple(_older(catalog, part.number)), tuple(names.get(part.number, ())),
            tuple(each for fit in part.fits for each in (fit.model, *models.get(fit.model, ()))), part.position,
        )
        for part in catalog.spares.by_number.values()
    )  # fmt: skip


def _of_machine(published: Published, bare: str) -> Sought:
    serial = UnitSerial(bare)
    words = say(
        "Parts that fit {serial}, {model}", serial=Shown("plain", serial.printed), model=published.model(serial.model)
    )
    return Sought(words, _numbers(each for each in _parts(published) if each.fits_serial(bare)))


def _of_component(session: Session, published: Published, query: str) -> Sought | None:
    fitted = component_at(session, fold(query))
    read = component_serial(query)
    kind = fitted.type if fitted else read.type if read else ""
    if not kind:
        return None
    like = [each for each in _parts(published) if each.component_type == kind]
    number, name = Shown("plain", printed_number(fold(query))), published.component(kind)
    unit = unit_of(session, fitted.unit) if fitted else None
    if unit is None:
        return Sought(say("Parts like {serial}, {name}", serial=number, name=name), _numbers(like))
    words = say("Parts like {serial}, {name} in {machine}", serial=number, name=name,
                machine=Shown("plain", unit.printed))  # fmt: skip
    return Sought(words, _numbers(each for each in like if each.fits_serial(unit.serial)))


def _parts(published: Published) -> Iterable[Part]:
    return published.catalog.spares.by_number.values()


def _numbers(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(each.number for each in parts)


def _names(catalog: Catalog, kind: str) -> dict[str, list[str]]:
    return {
        code: [text.text for (_, path), text in texts.items() if path == "name" and text.text]
        for (each, code, version), texts in catalog.words.by_item.items()
        if each == kind and version == catalog.words.newest[each, code]
    }


def _older(catalog: Catalog, number: str) -> Iterable[str]:
    for each in catalog.spares.replaced_by(number):
        yield each.number
        yield from _older(catalog, each.number)
