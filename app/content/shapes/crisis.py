"""Shapes of the crisis handbook: procedures, tiles, contacts, time limits, emergency numbers."""

from typing import Any

from app.content.published.crisis import (
    ADVICE_SLOTS,
    COUNTED,
    STATEMENT_SLOTS,
    Mark,
    Needed,
    Privacy,
    Severity,
    Unit,
)
from app.content.shapes.grammar import (
    CODE,
    LANGUAGE,
    PLAIN,
    Day,
    Fields,
    Flag,
    Many,
    OneOf,
    Reading,
    Shape,
    Text,
    Whole,
    Word,
)
from app.content.shapes.machines import CLASSES, COUNTRY, MODEL_CODE, ZONE, PartNumber
from app.content.strict_yaml import Table
from app.kernel.messages import say

CRISIS_CODE = Word(r"CP-[0-9]{2}", "CP-04")
LIMIT_CODE = Word(r"[A-Z]{2,10}(-[A-Z0-9]{1,12}){1,4}", "EU-COSMETIC-23")
PHONE = Word(r"\+?[0-9][0-9 ]{1,20}", '"+64 3 555 0142"')
SERIAL_PART = Word(r"[0-9A-Z]{3,14}", "FD2A2617")
MOST_WORDS = 12  # of an urgent line: domain.md 2.2, rule 3

CHANNELS = OneOf(("phone", "email", "letter", "web", "in_person", "any"))
ADVICE = Text(slots=ADVICE_SLOTS, longest=240)
SAYING = Text(longest=240)
LINE = Fields({"code": CODE, "text": Text(slots=ADVICE_SLOTS, longest=400)})


