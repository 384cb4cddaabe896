"""Shapes of ticket kinds, rights, code lists and labels."""

from typing import Any

from app.content.published.crisis import HANDBOOK_LINES, HANDBOOK_SLOTS
from app.content.published.warranty import SENTENCES
from app.content.shapes.grammar import CODE, Fields, Flag, Many, OneOf, Reading, Text, Whole, Word
from app.content.shapes.machines import MODEL_CODE
from app.content.strict_yaml import Table
from app.kernel.messages import say
from app.kernel.rights import Right, Role

TICKET_KIND = Fields(
    {
        "code": CODE,
        "name": Text(longest=40),
        "hint": Text(longest=160),
        "rank": Whole(1, 99),
        "icon": Word(r"[a-z0-9-]{2,30}", "wrench"),
        "needs_unit": Flag(),
    }
)

RIGHTS = Fields(
    {
        "code": Word(r"RIGHTS", "RIGHTS"),
        "roles": Fields({str(role): Many(OneOf(tuple(Right)), most=60) for role in Role}),
    }
)

ENTRY = Fields(
    {"code": CODE, "text": Text(longest=120)},
    {"models": Many(MODEL_CODE, most=12), "after": Many(CODE, most=30)},
)
LISTS = ("SYMPTOM", "FAULT", "CAUSE", "REMEDY", "CONDITION", "ACCESSORY")
CODE_LIST = Fields(
    {"code": OneOf(LISTS), "name": Text(longest=60), "entries": Many(ENTRY, most=200)},
)


NEEDED_LINES = {"WARRANTY": frozenset(SENTENCES), "HANDBOOK": frozenset(HANDBOOK_LINES)}


def _every_line(found: dict[str, Any], node: Table, reading: Reading) -> None:
    needed = NEEDED_LINES.get(found["code"], frozenset())
    for code in sorted(needed - {line["code"] for line in found["lines"]}):
        reading.wrong(node, say('The sentence "{code}" is missing. Add it to the lines.', code=code))


ALL_SLOTS = tuple(sorted({slot for slots in SENTENCES.values() for slot in slots} | set(HANDBOOK_SLOTS)))
LABELS = Fields(
    {
        "code": Word(r"[A-Z_]{2,20}", "WARRANTY"),
        "lines": Many(Fields({"code": CODE, "text": Text(slots=ALL_SLOTS)}), most=200),
    },
    rules=(_every_line,),
)
