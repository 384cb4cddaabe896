"""F-01 at a machine in no repair and F-03 after a service: filled, written, sealed, drawn and verified as F-02 is."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.kernel.errors import Trouble, UserError
from app.language.speaking import speak
from app.signoff.rules import Outcome, Subject
from app.signoff.values import choice, measured, yes_no
from app.sop.actions import complete_run, tick_step
from app.sop.queries import procedure_of, read_run
from app.views.before_signing import Go
from app.views.repair_page import repair_page
from app.views.unit_page import unit_page
from app.workflows import papers, signing
from app.workflows.form_subjects import form_choices, forms_asked, forms_unsigned, where_to_sign
from app.workflows.procedures import begin_procedure
from app.workflows.sign_page import sign_page
from app.workflows.signing import Answer, Hand
from app.workflows.verifying import verify_file, what_is_known
from tests import lacking
from tests.signoff.conftest import Bench
from tests.signoff.job import NEW_BOILER, UNIT, answer, signature
from tests.signoff.test_papers import REASONS
from tests.signoff.test_signing import SIGNED

INSTALLED = {
    "place/0/voltage": measured(231), "place/0/plate": yes_no(True), "place/0/hardness": measured(5),
    "place/0/reach": yes_no(True), "tests/0/earth": measured(8), "tests/0/insulation": measured(45),
    "tests/0/dry": yes_no(True), "people/0/trained": "Teresa and Rui", "people/0/cleaning": yes_no(True),
    "people/0/papers": yes_no(False),
}  # fmt: skip


def installation(bench: Bench) -> Subject:
    return Subject(unit=bench.job.unit, form="F-01")


def seal(bench: Bench, subject: Subject, typed: dict[str, Any], **more: Any) -> str:
    seen = bench.read(lambda session: sign_page(session, subject=subject, person=bench.job.actor.person)).seen
    hand = Hand("", "Technician", signature())
    return str(bench.act(signing.seal_subject, subject, hand, seen=seen, typed=typed, **more))


def words_of(bench: Bench, sealed: str, folder: Path) -> str:
    bench.render(sealed)
    file = bench.form(sealed).file
    assert file
    place = folder / "form.pdf"
    place.write_bytes(bench.pdf(file.sha256))
    command = [lacking.tool("pdftotext"), "-raw", str(place), "-"]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def serviced(bench: Bench) -> str:
    """The half-year service, every step answered well."""
    run = str(bench.act(begin_procedure, "SOP-04", unit=bench.job.unit))
    procedure = bench.read(procedure_of, "SOP-04")
    for step in procedure.steps:
        kind, body = answer(procedure, step, bench.job.second)
        bench.act(tick_step, run, step.code, kind, body)
    return run


def test_an_installation_is_about_the_machine_and_holds_what_is_in_it(bench: Bench) -> None:
    page = bench.read(lambda session: sign_page(session, subject=installation(bench), person=bench.job.actor.person))

    # in no ticket, a form speaks the language of the market
    assert ("F-01", "", "Instalação e entrega") == (page.form, page.repair, page.title)
    assert NEW_BOILER in "".join(each.number for each in page.what.fitted).replace("-", "")
    asked = {each.path: each for each in page.to_write}
    assert set(INSTALLED) <= set(asked)
    voltage = asked["place/0/voltage"]
    assert (0, "V", True) == (voltage.places, voltage.unit, "253" in voltage.allowed)
    assert asked["place/0/plate"].question
    assert "work/0/technician" not in asked


def test_what_was_measured_may_be_seen_by_the_manufacturer_and_who_was_trained_may_not(bench: Bench) -> None:
    facts = bench.form(seal(bench, installation(bench), INSTALLED)).sealed

    assert ("F-01", bench.job.unit, "") == (
        facts.shared["form"],
        facts.shared["unit"]["id"],
        facts.shared["repair"]["id"],
    )
    place = facts.shared["values"]["place"][0]
    assert (231, True) == (place["voltage"]["value"], place["voltage"]["within"])
    assert "Rui" not in facts.shared_json and "Rui" in facts.partner_json


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_installation_is_drawn_signed_by_both_and_verified(bench: Bench, tmp_path: Path, language: str) -> None:
    sealed = seal(bench, installation(bench), INSTALLED, language=language)
    words = words_of(bench, sealed, tmp_path)
    answered = bench.accept(sealed, SIGNED)
    bench.render(answered)

    both = bench.form(sealed)
    assert both.file and both.file.acceptance == answered
    verdict = verify_file(bench.pdf(both.file.sha256), bench.read(what_is_known)).verdict
    assert "unchanged" == str(verdict.status)
    assert "BL-2634-0215" in words
    for expected in {"en": ("Installation and hand-over", "231 V", "The place", "Teresa and Rui", "4.5 MΩ"),
                     "ar": ("Teresa and Rui",)}[language]:  # fmt: skip
        assert expected in words
    assert "Not measured" not in words


def test_a_value_outside_its_limits_is_sealed_with_a_reason_alone_and_printed_as_such(
    bench: Bench, tmp_path: Path
) -> None:
    wrong = {**INSTALLED, "place/0/hardness": measured(14)}

    with pytest.raises(UserError) as caught:
        seal(bench, installation(bench), wrong)
    sealed = seal(bench, installation(bench), wrong, reason="The filter comes on Monday", language="en")

    assert (Trouble.NEEDS_REASON, "place/0/hardness") == (caught.value.kind, caught.value.field)
    assert "outside the limits, 3 to 7 °dH" in speak(caught.value.message, "en")
    words = words_of(bench, sealed, tmp_path)
    assert "Outside the limits" in words and "The filter comes on Monday" in words


@pytest.mark.parametrize("value", ["231", 231, {"as": "measured", "value": "231"}, yes_no(True)])
def test_a_number_is_taken_as_a_number_alone(bench: Bench, value: Any) -> None:
    with pytest.raises(UserError) as caught:
        seal(bench, installation(bench), {**INSTALLED, "place/0/voltage": value})

    assert (Trouble.BAD_INPUT, "place/0/voltage") == (caught.value.kind, caught.value.field)


def test_the_form_of_a_machine_is_in_its_life_and_a_second_one_is_a_correction(bench: Bench) -> None:
    sealed = seal(bench, installation(bench), INSTALLED)
    life = bench.read(unit_page, bench.job.unit, "en").life

    assert sealed in [each.argument for each in life if each.place == "form"]
    assert sealed == bench.read(where_to_sign, installation(bench)).sealed
    draft = bench.act(signing.correct_form, sealed, reason="wrong voltage")
    again = bench.act(signing.seal_form, draft, Hand("", "Technician", signature()), typed=INSTALLED)
    assert (again,) == bench.form(sealed).superseded_by
    assert again == bench.read(where_to_sign, installation(bench)).sealed


def test_the_service_fills_the_safety_test_and_its_second_person(bench: Bench) -> None:
    run = serviced(bench)

    subject = Subject(bench.job.repair, form="F-03")
    page = bench.read(lambda session: sign_page(session, subject=subject, person=bench.job.actor.person))

    assert "SOP-04" == bench.read(read_run, run).procedure
    assert {"earth", "insulation", "temperature"} <= {
        step.form_field for step in bench.read(procedure_of, "SOP-04").steps
    }
    assert 6 == len(page.what.tests) and all(each.good for each in page.what.tests)
    assert ["release/0/decision", "release/0/remarks"] == [each.path for each in page.to_write]
    assert "Joana Prata" in page.what.closing


def test_a_repair_is_signed_when_every_form_that_it_asks_for_is(bench: Bench) -> None:
    serviced(bench)
    repair = bench.job.repair
    asked = bench.read(forms_asked, repair)
    first = bench.read(where_to_sign, Subject(repair))
    seal(bench, first.subject, REASONS)
    second = bench.read(where_to_sign, Subject(repair))
    seal(bench, second.subject, {"release/0/decision": choice("released")})

    assert ("F-02", "F-03") == asked
    assert ("F-02", "F-03") == (first.subject.form, second.subject.form)
    assert () == bench.read(forms_unsigned, repair)
    waits = bench.read(where_to_sign, Subject(repair))
    assert ("F-02", True) == (waits.subject.form, bool(waits.sealed))
    assert ("F-02", "F-03") == bench.read(form_choices, Subject(repair))


def test_the_next_step_is_the_signature_until_the_last_form_is_sealed(bench: Bench) -> None:
    for run in (serviced(bench), bench.job.run):
        bench.act(complete_run, run)
    seal(bench, Subject(bench.job.repair, form="F-02"), REASONS)

    waiting = bench.read(repair_page, bench.job.repair, "en").next.go
    seal(bench, Subject(bench.job.repair, form="F-03"), {"release/0/decision": choice("locked")})
    assert (Go.SIGN, Go.HAND_OVER) == (waiting, bench.read(repair_page, bench.job.repair, "en").next.go)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_safety_test_is_drawn_and_its_answer_verified(bench: Bench, tmp_path: Path, language: str) -> None:
    serviced(bench)
    subject = Subject(bench.job.repair, form="F-03")
    sealed = seal(bench, subject, {"release/0/decision": choice("released")}, language=language)

    words = words_of(bench, sealed, tmp_path)

    expected = {"en": ("Safety test and release", "92.0 °C", "May be used", "Joana Prata"), "ar": ("Joana Prata", "°")}
    for each in expected[language]:
        assert each in words
    answered = bench.accept(sealed, Answer(Outcome.PAPER, Hand("Teresa Teixeira")))
    papers.render_form(bench.store, bench.job.actor, answered)
    pdf = bench.pdf(bench.form(sealed).file.sha256)  # type: ignore[union-attr]
    assert "unchanged" == str(verify_file(pdf, bench.read(what_is_known)).verdict.status)


def test_one_byte_changed_in_an_installation_is_told(bench: Bench, tmp_path: Path) -> None:
    sealed = seal(bench, installation(bench), INSTALLED)
    words_of(bench, sealed, tmp_path)
    pdf = bytearray((tmp_path / "form.pdf").read_bytes())
    pdf[len(pdf) // 3] ^= 1

    assert "unchanged" != str(verify_file(bytes(pdf), bench.read(what_is_known)).verdict.status)


def test_a_form_that_nobody_named_and_a_machine_that_is_not_here_are_said(bench: Bench) -> None:
    for subject in (Subject(unit="nowhere", form="F-01"), Subject(unit=bench.job.unit, form="F-99")):
        with pytest.raises(UserError) as caught:
            bench.read(lambda session, about=subject: sign_page(session, subject=about))
        assert Trouble.MISSING == caught.value.kind


def test_the_machine_offers_its_forms(bench: Bench) -> None:
    assert (("F-01", "Installation and hand-over"),) == bench.read(unit_page, bench.job.unit, "en").forms
    assert UNIT == bench.read(lambda s: sign_page(s, subject=installation(bench))).what.unit[-17:].replace("-", "")
