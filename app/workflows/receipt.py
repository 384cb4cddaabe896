"""The receipt for a machine that was handed in: drawn from the intake, kept by its hash at the repair."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import catalog_of
from app.documents.intake_paper import IntakeSheet as IntakeSheet
from app.documents.intake_paper import Step, draw_intake
from app.documents.sheet import Fact, Frame, Group, Remark, Signer
from app.kernel.errors import Trouble, UserError
from app.kernel.happenings import Happening
from app.kernel.instants import Instant
from app.kernel.messages import Message, Shown, say
from app.kernel.rights import Right
from app.kernel.slips import printed_number
from app.language.isolates import without_controls
from app.language.languages import LANGUAGES
from app.language.speaking import speak
from app.repairs.actions import keep_paper
from app.repairs.queries import happenings_of
from app.store.work import Work
from app.tickets.texts import AUTOMATIC_TITLE
from app.units.queries import UnitSeen
from app.workflows.form_filling import Job, language_of_job, market_of, read_job
from app.workflows.signing import partner_name
from app.workflows.voice import Voice

WHAT = "intake_receipt"

YOUR_CASE = say("Your case")  # spoken to the customer, on paper and on a screen that is turned to them


def receipt_sheet(session: Session, repair_id: str, *, language: str = "") -> IntakeSheet:
    """The sheet of the latest intake, in the customer's language. UserError MISSING when nothing was taken in."""
    intake = _intake(session, repair_id)
    job = read_job(session, repair_id, person=intake.by, zone=intake.zone, at=intake.at)
    catalog = catalog_of(session)
    voice = Voice(catalog, language or language_of_job(session, job))
    body = intake.body
    return IntakeSheet(
        frame=_frame(session, voice, catalog, job, intake),
        lead=voice.say(say("We have taken in your machine. Bring this paper when you collect it.")),
        case_label=voice.say(YOUR_CASE), case_number=job.ticket.number if job.ticket else "",
        groups=_groups(voice, job, intake),
        remarks=_remarks(voice, body),
        accessories_heading=voice.say(say("What came with it")),
        accessories=_coded(voice, "ACCESSORY", body, "accessories"),
        next_heading=voice.say(say("What happens next")), next_steps=_next(voice),
        signers=(_hand(voice, say("Received by"), job.technician),
                 _hand(voice, say("Handed in by"), "")),
    )  # fmt: skip


def draw_receipt(sheet: IntakeSheet) -> bytes:
    """The receipt as a PDF; touches no store."""
    return draw_intake(sheet).pdf


def keep_receipt(work: Work, repair_id: str, pdf: bytes) -> str:
    """Keep the receipt that goes to the customer; the hash of its file."""
    work.require(Right.LOG_REPAIR)
    sha256 = work.files.keep(pdf)
    known = {str(each.body.get("sha256")) for each in happenings_of(work.session, repair_id) if each.kind == "paper"}
    if sha256 not in known:
        keep_paper(work, repair_id, what=WHAT, sha256=sha256)
    return sha256


def _intake(session: Session, repair_id: str) -> Happening:
    found = [each for each in happenings_of(session, repair_id) if each.kind == "received"]
    if not found:
        raise UserError(Trouble.MISSING, say("The machine was not taken in yet. Take it in first."))
    return found[-1]


def _frame(session: Session, voice: Voice, catalog: Catalog, job: Job, intake: Happening) -> Frame:
    market = catalog.markets.get(market_of(job))
    number = job.ticket.number if job.ticket else intake.id[-8:].upper()
    return Frame(
        language=voice.language, direction="rtl" if voice.rtl else "ltr",
        paper="Letter" if market and market.paper == "LETTER" else "A4",
        title=voice.say(say("Receipt for your machine")), number=number, template=voice.say(say("Receipt")),
        issuer=partner_name(session, market_of(job)), at=Instant(intake.at),
        page_label=voice.say(say("Page {page} of {pages}", page="{page}", pages="{pages}")),
        qr=f"aftercare:{number}", qr_label=voice.say(say("The case in the app")), digits=voice.digits,
    )  # fmt: skip


def _groups(voice: Voice, job: Job, intake: Happening) -> tuple[Group, ...]:
    machine = [
        Fact(voice.say(say("Model")), voice.name("model", job.repair.model)),
        Fact(voice.say(say("Serial number")), printed_number(job.unit.serial) if job.unit else ""),
        Fact(voice.say(say("Taken in")), voice.moment(intake.at, intake.zone)),
        Fact(voice.say(say("What is wrong")), _wrong(voice, job)),
    ]
    customer = [
        Fact(voice.say(say("Name")), job.customer.name if job.customer else ""),
        Fact(voice.say(say("Contact")), job.customer.contact if job.customer else ""),
        Fact(voice.say(say("Telephone")), job.customer.phone if job.customer else ""),
    ]
    found = ((say("Machine"), machine), (say("Customer"), customer))
    known = ((title, tuple(fact for fact in facts if fact.value)) for title, facts in found)
    return tuple(Group(voice.say(title), facts) for title, facts in known if facts)


def _wrong(voice: Voice, job: Job) -> str:
    """As it was reported; a title that the desk made itself says nothing, and may be in another language."""
    symptom = voice.code("SYMPTOM", job.repair.symptom) if job.repair.symptom else ""
    if job.ticket is None:
        return symptom
    told = "" if _is_automatic(job.ticket.title, job.unit) else job.ticket.title
    return told or job.ticket.words or symptom


def _is_automatic(title: str, unit: UnitSeen | None) -> bool:
    serial = Shown("plain", unit.printed if unit else "")
    words = Message(AUTOMATIC_TITLE.msgid, {"serial": serial})
    return without_controls(title) in {without_controls(speak(words, each.code)) for each in LANGUAGES}


def _remarks(voice: Voice, body: Mapping[str, Any]) -> tuple[Remark, ...]:
    condition = voice.say(say(", ")).join(_coded(voice, "CONDITION", body, "condition"))
    noted = str(body.get("note", ""))
    return (
        Remark(voice.say(say("Condition on arrival")), condition),
        Remark(voice.say(say("Also noted")), noted),
    )


def _coded(voice: Voice, table: str, body: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(voice.code(table, code) for code in body.get(key, ()))


def _next(voice: Voice) -> tuple[Step, ...]:
    texts = (
        say("We look at the machine and tell you what is wrong and what it costs."),
        say("We repair it when you have agreed."),
        say("We call you when it is ready. When you call us, name the number of your case."),
    )
    return tuple(Step(voice.number(n), voice.say(text)) for n, text in enumerate(texts, 1))


def _hand(voice: Voice, heading: Message, name: str) -> Signer:
    return Signer(field="", heading=voice.say(heading), name=name, note=" ")
