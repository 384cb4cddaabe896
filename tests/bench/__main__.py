"""Measurements as ratios, so that they travel between machines: `python3 start.py bench [NAME ...]`.

Each module `bench_*.py` beside this one has `measure() -> dict[str, float]`; the result is printed as JSON.
"""

import importlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The measurements there are."""
    return sorted(file.stem.removeprefix("bench_") for file in FOLDER.glob("bench_*.py"))


def main(words: list[str]) -> int:
    if unknown := set(words) - set(names()):
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    for name in words or names():
        found = importlib.import_module(f"tests.bench.bench_{name}").measure()
        print(json.dumps({name: {key: round(value, 3) for key, value in found.items()}}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
