"""What `main.py` hands to the desktop: the doors of the store, for the profile that is unlocked in between."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.handbook.place import Shelf
from app.kernel.beside import Beside
from app.kernel.house import House
from app.kernel.messages import Message
from app.kernel.ports import Runner
from ui.shell.doorway import Lock
from ui.shell.wiring import FirstRow


@dataclass(frozen=True, slots=True)
class Faults:
    """Reports of faults that lie beside the store until they were sent: `keep` one, `take` those of before (once),
    `forget` those that were sent."""

    keep: Callable[[str], None]
    take: Callable[[], str]
    forget: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opening:
    """What `main.py` hands in. `first()` reads choices and first rows once; `runner(may_open)` starts the threads,
    which open the store when `may_open` is set; `hold()` makes this process the one that writes; `mend(backup)` puts
    a backup in the place of a damaged store (empty: goes on with what it holds) while no thread has it open;
    `back_up(ending)` takes a copy when one is due, or at the end of work when anything was written since,
    `back_up_now()` the same before something large, `check()` reads the whole store once for damage; each raises
    UserError. `clock()` gives a sentence when this machine's clock cannot be right;
    `syncing(runner)` makes the exchange with the manufacturer, both on another thread.
    `house()` gives what the settings may ask of the open profile;
    `aside()` runs jobs without a store; `sample(language)` opens the sample, which is another profile;
    `handbook` is the plain copy that is read when nothing else opens; `greeting` is said once the desk is open;
    `beside()` looks at what lies next to the store."""

    folder: Path
    lock: Lock
    hold: Callable[[], AbstractContextManager[None]]
    first: Callable[[], tuple[Mapping[str, Any], Sequence[FirstRow]]]
    runner: Callable[[threading.Event], Runner]
    mend: Callable[[str], None]
    back_up: Callable[[bool], None]
    back_up_now: Callable[[], None]
    check: Callable[[], None]
    clock: Callable[[], Message | None]
    syncing: Callable[[Runner], Any]
    house: Callable[[], House]
    aside: Callable[[], Runner]
    faults: Faults
    handbook: Shelf
    sample: "Callable[[str], Opening] | None"
    language: str = "en"
    zone: str = "UTC"
    greeting: Message | None = None
    beside: Callable[[], Beside] = Beside
