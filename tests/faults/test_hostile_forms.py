"""Hostile texts as signers, their places, remarks, reasons and disagreements: sealed as typed, and on the paper."""

import random
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pypdfium2

from app.documents.verdict import Status
from app.kernel.errors import UserError
from app.kernel.storable import storable
from app.language.speaking import speak
from app.signoff.queries import SealedFacts, files_of
from app.signoff.rules import Outcome
from app.store.opening import open_store
from app.workflows.signing import Answer, Hand, accept_form, correct_form, seal_form
from app.workflows.verifying import verify_file, what_is_known
from tests import lacking, sizes
from tests.desks import copy_desk
from tests.hostile import KINDS
from tests.signoff.conftest import Bench, bench, signing_template
from tests.signoff.job import signature
from tests.signoff.test_papers import REASONS, file_of

__all__ = ["bench", "signing_template"]

REMARKS = "work/0/remarks"
SEALED = ("name", "role", "place", "reason", "remarks")
OUTCOMES = (Outcome.REFUSED, Outcome.ABSENT, Outcome.SIGNED)
ANSWERED = ("name", "role", "place", "reason", "received_by")
TOGETHER = 12  # letters of a long text that no end of a page tears apart
LONG = tuple(f"{n} and {'so on ' * 60}{n}" for n in range(len(SEALED) + len(ANSWERED) + 1))  # for each field of a form
PLAIN = "Ann"  # in the place of what was refused
ON_FORMS = (
    "workflows/signing.correct_form reason", "workflows/signing.seal_form hand.name",
    "workflows/signing.seal_form hand.role", "workflows/signing.seal_form hand.place",
    "workflows/signing.seal_form reason", "workflows/signing.seal_form typed",
    "workflows/signing.accept_form answer.hand.name", "workflows/signing.accept_form answer.hand.role",
    "workflows/signing.accept_form answer.hand.place", "workflows/signing.accept_form answer.reason",
    "workflows/signing.accept_form answer.received_by",
)  # fmt: skip

Texts = dict[str, str]


def kept(typed: str) -> str:
    return str(storable(typed)).strip()


def of_each_kind() -> list[str]:
    """The first of each kind, then the second of each, and so on."""
    chance = random.Random(7)
    shuffled = [chance.sample(texts, len(texts)) for texts in KINDS.values()]
    return [each for each in chain.from_iterable(zip_longest(*shuffled)) if each is not None]


def as_far_as_taken(act: Callable[[Texts], Any], texts: Texts) -> Any:
    """What the act gave, with a plain word in the place of each text that it refused in words at its field."""
    while True:
        try:
            return act(texts)
        except UserError as problem:
            field = "remarks" if problem.field == REMARKS else problem.field
            assert texts[field] != PLAIN, problem
            assert speak(problem.message)
            texts[field] = PLAIN


def sealed_again(bench: Bench, sealed: str, why: Texts, said: Texts) -> str:
    draft = as_far_as_taken(lambda texts: bench.act(correct_form, sealed, **texts), why)

    def seal(texts: Texts) -> str:
        hand = Hand(texts["name"], texts["role"], signature(), texts["place"])
        typed = {**REASONS, REMARKS: texts["remarks"]}
        made: str = bench.act(seal_form, draft, hand, typed=typed, reason=texts["reason"])
        return made

    made: str = as_far_as_taken(seal, said)
    return made


def answered(bench: Bench, sealed: str, outcome: Outcome, said: Texts) -> str:
    def accept(texts: Texts) -> str:
        ink = signature() if outcome is Outcome.SIGNED else ()
        hand = Hand(texts["name"], texts["role"], ink, texts["place"])
        made: str = bench.act(accept_form, sealed, Answer(outcome, hand, texts["reason"], texts["received_by"]))
        return made

    made: str = as_far_as_taken(accept, said)
    return made


