"""A real disk without room, during each act: a sentence, nothing lost, nothing half; with room the act goes through."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.facts import actions as facts
from app.facts.queries import facts_of
from app.facts.rules import Sort
from app.kernel.rights import Actor, How, Right, Role
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.signoff.rules import Outcome
from app.store import locking, snapshot
from app.store.archive import write_archive
from app.store.backups import back_up, backups
from app.store.bases import Operation
from app.store.opening import open_store
from app.store.restore import restore_copy
from app.store.slots import Cost
from app.store.tail import Tail
from app.sync.records import FileWork
from app.tickets import actions as tickets
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows.destroying import drop_destroyed
from app.workflows.history_file import read_history
from app.workflows.importing import import_history
from app.workflows.repair import receive_machine
from tests.desks import copy_desk
from tests.signoff.conftest import Bench, signing_template
from tests.signoff.job import Job
from tests.signoff.test_signing import ANSWERS
from tests.tight import SmallDisk, disk
from tests.workflows.history import row, shipped, table

__all__ = ["disk", "signing_template"]

PHOTO = b"\x89PNG\r\n\x1a\n" + random.Random(5).randbytes(700_000)
WORDS = "four words of mine"


@pytest.fixture
def tight(signing_template: tuple[Path, Job], disk: SmallDisk) -> Iterator[Bench]:
    """A repair ready to be signed, on the small disk."""
    template, job = signing_template
    unlocked = copy_desk(template, disk.folder / "desk")
    with open_store(unlocked, zone="Europe/Lisbon") as store:
        yield Bench(store, unlocked, job)
    assert_sound(unlocked)


def assert_sound(unlocked: Any) -> None:
    """Every page, the whole chain, everything acknowledged, every file."""
    profile = unlocked.profile
    snapshot.verify(profile.store, unlocked.key)
    with snapshot.reading(profile.store, unlocked.key) as store:
        assert None is Tail(profile.tail, unlocked.derive("tail")).missing(store)
    with open_store(unlocked) as store:
        assert [] == store.read(lambda session: session.info["files"].damaged()[1])


def said(bench: Bench) -> int:
    return int(bench.read(lambda session: session.scalar(select(func.count()).select_from(Operation))))


def draft(title: str = "It drips") -> TicketDraft:
    return TicketDraft(TicketKind.HOW_TO, title, channel=Channel.EMAIL, words="since Monday " * 300)


def saving(bench: Bench) -> Callable[[], Any]:
    return partial(bench.act, tickets.open_ticket, draft())


def taking_in(bench: Bench) -> Callable[[], Any]:
    return partial(bench.act, receive_machine, bench.job.repair)


def attaching(bench: Bench) -> Callable[[], Any]:
    return partial(bench.act, tickets.attach, bench.job.ticket, "leak.png", PHOTO)


def sealing(bench: Bench) -> Callable[[], Any]:
    return partial(bench.seal, bench.draft())


def drawing(bench: Bench) -> Callable[[], Any]:
    return partial(bench.render, bench.seal())


def answering(bench: Bench) -> Callable[[], Any]:
    sealed = bench.seal()
    bench.render(sealed)
    return partial(bench.accept, sealed, ANSWERS[Outcome.REFUSED])


def importing(bench: Bench) -> Callable[[], Any]:
    old = table(bench.unlocked.profile.folder.with_name("old.csv"), *(row(n) for n in range(400)))
    history = read_history(old, shipped(), zone="UTC")
    return partial(bench.act, import_history, history)


def locking_fact(bench: Bench) -> Callable[[], Any]:
    rita = manager(bench)
    bench.store.write(rita, facts.choose_words, (WORDS, WORDS))
    return partial(bench.act, facts.lock_fact, bench.job.ticket, Sort.HEALTH, "a burn " * 2000)


def manager(bench: Bench) -> Actor:
    rita = bench.act(add_staff, StaffDraft("Rita Figueira", roles=(Role.MANAGER,)))
    return Actor(rita, frozenset({Role.MANAGER}), bench.unlocked.device, How.CHOSEN, frozenset(Right))


ACTS = {
    each.__name__: each for each in (saving, taking_in, attaching, sealing, drawing, answering, importing, locking_fact)
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_without_room_is_refused_whole_and_goes_through_with_room(
    tight: Bench, disk: SmallDisk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "Cost", partial(Cost, 1, 8, 1))
    act = ACTS[name](tight)
    before = said(tight)

    def unchanged() -> None:
        assert (before, []) == (said(tight), disk.halves())

    refused, _ = disk.until_it_fits(act, unchanged)

    assert refused > 0
    assert before < said(tight)
    assert [] == disk.halves()


def test_a_fact_that_could_not_be_destroyed_for_lack_of_room_is_readable_or_destroyed_and_ends_destroyed(
    tight: Bench, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "Cost", partial(Cost, 1, 8, 1))
    case, rita = tight.job.ticket, manager(tight)
    tight.store.write(rita, facts.choose_words, (WORDS, WORDS))
    fact = tight.act(facts.lock_fact, case, Sort.HEALTH, "a burn")

    def destroy() -> None:
        tight.store.write(rita, facts.destroy_facts, (case, "asked by the guest"))
        tight.store.write(rita, drop_destroyed)

    def either() -> None:
        if not tight.read(facts_of, case)[0].is_destroyed:
            assert "a burn" == tight.store.write(rita, facts.open_fact, (case, fact, WORDS)).result

    disk.until_it_fits(destroy, either)

    assert tight.read(facts_of, case)[0].is_destroyed
    assert [] == tight.read(lambda session: list(session.scalars(select(FileWork).where(FileWork.here))))


@pytest.mark.parametrize("whole", [False, True])
def test_a_backup_without_room_leaves_none_and_is_taken_with_room(tight: Bench, disk: SmallDisk, whole: bool) -> None:
    target = disk.folder / "all.aftercare-backup"
    act = partial(write_archive, tight.unlocked, target) if whole else partial(back_up, tight.unlocked)

    def none() -> None:
        assert ([], False, []) == (backups(tight.unlocked.profile.backups), target.exists(), disk.halves())

    refused, _ = disk.until_it_fits(act, none)

    assert refused > 5
    assert whole is target.exists()
    assert [] == disk.halves()


def test_a_restore_without_room_leaves_the_store_as_it_was(signing_template: tuple[Path, Job], disk: SmallDisk) -> None:
    template, _ = signing_template
    unlocked = copy_desk(template, disk.folder / "desk")
    copy = back_up(unlocked)
    before = unlocked.profile.store.read_bytes()

    def as_it_was() -> None:
        assert (before, []) == (unlocked.profile.store.read_bytes(), disk.halves())
        assert [] == list(unlocked.profile.aside.iterdir())

    refused, restored = disk.until_it_fits(partial(restore_copy, unlocked, copy.path), as_it_was)

    assert refused > 5
    assert copy.operations == restored.operations
    assert_sound(unlocked)
