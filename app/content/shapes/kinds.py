"""The kinds of items that a pack may hold, and the shape of each."""

from app.content.shapes.crisis import (
    CRISIS_CONTACT,
    CRISIS_MARKET,
    CRISIS_PROCEDURE,
    DEADLINE_RULE,
    HANDBOOK,
    SYMPTOM_TILE,
)
from app.content.shapes.faq import FAQ
from app.content.shapes.grammar import Fields
from app.content.shapes.machines import ASSEMBLY, COMPONENT_TYPE, CONSUMABLE, KIT, MANUFACTURER, MODEL, PART
from app.content.shapes.markets import CALENDAR, MARKET, WARRANTY_POLICY
from app.content.shapes.tables import CODE_LIST, LABELS, RIGHTS, TICKET_KIND
from app.content.shapes.work import FORM, PROCEDURE

KINDS: dict[str, Fields] = {
    "manufacturer": MANUFACTURER,
    "model": MODEL,
    "component_type": COMPONENT_TYPE,
    "assembly": ASSEMBLY,
    "part": PART,
    "kit": KIT,
    "consumable": CONSUMABLE,
    "market": MARKET,
    "calendar": CALENDAR,
    "warranty_policy": WARRANTY_POLICY,
    "rights": RIGHTS,
    "ticket_kind": TICKET_KIND,
    "code_list": CODE_LIST,
    "procedure": PROCEDURE,
    "form": FORM,
    "labels": LABELS,
    "crisis_procedure": CRISIS_PROCEDURE,
    "symptom_tile": SYMPTOM_TILE,
    "crisis_contact": CRISIS_CONTACT,
    "deadline_rule": DEADLINE_RULE,
    "crisis_market": CRISIS_MARKET,
    "handbook": HANDBOOK,
    "faq": FAQ,
}
