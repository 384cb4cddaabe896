"""Whether this machine's clock can be right, judged by what was written here last. A hub, if there is one, knows."""

from app.kernel.instants import DAY, SECOND
from app.kernel.messages import Message, Shown, say
from app.store.profile import Unlocked
from app.store.tail import Tail

BEHIND = 3600 * SECOND  # a clock that is set right by the network goes back by seconds
AHEAD = 180 * DAY  # longer than any holiday


def clock_doubt(unlocked: Unlocked, at: int, *, zone: str = "UTC") -> Message | None:
    """A sentence when the clock says less than the time of the last act, or half a year more; `at` is microseconds
    UTC by that clock."""
    marks = Tail(unlocked.profile.tail, unlocked.derive("tail")).marks()
    if not marks or -BEHIND <= at - marks[-1].at <= AHEAD:
        return None
    return say(
        "The clock of this computer seems wrong: it says {now}, and the last entry here is of {last}. Set date and"
        " time. What you enter is kept and put in order anyway.",
        now=Shown("datetime", at, zone),
        last=Shown("datetime", marks[-1].at, zone),
    )
