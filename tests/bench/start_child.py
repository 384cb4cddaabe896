"""A start as a process of its own: `bare SECONDS` or `desk SECONDS PROFILE`; it prints what start_story.py tells.

In the order in which main.py loads: what needs no Qt first.
"""

import importlib
import sys


def main(words: list[str]) -> None:
    if words[0] == "desk":
        importlib.import_module("main")._load_before_qt()
    told = importlib.import_module("tests.bench.start_story")
    getattr(told, words[0])(told.Story(float(words[1])), *words[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
