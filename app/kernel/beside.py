"""What lies beside the store in a profile's folder and is worth telling, as it was found at the last look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """`backed_up`: how far the newest backup goes, in operations (0: there is none, -1: nobody has looked yet).
    `market`: where the desk was said to be, or empty. `handbook_since`: when a newer crisis handbook took the place of
    an older one, microseconds UTC; 0 when none did."""

    backed_up: int = -1
    market: str = ""
    handbook_since: int = 0
