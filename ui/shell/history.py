"""Where a person has been: back and forward."""

from dataclasses import dataclass, field

LONGEST = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """A place and what was shown there."""

    place: str
    argument: object = None


@dataclass(slots=True)
class History:
    """The visits up to now and, after going back, those ahead."""

    behind: list[Visit] = field(default_factory=list)
    ahead: list[Visit] = field(default_factory=list)

    @property
    def here(self) -> Visit | None:
        """The visit of now."""
        return self.behind[-1] if self.behind else None

    def visit(self, visit: Visit) -> None:
        """Goes on from here; what lay ahead is forgotten. The same visit twice counts once."""
        if visit != self.here:
            self.behind = [*self.behind[-LONGEST + 1 :], visit]
            self.ahead = []

    def replace(self, visit: Visit) -> None:
        """Goes on from here, and Back does not come here again."""
        self.behind = self.behind[:-1]
        self.visit(visit)

    def back(self) -> Visit | None:
        """The visit before this one, which becomes the one of now."""
        if len(self.behind) < 2:
            return None
        self.ahead.append(self.behind.pop())
        return self.behind[-1]

    def forward(self) -> Visit | None:
        """The visit that was left by going back."""
        if not self.ahead:
            return None
        self.behind.append(self.ahead.pop())
        return self.behind[-1]
