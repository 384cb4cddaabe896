"""What the first start of a desk passes between the interface and the store."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.kernel.rights import Role


class Step(StrEnum):
    """What is still to be done once there is a key, in this order."""

    RECOVERY = "recovery"  # nobody has said that the recovery key is kept
    CONNECT = "connect"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a first start is; `with_code` is the way that was chosen."""

    step: Step
    language: str
    with_code: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows already when it is asked who works here: after a connection that is the others of the
    business (id and name), its name, and the markets (code and name) with the one that is likely."""

    manufacturer: str = ""
    business: str = ""
    people: tuple[tuple[str, str], ...] = ()
    markets: tuple[tuple[str, str], ...] = ()
    market: str = ""
    connected: bool = False


@dataclass(frozen=True, slots=True)
class Founding:
    """The answers that make a bare store a desk. `colleague` is somebody who is on the list already; otherwise `name`
    and `roles` are of a new person."""

    language: str
    business: str = ""
    market: str = ""
    colleague: str = ""
    name: str = ""
    roles: tuple[Role, ...] = field(default=())
