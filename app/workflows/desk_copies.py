"""The copies of the profile that is open: what is there, and one more at once."""

from pathlib import Path

from app.kernel.errors import Trouble, UserError
from app.kernel.house import CopiesSeen, CopyTaken, Elsewhere, Progress
from app.kernel.messages import say
from app.store.backups import back_up, backups
from app.store.elsewhere import copies_elsewhere, copy_elsewhere, require_folder
from app.store.profile import Unlocked


class DeskCopies:
    """`app.kernel.house.Copies` over an unlocked profile."""

    def __init__(self, unlocked: Unlocked) -> None:
        self._unlocked = unlocked

    def look(self, elsewhere: str) -> CopiesSeen:
        """The copies by their names: each was opened and checked before it got its own."""
        folder = self._unlocked.profile.backups
        there = backups(folder)
        newest = there[0] if there else None
        return CopiesSeen(
            str(folder), len(there), newest.at if newest else 0, newest.operations if newest else 0,
            self._elsewhere(Path(elsewhere)) if elsewhere else None,
        )  # fmt: skip

    def take(self, elsewhere: str, *, progress: Progress) -> CopyTaken:
        """First the copy beside the store; a further folder that is away is told, and spoils nothing."""
        made = back_up(self._unlocked, progress=progress)
        if not elsewhere:
            return CopyTaken(made.at)
        try:
            copy_elsewhere(self._unlocked, Path(elsewhere), progress=progress)
        except UserError as trouble:
            return CopyTaken(made.at, trouble)
        return CopyTaken(made.at)

    def check(self, folder: str) -> str:
        """An absolute folder that is there, is not the profile's own, and takes a file; "" for none."""
        if not folder.strip():
            return ""
        place = _place_of(folder.strip())
        if place.is_relative_to(self._unlocked.profile.folder.resolve()):
            words = say("This folder is the desk's own. A further copy helps when it lies elsewhere.")
            raise UserError(Trouble.BAD_INPUT, words, field="folder")
        trial = place / f".aftercare-{self._unlocked.device[-8:]}.trial"
        try:
            trial.write_bytes(b"")
            trial.unlink()
        except OSError:
            words = say("Nothing can be written into this folder. Choose another one.")
            raise UserError(Trouble.DISK, words, field="folder") from None
        return str(place)

    def _elsewhere(self, folder: Path) -> Elsewhere:
        there = copies_elsewhere(self._unlocked.profile, folder)
        return Elsewhere(str(folder), _is_there(folder), len(there), there[0].at if there else 0)


def _place_of(typed: str) -> Path:
    """The folder that was typed, if it is there now; `~nobody` and half a character name none."""
    try:
        place = Path(typed).expanduser()
        require_folder(place)
        return place.resolve()
    except (RuntimeError, ValueError, OSError):
        words = say("Nothing can be written into this folder. Choose another one.")
        raise UserError(Trouble.BAD_INPUT, words, field="folder") from None


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a network that hangs up in the middle
        return False
