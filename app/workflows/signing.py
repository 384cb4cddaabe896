"""Drafting a form from a repair, the technician's seal, the customer's answer, corrections (documents.md 5 and 8).

Each is one transaction. Drawing and signing the file is a job of its own (papers.py): a process that is killed after
the seal loses nothing.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of, installed_catalog
from app.content.published.form import Form, SignerRole
from app.documents.device_key import make_device_key
from app.documents.fonts import font_set
from app.kernel.canonical import canonical
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.lengths import LONGEST_LINE, kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.people.queries import names_of
from app.signoff import actions, rules
from app.signoff.queries import (
    DraftFacts,
    FormFacts,
    KeyFacts,
    drafts_of,
    key_of,
    last_seal,
    read_draft,
    read_sealed_form,
)
from app.signoff.queries import sealed_forms as forms_of
from app.signoff.rules import Ink, Outcome, Subject
from app.store.work import Work
from app.workflows import form_filling
from app.workflows.form_checks import check_whole, with_typed
from app.workflows.form_subjects import named
from app.workflows.settings import get_setting
from app.workflows.voice import Voice

TEMPLATE = "form-1"  # how the papers are laid out; a change of layout is a new number


@dataclass(frozen=True, slots=True)
class Hand:
    """One signature: who, as what, the strokes, and where. `place` is typed or empty, never located."""

    name: str
    role: str = ""
    ink: Ink = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How the customer's acceptance ended; `received_by` took the machine when the customer was not there."""

    outcome: Outcome
    hand: Hand
    reason: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The words that stood above the pad, in the language in which they stood there."""

    statement: str
    meaning: str
    consent: str
    version: int
    language: str

    @property
    def words(self) -> dict[str, str]:
        """For the sealed document."""
        return {"statement": self.statement, "meaning": self.meaning, "consent": self.consent}


def draft_form(work: Work, repair_id: str, *, unit: str = "", form: str = "", language: str = "") -> str:
    """The id of the draft of a form of a repair, or without one of the machine `unit`, filled from what is known now;
    an open draft is filled anew. No form named: the one that is to be signed next."""
    work.require(Right.SIGN_FORM)
    return _drafted(work, named(work.session, Subject(repair_id, unit, form)), language=language)


def unsigned_form(session: Session, subject: Subject, *, person: str) -> DraftFacts:
    """A form as it would be signed by this person now; `id` is empty while no draft is kept. Looking at it keeps none.

    UserError when the form, or what it is about, is not here.
    """
    subject = named(session, subject)
    form = _published(session, subject.form, None)
    zone = str(session.info.get("zone", "UTC"))
    job = form_filling.read_job(session, subject.repair, person=person, zone=zone, at=now(), unit=subject.unit)
    filled = form_filling.fill(form, job)
    kept = _waiting(session, subject, form, corrects="")
    if kept is not None:
        return replace(kept, matter=filled.matter, private=filled.private)
    return DraftFacts(
        id="", form=form.code, version=form.version, language=form_filling.language_of_job(session, job),
        ticket=job.repair.ticket, repair=job.repair.id, unit=job.repair.unit, corrects="", reason="",
        matter=filled.matter, private=filled.private,
    )  # fmt: skip


def seen_hash(draft: DraftFacts) -> str:
    """Of what stood on the page, so that nothing else is sealed."""
    return hashlib.sha256(canonical({"matter": draft.matter, "private": draft.private})).hexdigest()


def seal_subject(
    work: Work, subject: Subject, hand: Hand, *, seen: str, typed: Mapping[str, Any] | None = None, reason: str = "",
    language: str = "",
) -> str:  # fmt: skip
    """`seal_form` for what `unsigned_form` showed. UserError (NOT_ALLOWED) when it reads otherwise by now."""
    work.require(Right.SIGN_FORM)
    draft_id = _drafted(work, named(work.session, subject))
    if seen_hash(_draft(work, draft_id)) != seen:
        words = say("Something in this form has changed meanwhile. Read it once more, then sign.")
        raise UserError(Trouble.NOT_ALLOWED, words, field="seen")
    return seal_form(work, draft_id, hand, typed=typed, reason=reason, language=language)


def correct_form(work: Work, sealed_id: str, *, reason: str) -> str:
    """The id of the draft that will replace a sealed form and names it; the old one stays as it is. A correction that
    waits for its signature is filled anew."""
    work.require(Right.SIGN_FORM)
    why = kept_text("reason", reason)
    if not why:
        raise UserError(Trouble.NEEDS_REASON, say("Write what was wrong with the first form."), field="reason")
    draft = _draft(work, _sealed(work, sealed_id).sealed.subject_id)
    subject = Subject(draft.repair, draft.unit, draft.form)
    return _drafted(work, subject, language=draft.language, corrects=sealed_id, reason=why)


def seal_form(
    work: Work, form_id: str, hand: Hand, *, typed: Mapping[str, Any] | None = None, reason: str = "",
    language: str = "",
) -> str:  # fmt: skip
    """The technician's seal: the id of the sealed form, whose branches, hash and strokes never change again.

    `typed` adds what was written on the page: "section/group/field" -> value. UserError NOT_ALLOWED names a safety
    step outside its limits; NEEDS_REASON lists what is missing, once: with `reason` it is sealed without it.
    """
    work.require(Right.SIGN_FORM)
    rules.check_ink(hand.ink)
    draft = _draft(work, form_id)
    form, catalog = _form(work, draft.form, draft.version), catalog_of(work.session)
    matter, private = with_typed(form, draft, typed or {})
    _check_safe(work, draft)
    spoken = language or draft.language
    voice = Voice(catalog, spoken, form=form.code, version=form.version)
    check_whole(form, form_filling.merged(matter, private), reason, voice)
    name = rules.check_name(hand.name or names_of(work.session).get(work.actor.person, ""))
    consent = consent_of(catalog, form, SignerRole.TECHNICIAN, spoken)
    number, at = work.next_number(), now()
    shared = {
        **_head("form", work, number, draft, at, spoken), **matter, "reason": kept_text("reason", reason),
        "corrects": _corrected(work, draft), **consent.words,
        "evidence": _evidence(work, consent, "technician", "drawn", at),
    }  # fmt: skip
    partner = {**private, **_signed(hand, name)}
    sealed = actions.seal(work, form_id, number=number, shared=shared, partner=partner)
    return sealed


def accept_form(work: Work, sealed_id: str, answer: Answer, *, language: str = "") -> str:
    """The customer's answer as a sealed document of its own that names the form and its hash; its id.

    None of the four outcomes blocks anything; UserError names what an outcome needs.
    """
    work.require(Right.TAKE_ACCEPTANCE)
    rules.check_outcome(answer.outcome, name=answer.hand.name, ink=answer.hand.ink, reason=answer.reason)
    if answer.outcome == Outcome.ABSENT:
        rules.check_name(answer.received_by, "received_by")
    facts, catalog = _sealed(work, sealed_id), catalog_of(work.session)
    draft = _draft(work, facts.sealed.subject_id)
    form = _form(work, draft.form, facts.sealed.shared["version"])
    spoken = language or facts.sealed.shared["language"]
    consent = consent_of(catalog, form, SignerRole.CUSTOMER, spoken)
    number, at = work.next_number(), now()
    method = {Outcome.SIGNED: "drawn", Outcome.PAPER: "paper"}.get(answer.outcome, "none")
    shared = {
        **_head("acceptance", work, number, draft, at, spoken), **consent.words, "outcome": answer.outcome.value,
        "form": facts.sealed.number, "form_sha256": facts.sealed.sha256, "version": facts.sealed.shared["version"],
        "evidence": _evidence(work, consent, "customer", method, at),
    }  # fmt: skip
    for key in ("ticket", "repair", "unit", "corrects"):
        shared.pop(key, None)
    partner = {
        **_signed(answer.hand, kept_text("name", answer.hand.name, LONGEST_LINE)),
        "reason": kept_text("reason", answer.reason),
        "received_by": kept_text("received_by", answer.received_by, LONGEST_LINE),
        "witness": names_of(work.session).get(work.actor.person, ""),
    }  # fmt: skip
    return actions.accept(work, sealed_id, number=number, shared=shared, partner=partner)


def ensure_key(work: Work, *, partner: str = "") -> KeyFacts:
    """The device's signing key, made at its first seal: P-256, certified by itself until a hub certifies it."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    known = key_of(work.session, work.device)
    if known:
        return known
    made = make_device_key(device=work.device, partner=partner or _known_partner(work), at=now())
    return actions.keep_key(work, private_key=made.private, certificate=made.certificate)


