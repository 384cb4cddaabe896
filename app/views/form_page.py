"""A sealed form with what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, Shown, say, say_count
from app.signoff.queries import FormFacts, SealedFacts, files_of, read_sealed_form, subject_of
from app.signoff.rules import FormState, Outcome, Subject
from app.views.devices import device_words
from app.views.published import Published


@dataclass(frozen=True, slots=True)
class FormSeen:
    """A sealed form; `file` is the hash of its latest file, empty while it is being made."""

    id: str
    number: str
    title: str
    state: FormState
    lines: tuple[Message, ...]
    file: str
    pages: int
    answers: tuple[tuple[Message, str], ...]
    repair: str
    ticket: str
    seal: str
    corrects: str
    subject: Subject


def form_page(session: Session, sealed_id: str, language: str) -> FormSeen:
    """A sealed form with its answers and its file. UserError MISSING."""
    facts = read_sealed_form(session, sealed_id)
    if facts is None:
        raise UserError(Trouble.MISSING, say("This form is not on this device yet."))
    sealed = facts.sealed
    title = Published(catalog_of(session), language).form(sealed.shared["form"], sealed.shared["version"])
    return FormSeen(
        id=sealed.id, number=sealed.number, title=title, state=facts.state,
        lines=_history(facts, device_words(session, sealed.device)),
        file=facts.file.sha256 if facts.file else "", pages=facts.file.pages if facts.file else 0,
        answers=tuple((_answer(each), _own_file(session, each)) for each in facts.acceptances),
        repair=str(sealed.shared["repair"]["id"]), ticket=str(sealed.shared["ticket"]["id"]), seal=sealed.sha256,
        corrects=str(sealed.shared["corrects"].get("number", "")), subject=subject_of(sealed),
    )  # fmt: skip


OUTCOME_WORDS: Mapping[Outcome, Message] = {
    Outcome.SIGNED: say("The customer signed"),
    Outcome.PAPER: say("The customer will sign on paper"),
    Outcome.ABSENT: say("The customer was not there"),
    Outcome.REFUSED: say("The customer does not agree"),
}


def _history(facts: FormFacts, device: str) -> tuple[Message, ...]:
    sealed = facts.sealed
    lines = [
        say("{name} signed on {at}, device {device}", name=sealed.partner["signer"]["name"],
            at=Shown("datetime", sealed.at, sealed.zone), device=device)
    ]  # fmt: skip
    if old := sealed.shared["corrects"].get("number"):
        lines.append(say("Replaces form {number}", number=Shown("plain", old)))
    if facts.superseded_by:
        lines.append(say("Replaced by a newer form"))
    if facts.printed_copies:
        lines.append(say_count("Printed {count} time", "Printed {count} times", facts.printed_copies))
    return tuple(lines)


def _answer(sealed: SealedFacts) -> Message:
    outcome, partner = Outcome(sealed.shared["outcome"]), sealed.partner
    at = Shown("datetime", sealed.at, sealed.zone)
    detail = partner["reason"] or partner["received_by"] or partner["signer"]["name"]
    if detail:
        return say("{outcome}, {at}: {detail}", outcome=OUTCOME_WORDS[outcome], at=at, detail=detail)
    return say("{outcome}, {at}", outcome=OUTCOME_WORDS[outcome], at=at)


def _own_file(session: Session, answer: SealedFacts) -> str:
    files = files_of(session, answer.id)
    return files[-1].sha256 if files else ""
