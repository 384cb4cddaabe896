"""What can be done with a ticket, each with its key."""

from collections.abc import Callable, Mapping

from app.kernel.messages import say
from app.tickets.queries import Shelf
from ui.theme.buttons import Kind
from ui.widgets.page import Act
from ui.widgets.texts import Words

PLAIN = Kind.SECONDARY
SMALL_ONES = ("level", "person", "list", "edit", "customer", "answers", "procedure", "locked")
DRESS = (
    {"resolve": Kind.PRIMARY, "follow_up": Kind.PRIMARY}
    | dict.fromkeys(SMALL_ONES, Kind.TEXT)
    | {"sight": Kind.LINK, "locked": Kind.TEXT}
)
KEYS_ALONE = ("undo", "search")  # no button: a key and a line in the palette
SHOWN_KINDS = (  # a change of these is seen on the page of a ticket
    "ticket", "ticket_event", "customer", "site", "repair", "repair_event", "staff", "unit",
    "sealed_form", "acceptance", "sop_run", "sop_tick", "fact_event",
)  # fmt: skip
SHOWN_WHEN = {  # by act: what the ticket's page says of it
    "resolve": "can_resolve",
    "follow_up": "can_follow_up",
    "reopen": "can_reopen",
    "repair": "can_move",
    "procedure": "offers",
    "move": "can_move",
    "level": "can_move",
    "seen": "show_reason",
    "customer": "customer",
}
_SHELVES: tuple[tuple[str, Shelf, Words], ...] = (
    ("1", Shelf.OPEN, say("Open tickets")),
    ("2", Shelf.MINE, say("My tickets")),
    ("3", Shelf.RESOLVED, say("Tickets to ask about")),
    ("4", Shelf.ALL, say("All tickets")),
)

Run = Callable[[], object]


def ticket_acts(
    ask: Callable[[str], Run], can: Callable[[str], Callable[[], bool]], runs: Mapping[str, Run], *,
    covered: Callable[[], bool], repair_words: Callable[[], Words],
) -> dict[str, Act]:  # fmt: skip
    """By name. `ask` opens a panel, `can` says whether the ticket's page allows it, `runs` do the rest;
    `repair_words` are those of the button that leads to the repair."""
    acts = (
        Act("resolve", say("Resolve"), "E", ask("resolve"), "check", can("can_resolve")),
        Act("follow_up", say("Ask how it went"), "F", ask("follow_up"), "phone", can("can_follow_up")),
        Act("reopen", say("Open again"), "O", ask("reopen"), "rotate-cw", can("can_reopen")),
        Act("repair", say("Start a repair"), "R", runs["repair"], "wrench", can("can_move"), repair_words),
        Act("call", say("Log a call"), "C", ask("call"), "phone", can("facts")),
        Act("procedure", say("Procedure"), "P", ask("procedure"), "list-checks", can("offers")),
        Act("answers", say("Answers"), "A", ask("answers"), "message-circle-question-mark", can("facts")),
        Act("move", say("Move"), "M", ask("move"), "arrow-right", can("can_move")),
        Act("person", say("Hand to"), "H", ask("person"), "user-round", can("facts")),
        Act("edit", say("Change"), "D", ask("edit"), "pencil", can("facts")),
        Act("customer", say("Customer"), "K", ask("customer"), "user", can("customer")),
        Act("level", say("Severity"), "S", ask("level"), "flag", can("can_move")),
        Act("list", say("List"), "L", runs["list"], "list", covered),
        Act("seen", say("Reason read"), "G", runs["seen"], "eye", can("show_reason")),
        Act("sight", say("What the manufacturer sees"), "V", runs["sight"], "eye", can("facts")),
        Act("locked", say("Under lock"), "X", runs["locked"], "lock", can("facts")),
        Act("undo", say("Take back the latest entry"), "U", runs["undo"], "undo-2", can("latest_undoable")),
        Act("search", say("Search tickets"), "/", runs["search"], "search"),
    )
    return {act.name: act for act in acts}


def shelf_acts(show: Callable[[Shelf], object]) -> list[Act]:
    """One for each shelf, on the keys 1 to 4."""

    def showing(shelf: Shelf) -> Run:
        return lambda: show(shelf)

    return [Act(f"shelf_{shelf}", words, keys, showing(shelf), "list-filter") for keys, shelf, words in _SHELVES]
