"""Shapes of markets, calendars and warranty policies."""

from typing import Any

from app.content.published.market import WEEKDAYS, DayKind
from app.content.published.warranty import CustomerKind, OwedBy, StartEvent
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
    Text,
    Whole,
    Word,
)
from app.content.shapes.machines import CLASSES, COUNTRY, CURRENCY, ZONE
from app.content.strict_yaml import Table
from app.kernel.messages import say

CHANNELS = OneOf(("phone", "email", "chat", "whatsapp", "wechat", "in_person"))
HOURS = Word(r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)", '"09:00-13:00"')

MARKET = Fields(
    {
        "code": COUNTRY,
        "name": Text(longest=60),
        "partner": PLAIN,
        "partner_address": Many(PLAIN, most=6),
        "zone": ZONE,
        "calendar": COUNTRY,
        "language": LANGUAGE,
        "paper": OneOf(("A4", "LETTER")),
        "currency": CURRENCY,
        "clock_hours": Whole(12, 24),
        "trust": OneOf(("low", "mid", "high")),
        "first_channel": CHANNELS,
        "second_channel": CHANNELS,
    },
    {"other_languages": Many(LANGUAGE, most=6)},
)


def _in_order(found: dict[str, Any], node: Table, reading: Reading) -> None:
    for day in WEEKDAYS:
        times = [time for hours in found["week"][day] for time in hours.split("-")]
        if times != sorted(set(times)):
            line = reading.lines.get(f"week/{day}/0", node.line)
            reading.findings.add(reading.file, line, say("Opening times overlap. Write them in order of the day."))


def _right_way_round(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if found["first"] > found["last"]:
        reading.wrong(node, say('"first" is later than "last". Exchange them.'))


SPECIAL_DAY = Fields({"day": Day(), "kind": OneOf(tuple(DayKind)), "name": PLAIN}, {"local_name": PLAIN})
CLOSED = Fields({"first": Day(), "last": Day(), "name": PLAIN}, rules=(_right_way_round,))
CALENDAR = Fields(
    {
        "code": COUNTRY,
        "zone": ZONE,
        "week": Fields({day: Many(HOURS, least=0, most=4) for day in WEEKDAYS}),
        "special_days": Many(SPECIAL_DAY),
        "complete_years": Many(Whole(2000, 2100), most=20),
    },
    {"closed": Many(CLOSED, most=40)},
    rules=(_in_order,),
)


def _some_term(found: dict[str, Any], node: Table, reading: Reading) -> None:
    wants = {OwedBy.NOBODY: False, OwedBy.AGENT: None}.get(OwedBy(found["owed_by"]), True)
    if wants is not None and wants != bool(found.get("months") or found.get("days")):
        message = say('A legal term and "owed_by" belong together. Write months or days, or  owed_by: nobody.')
        reading.wrong(node, message)


LEGAL = Fields(
    {"start_event": OneOf(tuple(StartEvent)), "owed_by": OneOf(tuple(OwedBy)), "note": Text()},
    {
        "months": Whole(1, 240),
        "days": Whole(1, 400),
        "presumption_months": Whole(1, 240),
        "repair_limit_days": Whole(1, 365),
        "return_days": Whole(1, 365),
        "exchange_days": Whole(1, 365),
        "failed_repairs": Whole(1, 10),
        "spare_limit_days": Whole(1, 365),
        "spare_years": Whole(1, 30),
        "remedies": Many(OneOf(("repair", "replace", "price_cut", "refund")), most=4),
    },
    rules=(_some_term,),
)
COMMERCIAL = Fields(
    {
        "start_event": OneOf(tuple(StartEvent)),
        "other_start_events": Many(OneOf(tuple(StartEvent)), least=0, most=4),
        "parts_months": Whole(0, 240),
        "labour_months": Whole(0, 240),
        "travel_months": Whole(0, 240),
        "wear_part_months": Whole(0, 240),
        "registration_within_days": Whole(0, 365),
        "transferable": Flag(),
    },
    {"begins_after_legal": Flag()},
)


def _wear_within_parts(found: dict[str, Any], node: Table, reading: Reading) -> None:
    commercial = found["commercial"]
    if commercial["wear_part_months"] > commercial["parts_months"]:
        message = say("Wear parts cannot be covered longer than parts. Lower wear_part_months.")
        reading.findings.add(reading.file, reading.lines["commercial/wear_part_months"], message)


WARRANTY_POLICY = Fields(
    {
        "code": Word(r"WP-[A-Z]{2}-[A-Z]{1,10}", "WP-PT-CONSUMER"),
        "market": COUNTRY,
        "product_classes": Many(OneOf(CLASSES), most=2),
        "customer_kinds": Many(OneOf(tuple(CustomerKind)), most=3),
        "summary": Text(),
        "legal": LEGAL,
        "commercial": COMMERCIAL,
        "exclusions": Many(Fields({"code": CODE, "sentence": Text()}), least=0, most=40),
        "conditions": Many(Fields({"code": CODE, "text": Text()}), least=0, most=20),
        "repair_extension_months": Whole(0, 60),
        "repair_extension_times": Whole(0, 20),
        "replaced_part_months": Whole(0, 60),
        "fallback_months_after_production": Whole(0, 60),
        "asks_first_within_days": Whole(0, 365),
        "sentences": Word(r"[A-Z_]{2,20}", "WARRANTY"),
        "adviser_checked": Flag(),
    },
    {"must_not_say": Many(Fields({"code": CODE, "text": Text(), "why": Text()}), most=20)},
    rules=(_wear_within_parts,),
)