def consent_of(catalog: Catalog, form: Form, role: SignerRole, language: str) -> Consent:
    """What a signer agrees to, in the language asked for or the one it falls back to (which is then named)."""

    def text(part: str) -> Any:
        return catalog.text("form", form.code, f"signers/{role.value}/{part}", language, version=form.version)

    statement, meaning, consent = text("statement"), text("meaning"), text("consent")
    return Consent(statement.text, meaning.text, consent.text, form.signer(role).consent_version, statement.language)


def _known_partner(work: Work) -> str:
    """The partner's name; a desk that is enrolled before its first pack came has none yet, and is named by itself."""
    known = installed_catalog(work.session) is not None
    return (
        partner_name(work.session, "") if known else str(get_setting(work.session, "partner.name", "") or work.device)
    )


def partner_name(session: Session, market: str) -> str:
    """Who hands out the form: what this desk says it is called, else the market's partner, else the manufacturer."""
    catalog = catalog_of(session)
    found = catalog.markets.get(market)
    published = found.partner if found else catalog.manufacturer.legal_name
    return str(get_setting(session, "partner.name", "") or published)


def _drafted(work: Work, subject: Subject, *, language: str = "", corrects: str = "", reason: str = "") -> str:
    """The draft of a form, filled from what is known now; one that waits already is filled anew."""
    published = _form(work, subject.form, None)
    job = form_filling.read_job(
        work.session, subject.repair, person=work.actor.person, zone=work.zone, at=now(), unit=subject.unit
    )
    filled = form_filling.fill(published, job)
    kept = _waiting(work.session, subject, published, corrects=corrects)
    if kept is not None:
        actions.fill_draft(work, kept.id, matter=filled.matter, private=filled.private, reason=reason)
        return kept.id
    about = actions.Matter(job.repair.ticket, job.repair.id, job.repair.unit, corrects, reason)
    return actions.add_draft(
        work, form=published.code, version=published.version,
        language=language or form_filling.language_of_job(work.session, job), about=about, matter=filled.matter,
        private=filled.private,
    )  # fmt: skip


