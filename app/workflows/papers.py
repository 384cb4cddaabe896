"""From a sealed document to its signed file: a job of the sealing device that can always be begun again.

Three steps, so that no transaction waits for a drawing: `read_plan` (a read), `draw` (no store at all), `keep` (a
write, which looks again whether the plan still holds).
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.content.published.form import SignerRole
from app.documents.acceptance_paper import draw_acceptance
from app.documents.device_key import DeviceKey
from app.documents.envelope import states
from app.documents.form_paper import Drawn, draw_form
from app.documents.paper import Place
from app.documents.preview import Picture as Picture
from app.documents.preview import page_count, render_page
from app.documents.sheet import Signer
from app.documents.signing import Signing, sign_again, sign_certifying
from app.documents.stamp_paper import Stamp, draw_stamp
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import Instant
from app.kernel.messages import say
from app.kernel.ports import Written
from app.kernel.rights import Actor, Right
from app.signoff import actions
from app.signoff.queries import (
    FormFacts,
    KeyFacts,
    SealedFacts,
    files_of,
    key_of,
    read_acceptance,
    read_sealed_form,
    unrendered,
)
from app.signoff.rules import Outcome
from app.store.work import Work
from app.workflows.acceptance_sheets import acceptance_sheet, accepted_signer
from app.workflows.form_sheets import form_sheet
from app.workflows.sheet_frame import CUSTOMER, TECHNICIAN, stamp_lines
from app.workflows.voice import Voice


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """All that drawing needs. `base` is the form's own file when the customer's signature goes into it."""

    sealed: SealedFacts
    form: SealedFacts
    catalog: Catalog
    key: KeyFacts
    base: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class Rendered:
    """A finished file; `into` is the sealed document whose file it is, `acceptance` the answer it carries or empty."""

    into: str
    acceptance: str
    pdf: bytes
    pages: int
    states: tuple[str, ...]


class Store(Protocol):
    """One thread's way into the store (store.runner.Opened)."""

    def write(self, actor: Actor, action: Any, args: Any, named: Any) -> Written: ...

    def read(self, query: Any, args: Any, named: Any) -> Any: ...


def pending_renders(session: Session, device: str) -> tuple[str, ...]:
    """What this device has sealed and not yet drawn, a form before its answers: to be begun again at every start."""
    return tuple(each.id for each in unrendered(session, device))


def read_plan(session: Session, subject_id: str) -> Plan | None:
    """How to draw a sealed form or acceptance; None when its file is there already.

    UserError MISSING on a device that did not seal it: only the sealing device signs the file.
    """
    form, answer = _documents(session, subject_id)
    sealed = answer or form.sealed
    if files_of(session, subject_id) or any(file.acceptance == subject_id for file in form.files):
        return None
    key = key_of(session, sealed.device)
    if key is None:
        raise UserError(Trouble.MISSING, say("The device that sealed this form makes its file. It is not here yet."))
    base = session.info["files"].read(form.file.sha256) if answer and form.file and _goes_in(form, answer) else b""
    return Plan(sealed, form.sealed, catalog_of(session), key, base)


def draw(plan: Plan) -> Rendered:
    """Draw and sign; takes tenths of a second and touches no store."""
    if plan.sealed.id == plan.form.id:
        return _finished(plan, plan.sealed.id, "", _draw_form(plan))
    if plan.base:
        return _finished(plan, plan.form.id, plan.sealed.id, _add_customer(plan))
    return _finished(plan, plan.sealed.id, "", _draw_acceptance(plan))


def keep(work: Work, rendered: Rendered) -> bool:
    """Keep the file by its hash. False, and nothing kept, when the form's file left the house meanwhile: plan anew."""
    work.require(Right.SIGN_FORM, Right.TAKE_ACCEPTANCE)
    if any(not file.acceptance for file in files_of(work.session, rendered.into)) and not rendered.acceptance:
        return True
    if rendered.acceptance:
        form, answer = _documents(work.session, rendered.acceptance)
        if answer is None or not _goes_in(form, answer):
            return False
    sha256 = work.files.keep(rendered.pdf)
    actions.note_rendered(
        work, rendered.into, sha256=sha256, pages=rendered.pages, states=rendered.states, acceptance=rendered.acceptance
    )
    return True