def _short(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if len(found["text"].split()) > MOST_WORDS:
        message = say("An urgent line has at most {count} words. Make it shorter.", count=MOST_WORDS)
        reading.findings.add(reading.file, node.lines["text"], message)


DO_NOW = Fields(
    {"code": CODE, "text": Text(slots=ADVICE_SLOTS, longest=100)},
    {"memory": Flag(), "critical": Flag(), "consequence": ADVICE},
    rules=(_short,),
)
CHOICE = Fields({"code": CODE, "text": Text(longest=80), "then": ADVICE}, {"go_to": CRISIS_CODE})
DECISION = Fields({"code": CODE, "after": CODE, "question": SAYING, "choices": Many(CHOICE, least=2, most=4)})
WARNING = Fields({"code": CODE, "before": CODE, "kind": OneOf(("warning", "caution")), "text": ADVICE})
NOT_SAID = Fields({"code": CODE, "text": SAYING, "why": SAYING, "say_instead": SAYING})
TOLD = Fields({"code": CODE, "contact": CODE, "why": SAYING, "decides": Flag()}, {"wait_minutes": Whole(1, 1440)})
FACT = Fields(
    {
        "code": CODE,
        "text": SAYING,
        "kind": OneOf(("text", "number", "moment", "choice", "photo", "serial")),
        "needed": OneOf(tuple(Needed)),
        "privacy": OneOf(tuple(Privacy)),
    },
    {"who_knows": Text(longest=80)},
)
EVIDENCE = Fields({"code": CODE, "text": SAYING, "how": SAYING}, {"do_not": SAYING})
STATEMENT = Fields(
    {
        "code": CODE,
        "kind": OneOf(("holding", "scope", "update", "end")),
        "channel": CHANNELS,
        "text": Text(slots=STATEMENT_SLOTS, longest=900),
        "approved_by": PLAIN,
        "free": Flag(),
        "max_age_hours": Whole(1, 720),
    }
)
APPLIES = Fields(
    {"classes": Many(OneOf(CLASSES), most=2)},
    {
        "models": Many(MODEL_CODE, most=12),
        "consumables": Many(PartNumber(), most=20),
        "serials_from": SERIAL_PART,
        "serials_to": SERIAL_PART,
    },
)


def _steps_are_there(found: dict[str, Any], node: Table, reading: Reading) -> None:
    known = [each["code"] for each in found["do_now"]]
    for key, place in (("decisions", "after"), ("warnings", "before")):
        for each in found.get(key, ()):
            if each[place] not in known:
                line = reading.lines[f"{key}/{each['code']}/{place}"]
                message = say("There is no such urgent line. Write one of: {words}.", words=", ".join(known))
                reading.findings.add(reading.file, line, message)


CRISIS_PROCEDURE = Fields(
    {
        "code": CRISIS_CODE,
        "title": Text(longest=80),
        "symptom_words": Text(longest=3000),
        "use_when": Text(longest=300),
        "not_this": Many(Fields({"code": CODE, "text": Text(longest=80)}, {"go_to": CRISIS_CODE}), most=3),
        "severity": OneOf(tuple(Severity)),
        "escalate_if": Many(LINE, most=8),
        "applies_to": APPLIES,
        "owner_role": Text(longest=60),
        "approved_by": PLAIN,
        "approved_on": Day(),
        "legal_checked_on": Day(),
        "legal_checked_by": PLAIN,
        "changes": Many(LINE, most=8),
        "do_now": Many(DO_NOW, least=4, most=7),
        "do_not_say": Many(NOT_SAID, least=2, most=8),
        "tell": Many(TOLD, least=2, most=8),
        "deadlines": Many(LIMIT_CODE, most=40),
        "facts": Many(FACT, least=4, most=24),
        "evidence": Many(EVIDENCE, least=2, most=10),
        "statements": Many(STATEMENT, most=6),
        "next_steps": Many(LINE, most=12),
        "ends_when": Fields({"text": Text(longest=300), "role": Text(longest=60)}),
        "review": Fields({"within_business_days": Whole(1, 30), "questions": Many(LINE, least=3, most=10)}),
    },
    {"market": COUNTRY, "decisions": Many(DECISION, most=2), "warnings": Many(WARNING, most=6)},
    rules=(_steps_are_there,),
)
SYMPTOM_TILE = Fields(
    {
        "code": CODE,
        "rank": Whole(1, 12),
        "title": Text(longest=40),
        "signs": Text(longest=80),
        "words": Text(longest=3000),
        "icon": Word(r"[a-z0-9-]{2,30}", "flame"),
        "people_first": Flag(),
        "leads_to": CRISIS_CODE,
    },
    {"not_written": Text(slots=ADVICE_SLOTS, longest=400)},
)
REACH: dict[str, Shape] = {
    "person": PLAIN,
    "number": PHONE,
    "place": Text(longest=40),
    "zone": ZONE,
    "calendar": COUNTRY,
}
CRISIS_CONTACT = Fields(
    {"code": CODE, "role": Text(longest=80), "channel": CHANNELS, "languages": Many(LANGUAGE, most=8)},
    {
        "reach": Fields(REACH, {"always": Flag()}),
        "here": Many(Fields({"code": COUNTRY, **REACH}, {"always": Flag()}), most=40),
    },
)


def _amount_fits(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if ("amount" in found) != (Unit(found["unit"]) in COUNTED):
        reading.wrong(node, say('"amount" belongs to hours and days, and only to them. Add or remove it.'))
    elif "amount" in found and str(found["amount"]) not in found["time"]:
        message = say('"time" does not hold the number of "amount". Make them agree.')
        reading.findings.add(reading.file, node.lines["time"], message)


DEADLINE_RULE = Fields(
    {
        "code": LIMIT_CODE,
        "markets": Many(COUNTRY, most=40),
        "regime": Text(longest=120),
        "product_class": OneOf(("any", "consumer", "cosmetic", "food", "machine", "people", "freight")),
        "trigger": Text(longest=240),
        "start_event": OneOf(("aware", "decision", "new_info", "request", "receipt")),
        "time": Text(longest=160),
        "unit": OneOf(tuple(Unit)),
        "duty": Text(longest=160),
        "channel": Text(longest=160),
        "mark": OneOf(tuple(Mark)),
    },
    {"amount": Whole(1, 1000), "target_hours": Whole(1, 72)},
    rules=(_amount_fits,),
)
CRISIS_MARKET = Fields(
    {
        "code": COUNTRY,
        "emergency": Many(Fields({"code": CODE, "number": PHONE, "text": Text(longest=80)}), most=6),
        "mark": OneOf(tuple(Mark)),
    }
)
HANDBOOK = Fields(
    {
        "code": Word(r"HANDBOOK", "HANDBOOK"),
        "old_after_days": Whole(1, 1000),
        "duty": CODE,
        "banned_words": Text(longest=1000),
        "idle_words": Text(longest=1000),
    }
)
