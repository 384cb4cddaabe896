"""Drafts, sealed forms and acceptances as frozen facts."""

import json
from base64 import b64decode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.signoff.records import Acceptance, DeviceKey, FormEvent, SealedForm, SignForm
from app.signoff.rules import FormState, Ink, Outcome, Subject, acceptance_state
from app.store.bases import Sealed


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A form that is not sealed yet; `matter` may be seen by the manufacturer, `private` is the partner's."""

    id: str
    form: str
    version: int
    language: str
    ticket: str
    repair: str
    unit: str
    corrects: str
    reason: str
    matter: Mapping[str, Any]
    private: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SealedFacts:
    """A sealed document: a form, or the acceptance of one (`subject_id` is then the form's id)."""

    id: str
    kind: str
    subject_id: str
    number: str
    at: int
    zone: str
    by: str
    device: str
    sha256: str
    previous: str
    corrects: str
    shared: Mapping[str, Any]
    partner: Mapping[str, Any]
    shared_json: str
    partner_json: str

    @property
    def ink(self) -> Ink:
        """The strokes as the papers draw them."""
        rows = self.partner.get("strokes", ())
        return tuple(tuple((p[0], p[1], p[2], p[3]) for p in stroke) for stroke in rows)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A rendered file by its hash, the acceptance whose signature it carries (or empty), and its earlier states."""

    sha256: str
    pages: int
    acceptance: str
    at: int
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A sealed form with what became of it."""

    sealed: SealedFacts
    acceptances: tuple[SealedFacts, ...]
    files: tuple[FileFacts, ...]
    issued: bool
    printed_copies: int
    superseded_by: tuple[str, ...]

    @property
    def state(self) -> FormState:
        """By its acceptances, or superseded."""
        if self.superseded_by:
            return FormState.SUPERSEDED
        return acceptance_state(Outcome(each.shared["outcome"]) for each in self.acceptances)

    @property
    def file(self) -> FileFacts | None:
        """The latest state of the file, or None until it is rendered."""
        return self.files[-1] if self.files else None


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The device's private key (PKCS 8, DER) and its certificate (DER)."""

    device: str
    private_key: bytes
    certificate: bytes


def read_draft(session: Session, form_id: str) -> DraftFacts | None:
    """The draft, or None when it is not here (yet)."""
    row = session.scalar(select(SignForm).where(SignForm.id == form_id, SignForm.deleted.is_(False)))
    return _draft(row) if row else None


def drafts_of(session: Session, *, repair: str, unit: str = "") -> tuple[DraftFacts, ...]:
    """The drafts of a repair, or without one those of a machine outside any, oldest first, sealed or not."""
    wanted = select(SignForm).where(SignForm.repair == repair, SignForm.deleted.is_(False))
    if not repair:
        wanted = wanted.where(SignForm.unit == unit)
    return tuple(map(_draft, session.scalars(wanted.order_by(SignForm.rid))))


def read_sealed_form(session: Session, sealed_id: str) -> FormFacts | None:
    """A sealed form with its acceptances, files and successors, or None."""
    row = session.scalar(select(SealedForm).where(SealedForm.id == sealed_id))
    return _form(session, row) if row else None


def read_acceptance(session: Session, acceptance_id: str) -> SealedFacts | None:
    """An acceptance, or None."""
    row = session.scalar(select(Acceptance).where(Acceptance.id == acceptance_id))
    return _sealed(row) if row else None


def sealed_forms(
    session: Session, *, draft_id: str = "", repair: str = "", ticket: str = "", unit: str = "", limit: int = 500
) -> tuple[FormFacts, ...]:
    """Sealed forms of a draft, repair or ticket, of a machine outside any repair, or all, newest first."""
    wanted = select(SealedForm).order_by(SealedForm.at.desc(), SealedForm.id.desc()).limit(limit)
    for column, value in (
        (SealedForm.subject_id, draft_id),
        (SealedForm.repair, repair),
        (SealedForm.ticket, ticket),
    ):
        wanted = wanted.where(column == value) if value else wanted
    if unit:
        wanted = wanted.where(SealedForm.unit == unit, SealedForm.repair == "")
    return tuple(_form(session, row) for row in session.scalars(wanted))


def in_force(forms: Iterable[FormFacts]) -> tuple[FormFacts, ...]:
    """Without those that a correction replaced."""
    return tuple(each for each in forms if each.state is not FormState.SUPERSEDED)


def unsigned_of(session: Session, repair: str, asked: Iterable[str]) -> tuple[str, ...]:
    """The forms of a repair, of those that are asked for, that no technician has sealed yet."""
    done = {str(each.sealed.shared["form"]) for each in in_force(sealed_forms(session, repair=repair))}
    return tuple(code for code in asked if code not in done)


def subject_of(sealed: SealedFacts) -> Subject:
    """What a sealed form is about."""
    shared = sealed.shared
    return Subject(str(shared["repair"]["id"]), str(shared["unit"]["id"]), str(shared["form"]))


def open_drafts(session: Session, *, limit: int = 200) -> tuple[DraftFacts, ...]:
    """Drafts that nobody has sealed, newest first."""
    return tuple(map(_draft, session.scalars(_unsealed().order_by(SignForm.rid.desc()).limit(limit))))


def count_open_drafts(session: Session, *, ticket: str, repairs: Collection[str]) -> int:
    """How many drafts of a ticket or of these repairs nobody has sealed."""
    theirs = or_(SignForm.ticket == ticket, SignForm.repair.in_(repairs))
    return len(session.scalars(_unsealed().where(theirs)).all())


