"""Parts by number and by machine, and the chains of parts that took over from one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.content.published.part import Part, Successor
from app.kernel.serials import part_number


@dataclass(frozen=True, slots=True)
class Chain:
    """What became of a part: `steps` from the number asked for to the last one that is certain.

    `choices` is empty when the last step is the part to use. It holds the parts to choose from when the chain
    splits by serial and none was given; it is empty and `ends_nowhere` true when none of them fits the serial.
    """

    steps: tuple[Part, ...]
    choices: tuple[Part, ...] = ()
    ends_nowhere: bool = False

    @property
    def current(self) -> Part | None:
        """The part to use now, or None when that depends on the machine or nothing fits it."""
        return None if self.choices or self.ends_nowhere else self.steps[-1]


@dataclass(frozen=True)
class Spares:
    """All parts of the catalogue in force."""

    by_number: Mapping[str, Part]
    by_model: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    before: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    def part(self, number: str) -> Part | None:
        """The part with this number as typed or scanned, or None."""
        return self.by_number.get(number) or self.by_number.get(part_number(number))

    def current_part(self, number: str, *, serial: str = "") -> Chain | None:
        """Follow the successors of a part to the one in use today, or None when the number is unknown.

        `serial`: the bare serial of the machine, which decides where a chain splits.
        """
        part = self.part(number)
        if part is None:
            return None
        steps = [part]
        while part.superseded_by:
            fitting = [each for each in part.superseded_by if _suits(each, serial)]
            if len(fitting) != 1:
                choices = tuple(self.by_number[each.number] for each in fitting)
                return Chain(tuple(steps), choices, ends_nowhere=not fitting)
            part = self.by_number[fitting[0].number]
            steps.append(part)
        return Chain(tuple(steps))

    def recalled_lots(self, component_type: str) -> frozenset[str]:
        """The recalled lots of components of a type, as their serials begin: `PR2612`."""
        parts = (each for each in self.by_number.values() if each.component_type == component_type)
        return frozenset(lot for each in parts for lot in each.recalled_lots)

    def replaced_by(self, number: str) -> tuple[Part, ...]:
        """The parts whose direct successor is this one: their stock may be used up or not, but it is findable."""
        return self.before.get(number, ())

    def fitting(self, model: str, *, serial: str = "") -> tuple[Part, ...]:
        """The parts in use today that fit a model, or one machine of it, in the order of the drawings."""
        found = self.by_model.get(model, ())
        return tuple(each for each in found if not each.superseded_by and (not serial or each.fits_serial(serial)))


def _suits(successor: Successor, serial: str) -> bool:
    return not serial or successor.serials.holds(serial)


def spares_of(parts: Iterable[Part]) -> Spares:
    """Index these parts; successors must lead to parts among them and never in a circle (checked at publishing)."""
    by_number = {part.number: part for part in parts}
    by_model: dict[str, list[Part]] = {}
    before: dict[str, list[Part]] = {}
    for part in sorted(by_number.values(), key=_drawing_order):
        for model in dict.fromkeys(fit.model for fit in part.fits):
            by_model.setdefault(model, []).append(part)
        for successor in part.superseded_by:
            before.setdefault(successor.number, []).append(part)
    return Spares(
        by_number,
        {model: tuple(found) for model, found in by_model.items()},
        {number: tuple(found) for number, found in before.items()},
    )


def _drawing_order(part: Part) -> tuple[str, int, str]:
    return part.assembly, int(part.position[1:]), part.number
