"""A profile with very many tickets: made by importing tables, kept in a folder where one is named."""

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import keyring
import pytest
from sqlalchemy import select

from app.customers.records import Customer
from app.kernel.ids import new_id
from app.kernel.instants import now
from app.kernel.rights import Actor
from app.store.backups import HOUR, back_up_when_due
from app.store.migrate import SCHEMA_VERSION
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_profile, unlock
from app.store.slots import Cost
from app.store.work import Work
from app.workflows.history_file import read_history
from app.workflows.import_map import MAPS, read_map
from app.workflows.importing import import_history
from app.workflows.sample import SYSTEM, fill_sample
from tests.bench import key_ring
from tests.bench.figures import Size
from tests.bench.old_tickets import BRANDS, MAP, write_table

PASSPHRASE = "four invented words here"
ZONE = "Europe/Lisbon"
_BLOCK = 10_000
_OPEN_SHARE = 100  # one more open ticket for so many old ones
_LAYOUT = 3  # of what is kept; another number makes it anew


@dataclass(frozen=True, slots=True)
class Large:
    """The profile; `environment` is what a desk of it needs to find its key."""

    folder: Path
    environment: dict[str, str]

    def unlocked(self) -> Unlocked:
        """As a desk opens it."""
        with _own_ring(self.environment):
            return unlock(Profile(self.folder))


@contextmanager
def _own_ring(environment: dict[str, str]) -> Iterator[None]:
    """The key store of the bench in this process, and the one before it afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        before = keyring.get_keyring()
        keyring.set_keyring(key_ring.FileRing())
        try:
            yield
        finally:
            keyring.set_keyring(before)


def large_store(size: Size, folder: Path) -> Large:
    """The sample's pack, people and machines, and `size.tickets` old tickets; made in `folder` unless
    `size.folder` has it already."""
    place = Path(size.folder) if size.folder else folder
    place = place / f"large-{size.tickets}"
    made = Large(place / "desk", {**key_ring.CHOSEN, key_ring.VARIABLE: str(place / "ring.json")})
    wanted = {"layout": _LAYOUT, "tickets": size.tickets, "schema": SCHEMA_VERSION}
    done = place / "made.json"
    if done.exists() and json.loads(done.read_text()) == wanted:
        return made
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    _fill(made, size.tickets, place / "table.csv")
    done.write_text(json.dumps(wanted))
    return made


def _fill(large: Large, tickets: int, table: Path) -> None:
    with _own_ring(large.environment):
        unlocked = create_profile(large.folder, passphrase=PASSPHRASE, cost=Cost()).unlocked
    plan = read_map(MAPS / f"{MAP}.yaml")
    with open_store(unlocked, zone=ZONE) as store:
        store.write(SYSTEM, fill_sample)
        for first in range(0, tickets, _BLOCK):
            history = read_history(write_table(table, min(_BLOCK, tickets - first), first=first), plan, zone=ZONE)
            store.write(importer(unlocked), import_history, (history,))
        store.write(importer(unlocked), _add_open, (tickets // _OPEN_SHARE,))
    table.unlink()
    back_up_when_due(unlocked, now(), every=0)  # else each start would begin one


def _add_open(work: Work, count: int) -> None:
    """New tickets of the customers there are, logged in the last days: the list that the desk opens with."""
    customers = work.session.scalars(select(Customer.id).order_by(Customer.rid)).all()
    ids = [new_id() for _ in range(count)]
    work.add_many("ticket", (
        {
            "id": key, "number": number, "kind": "fault", "title": f"{typed} does not heat", "words": "since today",
            "customer": customers[at % len(customers)], "occurred_at": now() - at * HOUR,
        }
        for at, (key, number, typed) in enumerate(zip(ids, work.next_numbers(count), itertools.cycle(BRANDS)))
    ))  # fmt: skip
    work.add_many(
        "ticket_event",
        ({"subject_id": key, "kind": "opened", "at": now() - at * HOUR, "body": {}} for at, key in enumerate(ids)),
    )


def importer(unlocked: Unlocked) -> Actor:
    """Who may do everything, on that device."""
    return Actor("", SYSTEM.roles, unlocked.device, SYSTEM.how, SYSTEM.rights)
