"""Procedures (SOPs): ordered steps, each of one kind, with limits as scaled integers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.content.items import Item


class StepKind(StrEnum):
    DO = "do"
    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    PHOTO = "photo"
    SERIAL = "serial"
    HOLD = "hold"  # nothing after it may be done before it is passed


class OnFail(StrEnum):
    """What follows when an answer is outside the limits or not the expected one."""

    STOP = "stop"  # the machine stays locked
    REPEAT = "repeat"  # put it right and do the step again
    REFER = "refer"  # ask the manufacturer


class Direction(StrEnum):
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Choice:
    """Its text is `steps/STEP/choices/CODE/text`; `passes` tells whether the step is passed with it."""

    code: str
    text: str
    passes: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Texts in English stand here; other languages by path: `steps/CODE/text`, `/why`, `/warning`,
    `/fail_text`.

    Kind `number`: `minimum` and `maximum` (both included, None: open) are integers scaled by 10**`decimals`, in
    `unit`. Kind `yes_no`: passed when the answer equals `expected`. Kind `serial`: the number of a component of
    `component_type`, taken `direction` out or in. `safety`: never skipped. `second_person`: somebody else than
    the one who runs the procedure confirms it.
    """

    code: str
    number: int
    phase: str
    kind: StepKind
    text: str
    why: str = ""
    warning: str = ""
    fail_text: str = ""
    safety: bool = False
    second_person: bool = False
    on_fail: OnFail | None = None
    unit: str = ""
    decimals: int = 0
    minimum: int | None = None
    maximum: int | None = None
    expected: bool | None = None
    choices: tuple[Choice, ...] = ()
    component_type: str = ""
    direction: Direction | None = None
    form_field: str = ""  # code of the form's test line that shows the value seen

    def path(self, part: str = "text") -> str:
        return f"steps/{self.code}/{part}"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure version; `phases` and `tools` are (code, English text), paths `phases/CODE/text` and so on.

    `offered` says where it may be started by hand (unit, ticket, part), besides a repair whose part asks for it;
    `ticket_kinds` which tickets (none named: all).
    """

    code: str
    version: int
    title: str
    purpose: str
    kind: str
    models: tuple[str, ...]
    minutes: int
    form: str
    phases: tuple[tuple[str, str], ...]
    tools: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    steps: tuple[Step, ...]
    offered: tuple[str, ...] = ()
    ticket_kinds: tuple[str, ...] = ()

    def step(self, code: str) -> Step:
        """The step with this code; KeyError when there is none."""
        return {step.code: step for step in self.steps}[code]


def read_procedure(item: Item) -> Procedure:
    """The typed view of an item of kind `procedure`."""
    body = item.body
    return Procedure(
        code=item.code,
        version=item.version,
        title=body["title"],
        purpose=body["purpose"],
        kind=body["kind"],
        models=tuple(body["models"]),
        minutes=body["minutes"],
        form=body.get("form", ""),
        phases=coded_texts(body["phases"]),
        tools=coded_texts(body["tools"]),
        parts=tuple(body.get("parts", ())),
        steps=tuple(_step(each, number) for number, each in enumerate(body["steps"], start=1)),
        offered=tuple(body.get("offered", ())),
        ticket_kinds=tuple(body.get("ticket_kinds", ())),
    )


def coded_texts(rows: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """(code, English text) of each row."""
    return tuple((row["code"], row["text"]) for row in rows)


def rescaled(amount: dict[str, int] | None, decimals: int) -> int | None:
    """A scaled amount at `decimals`, e.g. {"value": 17, "decimals": 1} at 2 is 170; None stays None."""
    return None if amount is None else amount["value"] * 10 ** (decimals - amount["decimals"])


def _step(body: dict[str, Any], number: int) -> Step:
    decimals = body.get("decimals", 0)
    return Step(
        code=body["code"],
        number=number,
        phase=body["phase"],
        kind=StepKind(body["kind"]),
        text=body["text"],
        why=body.get("why", ""),
        warning=body.get("warning", ""),
        fail_text=body.get("fail_text", ""),
        safety=body.get("safety", False),
        second_person=body.get("second_person", False),
        on_fail=OnFail(body["on_fail"]) if "on_fail" in body else None,
        unit=body.get("unit", ""),
        decimals=decimals,
        minimum=rescaled(body.get("minimum"), decimals),
        maximum=rescaled(body.get("maximum"), decimals),
        expected=body.get("expected"),
        choices=tuple(Choice(each["code"], each["text"], each["passes"]) for each in body.get("choices", ())),
        component_type=body.get("component_type", ""),
        direction=Direction(body["direction"]) if "direction" in body else None,
        form_field=body.get("form_field", ""),
    )
