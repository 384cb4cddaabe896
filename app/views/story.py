"""A ticket's story in words: who did what, when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.kernel.days import is_day
from app.kernel.messages import Message, Shown, say, say_count
from app.tickets.actions import TAKEN_BACK
from app.tickets.queries import Entry
from app.tickets.rules import MISSING, FollowUpOutcome, Missing, State
from app.tickets.texts import OUTCOMES, STATES
from app.views.moments import exact_of

DEVICE = say("This desk")
_FILED: Mapping[str, Message] = {
    "repair": say("{who} opened a repair"),
    "run": say("{who} started a checklist"),
    "form": say("{who} made a form"),
}


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One entry: `text` is what a person wrote, shown as it stands; `note` is our sentence below it."""

    id: str
    kind: str
    title: Message
    text: str
    note: Message | None
    when: Message
    undone: bool
    can_take_back: bool
    sha256: str = ""


def story_lines(entries: Iterable[Entry], names: Mapping[str, str], *, now: int, zone: str) -> tuple[StoryLine, ...]:
    """The entries in their order, each with its title in words."""
    return tuple(_line(each, names, now, zone) for each in entries)


def _line(entry: Entry, names: Mapping[str, str], now: int, zone: str) -> StoryLine:
    who: object = names.get(entry.by) or DEVICE
    title = say("{who} took this back", who=who) if entry.undone else _title(entry, who, names)
    return StoryLine(
        entry.id,
        entry.kind,
        title,
        "" if entry.undone else _text(entry.body),
        None if entry.undone else _note(entry),
        exact_of(entry.at, now=now, zone=zone),
        entry.undone,
        not entry.undone and entry.kind in TAKEN_BACK,
        "" if entry.undone else str(entry.body.get("sha256", "")),
    )


def _title(entry: Entry, who: object, names: Mapping[str, str]) -> Message:
    body = entry.body
    if entry.kind == "call" and body.get("direction") == "in":
        return say("The customer called, {who} answered", who=who)
    if entry.kind == "moved":
        return say("{who} set: {state}", who=who, state=_state(body))
    if entry.kind == "severity":
        return say("{who} changed the severity from {was} to {to}", who=who, was=body.get("was"), to=body.get("to"))
    if entry.kind == "assigned":
        return say("{who} handed it to {whom}", who=who, whom=names.get(body.get("to", "")) or say("nobody"))
    if entry.kind == "filed":
        found = _FILED.get(body.get("what", ""), say("{who} filed something"))
        return Message(found.msgid, {"who": who})
    found = _TITLES.get(entry.kind, say("{who} did something that this version does not know"))
    return Message(found.msgid, {"who": who})


def _state(body: Mapping[str, Any]) -> object:
    to = body.get("to", "")
    return STATES[State(to)] if to in set(State) else to


def _text(body: Mapping[str, Any]) -> str:
    lines = [str(body[key]) for key in ("text", "name", "answer", "reason") if body.get(key)]
    return "\n".join(dict.fromkeys(lines))


def _note(entry: Entry) -> Message | None:
    body = entry.body
    if entry.kind == "resolved" and body.get("missing"):
        known = [MISSING[Missing(code)] for code in body["missing"] if code in set(Missing)]
        return (
            known[0]
            if len(known) == 1
            else say_count("{count} thing was missing.", "{count} things were missing.", len(body["missing"]))
        )
    day = body.get("remind_on") or body.get("day", "")
    if is_day(day):
        return say("On {day}", day=Shown("short_day", day))
    outcome = body.get("outcome", "")
    return OUTCOMES[FollowUpOutcome(outcome)] if outcome in set(FollowUpOutcome) else None


_TITLES: Mapping[str, Message] = {
    "opened": say("{who} opened the ticket"),
    "note": say("{who} wrote a note"),
    "call": say("{who} called the customer"),
    "attached": say("{who} attached a file"),
    "resolved": say("{who} resolved the ticket"),
    "reason_seen": say("{who} has read why something was missing"),
    "reopened": say("{who} opened the ticket again"),
    "follow_up_set": say("{who} planned to ask how it went"),
    "follow_up_done": say("{who} asked how it went"),
}
