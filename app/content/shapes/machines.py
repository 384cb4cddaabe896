"""Shapes of manufacturer, model, component type, part, assembly, kit and consumable."""

from typing import Any

from app.content.shapes.grammar import PLAIN, Fields, Flag, Many, OneOf, Reading, Text, Whole, Word
from app.content.strict_yaml import Leaf, Node, Table
from app.kernel.messages import say
from app.kernel.serials import ALPHABET, check_character, part_number

ZONE = Word(r"[A-Z][A-Za-z]+(/[A-Za-z_]+)+", "Europe/Lisbon")
COUNTRY = Word(r"[A-Z]{2}", "NZ")
MODEL_CODE = Word(r"[A-Z][A-Z0-9]{2}", "FD2")
TYPE_CODE = Word(r"[A-HJ-NP-Z]{2}", "BL")
PROCEDURE_CODE = Word(r"SOP-[0-9]{2}", "SOP-05")
FORM_CODE = Word(r"F-[0-9]{2}", "F-02")
ASSEMBLY_CODE = Word(r"[A-HJ-NP-Z]", "C")
WEEK = Word(r"[0-9]{2}(0[1-9]|[1-4][0-9]|5[0-3])([0-9]{5})?", '"2601"')
HS_CODE = Word(r"[0-9]{4}\.[0-9]{2}", '"8481.40"')
UN_NUMBER = Word(r"UN[0-9]{4}", "UN3264")
LOT = Word(r"[A-HJ-NP-Z]{2}[0-9]{4}", "PR2612")
CURRENCY = Word(r"[A-Z]{3}", "EUR")
CLASSES = ("professional", "household")


class PartNumber:
    """A printed part number with its right check character."""

    def read(self, node: Node, path: tuple[str, ...], reading: Reading) -> str | None:
        reading.lines["/".join(path)] = node.line
        text = node.text if isinstance(node, Leaf) else ""
        if text and part_number(text) == text:
            return text
        message = say("This part number's last character does not check. Write {right}.", right=_right(text))
        reading.wrong(node, message)
        return None


def _right(text: str) -> str:
    bare = text.replace("-", "")[:7].upper()
    if len(bare) < 7 or set(bare) - set(ALPHABET):
        return "AV-C-1204-6"
    return f"{bare[:2]}-{bare[2]}-{bare[3:]}-{check_character(bare)}"


class Prices:
    """Price lists: currency to minor units."""

    def read(self, node: Node, path: tuple[str, ...], reading: Reading) -> dict[str, Any] | None:
        if not isinstance(node, Table) or not node.members:
            reading.wrong(node, say("Write one price for each list in minor units, for example  EUR: 6420."))
            return None
        amount = Whole(1, 100_000_000)
        for code in node.members:
            CURRENCY.read(Leaf(code, False, node.lines[code]), path, reading)
        return {code: amount.read(each, (*path, code), reading) for code, each in node.members.items()}


def _right_way_round(found: dict[str, Any], node: Table, reading: Reading) -> None:
    first, last = found.get("from", ""), found.get("to", "")
    if first and last and first.ljust(9, "0") > last.ljust(9, "9"):
        reading.wrong(node, say('"from" is later than "to". Exchange them.'))


