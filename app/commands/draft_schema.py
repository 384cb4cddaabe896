"""`python -m app.commands.draft_schema`: write the first revision anew, until the first release."""

import sys

from app.schema import KINDS
from app.store.schema_text import write_first

if __name__ == "__main__":
    print(f"{write_first()} statements for {len(KINDS)} kinds", file=sys.stderr)
