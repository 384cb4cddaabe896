"""Destroying what was locked: first said, then done, and done again after a kill in between."""

from app.facts.actions import destroy_left_over
from app.kernel.rights import Right
from app.store.work import Work
from app.sync.files import drop_erased


def drop_destroyed(work: Work) -> int:
    """The keys of what was destroyed here or elsewhere are on this disk no more; how many went."""
    work.require(Right.LOG_TICKET)
    destroy_left_over(work)
    work.project()
    return drop_erased(work)
