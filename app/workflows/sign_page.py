"""What somebody is about to sign, in their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.content.published.form import FieldKind, Form, SignerRole
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.messages import Message, Shown, say
from app.kernel.packing import unpacked
from app.kernel.serials import SerialState
from app.people.queries import names_of
from app.signoff.queries import DraftFacts, FormFacts, read_draft, read_sealed_form, sealed_forms
from app.signoff.rules import FormState, device_name, is_empty, missing_fields
from app.signoff.values import allowed, read_as, reading_in_words
from app.workflows.form_filling import merged, read_job, unsafe_steps
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
    """A field that nobody could fill: `path` is what `seal_form` takes; choices are (code, text)."""

    path: str
    label: str
    choices: tuple[tuple[str, str], ...]


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


@dataclass(frozen=True, slots=True)
class SignPageSeen:
    """The page of the two signatures. `sealed` is empty while the technician's is still to come."""

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


def where_to_sign(session: Session, repair_id: str) -> str:
    """The id of the repair's sealed form that is in force, or empty while none is."""
    forms = sealed_forms(session, repair=repair_id)
    return next((each.sealed.id for each in forms if each.state != FormState.SUPERSEDED), "")


def sign_page(
    session: Session, *, repair: str = "", draft: str = "", sealed: str = "", language: str = "", person: str = ""
) -> SignPageSeen:
    """The page for a repair's form that is still to be signed, for a draft that was made elsewhere, or for a form that
    the technician has sealed. UserError MISSING."""
    facts = read_sealed_form(session, sealed) if sealed else None
    if facts is None and not draft:
        found: DraftFacts | None = unsigned_form(session, repair, person=person)
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
        what=_what(voice, form, matter, filled),
        technician=consent_of(catalog, form, SignerRole.TECHNICIAN, voice.language),
        customer=consent_of(catalog, form, SignerRole.CUSTOMER, voice.language),
        technician_name=names_of(session).get(person, ""),
        customer_name=str(private.get("customer", {}).get("contact", "")),
        to_write=() if facts else _to_write(voice, form, filled), blockers=() if facts else _blockers(session, found),
        signed=_signed(facts) if facts else None, state=facts.state if facts else FormState.OPEN,
        device=device_name(facts.sealed.device) if facts else "", seen=seen_hash(found),
    )  # fmt: skip


def _subtitle(matter: Mapping[str, Any], private: Mapping[str, Any]) -> str:
    parts = [private.get("customer", {}).get("name", ""), private.get("site", {}).get("name", ""),
             matter.get("ticket", {}).get("number", "")]  # fmt: skip
    return " · ".join(str(part) for part in parts if part)


def _what(voice: Voice, form: Form, matter: Mapping[str, Any], filled: Mapping[str, Any]) -> WhatIsSigned:
    exchanges = _exchanges(voice, form, filled)
    pays, pays_why = _pays(voice, filled)
    return WhatIsSigned(
        heading=voice.say(say("This is what you sign")), unit=_unit(voice, matter["unit"]),
        exchange_heading=_heading(voice, form, repeats=True), exchanges=exchanges,
        unsure=voice.say(say("A number marked so is still to be confirmed. You are told only if something is wrong."))
        if any(each.unsure for each in exchanges) else "",
        tests_heading=_heading(voice, form, repeats=False), tests=_tests(voice, form, filled),
        pays_heading=voice.say(say("What it costs you")), pays=pays, pays_why=pays_why,
        to_write_heading=voice.say(say("Still to be written")), choose=voice.say(say("Choose")),
        closing=_closing(voice, filled), stopped=_stopped(voice, matter), edition=voice.edition,
    )  # fmt: skip


def _unit(voice: Voice, unit: Mapping[str, Any]) -> str:
    if not unit.get("serial"):
        return ""
    serial = voice.written({"as": "serial", "serial": unit["serial"], "state": "checked"})
    return voice.say(say("{model}, serial {serial}", model=voice.name("model", unit["model"]),
                         serial=Shown("plain", serial)))  # fmt: skip


def _heading(voice: Voice, form: Form, *, repeats: bool) -> str:
    for section in form.sections:
        measured = any(field.kind == FieldKind.MEASURED for field in section.fields)
        if section.repeats if repeats else measured:
            return voice.form(f"sections/{section.code}/title")
    return ""


def _exchanges(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[ExchangeSeen, ...]:
    section = next((each for each in form.sections if each.repeats), None)
    return tuple(_exchange(voice, group) for group in filled.get(section.code, ())) if section else ()


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
        for field in section.fields:
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
                by_hand = not field.source and is_empty(group.get(field.code))
                if (must and field.kind in (FieldKind.TEXT, FieldKind.CHOICE)) or by_hand:
                    path = f"sections/{section.code}/fields/{field.code}"
                    name = voice.written(group.get("component"))
                    label = " · ".join(filter(None, (name, voice.form(f"{path}/label"))))
                    choices = tuple((c, voice.form(f"{path}/choices/{c}/text")) for c, _ in field.choices)
                    if not must:
                        label = voice.say(say("{label} (may stay empty)", label=label))
                    found.append(ToWrite(f"{section.code}/{n}/{field.code}", label, choices))
    return tuple(found)


def _blockers(session: Session, draft: DraftFacts) -> tuple[Message, ...]:
    if not draft.repair:
        return ()
    job = read_job(session, draft.repair, person="", zone="UTC", at=now())
    return tuple(each.why for each in unsafe_steps(job))


def _signed(facts: FormFacts) -> Message:
    sealed = facts.sealed
    return say("{name} signed {at}", name=sealed.partner["signer"]["name"], at=Shown("time", sealed.at, sealed.zone))
