"""The desk is killed while facts are locked and destroyed: each is readable or destroyed, and none is in between."""

import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.content.shelf import install_pack
from app.facts import actions, queries
from app.facts.records import FactEvent
from app.kernel.rights import Actor, How, Right, Role
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.store import locking
from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.slots import Cost
from app.store.snapshot import check_store
from app.workflows.destroying import drop_destroyed
from tests.killing import killed_after
from tests.sizes import KILLS
from tests.small_pack import pack
from tests.stores import EVERYTHING

ROOT = Path(__file__).parents[2]
WORDS = "four words of mine"


def cases(session: Any) -> set[str]:
    return set(session.scalars(select(FactEvent.subject_id)))


def test_no_kill_leaves_a_fact_that_is_neither_readable_nor_destroyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "Cost", partial(Cost, 1, 8, 1))
    unlocked = create_sample(tmp_path / "desk")
    with open_store(unlocked) as store:
        store.write(EVERYTHING, install_pack, (pack(),))
        person = store.write(EVERYTHING, add_staff, (StaffDraft("Rita Figueira", roles=(Role.MANAGER,)),)).result
        rita = Actor(person, frozenset({Role.MANAGER}), unlocked.device, How.CHOSEN, frozenset(Right))
        store.write(rita, actions.choose_words, (WORDS, WORDS))
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.locker", str(tmp_path / "desk"), person], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    chance, said = random.Random(13), list[tuple[str, str]]()
    for _ in range(KILLS):
        said += killed_after(nursery, chance.uniform(0, 0.06))
    nursery.communicate()

    with open_store(unlocked) as store:
        store.write(rita, drop_destroyed)  # as each exchange does: what a kill left undone is done
        facts = {case: store.read(queries.facts_of, (case,))[0] for case in store.read(cases)}
        read = {
            case: store.write(rita, actions.open_fact, (case, fact.id, WORDS)).result
            for case, fact in facts.items()
            if not fact.is_destroyed
        }
        named = {fact.wrap for fact in facts.values() if not fact.is_destroyed}
        kept = store.read(lambda session: {each for each in named if session.info["files"].has(each)})
        keys = [path for path in unlocked.profile.files.glob("??/*") if path.is_file()]
        damaged = store.read(lambda session: session.info["files"].damaged()[1])
    check_store(unlocked.profile.store, unlocked.key)

    assert KILLS <= len(said)
    assert {case for kind, case in said if kind == "destroyed"} <= {c for c, fact in facts.items() if fact.is_destroyed}
    assert {case for kind, case in said if kind == "locked"} <= facts.keys()
    assert {case: f"the fact of {case}" for case in read} == read
    assert (named, []) == (kept, damaged)
    assert len(keys) - len(named) <= KILLS  # the key of a fact that was never acknowledged opens nothing that is there
