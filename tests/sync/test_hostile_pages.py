"""What another desk sends of a signed repair, with any key missing or of the wrong sort: the row is held or its pages
show it, and neither breaks the exchange."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import catalog_of
from app.kernel.canonical import canonical
from app.kernel.errors import UserError
from app.kernel.ids import new_id
from app.schema import KINDS
from app.signoff.queries import certificates, read_acceptance, read_sealed_form
from app.signoff.rules import Outcome, Subject
from app.sop.records import SopTick
from app.store.bases import Sealed, Synced
from app.sync import local
from app.sync.answers import HubRow
from app.sync.records import Held
from app.sync.shapes import DELETED, shapes_of
from app.views.form_page import form_page
from app.views.forms_list import forms_list
from app.views.parts_page import parts_page
from app.views.repair_page import repair_page
from app.views.sight import ticket_sight
from app.views.sop_run import sop_page
from app.views.ticket_page import ticket_page
from app.views.unit_page import unit_page
from app.workflows.acceptance_sheets import acceptance_sheet
from app.workflows.form_sheets import form_sheet
from app.workflows.sign_page import sign_page
from tests.signoff.conftest import Bench, bench, signing_template
from tests.signoff.test_signing import ANSWERS
from tests.sync.test_local import answer

__all__ = ["bench", "signing_template"]

WRONG: tuple[Any, ...] = ({}, [], "text", -1, 2**53 - 1, None, True, ["x"], {"as": "serial"}, [{"text": 1}])
SHAPES = shapes_of(KINDS)
BRANCHES = ("shared", "partner")


def mutants(body: Any, *, deep: int = 5) -> Iterator[Any]:
    """The same with one key or entry gone, or of another sort, at every depth; of a list its first entry alone."""
    keys: list[Any] = list(body) if isinstance(body, dict) else list(range(len(body)))[:1]
    for key in keys:
        for wrong in WRONG:
            if wrong != body[key]:
                yield _with(body, key, wrong)
        if isinstance(body, dict):
            yield {name: each for name, each in body.items() if name != key}
        if deep and isinstance(body[key], dict | list):
            yield from (_with(body, key, each) for each in mutants(body[key], deep=deep - 1))


def _with(body: Any, key: Any, value: Any) -> Any:
    changed = copy.copy(body)
    changed[key] = value
    return changed


def fields_of(thing: Any) -> dict[str, Any]:
    """A stored row as it would come over the wire."""
    return {name: getattr(thing, "deleted" if name == DELETED else name) for name in SHAPES[thing.__tablename__].types}


def variants(thing: Any) -> Iterator[dict[str, Any]]:
    """The row as another desk may send it."""
    fields = fields_of(thing)
    if isinstance(thing, Sealed):
        for branch in BRANCHES:
            for body in mutants(json.loads(fields[branch])):
                changed = fields | {branch: canonical(body).decode()}
                both = b"".join(sha256(changed[each].encode()).digest() for each in BRANCHES)
                yield changed | {"sha256": sha256(both).hexdigest()}
        return
    for column in ("matter", "private") if isinstance(thing, Synced) else ("body",):
        yield from (fields | {column: body} for body in mutants(fields[column]) if isinstance(body, dict))


class Peer:
    """Sends rows to the bench, and looks at what its user would see."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def write(self, actor: Any, action: Any, args: Any, named: Any) -> Any:
        return self.bench.store.write(actor, action, args, named)

    def read(self, query: Any, args: Any = ()) -> Any:
        return self.bench.store.read(query, args, {})

    def send(self, kind: str, whole: list[dict[str, Any]]) -> list[str]:
        """The ids of those that stand; every other one is held."""
        rows = [HubRow(kind, new_id(), n, fields, _stamps(kind, fields)) for n, fields in enumerate(whole, 1)]
        store: Any = self
        page = answer(store, *rows)

        taken = self.bench.act(local.take_answer, page)

        held = {each.id for each in self.read(lambda session: session.scalars(select(Held)).all())}
        stand = [row.key for row in rows if row.key not in held]
        assert len(stand) == taken.rows > 0
        return stand


