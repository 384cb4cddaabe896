"""Money is integer minor units and an ISO 4217 currency."""

from dataclasses import dataclass

from app.kernel.errors import BugError


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units of `currency`; amounts of two currencies never add."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise BugError("amounts of two currencies do not add")
        return Money(self.minor + other.minor, self.currency)