def _unsealed() -> Select[tuple[SignForm]]:
    return select(SignForm).where(SignForm.deleted.is_(False), SignForm.id.not_in(select(SealedForm.subject_id)))


def find_sealed(session: Session, sha256: str) -> SealedFacts | None:
    """The sealed document with this top hash, or None."""
    for model in (SealedForm, Acceptance):
        if row := session.scalar(select(model).where(model.sha256 == sha256)):
            return _sealed(row)
    return None


def files_of(session: Session, subject_id: str) -> tuple[FileFacts, ...]:
    """The files of a sealed document in the order in which they were made."""
    wanted = select(FormEvent).where(FormEvent.subject_id == subject_id, FormEvent.kind == "rendered")
    rows = session.scalars(wanted.order_by(FormEvent.at, FormEvent.id))
    return tuple(_file(r) for r in rows)


def rendered_files(session: Session) -> dict[str, tuple[FileFacts, ...]]:
    """The files of every sealed document here, by its number, oldest first."""
    found: dict[str, tuple[FileFacts, ...]] = {}
    for model in (SealedForm, Acceptance):
        wanted = select(model.number, FormEvent).join(FormEvent, FormEvent.subject_id == model.id)
        rows = session.execute(wanted.where(FormEvent.kind == "rendered").order_by(FormEvent.at, FormEvent.id))
        for number, event in rows:
            found[number] = (*found.get(number, ()), _file(event))
    return found


def answered_forms(session: Session) -> tuple[SealedFacts, ...]:
    """The sealed forms that somebody answered."""
    wanted = select(SealedForm).where(SealedForm.id.in_(select(Acceptance.subject_id)))
    return tuple(map(_sealed, session.scalars(wanted)))


def certificates(session: Session) -> tuple[bytes, ...]:
    """The certificates (DER) of every device that sealed something that is here, and this device's own."""
    found = set(session.scalars(select(DeviceKey.certificate)))
    for model in (SealedForm, Acceptance):
        written = session.scalars(select(func.json_extract(model.shared, "$.evidence.certificate")).distinct())
        found |= {b64decode(each) for each in written if each}
    return tuple(sorted(found))


def unrendered(session: Session, device: str) -> tuple[SealedFacts, ...]:
    """What this device has sealed and not rendered, oldest first: a form before its acceptance."""
    found: list[SealedFacts] = []
    for model in (SealedForm, Acceptance):
        done = select(FormEvent.subject_id).where(FormEvent.kind == "rendered")
        carried = select(FormEvent.body["acceptance"].as_string()).where(FormEvent.kind == "rendered")
        wanted = select(model).where(model.device == device, model.id.not_in(done))
        if model is Acceptance:
            wanted = wanted.where(model.id.not_in(carried))
        found += map(_sealed, session.scalars(wanted.order_by(model.rid)))
    return tuple(found)


def has_unrendered(session: Session, device: str) -> bool:
    """Whether there is any of them."""
    return bool(unrendered(session, device))


def last_seal(session: Session, device: str) -> str:
    """The top hash of what a device sealed last, or empty: each seal names the one before it.

    The last one is the one that none names. Times do not tell: a clock that was ahead and was put right would let all
    later seals name the same one.
    """
    named = [select(model.previous).where(model.device == device) for model in (SealedForm, Acceptance)]
    found: list[tuple[int, str, str]] = []
    for model in (SealedForm, Acceptance):
        open_end = select(model.at, model.id, model.sha256).where(
            model.device == device, *(model.sha256.not_in(each) for each in named)
        )
        found += session.execute(open_end).tuples()
    return max(found)[2] if found else ""


def key_of(session: Session, device: str) -> KeyFacts | None:
    """The key pair of this device, or None before its first seal."""
    row = session.get(DeviceKey, device)
    return KeyFacts(row.device, row.private_key, row.certificate) if row else None


def _form(session: Session, row: SealedForm) -> FormFacts:
    answers = session.scalars(
        select(Acceptance).where(Acceptance.subject_id == row.id).order_by(Acceptance.at, Acceptance.id)
    )
    events = list(session.scalars(select(FormEvent).where(FormEvent.subject_id == row.id).order_by(FormEvent.at)))
    copies = sum(event.body.get("copies", 1) for event in events if event.kind == "printed")
    return FormFacts(
        _sealed(row),
        tuple(map(_sealed, answers)),
        files_of(session, row.id),
        issued=any(event.kind in ("issued", "printed") for event in events),
        printed_copies=copies,
        superseded_by=tuple(event.body["by"] for event in events if event.kind == "superseded"),
    )


def _file(event: FormEvent) -> FileFacts:
    body = event.body
    states = tuple(body.get("states", ()))
    return FileFacts(body["sha256"], body["pages"], body.get("acceptance", ""), event.at, states)


def _sealed(row: Sealed) -> SealedFacts:
    return SealedFacts(
        row.id, row.__tablename__, row.subject_id, row.number, row.at, row.zone, row.by, row.device, row.sha256,
        row.previous, row.corrects, json.loads(row.shared), json.loads(row.partner), row.shared, row.partner,
    )  # fmt: skip


def _draft(row: SignForm) -> DraftFacts:
    return DraftFacts(
        row.id, row.form, row.version, row.language, row.ticket, row.repair, row.unit, row.corrects,
        row.reason, row.matter, row.private,
    )  # fmt: skip