def render_form(store: Store, actor: Actor, subject_id: str) -> None:
    """All three steps on the calling thread, as often as the plan changes underneath."""
    for _ in range(3):
        plan = store.read(read_plan, (subject_id,), {})
        if plan is None or store.write(actor, keep, (draw(plan),), {}).result:
            return


def render_pending(store: Store, actor: Actor) -> int:
    """Finish what a killed process left; how many files were made."""
    waiting = store.read(pending_renders, (actor.device,), {})
    for subject_id in waiting:
        render_form(store, actor, subject_id)
    return len(waiting)


def read_file(session: Session, sha256: str) -> bytes:
    """The very bytes of a file; UserError MISSING or DAMAGED."""
    found: bytes = session.info["files"].read(sha256)
    return found


def page_pictures(pdf: bytes, *, dpi: int = 110) -> tuple[Picture, ...]:
    """Every page as it will print."""
    return tuple(render_page(pdf, index, dpi) for index in range(page_count(pdf)))


def _documents(session: Session, subject_id: str) -> tuple[FormFacts, SealedFacts | None]:
    answer = read_acceptance(session, subject_id)
    form = read_sealed_form(session, answer.subject_id if answer else subject_id)
    if form is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    return form, answer


def _goes_in(form: FormFacts, answer: SealedFacts) -> bool:
    """Signed on the sealing device before anybody got the file: then it is the second signature in it."""
    return (
        answer.shared["outcome"] == Outcome.SIGNED
        and answer.device == form.sealed.device
        and not form.issued
        and form.file is not None
        and not form.file.acceptance
    )


def _finished(plan: Plan, into: str, acceptance: str, pdf: bytes) -> Rendered:
    return Rendered(into, acceptance, pdf, page_count(pdf), states(pdf))


def _draw_form(plan: Plan) -> bytes:
    drawn = draw_form(form_sheet(plan.catalog, plan.sealed))
    return _certified(plan, drawn, TECHNICIAN)


def _draw_acceptance(plan: Plan) -> bytes:
    drawn = draw_acceptance(acceptance_sheet(plan.catalog, plan.sealed, plan.form))
    return _certified(plan, drawn, CUSTOMER)


def _certified(plan: Plan, drawn: Drawn, field: str) -> bytes:
    return sign_certifying(drawn.pdf, _key(plan), _signing(plan, field, _place(drawn, field)), drawn.places)


def _add_customer(plan: Plan) -> bytes:
    place = _place(draw_form(form_sheet(plan.catalog, plan.form)), CUSTOMER)
    signer = accepted_signer(plan.catalog, plan.sealed, plan.form)
    return sign_again(plan.base, _key(plan), _signing(plan, CUSTOMER, place, signer))


def _signing(plan: Plan, field: str, place: Place, signer: Signer | None = None) -> Signing:
    sealed = plan.sealed
    shared = sealed.shared
    voice = Voice(plan.catalog, shared["language"], form=plan.form.shared["form"], version=plan.form.shared["version"])
    look = Stamp(
        language=voice.language, direction="rtl" if voice.rtl else "ltr", place=place,
        lines=stamp_lines(voice, sealed), at=Instant(sealed.at), signer=signer,
    )  # fmt: skip
    role = SignerRole.TECHNICIAN if field == TECHNICIAN else SignerRole.CUSTOMER
    name = sealed.partner["signer"]["name"]
    reason = f"{role.value}: {shared['statement']} [{sealed.sha256}] witnessed by device {sealed.device}"
    return Signing(field, name, reason, Instant(sealed.at), sealed.partner["signer"]["place"], draw_stamp(look))


def _place(drawn: Drawn, field: str) -> Place:
    return next(place for place in drawn.places if place.name == field)


def _key(plan: Plan) -> DeviceKey:
    return DeviceKey(plan.key.private_key, plan.key.certificate)