def _stamps(kind: str, fields: dict[str, Any]) -> dict[str, str]:
    return dict.fromkeys(fields, f"{1:012x}0000" + "f" * 16) if kind == "sign_form" else {}


def look(bench: Bench, language: str = "en") -> None:
    """Every page of the job."""
    job = bench.job
    for view, *args in (
        (repair_page, job.repair, language), (ticket_page, job.ticket, language), (unit_page, job.unit, language),
        (sop_page, job.run, language), (forms_list, language), (ticket_sight, job.ticket), (certificates,),
    ):  # fmt: skip
        assert bench.read(view, *args) is not None
    bench.read(lambda session: sign_page(session, subject=Subject(job.repair)))


def things(bench: Bench, kind: str) -> list[Any]:
    """The rows of a kind, one of each sort of event."""
    model: Any = KINDS[kind]
    rows = bench.read(lambda session: list(session.scalars(select(model).order_by(model.rid))))
    return list({getattr(each, "kind", each.id): each for each in rows}.values())


@pytest.mark.parametrize("kind", ["repair_event", "unit_event", "ticket_event", "stock_move", "form_event", "sop_tick"])
def test_every_page_shows_or_never_sees_an_event_that_lacks_its_keys(bench: Bench, kind: str) -> None:
    bench.render(bench.seal())

    for thing in things(bench, kind):
        sent = [each | {"at": thing.at + n} for n, each in enumerate(variants(thing), 1)]
        Peer(bench).send(kind, [*sent, fields_of(thing) | {"kind": "of another version"}])
        look(bench)

    bench.read(lambda session: parts_page(session, "en"))


def test_a_checklist_shows_or_never_sees_a_latest_tick_that_lacks_its_keys(bench: Bench) -> None:
    """Of a step the latest tick alone is shown: each comes as the latest once."""
    for thing in things(bench, "sop_tick"):
        readable = [each for each in variants(thing) if not SopTick.doubt(thing.kind, each["body"])]
        for at, variant in enumerate(readable, 1):
            Peer(bench).send("sop_tick", [variant | {"at": thing.at + at}])

            bench.read(sop_page, bench.job.run, "en")


def test_every_page_shows_or_never_sees_a_sealed_form_that_lacks_its_keys(bench: Bench) -> None:
    bench.seal()
    (thing,) = things(bench, "sealed_form")

    stand = Peer(bench).send("sealed_form", [fields_of(thing), *variants(thing)])

    for key in stand:
        bench.read(_look_at_form, key)
    look(bench, "ar")


def test_every_page_shows_or_never_sees_an_answer_that_lacks_its_keys(bench: Bench) -> None:
    bench.accept(bench.seal(), ANSWERS[Outcome.SIGNED])
    (thing,) = things(bench, "acceptance")

    stand = Peer(bench).send("acceptance", [fields_of(thing), *variants(thing)])

    bench.read(_look_at_answers, stand, thing.subject_id)
    bench.read(_look_at_form, thing.subject_id)
    look(bench, "ar")


def test_every_page_shows_or_never_sees_a_draft_that_lacks_its_keys(bench: Bench) -> None:
    bench.draft()
    (thing,) = things(bench, "sign_form")

    stand = Peer(bench).send("sign_form", [fields_of(thing), *variants(thing)])

    for key in stand:
        bench.read(lambda session, draft=key: sign_page(session, draft=draft))
    look(bench)


def _look_at_form(session: Session, key: str) -> None:
    facts = read_sealed_form(session, key)
    assert facts
    form_page(session, key, "en")
    sign_page(session, sealed=key)
    with suppress(UserError):  # a form version that is not here is said to be missing
        form_sheet(catalog_of(session), facts.sealed)


def _look_at_answers(session: Session, keys: list[str], subject: str) -> None:
    catalog, form = catalog_of(session), read_sealed_form(session, subject)
    for answered in (read_acceptance(session, key) for key in keys):
        assert answered and form
        acceptance_sheet(catalog, answered, form.sealed)
