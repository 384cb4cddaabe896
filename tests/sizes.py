"""How much each proof tries, by tier: `test` at most six minutes on two cores, `ci` fifteen, `nightly` at length."""

import os

TIERS = ("test", "ci", "nightly")
TIER = os.environ.get("AFTERCARE_TIER") or ("ci" if os.environ.get("CI") == "true" else "test")


def by_tier(test: int, ci: int, nightly: int) -> int:
    """The number of the tier that runs."""
    return (test, ci, nightly)[TIERS.index(TIER)]


TYPED = by_tier(40, 120, 1000)  # hostile texts into each field of each act
HOSTILE_FORMS = by_tier(7, 20, 60)  # each with eleven hostile texts, sealed, answered, drawn and read back
BY_CHANCE = TIER == "nightly"  # which histories are played; else the same ones at every run
EXAMPLES = by_tier(50, 200, 2000)  # of each property
KILLS = by_tier(12, 100, 400)  # points of save and seal at which the process is killed
FLIPS = by_tier(40, 200, 1000)  # single changed bytes of a signed PDF or a store
SETTEXT_CALLS = by_tier(200_000, 200_000, 2_000_000)  # void calls into Qt
BIDI_LINES = by_tier(20_000, 100_000, 100_000)  # of the 91,707 in Unicode's own test
TOURS = by_tier(1, 3, 3)  # looks of the tour: light, dark, Arabic
HISTORIES = by_tier(600, 4000, 200_000)  # of two partners, three devices each, on the model
STORE_HISTORIES = by_tier(8, 40, 2000)  # the same on real stores, against the model of the hub
PULLS = by_tier(1, 1, 10)  # moments of the job at which the network goes, dead and hanging
SYNC_KILLS = by_tier(8, 100, 400)  # moments of an exchange at which the desk is killed
FAULTY_RUNS = by_tier(2, 12, 100)  # of two desks over a network that fails, with messages one ahead
REAL_HISTORIES = by_tier(4, 60, 2000)  # the same over HTTP and PostgreSQL
