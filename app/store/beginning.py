"""A first start that is under way: a small plain file beside the key file, so that a killed one goes on where it was.

It holds the name of a step, a language and a way, never an answer; who reads it learns that a desk was being set up.
"""

import contextlib
import json
from pathlib import Path

from app.kernel.beginnings import Beginning, Step
from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.language.languages import language_of
from app.store.disk import private_folder, replace_file, sync_folder
from app.store.profile import Made, Profile, create_profile
from app.store.troubles import told

NAME = "beginning.json"
_LARGEST = 1000


def begin_profile(folder: Path, beginning: Beginning, *, passphrase: str, key_store: bool = True) -> Made:
    """A new profile whose first start is at `beginning`. Killed on the way, there is no profile yet, or one that goes
    on there: what says so is written before the key file.

    UserError as create_profile, and DISK where nothing can be written.
    """
    profile = Profile(folder)
    try:
        if not profile.exists():
            private_folder(folder)
            _write(profile, beginning)
        return create_profile(folder, passphrase=passphrase, key_store=key_store)
    except OSError as problem:
        raise _no_room() from problem


def _no_room() -> UserError:
    return UserError(
        Trouble.DISK,
        say(
            "The desk cannot be made: the disk is full, or its folder does not accept writing. Make room, or ask who"
            " looks after this computer to allow writing there, and try again. Nothing was made yet."
        ),
    )


def read_beginning(profile: Profile) -> Beginning | None:
    """Where the first start was cut off; None for a desk that is set up. A file that was altered begins at the first
    step: a new recovery key does no harm, and one that nobody kept does."""
    try:
        data = (profile.folder / NAME).read_bytes()[:_LARGEST]
    except OSError:  # none; or a folder that cannot be read, which says so where its key file is
        return None
    try:
        said = json.loads(data)
        return Beginning(Step(said["step"]), language_of(str(said["language"])).code, said["with_code"] is True)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Beginning(Step.RECOVERY, "en")


def note_beginning(profile: Profile, beginning: Beginning) -> None:
    """Keep where it is; UserError(DISK) where that cannot be written."""
    with told():
        _write(profile, beginning)


def _write(profile: Profile, beginning: Beginning) -> None:
    said = {"step": beginning.step.value, "language": beginning.language, "with_code": beginning.with_code}
    replace_file(profile.folder / NAME, json.dumps(said).encode())


def end_beginning(profile: Profile) -> None:
    """The desk is set up."""
    with told():
        (profile.folder / NAME).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # gone as far as anybody sees; after a lost power it is asked once more
            sync_folder(profile.folder)