def stands(facts: SealedFacts) -> Texts:
    values = facts.shared.get("values", {}) or {}
    private = facts.partner.get("private_values", {}) or {}
    work = {**values.get("work", [{}])[0], **private.get("work", [{}])[0]}
    found = {
        **facts.partner["signer"], "reason": facts.partner.get("reason", facts.shared.get("reason")),
        "remarks": work.get("remarks"), "received_by": facts.partner.get("received_by"),
        "why": facts.shared.get("corrects", {}).get("reason"),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isascii() and sign.isalnum())


def read_back(pdf: bytes, place: Path) -> tuple[str, ...]:
    """The letters of a paper as Chromium's reader and as poppler read them; qpdf finds no fault in it."""
    place.write_bytes(pdf)
    subprocess.run([lacking.tool("qpdf"), "--check", str(place)], capture_output=True, check=True)
    words = [lacking.tool("pdftotext"), "-raw", str(place), "-"]
    poppler = subprocess.run(words, capture_output=True, check=True).stdout.decode(errors="replace")
    with pypdfium2.PdfDocument(pdf) as document:
        pdfium = "\n".join(page.get_textpage().get_text_range() for page in document)
    return letters(pdfium), letters(poppler)


def test_what_is_written_on_a_form_is_sealed_and_printed_as_it_was_typed(bench: Bench, tmp_path: Path) -> None:
    texts, sealed = chain(LONG, of_each_kind()), bench.seal(typed=REASONS, reason="")
    signed: list[tuple[str, str, Texts, Texts]] = []
    for n in range(sizes.HOSTILE_FORMS):
        why, said, told = ({name: next(texts, PLAIN) for name in names} for names in (("reason",), SEALED, ANSWERED))
        sealed = sealed_again(bench, sealed, why, said)
        bench.render(sealed)
        answer = answered(bench, sealed, OUTCOMES[n % len(OUTCOMES)], told)
        bench.render(answer)
        signed.append((sealed, answer, {**said, "why": why["reason"]}, told))

    bench.store.close()
    unlocked = copy_desk(bench.unlocked.profile.folder, tmp_path / "again")
    with open_store(unlocked, zone="Europe/Lisbon") as again:
        after = Bench(again, unlocked, bench.job)
        for sealed, answer, said, told in signed:
            form = after.form(sealed)
            assert as_kept(said) == stands(form.sealed)
            assert as_kept(told) == stands(form.acceptances[0])
            assert [] == list(lost_on_papers(after, sealed, answer, said, told, tmp_path / "form.pdf"))


def lost_on_papers(
    bench: Bench, sealed: str, answer: str, said: Texts, told: Texts, place: Path
) -> Iterator[tuple[str, str]]:
    """What a reader does not find of the plain texts; both papers are as they were signed."""
    form = file_of(bench, sealed)
    yield from lost_on(bench, form, said, read_back(form, place))
    if own := bench.read(files_of, answer):
        paper = bench.pdf(own[-1].sha256)
        yield from lost_on(bench, paper, told, read_back(paper, place))
    else:  # a customer's signature lies over the form, where poppler alone reads
        signer = {name: told[name] for name in ("name", "role", "place")}
        yield from lost_on(bench, form, signer, read_back(form, place)[1:])


def lost_on(bench: Bench, pdf: bytes, texts: Texts, read: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    assert Status.UNCHANGED == verify_file(pdf, bench.read(what_is_known)).verdict.status
    for name, text in texts.items():
        if text.isascii() and text.isprintable() and not all(stands_in(each, letters(text)) for each in read):
            yield name, text


def stands_in(read: str, wanted: str) -> bool:
    """Whole, or where it runs over pages its beginning and its end."""
    return wanted[:TOGETHER] in read and wanted[-TOGETHER:] in read


def as_kept(texts: Texts) -> Texts:
    """A technician without a name is the one at the desk."""
    found = {name: kept(typed) for name, typed in texts.items()}
    return found | {"name": found["name"] or ("Tiago Moreira" if "why" in found else "")}
