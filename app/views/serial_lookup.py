"""What a typed or scanned machine number brings along: the machine, its model, its owner; or the likely slip."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.customers.queries import customer_facts
from app.kernel.errors import UserError
from app.kernel.messages import Message, say
from app.kernel.serials import SerialState
from app.kernel.slips import slip_question
from app.units.queries import unit_by_serial
from app.units.rules import read_serial


@dataclass(frozen=True, slots=True)
class SerialFound:
    """`unit` is empty for a right number that is not on the list yet; `problem` says what is wrong with it."""

    printed: str = ""
    unit: str = ""
    model: str = ""
    customer: str = ""
    customer_name: str = ""
    site: str = ""
    market: str = ""
    note: Message | None = None
    problem: Message | None = None


def by_serial(session: Session, text: str, language: str = "en") -> SerialFound:
    """What is known of the number, the model named in `language`; nothing at all for an empty one."""
    if not text.strip():
        return SerialFound()
    try:
        read = read_serial(text)
    except UserError as trouble:
        return SerialFound(problem=trouble.message)
    unit = unit_by_serial(session, text)
    if unit is None and read.state is not SerialState.CHECKED:
        wrong = say("The last character does not fit the others. Look at the plate again, or save it as it stands.")
        return SerialFound(printed=read.printed, problem=slip_question(text) or wrong)
    if unit is None:
        note = say("This machine is not on the list yet.")
        return SerialFound(read.printed, model=_model(session, read.bare[:3], language), note=note)
    owner = customer_facts(session, unit.owner) if unit.owner else None
    model, name = _model(session, unit.model, language), owner.name if owner else ""
    return SerialFound(unit.printed, unit.id, model, unit.owner, name, unit.site, unit.market)


def _model(session: Session, code: str, language: str) -> str:
    """The model's name, or its code while the manufacturer's catalogue is not here."""
    catalog = installed_catalog(session)
    return catalog.name("model", code, language).text if catalog and code in catalog.models else code
