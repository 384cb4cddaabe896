"""What ends a command of the hub with words, or a request with an answer."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """What a command answers its caller; the same numbers as the desk's commands."""

    OK = 0
    NO = 1
    BAD_INPUT = 2
    WRONG_KEY = 3
    LOCKED = 5
    BUG = 7


class HubError(Exception):
    """The operator's to mend: the sentence says what is so and what to do next."""

    def __init__(self, sentence: str, *, code: Exit = Exit.BAD_INPUT) -> None:
        super().__init__(sentence)
        self.code = code


class Refused(Exception):
    """A request that is answered with an error and changes nothing."""

    def __init__(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.body = dict(body)
        self.headers = dict(headers or {})


def missing() -> Refused:
    """The one answer to whoever may not know whether there is such a thing."""
    return Refused(404, {"error": "missing"})


def bad(code: str) -> Refused:
    """A message that no desk sends."""
    return Refused(400, {"error": code})
