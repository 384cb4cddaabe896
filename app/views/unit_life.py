"""The life of a machine on one page: tickets, repairs, components, owners and signed forms, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.customers.queries import customer_names
from app.kernel.happenings import Happening
from app.kernel.messages import Message, Shown, say, say_count
from app.people.queries import names_of
from app.repairs.queries import LineSeen, RepairSeen, lines_of
from app.repairs.rules.stages import OVER
from app.signoff.queries import sealed_forms
from app.tickets.queries import TicketFacts, for_unit
from app.units.queries import UnitSeen, happenings_of
from app.views.moments import zone_of
from app.views.published import Published
from app.views.repair_words import state_word


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """One entry, `at` in `zone`; `place` and `argument` are where it leads, `running` marks what is not over."""

    icon: str
    title: Message | str
    text: Message | str
    at: int
    zone: str
    place: str = ""
    argument: str = ""
    running: bool = False


def life_of(
    session: Session, published: Published, unit: UnitSeen, repairs: tuple[RepairSeen, ...]
) -> tuple[LifeEntry, ...]:
    """Everything that is known about the machine, newest first."""
    names, zone = names_of(session), zone_of(session)
    tickets = {each.id: each for each in for_unit(session, unit.id, unit.serial)}
    with_repair = {each.ticket for each in repairs}
    entries = [
        *(_ticket(each, zone) for each in tickets.values() if each.id not in with_repair),
        *(_repair(session, published, each, names, tickets.get(each.ticket)) for each in repairs),
        *_forms(session, unit.id, repairs),
        *_happenings(session, published, unit),
    ]
    return tuple(sorted(entries, key=lambda each: each.at, reverse=True))


def _ticket(ticket: TicketFacts, zone: str) -> LifeEntry:
    """A ticket that became a repair is told by its repair."""
    number = say("Ticket {number}", number=Shown("plain", ticket.number))
    return LifeEntry("ticket", ticket.title or number, number, ticket.occurred_at, zone, "ticket", ticket.id)


def _repair(
    session: Session, published: Published, repair: RepairSeen, names: dict[str, str], ticket: TicketFacts | None
) -> LifeEntry:
    words = (ticket.title if ticket else "") or repair.diagnosis or published.code("SYMPTOM", repair.symptom)
    running = repair.state not in OVER
    done = _exchanged(published, lines_of(session, repair.id))
    title: Message | str = words or done or say("Repair")
    text = _facts([state_word(repair.state), done if words else None, names.get(repair.responsible, "")])
    return LifeEntry("wrench", title, text, repair.created_at, zone_of(session), "repair", repair.id, running)


def _facts(known: list[Message | str | None]) -> Message:
    """ "In repair · Boiler exchanged · Rita" of what is known."""
    found = [each for each in known if each]
    sentence = say("{first}", first=found[0])
    for each in found[1:]:
        sentence = say("{first} · {next}", first=sentence, next=each)
    return sentence


def _exchanged(published: Published, lines: tuple[LineSeen, ...]) -> Message | None:
    """ "Boiler 11 l exchanged and 2 other parts" out of the lines of a repair."""
    fitted = [each.line for each in lines if each.line.action == "add"]
    if not fitted:
        return None
    first = max(fitted, key=lambda line: bool(line.type))
    name = published.part(first.part)
    more = len(fitted) - 1
    if not more:
        return say("{part} exchanged", part=name)
    return say_count(
        "{part} and {count} other part exchanged", "{part} and {count} other parts exchanged", more, part=name
    )


def _forms(session: Session, unit: str, repairs: tuple[RepairSeen, ...]) -> Iterator[LifeEntry]:
    found = [each for repair in repairs for each in sealed_forms(session, repair=repair.id)]
    for each in (*found, *sealed_forms(session, unit=unit)):
        sealed = each.sealed
        title = say("Form {number} signed", number=Shown("plain", sealed.number))
        yield LifeEntry("file-check", title, "", sealed.at, sealed.zone, "form", sealed.id)


def _happenings(session: Session, published: Published, unit: UnitSeen) -> Iterator[LifeEntry]:
    """Owner changes and the registration; components that a repair exchanged are told by the repair."""
    happened = happenings_of(session, unit.id)
    owners = customer_names(session, [each.body["owner"] for each in happened if each.kind == "owner_changed"])
    for each in happened:
        entry = _happening(published, each, owners)
        if entry:
            yield entry


def _happening(published: Published, each: Happening, owners: dict[str, str]) -> LifeEntry | None:
    if each.kind == "registered":
        return LifeEntry("tag", say("Registered here"), "", each.at, each.zone)
    if each.kind == "owner_changed":
        owner = owners.get(each.body["owner"]) or say("not known")
        return LifeEntry("user-round", say("New owner: {owner}", owner=owner), "", each.at, each.zone)
    if each.kind == "component_in" and not each.body.get("repair") and not each.body.get("factory"):
        name = published.component(each.body["type"])
        return LifeEntry("scan-line", say("{component} recorded", component=name), "", each.at, each.zone)
    return None
