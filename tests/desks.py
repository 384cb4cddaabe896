"""A desk for tests: an encrypted sample profile with a shelf, made once and copied."""

import shutil
from pathlib import Path

from app.content.items import Published
from app.content.shelf import install_pack
from app.kernel.rights import Actor, How, Right, Role
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock

TIAGO = Actor("tiago", frozenset(Role), "device", How.CHOSEN, frozenset(Right))


def make_desk(folder: Path, pack: Published) -> Path:
    """A sample profile with this pack on its shelf."""
    with open_store(create_sample(folder)) as store:
        store.write(TIAGO, install_pack, (pack,))
    return folder


def copy_desk(template: Path, folder: Path) -> Unlocked:
    """A profile of its own, equal to the template."""
    shutil.copytree(template, folder)
    return unlock(Profile(folder))
