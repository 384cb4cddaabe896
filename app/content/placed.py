"""An item together with the place in the pack where it was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.content.items import Item
from app.content.mistakes import Findings
from app.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class Placed:
    """`texts` are the English texts by path, `lines` the line of each value by path."""

    item: Item
    file: str
    line: int
    texts: Mapping[str, str]
    lines: Mapping[str, int]

    def wrong(self, findings: Findings, message: Message, *, at: str = "") -> None:
        """Report `message` at the line of the value `at`, else at the item's first line."""
        findings.add(self.file, self.lines.get(at, self.line), message)
