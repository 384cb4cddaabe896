"""What somebody is about to sign, in their words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.published.form import FieldKind, Form, FormField, FormSection, Over, SignerRole
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.limits import limits_in_words
from app.kernel.messages import Message, Shown, say
from app.kernel.packing import unpacked
from app.kernel.serials import SerialState
from app.people.queries import names_of
from app.signoff.queries import DraftFacts, FormFacts, read_draft, read_sealed_form
from app.signoff.rules import FormState, Subject, device_name, is_empty, missing_fields
from app.signoff.values import allowed, read_as, reading_in_words
from app.workflows.form_filling import merged, read_job, unsafe_steps
from app.workflows.form_subjects import form_choices
from app.workflows.signing import Consent, consent_of, seen_hash, unsigned_form
from app.workflows.voice import Voice


@dataclass(frozen=True, slots=True)
class ExchangeSeen:
    """A component out and one in; `unsure` when a number is not confirmed."""

    name: str
    old: str
    new: str
    state: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class TestSeen:
    """A measured value beside what is allowed."""

    name: str
    value: str
    allowed: str
    good: bool


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A field that nobody could fill: `path` is what `seal_form` takes; choices are (code, text). A number has `places`
    (else None), a unit and what is allowed; the choices of a question are yes and no."""

    path: str
    label: str
    choices: tuple[tuple[str, str], ...]
    places: int | None = None
    unit: str = ""
    allowed: str = ""
    question: bool = False


@dataclass(frozen=True, slots=True)
class FittedSeen:
    """A component in the machine."""

    name: str
    number: str
    state: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class WhatIsSigned:
    """The matter of a form in one language, at reading size."""

    heading: str
    unit: str
    exchange_heading: str
    exchanges: tuple[ExchangeSeen, ...]
    unsure: str
    tests_heading: str
    tests: tuple[TestSeen, ...]
    pays_heading: str
    pays: str
    pays_why: str
    to_write_heading: str
    choose: str
    closing: str
    stopped: str
    edition: str
    fitted_heading: str
    fitted: tuple[FittedSeen, ...]
    written: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignPageSeen:
    """The page of the two signatures. `sealed` is empty while the technician's is still to come; `choices` are the
    forms (code, title) that may be signed instead."""

    draft: str
    sealed: str
    repair: str
    title: str
    subtitle: str
    language: str
    what: WhatIsSigned
    technician: Consent
    customer: Consent
    technician_name: str
    customer_name: str
    to_write: tuple[ToWrite, ...]
    blockers: tuple[Message, ...]
    signed: Message | None
    state: FormState
    device: str
    seen: str
    form: str
    choices: tuple[tuple[str, str], ...]


def sign_page(
    session: Session, *, subject: Subject | None = None, draft: str = "", sealed: str = "", language: str = "",
    person: str = "",
) -> SignPageSeen:  # fmt: skip
    """The page for a form that is still to be signed, for a draft that was made elsewhere, or for a form that the
    technician has sealed. UserError MISSING."""
    facts = read_sealed_form(session, sealed) if sealed else None
    if facts is None and not draft:
        found: DraftFacts | None = unsigned_form(session, subject or Subject(), person=person)
    else:
        found = read_draft(session, facts.sealed.subject_id if facts else draft)
    if found is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    catalog = catalog_of(session)
    form = catalog.form(found.form, version=found.version)
    if form is None:
        raise UserError(Trouble.MISSING, say("Form {code} is not on this device yet.", code=found.form))
    voice = Voice(catalog, language or found.language, form=form.code, version=form.version)
    matter, private = (facts.sealed.shared, facts.sealed.partner) if facts else (found.matter, found.private)
    filled = merged(matter, private)
    return SignPageSeen(
        draft=found.id, sealed=sealed, repair=found.repair, title=voice.form("title"),
        subtitle=_subtitle(matter, private), language=voice.language,
        what=_what(voice, form, matter, filled, signed=facts is not None),
        technician=consent_of(catalog, form, SignerRole.TECHNICIAN, voice.language),
        customer=consent_of(catalog, form, SignerRole.CUSTOMER, voice.language),
        technician_name=names_of(session).get(person, ""),
        customer_name=str(private.get("customer", {}).get("contact", "")),
        to_write=() if facts else _to_write(voice, form, filled), blockers=() if facts else _blockers(session, found),
        signed=_signed(facts) if facts else None, state=facts.state if facts else FormState.OPEN,
        device=device_name(facts.sealed.device) if facts else "", seen=seen_hash(found), form=found.form,
        choices=() if draft else _choices(session, catalog, found, voice.language),
    )  # fmt: skip


