"""Forms that wait for a signature or an answer, and those that are done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.kernel.messages import Message, Shown, say
from app.kernel.slips import printed_number
from app.signoff.queries import DraftFacts, FormFacts, open_drafts, sealed_forms, subject_of
from app.signoff.rules import FormState, Subject
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class FormRow:
    """A draft (`sealed` empty) or a sealed form, as the list shows it."""

    id: str
    sealed: str
    repair: str
    number: str
    title: str
    customer: str
    serial: str
    state: FormState | None
    state_words: Message
    at: Message | str
    has_file: bool
    subject: Subject
    corrects: bool = False


STATE_WORDS = {
    FormState.OPEN: say("Customer's answer open"),
    FormState.ACCEPTED: say("Accepted"),
    FormState.PAPER: say("On paper"),
    FormState.ABSENT: say("Customer not there"),
    FormState.REFUSED: say("Does not agree"),
    FormState.SUPERSEDED: say("Replaced"),
}


def forms_list(session: Session, language: str) -> tuple[FormRow, ...]:
    """Drafts first, then sealed forms, each newest first."""
    published = Published(catalog_of(session), language)
    titles = {code: published.form(code) for code, _ in published.catalog.forms}
    return (
        *(_draft_row(each, titles) for each in open_drafts(session)),
        *(_row(each, titles) for each in sealed_forms(session)),
    )


def _draft_row(draft: DraftFacts, titles: dict[str, str]) -> FormRow:
    return FormRow(
        id=draft.id, sealed="", repair=draft.repair, number="", title=titles.get(draft.form, draft.form),
        customer=str(draft.private.get("customer", {}).get("name", "")),
        serial=printed_number(str(draft.matter.get("unit", {}).get("serial", ""))), state=None,
        state_words=say("To be signed"), at="", has_file=False,
        corrects=bool(draft.corrects), subject=Subject(draft.repair, draft.unit, draft.form),
    )  # fmt: skip


def _row(facts: FormFacts, titles: dict[str, str]) -> FormRow:
    sealed = facts.sealed
    code = str(sealed.shared["form"])
    return FormRow(
        id=sealed.id, sealed=sealed.id, repair=str(sealed.shared["repair"]["id"]), number=sealed.number,
        title=titles.get(code, code), customer=str(sealed.partner["customer"]["name"]),
        serial=printed_number(str(sealed.shared["unit"]["serial"])), state=facts.state,
        state_words=STATE_WORDS[facts.state], at=say("{at}", at=Shown("datetime", sealed.at, sealed.zone)),
        has_file=facts.file is not None, subject=subject_of(sealed),
    )  # fmt: skip
