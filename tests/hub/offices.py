"""Desks with real profiles that exchange with a real hub through the product's own `Syncing`."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.content.items import Published
from app.content.shelf import install_pack
from app.kernel.rights import Actor, How, Right, Role
from app.store.bases import Base
from app.store.engine import open_engine
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_sample, unlock
from app.store.runner import Opened
from app.workflows.syncing import Report, Syncing
from tests.hub.hubs import Hub
from tests.ui.real import StoreRunner


class Office:
    """One computer: its profile, its store, and the person who works there."""

    def __init__(self, folder: Path, *, person: str = "rita", pack: Published | None = None) -> None:
        self.unlocked: Unlocked = unlock(Profile(folder)) if folder.exists() else create_sample(folder)
        self.actor = Actor(person, frozenset(Role), self.unlocked.device, How.CHOSEN, frozenset(Right))
        self._open = ExitStack()
        self.store: Opened = self._open.enter_context(open_store(self.unlocked, zone="Europe/Lisbon"))
        engine = open_engine(self.unlocked.profile.store, self.unlocked.key)
        Base.metadata.create_all(engine)  # other tests' invented kinds, which this process may know
        engine.dispose()
        self.syncing = Syncing(
            StoreRunner(self.store), self.unlocked.device, self.unlocked.derive("device identity"), folder
        )
        if pack is not None:
            self.do(install_pack, pack)

    @property
    def folder(self) -> Path:
        return self.unlocked.profile.folder

    def do(self, action: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return self.store.write(self.actor, action, args, named).result

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        return self.store.read(query, args)

    def enrol(self, hub: Hub, partner: str) -> None:
        self.syncing.enrol(str(hub.http.base_url), hub.code(partner).printed(), name="Bench")

    def sync(self) -> Report:
        return self.syncing.once()

    def close(self) -> None:
        self._open.close()

    def start_again(self) -> None:
        """The program ends and is started once more."""
        self.close()
        self.__init__(self.folder, person=self.actor.person)  # type: ignore[misc] # opened again as it was

    def copied(self, folder: Path) -> "Office":
        """The same profile in another folder, as a disk image brings it; both can be opened."""
        self.close()
        shutil.copytree(self.folder, folder)
        self.__init__(self.folder, person=self.actor.person)  # type: ignore[misc] # opened again as it was
        return Office(folder, person=self.actor.person)
