import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DatabaseError

from app.kernel.canonical import canonical
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import DAY, now
from app.kernel.rights import Right, Role
from app.language.speaking import speak
from app.signoff import actions, queries
from app.signoff.queries import key_of, read_draft
from app.signoff.records import DeviceKey, SignForm
from app.signoff.rules import FormState, Outcome
from app.sop.actions import stop_run, tick_step
from app.sop.rules import TickKind
from app.store.work import Work
from app.tickets.rules import Resolution
from app.workflows import papers, signing
from app.workflows.repair import undo_line
from app.workflows.resolving import resolve_facts
from app.workflows.signing import Answer, Hand
from tests.signoff.conftest import Bench
from tests.signoff.job import NEW_BOILER, OLD_BOILER, UNIT, signature

SIGNED = Answer(Outcome.SIGNED, Hand("Teresa Teixeira", "Owner", signature()))
ANSWERS = {
    Outcome.SIGNED: SIGNED,
    Outcome.PAPER: Answer(Outcome.PAPER, Hand("Teresa Teixeira", "Owner")),
    Outcome.ABSENT: Answer(Outcome.ABSENT, Hand(""), received_by="Night porter"),
    Outcome.REFUSED: Answer(Outcome.REFUSED, Hand("Teresa Teixeira"), reason="It still drips"),
}
STATES = {
    Outcome.SIGNED: FormState.ACCEPTED,
    Outcome.PAPER: FormState.PAPER,
    Outcome.ABSENT: FormState.ABSENT,
    Outcome.REFUSED: FormState.REFUSED,
}


def test_a_draft_is_filled_from_the_repair_with_every_serialised_component(bench: Bench) -> None:
    draft = bench.read(queries.read_draft, bench.draft())

    rows = draft.matter["values"]["exchange"]
    assert {"BL", "PR"} == {row["component"]["code"] for row in rows}
    boiler = next(row for row in rows if row["component"]["code"] == "BL")
    assert (OLD_BOILER, NEW_BOILER) == (boiler["serial_out"]["serial"], boiler["serial_in"]["serial"])
    tests = draft.matter["values"]["tests"][0]
    assert (180, 2, True) == tuple(tests["valve_opens"][key] for key in ("value", "decimals", "within"))
    assert UNIT == draft.matter["unit"]["serial"]


def test_the_customer_and_the_staff_are_in_the_partners_branch_alone(bench: Bench) -> None:
    facts = bench.form(bench.seal()).sealed

    for secret in ("Ribeira", "Teresa", "Tiago", "Joana", "Flores"):
        assert secret not in facts.shared_json
        assert secret != "Tiago" or secret in facts.partner_json
    assert "strokes" not in facts.shared
    assert 32 == len(facts.partner["salt"])


def test_drafting_again_fills_the_same_draft_anew(bench: Bench) -> None:
    first = bench.draft()
    rows = bench.read(queries.read_draft, first).matter["values"]["exchange"]

    bench.act(undo_line, bench.job.repair, rows[0]["line"])

    assert first == bench.draft()
    assert 1 == len(bench.read(queries.read_draft, first).matter["values"]["exchange"])


def test_the_seal_binds_both_branches_and_names_the_seal_before_it(bench: Bench) -> None:
    first = bench.form(bench.seal()).sealed
    second = bench.form(bench.seal()).sealed

    halves = [hashlib.sha256(half.encode()).digest() for half in (first.shared_json, first.partner_json)]
    assert hashlib.sha256(b"".join(halves)).hexdigest() == first.sha256
    assert first.shared_json == canonical(json.loads(first.shared_json)).decode()
    assert ("", first.sha256) == (first.previous, second.previous)
    assert first.shared["evidence"]["consent_sha256"] == hashlib.sha256(first.shared["consent"].encode()).hexdigest()
    assert "unknown" == first.shared["evidence"]["clock_drift"]


def test_a_sealed_form_cannot_be_edited_by_anyone(bench: Bench) -> None:
    bench.seal()

    def by_hand(work: Work) -> None:
        work.session.connection().info["door"] = True
        work.session.execute(text("UPDATE sealed_form SET shared = '{}'"))

    with pytest.raises(DatabaseError, match="append-only"):
        bench.act(by_hand)


