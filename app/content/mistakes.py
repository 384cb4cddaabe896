"""What is wrong in a pack, where, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import Message, say_count

MOST_MISTAKES = 200  # an author reads a page of them, and a hostile file must not fill the memory


@dataclass(frozen=True, slots=True)
class Mistake:
    """`file` is the path inside the pack, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    message: Message


class BrokenPack(UserError):
    """A pack refused whole (`Trouble.BROKEN_PACK`), with every mistake found, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda each: (each.file, each.line)))
        super().__init__(
            Trouble.BROKEN_PACK,
            say_count(
                "This content pack has {count} mistake and was not taken in. Nothing has changed.",
                "This content pack has {count} mistakes and was not taken in. Nothing has changed.",
                len(self.mistakes),
            ),
        )


@dataclass(slots=True)
class Findings:
    """Collects mistakes while a pack is read, so that its author sees many at once.

    `count` goes on beyond the MOST_MISTAKES that are kept.
    """

    mistakes: list[Mistake] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int, message: Message) -> None:
        self.count += 1
        if len(self.mistakes) < MOST_MISTAKES:
            self.mistakes.append(Mistake(file, line, message))

    def refuse_if_any(self) -> None:
        """Raise BrokenPack when anything was found."""
        if self.mistakes:
            raise BrokenPack(self.mistakes)
