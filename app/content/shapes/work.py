"""Shapes of procedures and forms."""

from typing import Any

from app.content.published.form import FieldKind, Over, SignerRole
from app.content.published.procedure import Direction, OnFail, StepKind, rescaled
from app.content.shapes.grammar import CODE, PLAIN, Fields, Flag, Many, OneOf, Reading, Scaled, Text, Whole
from app.content.shapes.machines import FORM_CODE, MODEL_CODE, PROCEDURE_CODE, TYPE_CODE, PartNumber
from app.content.strict_yaml import Table
from app.kernel.messages import say

NEEDED_BY_KIND = {
    StepKind.NUMBER: ("unit", "decimals"),
    StepKind.YES_NO: ("expected",),
    StepKind.CHOICE: ("choices",),
    StepKind.SERIAL: ("component_type", "direction"),
    StepKind.HOLD: ("second_person",),
}
ONLY_FOR_KIND = {
    "unit": StepKind.NUMBER,
    "decimals": StepKind.NUMBER,
    "minimum": StepKind.NUMBER,
    "maximum": StepKind.NUMBER,
    "expected": StepKind.YES_NO,
    "choices": StepKind.CHOICE,
    "component_type": StepKind.SERIAL,
    "direction": StepKind.SERIAL,
}


def _keys_of_kind(found: dict[str, Any], node: Table, reading: Reading) -> None:
    kind = StepKind(found["kind"])
    for key in NEEDED_BY_KIND.get(kind, ()):
        if key not in found:
            reading.wrong(node, say('A step of kind {kind} needs "{key}". Add it.', kind=kind, key=key))
    for key, only in ONLY_FOR_KIND.items():
        if key in found and kind != only:
            message = say('"{key}" belongs to steps of kind {kind} only. Remove it.', key=key, kind=only)
            reading.findings.add(reading.file, node.lines[key], message)


def _limits(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if found["kind"] not in (StepKind.NUMBER, FieldKind.MEASURED) or "decimals" not in found:
        return
    limits = [found[key] for key in ("minimum", "maximum") if key in found]
    if not limits:
        reading.wrong(node, say('A number needs a limit. Add "minimum", "maximum" or both.'))
    elif any(each["decimals"] > found["decimals"] for each in limits):
        message = say('A limit has more digits than "decimals" says. Make them agree.')
        reading.findings.add(reading.file, node.lines["decimals"], message)
    elif len(limits) == 2 and rescaled(limits[0], 6) > rescaled(limits[1], 6):  # type: ignore[operator]
        message = say('"minimum" is larger than "maximum". Exchange them.')
        reading.findings.add(reading.file, node.lines["minimum"], message)


def _fail_says_what(found: dict[str, Any], node: Table, reading: Reading) -> None:
    judged = found["kind"] in (StepKind.NUMBER, StepKind.YES_NO, StepKind.CHOICE)
    if judged and "on_fail" not in found:
        reading.wrong(node, say("Say what follows a wrong answer. Add  on_fail: stop, repeat or refer."))
    if ("on_fail" in found) != ("fail_text" in found):
        reading.wrong(node, say('"on_fail" and "fail_text" belong together. Write both or none.'))


CHOICE = Fields({"code": CODE, "text": Text(longest=80), "passes": Flag()})
STEP = Fields(
    {"code": CODE, "phase": CODE, "kind": OneOf(tuple(StepKind)), "text": Text(longest=160)},
    {
        "why": Text(longest=240),
        "warning": Text(longest=240),
        "fail_text": Text(longest=240),
        "safety": Flag(),
        "second_person": Flag(),
        "on_fail": OneOf(tuple(OnFail)),
        "unit": PLAIN,
        "decimals": Whole(0, 4),
        "minimum": Scaled(),
        "maximum": Scaled(),
        "expected": Flag(),
        "choices": Many(CHOICE, least=2, most=8),
        "component_type": TYPE_CODE,
        "direction": OneOf(tuple(Direction)),
        "form_field": CODE,
    },
    rules=(_keys_of_kind, _limits, _fail_says_what),
)
CODED_TEXT = Fields({"code": CODE, "text": Text(longest=400)})


def _phases_known(found: dict[str, Any], node: Table, reading: Reading) -> None:
    known = [each["code"] for each in found["phases"]]
    for step in found["steps"]:
        if step["phase"] not in known:
            line = reading.lines[f"steps/{step['code']}/phase"]
            message = say("There is no such phase. Write one of: {words}.", words=", ".join(known))
            reading.findings.add(reading.file, line, message)


PROCEDURE = Fields(
    {
        "code": PROCEDURE_CODE,
        "title": Text(longest=80),
        "purpose": Text(),
        "kind": OneOf(("receive", "install", "clean", "service", "exchange", "descale", "quarantine")),
        "models": Many(MODEL_CODE, most=12),
        "minutes": Whole(1, 1000),
        "phases": Many(CODED_TEXT, most=8),
        "tools": Many(CODED_TEXT, most=30),
        "steps": Many(STEP, most=60),
    },
    {
        "form": FORM_CODE,
        "parts": Many(PartNumber(), most=30),
        "offered": Many(OneOf(("unit", "ticket", "part")), most=3),
        "ticket_kinds": Many(CODE, most=12),
    },
    rules=(_phases_known,),
)


def _own_limits(found: dict[str, Any], node: Table, reading: Reading) -> None:
    """A value that is typed into the form brings its unit and limits, as a step of a procedure does."""
    own = [key for key in ("unit", "decimals", "minimum", "maximum") if key in found]
    if not own:
        return
    if found["kind"] != FieldKind.MEASURED:
        message = say('"{key}" belongs to fields of kind {kind} only. Remove it.', key=own[0], kind="measured")
        reading.findings.add(reading.file, node.lines[own[0]], message)
    elif "unit" not in own or "decimals" not in own:
        reading.wrong(node, say('A number needs "unit" and "decimals". Add them.'))
    else:
        _limits(found, node, reading)


FORM_CHOICE = Fields({"code": CODE, "text": Text(longest=80)})
FORM_FIELD = Fields(
    {"code": CODE, "label": Text(longest=80), "kind": OneOf(tuple(FieldKind))},
    {
        "needed": Flag(),
        "source": OneOf(("ticket", "unit", "customer", "repair", "exchange", "component", "run", "staff")),
        "choices": Many(FORM_CHOICE, least=2, most=12),
        "unit": PLAIN,
        "decimals": Whole(0, 4),
        "minimum": Scaled(),
        "maximum": Scaled(),
    },
    rules=(_own_limits,),
)
SECTION = Fields(
    {"code": CODE, "title": Text(longest=80), "fields": Many(FORM_FIELD, most=30)},
    {"repeats": Flag(), "over": OneOf(tuple(Over))},
)
SIGNER = Fields(
    {
        "code": OneOf(tuple(SignerRole)),
        "needed": Flag(),
        "statement": Text(longest=240),
        "meaning": Text(longest=240),
        "consent": Text(),
        "consent_version": Whole(1, 1000),
    }
)
FORM = Fields(
    {
        "code": FORM_CODE,
        "title": Text(longest=80),
        "intro": Text(),
        "footer": Text(),
        "sections": Many(SECTION, most=12),
        "signers": Many(SIGNER, most=3),
        "labels": Many(CODED_TEXT, most=80),
    },
    {"offered": Many(OneOf(("unit", "repair")), most=2)},
)
