"""Secrets that another process hands over: through a file descriptor, never through arguments or the environment."""

import os

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say


def read_secret(descriptor: int) -> str:
    """The first line of a file descriptor, without its end; a pipe gives it once. UserError(BAD_INPUT)."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as source:
            return source.readline(4096).decode().rstrip("\r\n")
    except (OSError, ValueError, TypeError):  # closed, below zero or no UTF-8, beyond what the system counts
        raise UserError(
            Trouble.BAD_INPUT, say("The passphrase cannot be read from file descriptor {number}.", number=descriptor)
        ) from None