def test_two_seals_of_one_draft_are_both_kept_and_a_person_says_which_holds(bench: Bench) -> None:
    draft = bench.draft()
    first, second = bench.seal(draft), bench.seal(draft)

    bench.act(actions.supersede, first, by=second, reason="signed twice by mistake")

    found = bench.read(lambda session: queries.sealed_forms(session, draft_id=draft))
    assert {first, second} == {each.sealed.id for each in found}
    assert (FormState.SUPERSEDED, FormState.OPEN) == (bench.form(first).state, bench.form(second).state)
    assert bench.form(first).sealed.number != bench.form(second).sealed.number


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_is_a_sealed_document_of_its_own(bench: Bench, outcome: Outcome) -> None:
    sealed = bench.seal()
    before = bench.form(sealed).sealed

    accepted = bench.accept(sealed, ANSWERS[outcome])

    after = bench.form(sealed)
    assert before == after.sealed
    assert STATES[outcome] == after.state
    found = bench.read(queries.read_acceptance, accepted)
    assert (before.sha256, before.number, outcome.value) == tuple(
        found.shared[key] for key in ("form_sha256", "form", "outcome")
    )
    assert before.sha256 == found.previous


def test_several_answers_are_all_kept_and_a_signature_outweighs_the_rest(bench: Bench) -> None:
    sealed = bench.seal()

    for outcome in (Outcome.REFUSED, Outcome.SIGNED, Outcome.ABSENT):
        bench.accept(sealed, ANSWERS[outcome])

    assert (3, FormState.ACCEPTED) == (len(bench.form(sealed).acceptances), bench.form(sealed).state)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(Outcome.SIGNED, Hand("Teresa")), "ink"),
        (Answer(Outcome.SIGNED, Hand("Teresa", ink=(((5, 5, 0, 500),),))), "ink"),
        (Answer(Outcome.SIGNED, Hand(" ", ink=signature())), "name"),
        (Answer(Outcome.PAPER, Hand("")), "name"),
        (Answer(Outcome.ABSENT, Hand("")), "received_by"),
        (Answer(Outcome.REFUSED, Hand("Teresa")), "reason"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_and_the_field_named(
    bench: Bench, answer: Answer, field: str
) -> None:
    sealed = bench.seal()

    with pytest.raises(UserError) as caught:
        bench.accept(sealed, answer)

    assert field == caught.value.field


def test_a_missing_value_stops_once_and_goes_on_with_a_reason_or_the_value(bench: Bench) -> None:
    draft = bench.draft()

    with pytest.raises(UserError) as caught:
        bench.seal(draft, reason="")
    sealed = bench.seal(
        draft, reason="", typed={f"exchange/{n}/reason": {"as": "choice", "code": "failed"} for n in (0, 1)}
    )

    assert (Trouble.NEEDS_REASON, "exchange/0/reason") == (caught.value.kind, caught.value.field)
    assert "Reason" in speak(caught.value.message, "en")
    assert "failed" == bench.form(sealed).sealed.shared["values"]["exchange"][1]["reason"]["code"]


def test_what_is_written_by_hand_stays_with_the_partner(bench: Bench) -> None:
    sealed = bench.seal(typed={"work/0/remarks": "Door code 4711"})

    facts = bench.form(sealed).sealed
    assert "4711" in facts.partner_json
    assert "4711" not in facts.shared_json


def test_no_form_is_signed_over_a_safety_step_outside_its_limits(bench: Bench) -> None:
    def measure(value: int) -> None:
        bench.act(tick_step, bench.job.run, "valve_opens", TickKind.MEASURED, {"value": value, "reason": "hm"})

    measure(220)
    with pytest.raises(UserError) as caught:
        bench.seal()
    measure(180)

    assert (Trouble.NOT_ALLOWED, "run") == (caught.value.kind, caught.value.field)
    assert bench.form(bench.seal()).sealed.number


def test_a_stopped_run_may_be_signed_and_the_form_says_so(bench: Bench) -> None:
    bench.act(tick_step, bench.job.run, "valve_opens", TickKind.MEASURED, {"value": 220, "reason": "hm"})
    bench.act(stop_run, bench.job.run, "no second valve here")

    run = bench.form(bench.seal()).sealed.shared["runs"][0]

    assert ("stopped", "no second valve here", ["valve_opens"]) == (run["state"], run["stopped"], run["outside"])


def test_a_correction_is_a_new_form_that_names_the_old(bench: Bench) -> None:
    old = bench.seal()

    with pytest.raises(UserError):
        bench.act(signing.correct_form, old, reason=" ")
    new = bench.seal(bench.act(signing.correct_form, old, reason="wrong boiler number"))

    facts = bench.form(new).sealed
    assert {
        "number": bench.form(old).sealed.number,
        "sha256": bench.form(old).sealed.sha256,
        "reason": "wrong boiler number",
    } == facts.shared["corrects"]
    assert FormState.SUPERSEDED == bench.form(old).state
    assert old == facts.corrects


def test_a_signed_draft_is_not_filled_again(bench: Bench) -> None:
    draft = bench.draft()
    bench.seal(draft)

    with pytest.raises(UserError):
        bench.act(actions.fill_draft, draft, matter={}, private={})
    assert draft != bench.draft()


def test_the_technician_signs_with_ink_and_with_a_name(bench: Bench) -> None:
    with pytest.raises(UserError) as caught:
        bench.act(signing.seal_form, bench.draft(), Hand("", "Technician"))
    sealed = bench.form(bench.seal())

    assert "ink" == caught.value.field
    assert "Tiago Moreira" == sealed.sealed.partner["signer"]["name"]


def test_one_key_serves_all_seals_of_a_device_and_is_in_no_operation(bench: Bench) -> None:
    bench.seal()
    bench.seal()

    def found(session: Any) -> tuple[int, int]:
        keys = session.execute(text("SELECT private_key FROM device_key")).scalars().all()
        ops = session.execute(text("SELECT body FROM op")).scalars().all()
        return len(keys), sum(keys[0].hex() in bytes(op).decode("utf-8", "replace") for op in ops)

    assert (1, 0) == bench.read(found)


def test_a_correction_asked_for_twice_is_one_draft_with_the_last_reason(bench: Bench) -> None:
    old = bench.seal()

    first, second = (bench.act(signing.correct_form, old, reason=reason) for reason in ("a slip", "two slips"))

    assert first == second
    assert "two slips" == bench.read(read_draft, second).reason


def test_whoever_may_take_an_acceptance_needs_no_right_to_sign(bench: Bench) -> None:
    sealed = bench.seal()
    bench.render(sealed)
    agent = replace(bench.job.actor, roles=frozenset({Role.AGENT}), rights=frozenset({Right.TAKE_ACCEPTANCE}))

    answer = Answer(Outcome.SIGNED, Hand("Teresa Teixeira", ink=signature()))
    accepted = bench.store.write(agent, signing.accept_form, (sealed, answer), {}).result
    papers.render_form(bench.store, agent, accepted)

    assert FormState.ACCEPTED == bench.form(sealed).state
    assert accepted == bench.form(sealed).files[-1].acceptance


def test_the_first_answer_of_a_device_that_never_sealed_makes_its_key(bench: Bench) -> None:
    sealed = bench.seal()
    bench.store.write(bench.job.actor, lambda work: work.session.execute(delete(DeviceKey)), (), {})
    agent = replace(bench.job.actor, rights=frozenset({Right.TAKE_ACCEPTANCE}))

    absent = Answer(Outcome.ABSENT, Hand(""), received_by="the porter")
    bench.store.write(agent, signing.accept_form, (sealed, absent), {})

    assert bench.read(key_of, bench.form(sealed).sealed.device)


def test_each_seal_names_the_one_before_it_also_after_a_clock_was_put_right(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(signing, "now", lambda: now() + DAY)
        first = bench.form(bench.seal()).sealed
    second, third = (bench.form(bench.seal()).sealed for _ in range(2))

    assert [first.sha256, second.sha256] == [second.previous, third.previous]


def test_an_unsigned_form_is_missed_at_the_end_of_its_ticket_however_many_others_wait(bench: Bench) -> None:
    def others(work: Work) -> None:
        work.session.add_all(SignForm(form="F-02", version=1) for _ in range(200))

    bench.draft()
    bench.act(others)

    assert 1 == bench.read(resolve_facts, bench.job.ticket, Resolution()).unsigned_forms