def _subtitle(matter: Mapping[str, Any], private: Mapping[str, Any]) -> str:
    parts = [private.get("customer", {}).get("name", ""), private.get("site", {}).get("name", ""),
             matter.get("ticket", {}).get("number", "")]  # fmt: skip
    return " · ".join(str(part) for part in parts if part)


def _what(
    voice: Voice, form: Form, matter: Mapping[str, Any], filled: Mapping[str, Any], *, signed: bool
) -> WhatIsSigned:
    exchanges, fitted = _exchanges(voice, form, filled), _fitted(voice, form, filled)
    pays, pays_why = _pays(voice, filled)
    return WhatIsSigned(
        heading=voice.say(say("This is what you sign")), unit=_unit(voice, matter["unit"]),
        exchange_heading=_title_of(voice, form, _is_exchange), exchanges=exchanges,
        unsure=voice.say(say("A number marked so is still to be confirmed. You are told only if something is wrong."))
        if any(each.unsure for each in exchanges) or any(each.unsure for each in fitted) else "",
        tests_heading=_title_of(voice, form, _is_measured), tests=_tests(voice, form, filled),
        pays_heading=voice.say(say("What it costs you")), pays=pays, pays_why=pays_why,
        to_write_heading=voice.say(say("Still to be written")), choose=voice.say(say("Choose")),
        closing=_closing(voice, filled), stopped=_stopped(voice, matter), edition=voice.edition,
        fitted_heading=_title_of(voice, form, _is_fitted), fitted=fitted,
        written=_written(voice, form, filled) if signed else (),
    )  # fmt: skip


def _unit(voice: Voice, unit: Mapping[str, Any]) -> str:
    if not unit.get("serial"):
        return ""
    serial = voice.written({"as": "serial", "serial": unit["serial"], "state": "checked"})
    return voice.say(say("{model}, serial {serial}", model=voice.name("model", unit["model"]),
                         serial=Shown("plain", serial)))  # fmt: skip


def _title_of(voice: Voice, form: Form, kind: Callable[[FormSection], bool]) -> str:
    """The title of the last section of a kind, or empty."""
    found = [section.code for section in form.sections if kind(section)]
    return voice.form(f"sections/{found[-1]}/title") if found else ""


def _is_measured(section: FormSection) -> bool:
    return any(field.kind == FieldKind.MEASURED for field in section.fields)


def _is_exchange(section: FormSection) -> bool:
    return section.repeats and section.over is Over.EXCHANGE


def _is_fitted(section: FormSection) -> bool:
    return section.repeats and section.over is Over.COMPONENTS


def _groups_of(form: Form, filled: Mapping[str, Any], kind: Callable[[FormSection], bool]) -> list[Mapping[str, Any]]:
    return [group for section in form.sections if kind(section) for group in filled.get(section.code, ())]


