"""An invented procedure with a step of each kind, for the tests of runs."""

from typing import Any

from app.content.published.procedure import read_procedure
from app.sop.rules import Tick, TickKind
from tests.small_pack import item

BODY = {
    "title": "Valve exchange",
    "purpose": "To test.",
    "kind": "exchange",
    "models": ["FD2"],
    "minutes": 40,
    "phases": [{"code": "before", "text": "Before"}, {"code": "exchange", "text": "Exchange"},
               {"code": "test", "text": "Test"}],
    "tools": [],
    "steps": [
        {"code": "lock", "phase": "before", "kind": "do", "text": "Switch off and lock the mains switch",
         "why": "Nobody may switch it on while you work.", "safety": True},
        {"code": "volts", "phase": "before", "kind": "number", "text": "Measure that there is no voltage", "unit": "V",
         "decimals": 0, "maximum": {"value": 1, "decimals": 0}, "safety": True, "on_fail": "stop",
         "fail_text": "Still live.", "warning": "Treat it as live."},
        {"code": "cold", "phase": "before", "kind": "yes_no", "text": "Is the boiler cold?", "expected": True,
         "on_fail": "repeat", "fail_text": "Wait."},
        {"code": "old", "phase": "exchange", "kind": "serial", "text": "Take out the relief valve, read its serial",
         "component_type": "PR", "direction": "out"},
        {"code": "seat", "phase": "exchange", "kind": "choice", "text": "How does the seat look?", "on_fail": "refer",
         "fail_text": "Ask.", "choices": [{"code": "clean", "text": "Clean", "passes": True},
                                          {"code": "worn", "text": "Worn", "passes": False}]},
        {"code": "photo", "phase": "exchange", "kind": "photo", "text": "Photograph the new valve"},
        {"code": "gate", "phase": "test", "kind": "hold", "text": "A second person looks at the valve",
         "safety": True, "second_person": True},
        {"code": "opens", "phase": "test", "kind": "number", "text": "Heat up. Read when the relief valve opens.",
         "why": "Watch the gauge and the drip pipe. The first steady jet counts, not the first drop.",
         "warning": "Hot steam at the drip pipe. Stand aside, wear gloves.", "unit": "bar", "decimals": 2,
         "minimum": {"value": 170, "decimals": 2}, "maximum": {"value": 190, "decimals": 2}, "safety": True,
         "on_fail": "repeat", "fail_text": "Turn the screw.", "form_field": "opens_at"},
        {"code": "tidy", "phase": "test", "kind": "do", "text": "Close the panels"},
    ],
}  # fmt: skip
ITEM = item("procedure", "SOP-T", BODY, version=3)
PROCEDURE = read_procedure(ITEM)
STEPS = PROCEDURE.steps
GOOD: dict[str, tuple[TickKind, dict[str, Any]]] = {
    "lock": (TickKind.DONE, {}),
    "volts": (TickKind.MEASURED, {"value": 0}),
    "cold": (TickKind.ANSWERED, {"value": True}),
    "old": (TickKind.SERIAL, {"serial": "PR26120905E", "state": "checked"}),
    "seat": (TickKind.CHOSEN, {"value": "clean"}),
    "photo": (TickKind.PHOTO, {"sha256": "ab" * 32}),
    "gate": (TickKind.RELEASED, {"second": "joana"}),
    "opens": (TickKind.MEASURED, {"value": 178}),
    "tidy": (TickKind.DONE, {}),
}


def tick(step: str, at: int, kind: TickKind | None = None, *, corrects: str = "", **body: object) -> Tick:
    """A tick; without a kind the good answer of the step."""
    usual, good = GOOD.get(step, (TickKind.NOTE, {}))
    facts = {**(good if kind is None else {}), **body, "step": step}
    return Tick(f"{at:032x}", kind or usual, at, facts, "tiago", corrects)


def all_good() -> list[Tick]:
    return [tick(step.code, 10 * step.number) for step in STEPS]
