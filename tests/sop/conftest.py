from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.opening import open_store
from app.store.runner import Opened
from tests.desks import copy_desk, make_desk
from tests.small_pack import pack
from tests.sop.steps import ITEM


@pytest.fixture(scope="session")
def sop_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("sop") / "desk", pack(ITEM))


@pytest.fixture
def store(sop_template: Path, tmp_path: Path) -> Iterator[Opened]:
    with open_store(copy_desk(sop_template, tmp_path / "desk"), zone="Europe/Lisbon") as opened:
        yield opened
