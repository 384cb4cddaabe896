"""`python -m app.hub`."""

import sys

from app.hub.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
