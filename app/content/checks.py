"""What must agree between the items of a pack: names that lead somewhere, chains that end, no two rules at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from app.content.mistakes import Findings
from app.content.placed import Placed
from app.kernel.messages import say

References = Iterator[tuple[str, str, str]]  # (kind, code, path of the value)

PREVIOUS_LIST = {"FAULT": "SYMPTOM", "CAUSE": "FAULT", "REMEDY": "CAUSE"}


@dataclass(slots=True)
class _Pack:
    placed: list[Placed]
    findings: Findings
    names: dict[str, set[str]] = field(default_factory=dict)

    def of(self, kind: str) -> Iterator[Placed]:
        return (each for each in self.placed if each.item.kind == kind)


def check_references(placed: list[Placed], findings: Findings) -> None:
    """Report every name that leads nowhere, every loop of successors and every pair of rules for the same case."""
    pack = _Pack(placed, findings)
    for each in placed:
        pack.names.setdefault(each.item.kind, set()).add(each.item.code)
    for check in _CHECKS:
        check(pack)


def _no_twins(pack: _Pack) -> None:
    seen = set()
    for each in pack.placed:
        if each.item.key in seen:
            message = say("{code} stands in this pack twice. Remove one.", code=each.item.code)
            each.wrong(pack.findings, message, at="code")
        seen.add(each.item.key)


def _names_lead_somewhere(pack: _Pack) -> None:
    for each in pack.placed:
        for kind, code, path in _REFERENCES.get(each.item.kind, _none)(each.item.body):
            if code not in pack.names.get(kind, ()):
                message = say("There is no {kind} {code} in this pack. Correct the name.", kind=kind, code=code)
                each.wrong(pack.findings, message, at=path)


def _none(body: Any) -> References:
    return iter(())


def _one(body: Any, **kinds: str) -> References:
    for key, kind in kinds.items():
        if key in body:
            yield kind, body[key], key


def _each(body: Any, **kinds: str) -> References:
    for key, kind in kinds.items():
        for at, code in enumerate(body.get(key, ())):
            yield kind, code, f"{key}/{at}"


def _rows(body: Any, key: str, name: str, kind: str) -> References:
    for at, row in enumerate(body.get(key, ())):
        if name in row:
            yield kind, row[name], f"{key}/{row.get('code', at)}/{name}"


def _part(body: Any) -> References:
    yield from _one(
        body, assembly="assembly", component_type="component_type", form="form", procedure="procedure", parent="part"
    )
    yield from _rows(body, "fits", "model", "model")
    yield from _rows(body, "superseded_by", "number", "part")


def _procedure(body: Any) -> References:
    yield from _one(body, form="form")
    yield from _each(body, models="model", parts="part", ticket_kinds="ticket_kind")
    yield from _rows(body, "steps", "component_type", "component_type")


def _policy(body: Any) -> References:
    yield from _one(body, market="market", sentences="labels")


def _crisis(body: Any) -> References:
    yield from _each(body["applies_to"], models="model", consumables="consumable")
    yield from _each(body, deadlines="deadline_rule")
    yield from _rows(body, "tell", "contact", "crisis_contact")
    yield from _rows(body, "not_this", "go_to", "crisis_procedure")
    for each in body.get("decisions", ()):
        yield from _rows(each, "choices", "go_to", "crisis_procedure")


def _contact(body: Any) -> References:
    yield from _rows(body, "here", "calendar", "calendar")
    yield from _rows(body, "here", "code", "market")
    if "reach" in body:
        yield "calendar", body["reach"]["calendar"], "reach/calendar"


def _faq(body: Any) -> References:
    yield from _each(body, kinds="ticket_kind", models="model", procedures="procedure", forms="form")
    yield from _each(body, parts="part", consumables="consumable", crisis="crisis_procedure")


_REFERENCES: dict[str, Callable[[Any], References]] = {
    "model": lambda body: _each(body, components="component_type"),
    "component_type": lambda body: _one(body, form="form"),
    "part": _part,
    "kit": lambda body: _rows(body, "members", "number", "part"),
    "consumable": lambda body: _each(body, models="model"),
    "market": lambda body: _one(body, calendar="calendar"),
    "warranty_policy": _policy,
    "procedure": _procedure,
    "crisis_procedure": _crisis,
    "faq": _faq,
    "symptom_tile": lambda body: _one(body, leads_to="crisis_procedure"),
    "crisis_contact": _contact,
    "deadline_rule": lambda body: _each(body, markets="market"),
    "handbook": lambda body: _one(body, duty="crisis_contact"),
}


def _chains_end(pack: _Pack) -> None:
    after = {
        each.item.code: [row["number"] for row in each.item.body.get("superseded_by", ())] for each in pack.of("part")
    }
    for each in pack.of("part"):
        if _comes_back(each.item.code, after):
            message = say("The chain of successors comes back to this part. Break the loop.")
            each.wrong(pack.findings, message, at="superseded_by/0/number")


def _comes_back(start: str, after: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(after[start])
    while waiting:
        number = waiting.pop()
        if number == start:
            return True
        if number not in seen:
            seen.add(number)
            waiting.extend(after.get(number, ()))
    return False


def _codes_follow(pack: _Pack) -> None:
    lists = {each.item.code: each for each in pack.of("code_list")}
    codes = {name: {entry["code"] for entry in each.item.body["entries"]} for name, each in lists.items()}
    for name, each in lists.items():
        known = codes.get(PREVIOUS_LIST.get(name, ""), set())
        for entry in each.item.body["entries"]:
            for at, code in enumerate(entry.get("after", ())):
                if code not in known:
                    message = say("There is no code {code} in the list before. Correct it.", code=code)
                    each.wrong(pack.findings, message, at=f"entries/{entry['code']}/after/{at}")
    for policy in pack.of("warranty_policy"):
        for row in policy.item.body["exclusions"]:
            if row["code"] not in codes.get("CAUSE", ()):
                message = say("There is no cause {code} in the code list CAUSE. Correct it.", code=row["code"])
                policy.wrong(pack.findings, message, at=f"exclusions/{row['code']}/code")


def _one_policy_each(pack: _Pack) -> None:
    for first, second in combinations(pack.of("warranty_policy"), 2):
        if _same_case(first, second) and _days_overlap(first, second):
            code = first.item.code
            message = say("{code} holds for the same customers on the same days. Give one an end.", code=code)
            second.wrong(pack.findings, message, at="code")


def _same_case(first: Placed, second: Placed) -> bool:
    one, two = first.item.body, second.item.body
    return one["market"] == two["market"] and all(
        _meet(one[key], two[key]) for key in ("product_classes", "customer_kinds")
    )


def _meet(one: Iterable[str], two: Iterable[str]) -> bool:
    return bool(set(one) & set(two))


def _days_overlap(first: Placed, second: Placed) -> bool:
    return first.item.in_force(second.item.valid_from) or second.item.in_force(first.item.valid_from)


def _tests_have_a_line(pack: _Pack) -> None:
    fields = {
        (form.item.code, row["code"])
        for form in pack.of("form")
        for section in form.item.body["sections"]
        for row in section["fields"]
    }
    for each in pack.of("procedure"):
        for step in each.item.body["steps"]:
            if "form_field" in step and (each.item.body.get("form"), step["form_field"]) not in fields:
                message = say("The form has no field {code}. Correct the name.", code=step["form_field"])
                each.wrong(pack.findings, message, at=f"steps/{step['code']}/form_field")


def _handbook_is_whole(pack: _Pack) -> None:
    """Procedures of the handbook need its settings and the words around them, or a desk could not open it."""
    for each in pack.of("crisis_procedure"):
        for kind in ("handbook", "labels"):
            if "HANDBOOK" not in pack.names.get(kind, ()):
                message = say("There is no {kind} {code} in this pack. Add it.", kind=kind, code="HANDBOOK")
                each.wrong(pack.findings, message, at="code")


_CHECKS = (
    _no_twins,
    _names_lead_somewhere,
    _chains_end,
    _codes_follow,
    _one_policy_each,
    _tests_have_a_line,
    _handbook_is_whole,
)
