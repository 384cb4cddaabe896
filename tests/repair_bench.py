"""A bench for tests: a machine in repair, a second machine, and a van with parts."""

from typing import Any

from sqlalchemy import func, select

from app.content.shelf import install_pack
from app.parts.actions import add_place, receive_parts
from app.parts.queries import stock_levels
from app.repairs.rules.lines import LineAction
from app.repairs.rules.serials import SerialEntry
from app.repairs.rules.uses import PartUse
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.units.actions import ComponentDraft, UnitDraft, register_unit
from app.units.queries import components_of
from app.workflows.repair import LineMade, open_repair, use_part
from tests.bench_pack import BOILER, FD2, NEW_BOILER, OLD_BOILER, OTHER, VALVE, bench_pack, component
from tests.stores import EVERYTHING

ELSEWHERE = component("BL", "2617", "0100")
PHOTO = "a" * 64


class Bench:
    """A machine with a boiler and a valve on the bench, a second machine, and a van with parts."""

    def __init__(self, store: ThreadStore) -> None:
        self.store = store
        store.write(EVERYTHING, install_pack, (bench_pack(),))
        store.write(EVERYTHING, self._set_up)

    def _set_up(self, work: Work) -> None:
        said = {"market": "PT", "customer_kind": "business", "purchased_on": "2026-06-11"}
        inside = [ComponentDraft("BL", OLD_BOILER, factory=True), ComponentDraft("PR", VALVE, factory=True)]
        self.unit = register_unit(work, UnitDraft(FD2, **said), components=inside)
        self.other = register_unit(work, UnitDraft(OTHER, **said), components=[ComponentDraft("BL", ELSEWHERE)])
        self.van = add_place(work, "Van Tiago")
        receive_parts(work, BOILER, place=self.van, quantity=2)
        self.repair = open_repair(work, "", self.unit, reported_on="2026-11-23")

    def use(self, part: str = BOILER, *, action: LineAction = LineAction.ADD, **more: Any) -> LineMade:
        said: dict[str, Any] = {
            "place": self.van,
            "old": SerialEntry(OLD_BOILER),
            "new": SerialEntry(NEW_BOILER),
        } | more
        made: LineMade = self.store.write(EVERYTHING, use_part, (self.repair, PartUse(action, part, **said))).result
        return made

    def ask(self, query: Any, *args: Any) -> Any:
        return self.store.read(query, args)

    def inside(self) -> list[tuple[str, str]]:
        return [(each.serial, each.state.value) for each in self.ask(components_of, self.unit)]

    def level(self, part: str = BOILER) -> int:
        level: int = self.ask(stock_levels).get(part, {}).get(self.van, 0)
        return level

    def count(self, model: Any) -> int:
        found: int = self.store.read(lambda session: session.scalar(select(func.count()).select_from(model)))
        return found
