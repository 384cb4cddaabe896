"""What the sheets of sealed documents share: their frame, signature blocks, and the words of the device."""

from app.catalog.catalog import Catalog
from app.content.published.form import Form
from app.documents.sheet import Frame, Signer
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import Instant
from app.kernel.messages import Shown, say
from app.signoff.queries import SealedFacts
from app.signoff.rules import Outcome, device_name, qr_payload, short_hash
from app.workflows.voice import Voice

TECHNICIAN, CUSTOMER = "technician", "customer"  # names of the signature fields in the file


def published_form(catalog: Catalog, code: str, version: int) -> Form:
    """The form in the version that was sealed; UserError MISSING when it is not on the shelf."""
    found = catalog.form(code, version=version)
    if found is None:
        raise UserError(Trouble.MISSING, say("Form {code} is not on this device yet.", code=code))
    return found


def frame_of(voice: Voice, sealed: SealedFacts, title: str, template: str) -> Frame:
    """What every sealed paper carries around its body: number, QR, seal and the sealed data itself."""
    shared = sealed.shared
    partner, open_ = sealed.partner_json, sealed.shared_json
    return Frame(
        language=voice.language, direction="rtl" if voice.rtl else "ltr", paper=shared["paper"], title=title,
        number=sealed.number, template=template, issuer=shared["issuer"], at=Instant(sealed.at),
        page_label=voice.say(say("Page {page} of {pages}", page="{page}", pages="{pages}")),
        qr=qr_payload(sealed.number, sealed.sha256),
        qr_label=voice.say(say("Check this paper with the app")), seal=sealed.sha256,
        seal_label=voice.say(say("Seal {seal}", seal=Shown("plain", short_hash(sealed.sha256)))),
        data=f'{{"partner":{partner},"shared":{open_}}}'.encode(), digits=voice.digits,
    )  # fmt: skip


def signer_of(voice: Voice, sealed: SealedFacts, field: str, *, note: str = "") -> Signer:
    """The block of one signature: who, in which role, what it means, when and where, and the strokes."""
    signer, shared = sealed.partner["signer"], sealed.shared
    said = shared["statement"] if field == CUSTOMER and sealed.ink else ""  # the technician's stands above the blocks
    place = voice.say(say("{place}, device {device}", place=signer["place"],
                          device=Shown("plain", device_name(sealed.device)))) if signer["place"] else voice.say(
        say("Device {device}", device=Shown("plain", device_name(sealed.device)))
    )  # fmt: skip
    return Signer(
        field=field, heading=voice.label(field), name=signer["name"],
        lines=(signer["role"], said, shared["meaning"], voice.moment(sealed.at, sealed.zone), place, shared["consent"]),
        strokes=sealed.ink, strokes_label=voice.say(say("Signature of {name}", name=signer["name"])), note=note,
    )  # fmt: skip


def open_place(voice: Voice) -> Signer:
    """The customer's place that stays open, to be signed later on screen or by hand."""
    statement = voice.form(f"signers/{CUSTOMER}/statement")
    note = voice.say(say("{statement} Signed here later, on screen or by hand.", statement=statement))
    return Signer(field=CUSTOMER, heading=voice.label(CUSTOMER), note=note, open=True)


def outcome_words(voice: Voice, outcome: Outcome) -> str:
    """The outcome in the words of the form."""
    return voice.label(
        {"signed": "signed", "paper": "on_paper", "absent": "not_present", "refused": "refused"}[outcome]
    )


def stamp_lines(voice: Voice, sealed: SealedFacts) -> tuple[str, ...]:
    """What the device vouches for."""
    return (
        voice.say(say("Sealed by device {device}", device=Shown("plain", device_name(sealed.device)))),
        voice.moment(sealed.at, sealed.zone),
        voice.say(say("Seal {seal}", seal=Shown("plain", short_hash(sealed.sha256)))),
    )
