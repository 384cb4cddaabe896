"""An invented procedure of one step of each kind, for the rules' own tests."""

from app.content.published.procedure import Choice, Direction, OnFail, Procedure, Step, StepKind
from app.sop.rules import Tick, TickKind

STEPS = (
    Step("lock", 1, "before", StepKind.DO, "Switch off and lock.", safety=True),
    Step("volts", 2, "before", StepKind.NUMBER, "Measure the voltage.", unit="V", decimals=0, maximum=1, safety=True,
         on_fail=OnFail.STOP, fail_text="Still live."),
    Step("cold", 3, "before", StepKind.YES_NO, "Is the boiler cold?", expected=True, on_fail=OnFail.REPEAT),
    Step("old", 4, "exchange", StepKind.SERIAL, "Read the old valve.", component_type="PR", direction=Direction.OUT),
    Step("seat", 5, "exchange", StepKind.CHOICE, "How is the seat?", on_fail=OnFail.REFER,
         choices=(Choice("clean", "Clean", True), Choice("worn", "Worn", False))),
    Step("photo", 6, "exchange", StepKind.PHOTO, "Photograph the valve."),
    Step("gate", 7, "test", StepKind.HOLD, "A second person looks at it.", safety=True, second_person=True),
    Step("opens", 8, "test", StepKind.NUMBER, "Read when it opens.", unit="bar", decimals=2, minimum=170, maximum=190,
         safety=True, on_fail=OnFail.REPEAT, fail_text="Turn the screw."),
    Step("tidy", 9, "test", StepKind.DO, "Close the panels."),
)  # fmt: skip
PROCEDURE = Procedure("SOP-T", 3, "Valve", "To test.", "exchange", ("FD2",), 40, "", (), (), (), STEPS)
GOOD = {
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
