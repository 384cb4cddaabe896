"""Is this file what was signed? What a profile knows is put beside what the file says of itself (documents.md 8)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import installed_catalog
from app.documents.acceptance_paper import draw_acceptance
from app.documents.form_paper import draw_form
from app.documents.verdict import Status, Verdict
from app.documents.verify import Knowledge, KnownFile, Trusted, verify_pdf
from app.kernel.canonical import canonical
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.instants import instant_of
from app.kernel.messages import Message, Shown, say
from app.signoff.queries import SealedFacts, answered_forms, certificates, rendered_files
from app.signoff.records import Acceptance, SealedForm
from app.signoff.rules import Body, device_name
from app.sync.links import root_of
from app.workflows.acceptance_sheets import acceptance_sheet
from app.workflows.form_sheets import form_sheet

LARGEST = 64 << 20  # bytes; our papers have some hundred thousand


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict in words: a headline, who signed when on which device, and what is odd."""

    verdict: Verdict
    headline: Message
    lines: tuple[Message, ...]

    @property
    def good(self) -> bool:
        return self.verdict.status == Status.UNCHANGED


def what_is_known(session: Session) -> Knowledge:
    """Files, earlier states and devices of this profile; regeneration where the catalogue is here."""
    known = {number: KnownFile(files[-1].sha256, _earlier(files)) for number, files in rendered_files(session).items()}
    forms = {each.sha256: each for each in answered_forms(session)}
    catalog = installed_catalog(session)
    return Knowledge(
        trusted=Trusted(devices=certificates(session), issuers=_issuers(session)), known=known,
        fingerprint=printed_hash, regenerate=(lambda data: _again(catalog, forms, data)) if catalog else None,
    )  # fmt: skip


def _issuers(session: Session) -> tuple[bytes, ...]:
    """The root of the hub that this profile belongs to: it certifies the devices of the other desks."""
    root = root_of(session)
    return (root,) if root else ()


def verify_file(data: bytes, knowledge: Knowledge | None = None) -> Checked:
    """The verdict about any bytes at all, in data and in words; without knowledge by what the file says alone."""
    verdict = verify_pdf(data, knowledge or Knowledge(fingerprint=printed_hash))
    return Checked(verdict, _headline(verdict), (*_signers(verdict), *_oddities(verdict)))


def verify_path(path: str, knowledge: Knowledge | None = None) -> Checked:
    """The same for a file on the disk; UserError BAD_INPUT when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise UserError(Trouble.BAD_INPUT, say("There is no file {path}.", path=path), field="file") from None
    return verify_file(data, knowledge)


def printed_hash(data: bytes) -> str:
    """The top hash from the JSON inside a file, empty when it is no sealed document."""
    body = _body(data)
    return body.sha256 if body else ""


def _earlier(files: tuple[Any, ...]) -> tuple[str, ...]:
    found = [state for file in files for state in file.states]
    return tuple({*found, *(file.sha256 for file in files[:-1])})


def _body(data: bytes) -> Body | None:
    try:
        found = json.loads(data)
        return Body(canonical(found["shared"]), canonical(found["partner"]))
    except (ValueError, KeyError, TypeError, BugError):
        return None


def _again(catalog: Catalog, forms: Mapping[str, SealedFacts], data: bytes) -> bytes | None:
    """The unsigned paper drawn anew from the data inside it; None when something that it needs is not here."""
    body = _body(data)
    if body is None:
        return None
    facts = _facts(body)
    if facts is None:
        return None
    try:
        if facts.shared["kind"] == "form":
            return draw_form(form_sheet(catalog, facts)).pdf
        form = forms.get(facts.shared["form_sha256"])
        return draw_acceptance(acceptance_sheet(catalog, facts, form)).pdf if form else None
    except (BugError, UserError):  # a form version that is not on this shelf
        return None


def _facts(body: Body) -> SealedFacts | None:
    """A sealed document from its data alone; None when they hold what no desk of ours seals."""
    shared, partner = json.loads(body.shared), json.loads(body.partner)
    if not (isinstance(shared, dict) and isinstance(partner, dict)):
        return None
    if (SealedForm if shared.get("kind") == "form" else Acceptance).doubt(shared, partner):
        return None
    return SealedFacts(
        id="", kind="", subject_id="", number=shared["number"], at=shared["at"], zone=shared["zone"], by="",
        device=shared["device"], sha256=body.sha256, previous=shared["previous"], corrects="", shared=shared,
        partner=partner, shared_json=body.shared.decode(), partner_json=body.partner.decode(),
    )  # fmt: skip


def _headline(verdict: Verdict) -> Message:
    number = Shown("plain", verdict.number)
    if verdict.status == Status.UNCHANGED and verdict.number:
        return say("Form {number} is unchanged since it was signed.", number=number)
    return _HEADLINES[verdict.status]


_HEADLINES = {
    Status.UNCHANGED: say("This paper is unchanged since it was signed."),
    Status.CHANGED: say("This file was changed after it was signed. Do not rely on it."),
    Status.EARLIER_STATE: say("This was true once, but the form went on: there is a newer state of it."),
    Status.NOT_OURS: say("This file does not come from this desk."),
}


def _signers(verdict: Verdict) -> tuple[Message, ...]:
    return tuple(
        say("{name}, {when}, on device {device} of {partner}", name=each.name, when=_moment(each.at),
            device=Shown("plain", device_name(each.device)), partner=each.partner)
        for each in verdict.signatures
    )  # fmt: skip


def _moment(text: str) -> Shown:
    """A PDF date (`D:20261124112500+00'00'`), always UTC in our papers; what is none is shown as it stands."""
    digits = "".join(sign for sign in text if sign.isdigit())[:14]
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return Shown("plain", text)
    return Shown("datetime", instant_of(moment), "UTC")


def _oddities(verdict: Verdict) -> tuple[Message, ...]:
    said = [_REASONS[code] for code in verdict.reasons if code in _REASONS]
    if any(each.certificate_state == "self_issued" for each in verdict.signatures):
        said.append(say("The device vouches for itself: the manufacturer has not confirmed it yet."))
    return tuple(said)


_REASONS = {
    "too_large": say("It is larger than any paper of ours."),
    "no_pdf": say("It is no PDF."),
    "cut_or_extended": say("Something was cut off or added at the end."),
    "no_signature": say("It holds no signature."),
    "after_last_signature": say("Something was added after the last signature."),
    "signature_spelling": say("A signature is written in another way than ours."),
    "signature_padding": say("The place of a signature holds more than the signature."),
    "signature_broken": say("A signature does not fit the content."),
    "extra_revision": say("A state was added that nobody signed."),
    "forbidden_change": say("Something was changed that the first signature forbids."),
    "unreadable": say("It cannot be read."),
    "unknown_device": say("The device that signed it is not known here."),
    "other_file_kept": say("This desk keeps another file under this number."),
    "earlier_state_kept": say("This desk keeps the newer state."),
    "data_differs": say("The data inside do not fit the paper."),
    "seal_differs": say("The printed seal does not fit the data inside."),
    "print_differs": say("Drawn anew, the paper looks different: perhaps another version made it."),
}
