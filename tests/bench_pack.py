"""A published pack with one machine, its components and parts, and two policies: what a repair needs."""

from typing import Any

from app.content.items import Item, Published
from app.content.published.warranty import WarrantyPolicy, read_policy
from app.kernel.serials import check_character
from tests.small_pack import item, pack
from tests.sop.steps import ITEM as PROCEDURE

FD2 = "FD2A261700428N"
OTHER = "FD2A261700429L"
OLD_BOILER = "BL26170042S"
VALVE = "PR26120905E"


def number(body: str) -> str:
    """`C1101` as the printed part number with its check character."""
    return f"AV-{body[0]}-{body[1:]}-{check_character('AV' + body)}"


def component(kind: str, week: str, running: str) -> str:
    """A bare component number with its check character."""
    body = f"{kind}{week}{running}"
    return body + check_character(body)


NEW_BOILER = component("BL", "2634", "0212")
BOILER, SEAL, OLD_VALVE, NEW_VALVE = number("C1101"), number("C1219"), number("C1203"), number("C1204")
GRINDER_DISCS = number("G4011")


def part(code: str, name: str, **more: Any) -> Item:
    body = {
        "name": name, "assembly": code[3], "position": f"{code[3]}1", "quantity": 1, "fits": [{"model": "FD2"}],
        "stock_class": "must", "floor_per_100": 50, "lead_days": 5, "prices": {"EUR": 6420},
        "hs_code": "841990", "origin": "NZ", "weight_g": 100,
    }  # fmt: skip
    return item("part", code, body | more)


def policy_item(code: str, kinds: list[str], legal: dict[str, Any], **more: Any) -> Item:
    body = {
        "market": "PT", "product_classes": ["professional"], "customer_kinds": kinds, "legal": legal,
        "commercial": {
            "start_event": "invoice", "other_start_events": ["delivery", "installation"], "parts_months": 24,
            "labour_months": 24, "travel_months": 0, "wear_part_months": 6, "registration_within_days": 0,
            "transferable": True,
        },
        "exclusions": [{"code": "LIMESCALE", "sentence": "Limescale is not a fault of the machine."}],
        "conditions": [], "repair_extension_months": 6, "repair_extension_times": 4, "replaced_part_months": 6,
        "fallback_months_after_production": 6, "asks_first_within_days": 60, "sentences": "WARRANTY",
        "adviser_checked": True,
    }  # fmt: skip
    return item("warranty_policy", code, body | more, version=7)


CONSUMER = policy_item("PT-CONSUMER", ["consumer"], {"months": 36, "start_event": "delivery", "owed_by": "seller"})
BUSINESS = policy_item("PT-BUSINESS", ["business", "dealer"], {"start_event": "delivery", "owed_by": "nobody"})


def consumer_policy() -> WarrantyPolicy:
    return read_policy(CONSUMER)


def codes(name: str, *entries: str) -> Item:
    rows = [{"code": each, "text": each.capitalize()} for each in entries]
    return item("code_list", name, {"name": name.capitalize(), "entries": rows})


def bench_pack() -> Published:
    """One model, two component types, five parts with a succession, two policies, the code lists."""
    model = {
        "name": "Forge two-group", "description": "", "product_class": "professional", "plants": ["A"],
        "supplies": [{"code": "eu", "volts": "230", "hertz": "50", "watts": 4300, "fuse_amps": 20}],
        "weight_g": 74000, "boiler_ml": 11000, "components": ["BL", "PR"],
    }  # fmt: skip
    after = {"status": "superseded", "superseded_by": [{"number": NEW_VALVE}]}
    old_valve = part(OLD_VALVE, "Relief valve 1.5 bar", component_type="PR", form="F-02", **after)
    return pack(
        item("model", "FD2", model),
        item("component_type", "BL", {"name": "Boiler", "safety_relevant": True, "form": "F-02"}),
        item("component_type", "PR", {"name": "Relief valve", "safety_relevant": True, "form": "F-02"}),
        item("assembly", "C", {"name": "Boilers and heating"}),
        item("assembly", "G", {"name": "Grinding"}),
        part(BOILER, "Boiler 11 l", component_type="BL", form="F-02", safety_relevant=True),
        part(SEAL, "Seal ring 52 mm", wear=True),
        old_valve,
        part(
            NEW_VALVE,
            "Relief valve 1.8 bar",
            component_type="PR",
            form="F-02",
            procedure="SOP-T",
            recalled_lots=["PR2612"],
        ),
        part(GRINDER_DISCS, "Grinding discs", fits=[{"model": "GR1"}]),
        CONSUMER,
        BUSINESS,
        PROCEDURE,
        codes("SYMPTOM", "LEAK", "COLD"),
        codes("FAULT", "SEAL_WORN", "VALVE_STUCK"),
        codes("CAUSE", "LIMESCALE", "MATERIAL"),
        codes("REMEDY", "PART_EXCHANGED", "CLEANED"),
        codes("CONDITION", "SCRATCHED", "CLEAN"),
        codes("ACCESSORY", "PORTAFILTER", "CABLE"),
    )
