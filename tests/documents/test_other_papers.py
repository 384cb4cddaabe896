"""Receipt and acceptance, stamps, and the preview."""

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from app.documents.acceptance_paper import AcceptanceSheet, draw_acceptance
from app.documents.intake_paper import IntakeSheet, Step, draw_intake
from app.documents.paper import Place
from app.documents.preview import page_count, render_page
from app.documents.sheet import Fact, Group, Remark
from app.documents.signing import Signing, sign_certifying
from app.documents.stamp_paper import Stamp, draw_stamp
from app.documents.verdict import Status
from app.documents.verify import verify_pdf
from app.kernel.errors import Trouble, UserError
from tests.documents import samples, signed
from tests.lacking import tool


def intake() -> IntakeSheet:
    frame = samples.frame("en", title="Receipt for your machine", template="Receipt, version 1", data=b"", seal="")
    return IntakeSheet(
        frame=replace(frame, seal_label=""),
        lead="We have your Forge FD2A. You get it back on Friday, 27 November, by 16:00.",
        case_label="Your case number",
        case_number="PT02-B-000456",
        groups=(
            Group("Machine", (Fact("Model", "Forge FD2A"), Fact("Serial number", "FD2A-2617-00428-N"))),
            Group("Brought by", (Fact("Name", "Teresa Teixeira"), Fact("Phone", "+351 22 555 01 18"))),
        ),
        remarks=(
            Remark("What you told us", "It trips the fuse as soon as the boiler heats."),
            Remark("Condition", "Scratch on the left panel, drip tray dented.", "soon"),
        ),
        accessories_heading="What came with it",
        accessories=("Two portafilters", "Drip tray", "Mains cable"),
        next_heading="What happens next",
        next_steps=(
            Step("1", "We look for the fault and call you before anything costs money."),
            Step("2", "You say yes or no."),
            Step("3", "You get the machine back with a signed sheet of what was done."),
        ),
        signers=(replace(samples.technician("en"), heading="Taken in by", field=""),),
        small_print="Bring this receipt when you fetch the machine.",
    )


def acceptance() -> AcceptanceSheet:
    frame = samples.frame("en", title="Acceptance of a component exchange", number="PT02-B-000124")
    return AcceptanceSheet(
        frame=frame,
        lead="Teresa Teixeira accepts the work on the Forge FD2A-2617-00428-N.",
        outcome="Accepted and signed on screen.",
        outcome_kind="done",
        form_heading="The form that this belongs to",
        form=(Fact("Number", "PT02-B-000123"), Fact("Sealed", "24 November 2026, 11:25 (Europe/Lisbon)")),
        hash_label="SHA-256 of its data",
        form_hash=frame.seal,
        statement_heading="What is signed",
        statement="I have got the machine back, working, with the parts named here.",
        signers=(replace(samples.technician("en"), heading="Customer", field="customer", name="Teresa Teixeira"),),
    )


def text_of(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "paper.pdf").write_bytes(pdf)
    checked = subprocess.run([tool("qpdf"), "--check", tmp_path / "paper.pdf"], capture_output=True)
    assert 0 == checked.returncode
    done = subprocess.run([tool("pdftotext"), "-raw", tmp_path / "paper.pdf", "-"], capture_output=True, text=True)
    return done.stdout


def test_receipt_says_whom_to_call_with_which_number_on_one_page(tmp_path: Path) -> None:
    pdf = draw_intake(intake()).pdf

    text = text_of(pdf, tmp_path)

    assert 1 == page_count(pdf)
    for words in ("PT02-B-000456", "+351 22 555 01 18", "Two portafilters", "before anything costs money"):
        assert words in text
    assert draw_intake(intake()).pdf == pdf


def test_acceptance_names_the_form_with_its_whole_hash_on_one_page(tmp_path: Path) -> None:
    pdf = draw_acceptance(acceptance()).pdf

    text = text_of(pdf, tmp_path)

    assert 1 == page_count(pdf)
    assert acceptance().form_hash in re.sub(r"\s", "", text)
    assert "PT02-B-000123" in text and "Accepted and signed on screen." in text


def test_acceptance_of_its_own_is_signed_and_verified_like_a_form() -> None:
    paper = draw_acceptance(acceptance())
    look = draw_stamp(Stamp("en", "ltr", paper.places[0], signed.LINES["en"], samples.AT))
    act = Signing("customer", "Teresa Teixeira", "Accepted, signed on this device", samples.AT, appearance=look)

    verdict = verify_pdf(sign_certifying(paper.pdf, signed.device(), act, paper.places))

    assert (Status.UNCHANGED, "PT02-B-000124") == (verdict.status, verdict.number)


def test_stamp_longer_than_its_place_keeps_the_shape_of_the_place() -> None:
    place = Place("customer", 0, (100.0, 100.0, 340.0, 140.0))
    stamp = Stamp("ar", "rtl", place, ("سطر طويل " * 30,) * 3, samples.AT, samples.technician("ar"))

    box = PdfReader(io.BytesIO(draw_stamp(stamp))).pages[0].mediabox

    assert 6 == pytest.approx(float(box.width) / float(box.height), rel=0.01)
    assert box.width > 1.5 * 240  # drawn larger, to be shrunk into its place


@pytest.mark.parametrize("language", ["en", "ar"])
def test_preview_shows_the_strokes_of_both_who_signed(language: str) -> None:
    width, height, pixels = render_page(signed.by_both(language), 0, 60)

    lower = pixels[width * 4 * (height * 2 // 3) :]
    pen = [x for x in range(0, len(lower), 4) if lower[x + 2] > lower[x] + 40 and lower[x] < 120]
    halves = {x // 4 % width < width // 2 for x in pen}

    assert width * height * 4 == len(pixels)
    assert {True, False} == halves


def test_preview_of_a_damaged_file_is_a_worded_error() -> None:
    with pytest.raises(UserError) as caught:
        page_count(b"%PDF-1.7 nothing")

    assert Trouble.DAMAGED == caught.value.kind


def test_preview_may_be_asked_from_many_threads() -> None:
    pdf = signed.drawn("en").pdf
    seen: list[tuple[int, int]] = []
    threads = [Thread(target=lambda: seen.append(render_page(pdf, 0, 40)[:2])) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 6 == len(seen) and 1 == len(set(seen))
