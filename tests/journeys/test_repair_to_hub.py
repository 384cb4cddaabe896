"""J1 and J7: two laptops of a partner and a hub as a process of its own, from a repair to one truth."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.content.publish import publisher_path
from app.documents.verify import verify_pdf
from app.schema import KINDS
from app.signoff.queries import read_sealed_form
from app.signoff.rules import FormState, Outcome
from app.sync import local
from app.tickets.records import Ticket
from app.workflows import papers, signing
from app.workflows.sample import RESOURCES
from app.workflows.signing import Answer, Hand
from app.workflows.verifying import what_is_known
from tests.content.sample import averdell
from tests.hub.offices import Office
from tests.hub.processes import said, served
from tests.signoff.job import Job, make_job, run_procedure, signature

OWN = ("Ribeira", "Teresa", "Flores", "Tiago", "Joana", "+351 22 000")  # the partner's, never the manufacturer's


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An embedded hub that serves, with Averdell published and one partner: its folder and address."""
    folder = tmp_path / "hub"
    here = ("--embedded", str(folder))
    pack = RESOURCES / "averdell"
    with served("--embedded", str(folder), LC_ALL="C", LANG="xx_XX.UTF-8") as hub:
        assert 0 == said("partner", "add", "PT02", "--name", "Moinho Atlântico Lda", "--market", "PT", *here)[0]
        assert 0 == said("publish", str(pack), "--publisher", str(publisher_path(pack)), *here)[0]
        yield folder, hub.url


def code(folder: Path) -> str:
    return str(said("device", "code", "PT02", "--embedded", str(folder))[1]["code"])


def titled(work: Any, ticket: str, **values: Any) -> None:
    row = work.session.scalars(select(Ticket).where(Ticket.id == ticket)).one()
    for name, value in values.items():
        setattr(row, name, value)


def exchange(*offices: Office) -> None:
    for _ in range(2):
        for each in offices:
            each.sync()


def test_two_laptops_offline_one_signs_the_other_takes_the_answer_and_all_hold_the_same(
    place: tuple[Path, str], tmp_path: Path
) -> None:
    folder, url = place
    bench, counter = Office(tmp_path / "bench", pack=averdell()), Office(tmp_path / "counter", person="joana")
    bench.syncing.enrol(url, code(folder), name="Bench")
    counter.syncing.enrol(url, code(folder), name="Counter")
    job: Job = bench.do(make_job)
    bench.actor = job.actor
    bench.do(run_procedure, job)
    exchange(bench, counter)  # a second device has everything, the manufacturer's pack included

    bench.do(titled, job.ticket, title="Valve drips and hisses")  # both offline from here
    sealed = bench.do(signing.seal_form, bench.do(signing.draft_form, job.repair), Hand("", "Technician", signature()),
                      reason="no reason chosen")  # fmt: skip
    papers.render_form(bench.store, bench.actor, sealed)
    counter.do(titled, job.ticket, words="It hisses, too")
    bench.sync()
    counter.sync()
    counter.do(signing.accept_form, sealed, Answer(Outcome.SIGNED, Hand("Teresa Teixeira", "Owner", signature())))
    exchange(counter, bench)

    row = counter.ask(lambda session: session.scalars(select(Ticket).where(Ticket.id == job.ticket)).one())
    form = bench.ask(read_sealed_form, sealed)
    assert ("Valve drips and hisses", "It hisses, too") == (row.title, row.words)
    assert FormState.ACCEPTED is form.state
    assert [(), ()] == [each.syncing.compare() for each in (bench, counter)]
    assert bench.ask(local.sums, KINDS) == counter.ask(local.sums, KINDS)
    paper = counter.ask(papers.read_file, form.files[0].sha256)
    verdict = verify_pdf(paper, counter.ask(what_is_known))
    assert ("unchanged", ["confirmed"]) == (
        verdict.status.value,
        [each.certificate_state.value for each in verdict.signatures],
    )
    _manufacturer_sees_the_shared_branch_alone(folder, row.number)
    for each in (bench, counter):
        each.close()


def _manufacturer_sees_the_shared_branch_alone(folder: Path, number: str) -> None:
    here = ("--embedded", str(folder))
    code, answer, told = said("show", "PT02", "ticket", number, *here)
    text = json.dumps(answer, ensure_ascii=False)

    assert (0, "") == (code, told)
    assert "Valve drips and hisses" in text
    assert [] == [each for each in OWN if each in text]
