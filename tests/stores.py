"""An encrypted store with every table of the product, made once and copied for each test; and who acts in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from app import schema
from app.kernel.ids import new_id
from app.kernel.rights import Actor, How, Right, Role
from app.store.bases import Stream, new_stream
from app.store.engine import create_tables, open_engine
from app.store.sessions import ThreadStore

KEY = bytes(range(32))
EVERYTHING = Actor("", frozenset(Role), "device-1", How.CHOSEN, frozenset(Right))


def actor(*rights: Right, person: str = "ann", roles: tuple[Role, ...] = (Role.TECHNICIAN,)) -> Actor:
    """Somebody with these rights alone."""
    return Actor(person, frozenset(roles), "device-1", How.CHOSEN, frozenset(rights))


@pytest.fixture(scope="session")
def whole_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store with all tables."""
    assert schema.KINDS
    path = tmp_path_factory.mktemp("whole") / "store.db"
    engine = open_engine(path, KEY)
    create_tables(engine)
    with engine.begin() as connection:
        connection.execute(insert(Stream).values(**new_stream(), device=new_id()))
    engine.dispose()
    return path


@pytest.fixture
def store_path(whole_template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    target = tmp_path / "store.db"
    target.write_bytes(whole_template.read_bytes())
    return target


@pytest.fixture
def desk_store(store_path: Path) -> Iterator[ThreadStore]:
    """The copy, opened for this thread."""
    opened = ThreadStore(store_path, KEY, reader=False, zone="Europe/Lisbon")
    yield opened
    opened.close()