def _exchanges(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[ExchangeSeen, ...]:
    return tuple(_exchange(voice, group) for group in _groups_of(form, filled, _is_exchange))


def _fitted(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[FittedSeen, ...]:
    found = []
    for group in _groups_of(form, filled, _is_fitted):
        number = read_as(group.get("serial_in"), "serial")
        unsure = bool(number) and number["state"] != SerialState.CHECKED
        state = voice.label("not_confirmed" if unsure else "confirmed") if number else ""
        found.append(
            FittedSeen(voice.written(group.get("component")), voice.written(number) if number else "", state, unsure)
        )
    return tuple(found)


def _written(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was written by hand and is no number: the customer signs it too."""
    found = []
    for section in form.sections:
        for field in section.fields if not section.repeats else ():
            path = f"sections/{section.code}/fields/{field.code}"
            text = voice.written((filled.get(section.code) or [{}])[0].get(field.code), path=path)
            if text and not field.source and field.kind != FieldKind.MEASURED:
                found.append((voice.form(f"{path}/label"), text))
    return tuple(found)


def _exchange(voice: Voice, group: Mapping[str, Any]) -> ExchangeSeen:
    numbers = [read_as(group.get(each), "serial") for each in ("serial_out", "serial_in")]
    unsure = any(each.get("state", SerialState.CHECKED) != SerialState.CHECKED for each in numbers)
    old, new = (voice.written(each) if each else "" for each in numbers)
    return ExchangeSeen(
        voice.written(group.get("component")), old, new, voice.label("not_confirmed" if unsure else "confirmed"), unsure
    )


def _tests(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[TestSeen, ...]:
    found = []
    for section in form.sections:
        for field in section.fields if not section.repeats else ():
            value = read_as((filled.get(section.code) or [{}])[0].get(field.code), "reading")
            if field.kind == FieldKind.MEASURED and value:
                label = voice.form(f"sections/{section.code}/fields/{field.code}/label")
                limits = voice.say(say("allowed {limits}", limits=allowed(value)))
                found.append(TestSeen(label, voice.say(reading_in_words(value)), limits, value["within"]))
    return tuple(found)


def _pays(voice: Voice, filled: Mapping[str, Any]) -> tuple[str, str]:
    """What it costs, and the warranty's sentences; a form of an earlier version holds these alone."""
    value = next((group[0]["warranty"] for group in filled.values() if group and group[0].get("warranty")), None)
    value = read_as(value, "sentences")
    if not value:
        return "", ""
    said = [voice.say(unpacked(each)) for each in value["messages"]]
    answers = int(value.get("answers", len(said)))
    return voice.sentences(said[:answers]), voice.sentences(said[answers:])


def _closing(voice: Voice, filled: Mapping[str, Any]) -> str:
    work: Mapping[str, Any] = next((group[0] for group in filled.values() if group and group[0].get("technician")), {})
    if not work:
        return ""
    did = say("{name} did the work.", name=work["technician"])
    if not work.get("second_person"):
        return voice.say(did)
    return voice.say(say("{did} {second} watched the test.", did=did, second=work["second_person"]))


def _stopped(voice: Voice, matter: Mapping[str, Any]) -> str:
    reasons = [run["stopped"] for run in matter["runs"] if run["stopped"]]
    if not reasons:
        return ""
    return voice.say(say("Stopped, the machine is not released for use: {reason}", reason="; ".join(reasons)))


def _to_write(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[ToWrite, ...]:
    needed = {(each.section.code, each.group, each.field.code) for each in missing_fields(form, filled)}
    found = []
    for section in form.sections:
        for n, group in enumerate(filled.get(section.code, ())):
            for field in section.fields:
                must = (section.code, n, field.code) in needed
                if is_empty(group.get(field.code)) and _by_hand(field, must=must):
                    name = voice.written(group.get("component"))
                    found.append(_asked(voice, f"{section.code}/{n}/{field.code}", field, name, must=must))
    return tuple(found)


def _by_hand(field: FormField, *, must: bool) -> bool:
    """Whether somebody may write it here: a measured value only with the limits of its own."""
    if field.kind == FieldKind.MEASURED:
        return bool(field.unit)
    return not field.source or (must and field.kind in (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.PERSON))


def _asked(voice: Voice, where: str, field: FormField, name: str, *, must: bool) -> ToWrite:
    section, _, code = where.split("/")
    path = f"sections/{section}/fields/{code}"
    label = " · ".join(filter(None, (name, voice.form(f"{path}/label"))))
    if not must:
        label = voice.say(say("{label} (may stay empty)", label=label))
    if field.kind == FieldKind.MEASURED:
        limits = limits_in_words(field.minimum, field.maximum, decimals=field.decimals, unit=field.unit)
        return ToWrite(where, label, (), field.decimals, field.unit, voice.say(say("allowed {limits}", limits=limits)))
    if field.kind == FieldKind.YES_NO:
        return ToWrite(where, label, (("yes", voice.say(say("Yes"))), ("no", voice.say(say("No")))), question=True)
    return ToWrite(where, label, tuple((c, voice.form(f"{path}/choices/{c}/text")) for c, _ in field.choices))


def _choices(session: Session, catalog: Catalog, draft: DraftFacts, language: str) -> tuple[tuple[str, str], ...]:
    codes = form_choices(session, Subject(draft.repair, draft.unit))
    titles = ((code, catalog.text("form", code, "title", language).text) for code in codes if catalog.form(code))
    found = tuple(titles)
    return found if len(found) > 1 else ()


def _blockers(session: Session, draft: DraftFacts) -> tuple[Message, ...]:
    if not draft.repair:
        return ()
    job = read_job(session, draft.repair, person="", zone="UTC", at=now())
    return tuple(each.why for each in unsafe_steps(job))


def _signed(facts: FormFacts) -> Message:
    sealed = facts.sealed
    return say("{name} signed {at}", name=sealed.partner["signer"]["name"], at=Shown("time", sealed.at, sealed.zone))
