from pathlib import Path

import pytest

from tests.content.sample import averdell
from tests.desks import make_desk
from tests.store.conftest import desk_template
from tests.store.test_profile import ring

__all__ = ["desk_template", "ring"]


@pytest.fixture(scope="session")
def stocked_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with the sample manufacturer's pack on its shelf, and nothing else."""
    return make_desk(tmp_path_factory.mktemp("stocked") / "desk", averdell())
