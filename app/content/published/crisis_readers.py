"""Items of the crisis handbook as typed, frozen facts."""

from datetime import date
from typing import Any

from app.content.items import Item
from app.content.published.crisis import (
    Answer,
    AppliesTo,
    Contact,
    CrisisMarket,
    CrisisProcedure,
    Decision,
    DoNow,
    Emergency,
    Evidence,
    Fact,
    HandbookSettings,
    Line,
    Mark,
    Needed,
    NotSaid,
    Other,
    Privacy,
    Reach,
    Severity,
    Statement,
    Tile,
    TimeLimit,
    Told,
    Unit,
    Warned,
)


def read_crisis_procedure(item: Item) -> CrisisProcedure:
    """The typed view of an item of kind `crisis_procedure`."""
    body = item.body
    return CrisisProcedure(
        code=item.code, version=item.version, market=item.market or "",
        title=body["title"], symptom_words=body["symptom_words"], use_when=body["use_when"],
        not_this=tuple(Other(each["code"], each["text"], each.get("go_to", "")) for each in body["not_this"]),
        severity=Severity(body["severity"]), escalate_if=_lines(body["escalate_if"]),
        applies_to=_applies(body["applies_to"]), owner_role=body["owner_role"], approved_by=body["approved_by"],
        approved_on=date.fromisoformat(body["approved_on"]), review_due=item.review_due,
        legal_checked_on=date.fromisoformat(body["legal_checked_on"]), legal_checked_by=body["legal_checked_by"],
        changes=_lines(body["changes"]), do_now=tuple(_do_now(each) for each in body["do_now"]),
        decisions=tuple(_decision(each) for each in body.get("decisions", ())),
        warnings=tuple(Warned(**each) for each in body.get("warnings", ())),
        do_not_say=tuple(NotSaid(**each) for each in body["do_not_say"]),
        tell=tuple(_told(each) for each in body["tell"]), deadlines=tuple(body["deadlines"]),
        facts=tuple(_fact(each) for each in body["facts"]),
        evidence=tuple(Evidence(each["code"], each["text"], each["how"], each.get("do_not", ""))
                       for each in body["evidence"]),
        statements=tuple(Statement(**each) for each in body["statements"]),
        next_steps=_lines(body["next_steps"]), ends_when=body["ends_when"]["text"], ends_by=body["ends_when"]["role"],
        review_days=body["review"]["within_business_days"], review=_lines(body["review"]["questions"]),
    )  # fmt: skip


def read_tile(item: Item) -> Tile:
    """The typed view of an item of kind `symptom_tile`."""
    body = item.body
    return Tile(
        item.code, item.version, body["rank"], body["title"], body["signs"], body["words"], body["icon"],
        body["people_first"], body["leads_to"], body.get("not_written", ""),
    )  # fmt: skip


def read_contact(item: Item) -> Contact:
    """The typed view of an item of kind `crisis_contact`."""
    body = item.body
    reach = {each["code"]: _reach(each) for each in body.get("here", ())}
    if "reach" in body:
        reach[""] = _reach(body["reach"])
    return Contact(item.code, item.version, body["role"], body["channel"], tuple(body["languages"]), reach)


def read_time_limit(item: Item) -> TimeLimit:
    """The typed view of an item of kind `deadline_rule`; source, day and checker are those of the item."""
    body = item.body
    plain = {key: body[key] for key in ("regime", "trigger", "time", "duty", "channel", "start_event", "product_class")}
    return TimeLimit(
        code=item.code, version=item.version, markets=tuple(body["markets"]), unit=Unit(body["unit"]),
        amount=body.get("amount", 0), target_hours=body.get("target_hours", 0), mark=Mark(body["mark"]),
        source=item.source, checked_on=item.checked_on, checked_by=item.checked_by, review_due=item.review_due, **plain,
    )  # fmt: skip


def read_crisis_market(item: Item) -> CrisisMarket:
    """The typed view of an item of kind `crisis_market`."""
    numbers = tuple(Emergency(**each) for each in item.body["emergency"])
    return CrisisMarket(item.code, item.version, numbers, Mark(item.body["mark"]), item.source, item.checked_on)


def read_handbook_settings(item: Item) -> HandbookSettings:
    """The typed view of the one item of kind `handbook`."""
    return HandbookSettings(
        item.body["old_after_days"], item.body["duty"], item.body["banned_words"], item.body["idle_words"]
    )


def _lines(rows: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(each["code"], each["text"]) for each in rows)


def _applies(body: dict[str, Any]) -> AppliesTo:
    lists = {key: tuple(body.get(key, ())) for key in ("models", "consumables", "classes")}
    return AppliesTo(**lists, serials_from=body.get("serials_from", ""), serials_to=body.get("serials_to", ""))


def _do_now(body: dict[str, Any]) -> DoNow:
    return DoNow(
        body["code"], body["text"], body.get("memory", False), body.get("critical", False), body.get("consequence", "")
    )


def _decision(body: dict[str, Any]) -> Decision:
    choices = tuple(Answer(each["code"], each["text"], each["then"], each.get("go_to", "")) for each in body["choices"])
    return Decision(body["code"], body["after"], body["question"], choices)


def _told(body: dict[str, Any]) -> Told:
    return Told(body["code"], body["contact"], body["why"], body["decides"], body.get("wait_minutes", 0))


def _fact(body: dict[str, Any]) -> Fact:
    return Fact(
        body["code"], body["text"], body["kind"], Needed(body["needed"]), Privacy(body["privacy"]),
        body.get("who_knows", ""),
    )  # fmt: skip


def _reach(body: dict[str, Any]) -> Reach:
    return Reach(
        body["person"], body["number"], body["place"], body["zone"], body["calendar"], body.get("always", False)
    )
