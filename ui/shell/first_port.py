"""What the first start may ask of the profile, handed in by `main.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from app.kernel.beginnings import Beginning, Founding, Known


@dataclass(frozen=True, slots=True)
class First:
    """Each takes a moment and is called on a worker, but `begun`; each may raise UserError.

    `begun()` says where a first start was cut off, None before one and after it. `create(beginning, passphrase,
    key_store)` makes the profile and gives its recovery key, `renew()` another one in its place; `kept()` says that
    somebody has it. `connect(address, code)`, `wait(address, code)` and `skip()` are the three ways past the code;
    `known()` is what can be chosen from when it is asked who works here, and `finish(founding)` makes the desk.
    """

    begun: Callable[[], Beginning | None]
    has_key_store: Callable[[], bool]
    create: Callable[[Beginning, str, bool], str]
    renew: Callable[[], str]
    kept: Callable[[], None]
    connect: Callable[[str, str], Known]
    wait: Callable[[str, str], None]
    skip: Callable[[], None]
    known: Callable[[], Known]
    finish: Callable[[Founding], None]
    zone: str = "UTC"
