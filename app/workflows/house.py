"""The house: what the settings may ask of the open profile, handed to the window by `main.py`."""

from app.kernel.house import House
from app.store.profile import Unlocked
from app.workflows.desk_copies import DeskCopies
from app.workflows.desk_keys import DeskKeys


def house_of(unlocked: Unlocked) -> House:
    """Copies and keys of this profile."""
    return House(DeskCopies(unlocked), DeskKeys(unlocked))
