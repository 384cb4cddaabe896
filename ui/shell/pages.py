"""Which pages there are and where their code lies; the one module of the interface that imports by name.

A page's module is imported on a worker after the first paint. To add a page, add its line here.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.errors import BugError
from app.kernel.messages import Message, say
from ui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be gone to: its page as `module:Class`; with `words` it stands in the rail, on `keys`. `guide`
    is the page of the guide that tells of it, with a named place in it: `repair/parts`."""

    name: str
    page: str
    words: Message | None = None
    icon: str = ""
    keys: str = ""
    guide: str = ""


CRISIS = "crisis"
PLACES: tuple[Place, ...] = (
    Place("today", "ui.today.today_page:TodayPage", say("Today"), "sun", "Ctrl+1", "today"),
    Place("tickets", "ui.tickets.tickets_page:TicketsPage", say("Tickets"), "ticket", "Ctrl+2", "repair/ticket"),
    Place("repairs", "ui.repairs.repairs_page:RepairsPage", say("Repairs"), "wrench", "Ctrl+3", "repair/begin"),
    Place("units", "ui.units.units_page:UnitsPage", say("Units"), "coffee", "Ctrl+4", "repair/machine"),
    Place("parts", "ui.parts.parts_page:PartsPage", say("Parts"), "package", "Ctrl+5", "parts"),
    Place("forms", "ui.signoff.forms_page:FormsPage", say("Forms"), "file-check", "Ctrl+6", "verify"),
    Place("customers", "ui.customers.customers_page:CustomersPage", say("Customers"), "users", "Ctrl+7", "customers"),
    Place("settings", "ui.settings.settings_page:SettingsPage", say("Settings"), "settings", "Ctrl+8", "settings"),
    Place("ticket", "ui.tickets.ticket_page:TicketPage", guide="repair/ticket"),
    Place("new_ticket", "ui.tickets.new_ticket_page:NewTicketPage", guide="repair/ticket"),
    Place("quick", "ui.tickets.quick_page:QuickPage", guide="quick-answer"),
    Place("answers", "ui.tickets.answers_page:AnswersPage", guide="quick-answer/answers"),
    Place("stocktake", "ui.parts.stocktake_page:StocktakePage", guide="parts/count-place"),
    Place("unit", "ui.units.unit_page:UnitPage", guide="repair/machine"),
    Place("repair", "ui.repairs.repair_page:RepairPage", guide="repair/parts"),
    Place("sop", "ui.sop.sop_page:SopPage", guide="repair/procedure"),
    Place("sign", "ui.signoff.sign_page:SignPage", guide="sign-and-print"),
    Place("form", "ui.signoff.form_page:FormPage", guide="sign-and-print/paper"),
    Place("receipt", "ui.signoff.receipt_page:ReceiptPage", guide="repair/begin"),
    Place("sight", "ui.sync.sight_page:SightPage", guide="exchange/sight"),
    Place("import", "ui.settings.import_page:ImportPage", guide="import-and-export/import"),
    Place("locked", "ui.facts.locked_page:LockedFactsPage", guide="under-lock"),
    Place("exchange", "ui.sync.sync_page:ExchangePage", guide="exchange"),
    Place("news", "ui.today.news_page:NewsPage", guide="notices"),
    Place(CRISIS, "ui.handbook.crisis_page:CrisisPage", guide="crisis"),  # lies over the others: ui/shell/cover.py
)
RAIL = tuple(place for place in PLACES if place.words is not None)


# Parts of the shell that need the records or are seldom needed, and therefore come after the first paint too.
PARTS = {
    "records": "ui.shell.records:DeskRecords",
    "light": "ui.shell.sync_light:SyncLight",
    "news": "ui.shell.newsboy:Newsboy",
    "guide": "ui.shell.guide_sheet:GuideSheet",
    "first_start": "ui.shell.first_start:FirstStart",
    "renderer": "ui.signoff.rendering:Renderer",  # and with it all that draws and signs papers
}


def load_part(name: str) -> Any:
    """The class of a part of the shell, importing what it needs; called on a worker, once."""
    return _named(PARTS[name])


def place_named(name: str, places: Sequence[Place] = PLACES) -> Place:
    """The place of a name; BugError when there is none."""
    for place in places:
        if place.name == name:
            return place
    raise BugError(f"no place named {name}")


def load_page(place: Place) -> type[Page]:
    """The class of a page, importing what it needs; called on a worker, once per page."""
    found = _named(place.page)
    if not (isinstance(found, type) and issubclass(found, Page)):
        raise BugError(f"{place.page} is no page")
    return found


def _named(address: str) -> Any:
    module, _, name = address.partition(":")
    return getattr(importlib.import_module(module), name)
