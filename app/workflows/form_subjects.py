"""What a form is about, which forms a repair asks for, and which of them is to be signed next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.repairs.queries import lines_of
from app.signoff.queries import FormFacts, SealedFacts, sealed_forms
from app.signoff.rules import FormState
from app.sop.queries import runs_of

USUAL_FORM = "F-02"  # of a repair in which nothing asks for a form


@dataclass(frozen=True, slots=True)
class Subject:
    """A repair, or a machine that is in none, and the code of the form; empty: the one that is to be signed next."""

    repair: str = ""
    unit: str = ""
    form: str = ""

    @property
    def place(self) -> str:
        """Where what is typed into the form is kept on this device."""
        return f"signoff.form/{self.repair or self.unit}/{self.form}"


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
    asked = dict.fromkeys([*(part.form for part in parts if part), *(run.form for run in runs if run)])
    return tuple(code for code in asked if code) or (USUAL_FORM,)


def forms_unsigned(session: Session, repair_id: str) -> tuple[str, ...]:
    """Those that no technician has sealed yet."""
    done = {str(each.sealed.shared["form"]) for each in in_force(sealed_forms(session, repair=repair_id))}
    return tuple(code for code in forms_asked(session, repair_id) if code not in done)


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


def subject_of(sealed: SealedFacts) -> Subject:
    """What a sealed form is about."""
    shared = sealed.shared
    return Subject(str(shared["repair"]["id"]), str(shared["unit"]["id"]), str(shared["form"]))


def in_force(forms: Iterable[FormFacts]) -> tuple[FormFacts, ...]:
    """Without those that a correction replaced."""
    return tuple(each for each in forms if each.state is not FormState.SUPERSEDED)


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