def _serial_needs_form(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if "component_type" in found and "form" not in found:
        reading.wrong(node, say("A part with a serial needs a sign-off form. Add a line  form: F-02"))


def _superseded_names_successor(found: dict[str, Any], node: Table, reading: Reading) -> None:
    if (found.get("status") == "superseded") != ("superseded_by" in found):
        message = say('"status: superseded" and "superseded_by" belong together. Write both or none.')
        reading.wrong(node, message)
    if (found.get("status") == "recalled") != ("recalled_lots" in found):
        reading.wrong(node, say('"status: recalled" and "recalled_lots" belong together. Write both or none.'))


RANGE = {"from": WEEK, "to": WEEK}
FIT = Fields({"model": MODEL_CODE}, RANGE, rules=(_right_way_round,))
SUCCESSOR = Fields({"number": PartNumber()}, RANGE, rules=(_right_way_round,))

MANUFACTURER = Fields(
    {
        "code": Word(r"[a-z]{3,20}", "averdell"),
        "name": PLAIN,
        "legal_name": PLAIN,
        "address": Many(PLAIN, most=6),
        "country": COUNTRY,
        "zone": ZONE,
        "phone": Word(r"\+[0-9 ]{6,20}", '"+64 3 555 0142"'),
        "email": Word(r"[a-z.]+@[a-z.]+", "service@averdell.example"),
    },
    {"crisis_key": Word(r"age1[02-9ac-hj-np-z]{58}", "age1… (made with age-keygen)")},
)

SUPPLY = Fields(
    {
        "code": Word(r"[a-z0-9]{1,10}", "eu"),
        "volts": Word(r"[0-9]{3}(-[0-9]{3})?", '"220-240"'),
        "hertz": Word(r"50|60|50/60", '"50/60"'),
        "watts": Whole(1, 20_000),
        "fuse_amps": Whole(1, 63),
    }
)

MODEL = Fields(
    {
        "code": MODEL_CODE,
        "name": Text(longest=80),
        "description": Text(),
        "product_class": OneOf(CLASSES),
        "plants": Many(Word(r"[A-Z]", "A"), most=10),
        "supplies": Many(SUPPLY, most=6),
        "weight_g": Whole(1, 500_000),
        "boiler_ml": Whole(0, 50_000),
        "components": Many(TYPE_CODE, least=0, most=12),
    }
)

COMPONENT_TYPE = Fields(
    {"code": TYPE_CODE, "name": Text(longest=60), "safety_relevant": Flag(), "form": FORM_CODE},
)

ASSEMBLY = Fields({"code": ASSEMBLY_CODE, "name": Text(longest=60)})

PART = Fields(
    {
        "code": PartNumber(),
        "name": Text(longest=80),
        "assembly": ASSEMBLY_CODE,
        "position": Word(r"[A-Z][0-9]{1,3}", "C12"),
        "quantity": Whole(1, 100),
        "fits": Many(FIT, most=12),
        "stock_class": OneOf(("must", "should", "order")),
        "floor_per_100": Whole(0, 1000),
        "lead_days": Whole(1, 365),
        "prices": Prices(),
        "hs_code": HS_CODE,
        "origin": COUNTRY,
        "weight_g": Whole(1, 200_000),
    },
    {
        "description": Text(),
        "status": OneOf(("active", "superseded", "recalled")),
        "superseded_by": Many(SUCCESSOR, most=4),
        "recalled_lots": Many(LOT, most=20),
        "component_type": TYPE_CODE,
        "form": FORM_CODE,
        "safety_relevant": Flag(),
        "wear": Flag(),
        "dangerous_goods": UN_NUMBER,
        "shelf_life_days": Whole(1, 20_000),
        "procedure": PROCEDURE_CODE,
        "parent": PartNumber(),
    },
    rules=(_serial_needs_form, _superseded_names_successor),
)

MEMBER = Fields({"number": PartNumber(), "quantity": Whole(1, 100)})
KIT = Fields(
    {"code": PartNumber(), "name": Text(longest=80), "members": Many(MEMBER, least=2), "prices": Prices()},
    {"procedure": PROCEDURE_CODE},
)

CONSUMABLE = Fields(
    {
        "code": PartNumber(),
        "name": Text(longest=80),
        "description": Text(),
        "pack": PLAIN,
        "models": Many(MODEL_CODE, most=12),
        "shelf_life_days": Whole(1, 20_000),
        "prices": Prices(),
    },
    {"dangerous_goods": UN_NUMBER, "allergens": Many(OneOf(("milk", "nuts", "oats", "soy")), most=4)},
)
