"""What a form is about, which forms a repair asks for, and which of them is to be signed next."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.repairs.queries import lines_of
from app.signoff import rules
from app.signoff.queries import FormFacts, in_force, sealed_forms, unsigned_of
from app.signoff.rules import USUAL_FORM, FormState, Subject
from app.sop.queries import runs_of


@dataclass(frozen=True, slots=True)
class Where:
    """The form that is to be signed, and its sealed document when the technician has signed it already."""

    subject: Subject
    sealed: str = ""


def forms_asked(session: Session, repair_id: str) -> tuple[str, ...]:
    """The forms that the parts and the procedures of a repair ask for, else the usual one."""
    catalog = catalog_of(session)
    parts = (catalog.part(each.line.part) for each in lines_of(session, repair_id) if each.line.type)
    runs = (catalog.procedure(each.procedure, version=each.version) for each in runs_of(session, repair=repair_id))
    return rules.forms_asked((part.form for part in parts if part), (run.form for run in runs if run))


def forms_unsigned(session: Session, repair_id: str) -> tuple[str, ...]:
    """Those that no technician has sealed yet."""
    return unsigned_of(session, repair_id, forms_asked(session, repair_id))


def form_choices(session: Session, subject: Subject) -> tuple[str, ...]:
    """The codes that may be chosen for a subject, those asked for first."""
    if not subject.repair:
        return tuple(each.code for each in catalog_of(session).forms_offered("unit"))
    offered = (each.code for each in catalog_of(session).forms_offered("repair"))
    return tuple(dict.fromkeys([*forms_asked(session, subject.repair), *offered]))


def where_to_sign(session: Session, subject: Subject) -> Where:
    """The form that is named, else the first that nobody has sealed, else the first that waits for the customer, else
    the latest; with its sealed document."""
    forms = _sealed(session, subject)
    waiting = [each for each in forms if each.state is FormState.OPEN]
    code = subject.form or _next_form(session, subject, [*reversed(waiting), *forms])
    found = next((each.sealed.id for each in forms if each.sealed.shared["form"] == code), "")
    return Where(replace(subject, form=code), found)


def named(session: Session, subject: Subject) -> Subject:
    """The subject with its form."""
    return subject if subject.form else where_to_sign(session, subject).subject


def _sealed(session: Session, subject: Subject) -> tuple[FormFacts, ...]:
    if subject.repair:
        return in_force(sealed_forms(session, repair=subject.repair))
    return in_force(sealed_forms(session, unit=subject.unit))


def _next_form(session: Session, subject: Subject, sealed: list[FormFacts]) -> str:
    if subject.repair and (unsigned := forms_unsigned(session, subject.repair)):
        return unsigned[0]
    if sealed:
        return str(sealed[0].sealed.shared["form"])
    return next(iter(form_choices(session, subject)), USUAL_FORM)
