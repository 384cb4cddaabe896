"""Measurements as ratios, so that they travel between machines: `python3 start.py bench [NAME ...]`.

Each module `bench_*.py` beside this one has `measure(size) -> Measured`; one table is printed. What this machine cannot
measure is said below it. `--json FILE` writes the figures, `--readme` puts the table of a whole run into the README.

AFTERCARE_ROUNDS (5), AFTERCARE_TICKETS (100000) make it longer or shorter; AFTERCARE_BENCH names a folder in which the
large store is kept, so that the next run does not make it anew; AFTERCARE_PEERS the folder of Anki and PouchDB
(bench_sync.py). Where Xvfb is installed, windows are shown on a screen of it, else offscreen.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.architecture.house import ROOT
from tests.bench.figures import CannotError, Measured, Size, size_from
from tests.bench.machine import described, load_now
from tests.bench.screen import screen
from tests.bench.table import put_into, record, table

FOLDER = Path(__file__).parent
LAST = "sync"  # the longest


def names() -> list[str]:
    """The measurements there are, in the order in which they run."""
    return sorted(
        (file.stem.removeprefix("bench_") for file in FOLDER.glob("bench_*.py")), key=lambda n: (n == LAST, n)
    )


def main(words: Sequence[str]) -> int:
    options = _words().parse_args(words)
    if unknown := set(options.names) - set(names()):
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    if options.readme and options.names:
        print("The README's table is that of a whole run: `bench --readme` takes no names.", file=sys.stderr)
        return 2
    size, started, load = size_from(os.environ), datetime.now(UTC), load_now()
    with screen(os.environ) as environment:
        os.environ.update(environment)
        measured = run(options.names or names(), size)
        machine = described(os.environ, started=started, load=load)
    said = f"Medians of {size.rounds} interleaved rounds; {size.tickets:,} tickets in the large store."
    print(table(measured, machine, said))
    if options.json:
        options.json.write_text(record(measured, machine), encoding="utf-8")
    if options.readme:
        put_into(ROOT / "README.md", table(measured, machine, said))
    return 0


def run(wanted: Sequence[str], size: Size) -> Measured:
    """One after the other; what cannot be measured here is said and the others go on."""
    whole = Measured()
    for name in wanted:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            found: Measured = importlib.import_module(f"tests.bench.bench_{name}").measure(size)
        except CannotError as reason:
            whole.lacking.append(f"{name}: {reason}")
        else:
            whole.figures += found.figures
            whole.lacking += found.lacking
    return whole


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="start.py bench", description=__doc__, allow_abbrev=False)
    words.formatter_class = argparse.RawDescriptionHelpFormatter
    words.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; all without one")
    words.add_argument("--json", type=Path, metavar="FILE", help="the figures as JSON, too")
    words.add_argument("--readme", action="store_true", help="puts the table into README.md")
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
