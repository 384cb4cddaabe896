"""One PostgreSQL for the session, one hub that tests share, and fresh ones from a template."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from app.hub.database import NAME
from app.hub.embedded import SUPERUSER, Embedded
from app.hub.keys import Keys, read_keys
from app.hub.roles import make_roles
from app.hub.schema import migrate
from app.hub.settings import OWNER
from tests.hub.hubs import Hub, serving

FAST = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")  # of tests alone
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def hub_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return read_keys(tmp_path_factory.mktemp("keys") / "hub.key", make=True)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, hub_keys: Keys) -> Iterator[str]:
    """The socket of a server whose database `aftercare` is of this schema and empty: the template of all others."""
    with Embedded(tmp_path_factory.mktemp("hub") / "postgres", options=FAST).running() as socket:
        make_roles(f"host={socket} dbname={NAME}")
        migrate(f"host={socket} dbname={NAME}", hub_keys)
        yield socket


@contextmanager
def _database(socket: str, keys: Keys) -> Iterator[Hub]:
    name = f"hub_{next(_numbers)}"
    with psycopg.connect(host=socket, user=SUPERUSER, dbname="postgres", autocommit=True) as maker:
        maker.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {NAME}".encode())
        yield Hub(f"host={socket} dbname={name}", keys)
        maker.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def quiet_hub(postgres: str, hub_keys: Keys) -> Iterator[Hub]:
    """A fresh database, nothing serving yet."""
    with _database(postgres, hub_keys) as hub:
        yield hub


@pytest.fixture(scope="session")
def hub(postgres: str, hub_keys: Keys) -> Iterator[Hub]:
    """A hub that serves on a port of this machine; tests share it, each with partners of its own."""
    with _database(postgres, hub_keys) as hub, serving(hub):
        yield hub


@pytest.fixture
def own_hub(quiet_hub: Hub) -> Iterator[Hub]:
    """The same, for a test that changes what partners share."""
    with serving(quiet_hub):
        yield quiet_hub
