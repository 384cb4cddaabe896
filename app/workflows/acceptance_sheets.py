"""The customer's answer to a form: as a paper of its own, or as the block that is laid into the form's file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.catalog.catalog import Catalog
from app.documents.acceptance_paper import AcceptanceSheet
from app.documents.sheet import Fact, Remark, Signer, StateKind
from app.kernel.messages import Shown, say
from app.signoff.queries import SealedFacts
from app.signoff.rules import Outcome
from app.workflows.sheet_frame import CUSTOMER, frame_of, outcome_words, published_form, signer_of
from app.workflows.voice import Voice

_OUTCOME_KIND: dict[Outcome, StateKind] = {
    Outcome.SIGNED: "done", Outcome.PAPER: "open", Outcome.ABSENT: "open", Outcome.REFUSED: "soon",
}  # fmt: skip


def acceptance_sheet(catalog: Catalog, sealed: SealedFacts, form: SealedFacts) -> AcceptanceSheet:
    """The customer's answer on a page of its own; it names the form and its hash."""
    shared, partner = sealed.shared, sealed.partner
    published = published_form(catalog, form.shared["form"], form.shared["version"])
    voice = Voice(catalog, shared["language"], form=published.code, version=published.version)
    outcome = Outcome(shared["outcome"])
    title = voice.say(say("Acceptance of form {number}", number=Shown("plain", form.number)))
    return AcceptanceSheet(
        frame=frame_of(voice, sealed, title, voice.say(say("Acceptance, version {version}", version=1))),
        outcome=outcome_words(voice, outcome),
        outcome_kind=_OUTCOME_KIND[outcome],
        form_heading=voice.say(say("The form")),
        form=(
            Fact(voice.label("form_number"), form.number),
            Fact(voice.say(say("Form")), voice.form("title")),
            Fact(voice.label("signed_at"), voice.moment(form.at, form.zone)),
        ),
        hash_label=voice.say(say("Seal of the form (SHA-256)")),
        form_hash=form.sha256,
        remarks=_answer_remarks(voice, partner),
        statement_heading=voice.say(say("What the customer confirms")) if outcome == Outcome.SIGNED else "",
        statement=shared["statement"] if outcome == Outcome.SIGNED else "",
        signers=(signer_of(voice, sealed, CUSTOMER, note=outcome_words(voice, outcome)),),
    )


def accepted_signer(catalog: Catalog, sealed: SealedFacts, form: SealedFacts) -> Signer:
    """The customer's block as it is laid into the open place of the form's own file."""
    shared = form.shared
    voice = Voice(catalog, sealed.shared["language"], form=shared["form"], version=shared["version"])
    signer = signer_of(voice, sealed, CUSTOMER)
    return replace(signer, lines=signer.lines[:-1])  # the consent is in the data: here it would make all lines tiny


def _answer_remarks(voice: Voice, partner: Mapping[str, Any]) -> tuple[Remark, ...]:
    return (
        Remark(voice.label("refused_reason"), partner["reason"], "soon"),
        Remark(voice.label("received_by"), partner["received_by"]),
        Remark(voice.say(say("Witnessed by")), partner["witness"]),
    )
