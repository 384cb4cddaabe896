import shutil
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.core
import pytest

from app.store.bases import Base
from app.store.engine import open_engine
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock
from app.store.sessions import ThreadStore
from tests.store import sample
from tests.stores import KEY


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a headless machine; and no test touches the key store of whoever runs it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    keyring.set_keyring(keyring.core.load_keyring("keyring.backends.fail.Keyring"))


@pytest.fixture
def path(store_path: Path) -> Path:
    """An empty encrypted store."""
    return store_path


@pytest.fixture
def store(path: Path) -> Iterator[ThreadStore]:
    opened = ThreadStore(path, KEY, reader=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample profile with a migrated, empty store, made once."""
    folder = tmp_path_factory.mktemp("template") / "desk"
    with open_store(create_sample(folder)):
        pass
    return folder


@pytest.fixture
def desk(desk_template: Path, tmp_path: Path) -> Unlocked:
    """A copy of it with the invented kinds of the store's own tests beside the real ones."""
    folder = tmp_path / "desk"
    shutil.copytree(desk_template, folder)
    unlocked = unlock(Profile(folder))
    engine = open_engine(unlocked.profile.store, unlocked.key)
    invented = (sample.SampleNote, sample.SampleMove, sample.SampleSeal, sample.SampleLevel)
    Base.metadata.create_all(engine, [Base.metadata.tables[model.__tablename__] for model in invented])
    engine.dispose()
    return unlocked


@pytest.fixture(scope="module")
def module_store(whole_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadStore]:
    """One store for all examples of a property."""
    target = tmp_path_factory.mktemp("module") / "store.db"
    target.write_bytes(whole_template.read_bytes())
    opened = ThreadStore(target, KEY, reader=False)
    yield opened
    opened.close()
