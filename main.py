"""Where it starts: `main.py [--profile DIR] [--sample] [command …]`. Only here one of two worlds is chosen."""

import sys
from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    """The exit code of the command that the words name."""
    from app.commands.line import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
