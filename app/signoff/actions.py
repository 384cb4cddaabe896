"""Drafting, sealing, accepting, and what became of a form. A seal is one row, written once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.ids import new_id, random_token
from app.kernel.lengths import kept_text
from app.kernel.messages import say
from app.kernel.rights import Right
from app.kernel.storable import storable
from app.signoff.queries import KeyFacts, find_sealed, key_of
from app.signoff.records import Acceptance, DeviceKey, FormEvent, SealedForm, SignForm
from app.signoff.rules import Body, make_body
from app.store.bases import Sealed, See
from app.store.work import Work


@dataclass(frozen=True, slots=True)
class Matter:
    """What belongs to a draft beside its form: the records it speaks of and the form it corrects, by id."""

    ticket: str = ""
    repair: str = ""
    unit: str = ""
    corrects: str = ""
    reason: str = ""


def add_draft(
    work: Work, *, form: str, version: int, language: str, about: Matter, matter: Mapping[str, Any],
    private: Mapping[str, Any],
) -> str:  # fmt: skip
    """The id of a new draft; `matter` and `private` become the shared and the partner's branch of the seal."""
    work.require(Right.SIGN_FORM)
    row = SignForm(
        form=form, version=version, language=language, ticket=about.ticket, repair=about.repair,
        unit=about.unit, corrects=about.corrects, reason=about.reason, matter=dict(matter),
        private=dict(private),
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return row.id


def fill_draft(
    work: Work, form_id: str, *, matter: Mapping[str, Any], private: Mapping[str, Any], reason: str = ""
) -> None:
    """Write the draft anew, with another `reason` for a correction; UserError when it was sealed meanwhile."""
    work.require(Right.SIGN_FORM)
    row = work.session.scalar(select(SignForm).where(SignForm.id == form_id))
    if row is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    if work.session.scalar(select(SealedForm.id).where(SealedForm.subject_id == form_id).limit(1)):
        raise UserError(Trouble.NOT_ALLOWED, say("This form is signed. Correct it with a new form that names it."))
    row.matter, row.private, row.reason = dict(matter), dict(private), reason or row.reason


def seal(work: Work, draft_id: str, *, number: str, shared: Mapping[str, Any], partner: Mapping[str, Any]) -> str:
    """The id of the sealed form. Nothing about it can be changed afterwards; a second seal of a draft is kept too."""
    work.require(Right.SIGN_FORM)
    draft = work.session.scalar(select(SignForm).where(SignForm.id == draft_id))
    if draft is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    row = SealedForm(
        subject_id=draft_id, ticket=draft.ticket, repair=draft.repair, unit=draft.unit,
        corrects=draft.corrects,
    )  # fmt: skip
    _fill(work, row, number, shared, partner)
    if draft.corrects:
        body = {"by": row.id, "reason": draft.reason}
        work.add_event(FormEvent, draft.corrects, "superseded", body)
    return row.id


def accept(work: Work, sealed_id: str, *, number: str, shared: Mapping[str, Any], partner: Mapping[str, Any]) -> str:
    """The id of the customer's answer to a sealed form; several answers are all kept."""
    work.require(Right.TAKE_ACCEPTANCE)
    row = Acceptance(subject_id=sealed_id, outcome=str(shared["outcome"]))
    _fill(work, row, number, shared, partner)
    return row.id


def note_rendered(
    work: Work, subject_id: str, *, sha256: str, pages: int, states: tuple[str, ...], acceptance: str = ""
) -> None:
    """The file of a sealed document is there; `states` are the hashes of its earlier states."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    body = {"sha256": sha256, "pages": pages, "acceptance": acceptance, "states": list(states)}
    work.add_event(FormEvent, subject_id, "rendered", body)


def note_printed(work: Work, subject_id: str, *, sha256: str, copies: int, way: str) -> None:
    """A file went to a printer; `way` is `file` (the very bytes) or `pages` (drawn at printer resolution)."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    work.add_event(FormEvent, subject_id, "printed", {"sha256": sha256, "copies": copies, "way": way})


def note_issued(work: Work, subject_id: str, *, sha256: str, way: str) -> None:
    """A copy left this device (`saved`, `sent`): its bytes are final."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    work.add_event(FormEvent, subject_id, "issued", {"sha256": sha256, "way": way})


def supersede(work: Work, sealed_id: str, *, by: str, reason: str) -> None:
    """Of two seals of one draft a person says which one holds; both stay."""
    work.require(Right.SIGN_FORM)
    why = kept_text("reason", reason)
    if not why:
        raise UserError(Trouble.NEEDS_REASON, say("Write why the other form holds."), field="reason")
    work.add_event(FormEvent, sealed_id, "superseded", {"by": by, "reason": why})


def keep_key(work: Work, *, private_key: bytes, certificate: bytes) -> KeyFacts:
    """The device's key: the one already kept, else this one."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    known = key_of(work.session, work.device)
    if known is None:
        work.session.add(DeviceKey(device=work.device, private_key=private_key, certificate=certificate))
        work.session.flush()
    return known or KeyFacts(work.device, private_key, certificate)


def certify_key(work: Work, *, certificate: bytes) -> None:
    """The device's key has the hub's certificate (DER) from here on; what was signed before keeps its own."""
    work.require(Right.SIGN_FORM)
    row = work.session.get(DeviceKey, work.device)
    if row is not None:
        row.certificate = certificate


def _fill(work: Work, row: Sealed, number: str, shared: Mapping[str, Any], partner: Mapping[str, Any]) -> None:
    _declared(type(row), shared, See.SHARED)
    _declared(type(row), partner, See.PARTNER)
    body: Body = make_body(storable(dict(shared)), storable(dict(partner)), salt=random_token(16))
    if find_sealed(work.session, body.sha256):
        raise BugError("a seal of this hash exists")
    row.id, row.number, row.sha256 = new_id(), number, body.sha256
    row.shared, row.partner = body.shared.decode(), body.partner.decode()
    row.at, row.zone, row.by, row.device = shared["at"], shared["zone"], work.actor.person, work.device
    row.previous = shared["previous"]
    work.session.add(row)
    work.session.flush()


def _declared(model: type[Sealed], branch: Mapping[str, Any], see: See) -> None:
    if strangers := sorted(key for key in branch if model.branches.get(key) != see):
        raise BugError(f"{model.__tablename__} does not declare {', '.join(strangers)} as {see}")