def _waiting(session: Session, subject: Subject, form: Form, *, corrects: str) -> DraftFacts | None:
    """The draft that nobody has sealed yet."""
    outside = "" if subject.repair else subject.unit
    sealed = {facts.sealed.subject_id for facts in forms_of(session, repair=subject.repair, unit=outside)}
    wanted = (form.code, form.version, corrects)
    return next(
        (
            each
            for each in drafts_of(session, repair=subject.repair, unit=subject.unit)
            if (each.form, each.version, each.corrects) == wanted and each.id not in sealed
        ),
        None,
    )


def _head(kind: str, work: Work, number: str, draft: DraftFacts, at: int, language: str) -> dict[str, Any]:
    catalog = catalog_of(work.session)
    market = str(draft.matter["unit"].get("market", ""))
    ensure_key(work, partner=partner_name(work.session, market))
    known = catalog.markets.get(market)
    return {
        "kind": kind, "number": number, "form": draft.form, "version": draft.version, "language": language,
        "template": TEMPLATE, "fonts": font_set(), "issuer": partner_name(work.session, market),
        "paper": "Letter" if known and known.paper == "LETTER" else "A4", "at": at, "zone": work.zone,
        "device": work.device, "previous": last_seal(work.session, work.device),
    }  # fmt: skip


def _evidence(work: Work, consent: Consent, role: str, method: str, at: int) -> dict[str, Any]:
    """What a later reader can know of how it was signed (21 CFR 11.50 and documents.md 6)."""
    certificate = ensure_key(work).certificate
    return {
        "role": role, "meaning_sha256": rules.text_hash(consent.meaning),
        "statement_sha256": rules.text_hash(consent.statement), "consent_version": consent.version,
        "consent_sha256": rules.text_hash(consent.consent), "consent_language": consent.language, "method": method,
        "device": work.device, "certificate_sha256": hashlib.sha256(certificate).hexdigest(),
        "certificate": b64encode(certificate).decode(), "at": at,
        "zone": work.zone, "clock_drift": "unknown", "identity": work.actor.how.value,
    }  # fmt: skip


def _signed(hand: Hand, name: str) -> dict[str, Any]:
    role, place = kept_text("role", hand.role, LONGEST_LINE), kept_text("place", hand.place, LONGEST_LINE)
    return {
        "signer": {"name": name, "role": role, "place": place},
        "strokes": [[list(point) for point in stroke] for stroke in hand.ink],
    }  # fmt: skip


def _check_safe(work: Work, draft: DraftFacts) -> None:
    if not draft.repair:
        return
    job = form_filling.read_job(work.session, draft.repair, person=work.actor.person, zone=work.zone, at=now())
    if blockers := form_filling.unsafe_steps(job):
        raise UserError(Trouble.NOT_ALLOWED, blockers[0].why, field="run")


def _corrected(work: Work, draft: DraftFacts) -> dict[str, Any]:
    if not draft.corrects:
        return {}
    old = _sealed(work, draft.corrects).sealed
    return {"number": old.number, "sha256": old.sha256, "reason": draft.reason}


def _form(work: Work, code: str, version: int | None) -> Form:
    return _published(work.session, code, version)


def _published(session: Session, code: str, version: int | None) -> Form:
    found = catalog_of(session).form(code, version=version)
    if found is None:
        raise UserError(Trouble.MISSING, say("Form {code} is not on this device yet.", code=code))
    return found


def _draft(work: Work, form_id: str) -> DraftFacts:
    found = read_draft(work.session, form_id)
    if found is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    return found


def _sealed(work: Work, sealed_id: str) -> FormFacts:
    found = read_sealed_form(work.session, sealed_id)
    if found is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    return found
