from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.signoff.queries import FormFacts, read_sealed_form
from app.store.opening import open_store
from app.store.profile import Unlocked
from app.store.runner import Opened
from app.workflows import papers, signing
from app.workflows.signing import Answer, Hand
from tests.content.sample import averdell
from tests.desks import copy_desk, make_desk
from tests.signoff.job import FIRST, Job, make_job, run_procedure, signature
from tests.stores import desk_store, store_path, whole_template

__all__ = ["desk_store", "store_path", "whole_template"]


@dataclass
class Bench:
    """A desk with a finished repair, and the acts of signing by short names."""

    store: Opened
    unlocked: Unlocked
    job: Job

    def act(self, action: Any, *args: Any, **named: Any) -> Any:
        return self.store.write(self.job.actor, action, args, named).result

    def read(self, query: Any, *args: Any) -> Any:
        return self.store.read(query, args, {})

    def draft(self) -> str:
        form: str = self.act(signing.draft_form, self.job.repair)
        return form

    def seal(self, form: str = "", **named: Any) -> str:
        named = {"reason": "no reason chosen", **named}
        sealed: str = self.act(signing.seal_form, form or self.draft(), Hand("", "Technician", signature()), **named)
        return sealed

    def accept(self, sealed: str, answer: Answer) -> str:
        accepted: str = self.act(signing.accept_form, sealed, answer)
        return accepted

    def render(self, subject: str) -> None:
        papers.render_form(self.store, self.job.actor, subject)

    def form(self, sealed: str) -> FormFacts:
        found: FormFacts = self.read(read_sealed_form, sealed)
        return found

    def pdf(self, sha256: str) -> bytes:
        found: bytes = self.read(papers.read_file, sha256)
        return found


@pytest.fixture(scope="session")
def signing_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Job]:
    """The repair with all of SOP 5 run, made once."""
    folder = make_desk(tmp_path_factory.mktemp("signing") / "desk", averdell())
    with open_store(copy_desk(folder, folder.with_name("job")), zone="Europe/Lisbon") as store:
        job = store.write(FIRST, make_job, (), {}).result
        run = store.write(job.actor, run_procedure, (job,), {}).result
    return folder.with_name("job"), Job(**{**vars(job), "run": run})


@pytest.fixture
def bench(signing_template: tuple[Path, Job], tmp_path: Path) -> Iterator[Bench]:
    template, job = signing_template
    unlocked = copy_desk(template, tmp_path / "desk")
    with open_store(unlocked, zone="Europe/Lisbon") as store:
        yield Bench(store, unlocked, job)
