"""keys.json: who the profile is, and its key slots, bound together by a code that only the key's holder can make."""

import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.kernel.canonical import canonical
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.messages import say
from app.store.disk import replace_file
from app.store.slots import KEY_SIZE, MOST_SLOTS, Slot, SlotKind, damaged_keys

VERSION = 1
_LARGEST = 64 * 1024  # a key file has about two kilobytes


def derive(key: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose: HKDF-Expand of RFC 5869 (the store's key is random, so nothing is extracted)."""
    return hmac.digest(key, f"aftercare {purpose}".encode() + b"\x01", "sha256")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What keys.json says. `device` names this machine in operations; `sample` holds demonstration data only."""

    profile: str
    device: str
    sample: bool
    slots: tuple[Slot, ...]
    code: str = ""

    def sealed(self, key: bytes) -> "KeyFile":
        """The same with the code that binds it."""
        return replace(self, code=self._code(key))

    def opened_by(self, key: bytes | None) -> bool:
        """Whether this is the key; a file changed around its slots raises UserError(DAMAGED)."""
        if key is None or len(key) != KEY_SIZE:
            return False
        if not hmac.compare_digest(self.code, self._code(key)):
            raise damaged_keys()
        return True

    def of_kind(self, kind: SlotKind) -> list[Slot]:
        """The slots of one kind."""
        return [slot for slot in self.slots if slot["kind"] == kind]

    def with_slots(self, slots: Sequence[Slot]) -> "KeyFile":
        """The same profile with other slots; never none, for then nothing would open it."""
        if not slots:
            raise UserError(Trouble.BAD_INPUT, say("The last way to open this profile cannot be removed."))
        return replace(self, slots=tuple(slots))

    def _code(self, key: bytes) -> str:
        return hmac.new(derive(key, "keys.json"), canonical(self._body()), "sha256").hexdigest()

    def _body(self) -> dict[str, Any]:
        slots = [dict(slot) for slot in self.slots]
        return {
            "version": VERSION, "profile": self.profile, "device": self.device, "sample": self.sample, "slots": slots,
        }  # fmt: skip

    def text(self) -> bytes:
        """The bytes of keys.json."""
        return json.dumps(self._body() | {"code": self.code}, indent=1, sort_keys=True).encode()

    def write(self, path: Path) -> None:
        """Replace keys.json; the key itself is in no form in it."""
        replace_file(path, self.text())


def read_key_file(data: bytes) -> KeyFile:
    """Parse keys.json; UserError(DAMAGED) unless it has the form, TOO_NEW when a later program wrote it."""
    try:
        said = json.loads(data if len(data) <= _LARGEST else b"")
        if said["version"] > VERSION:
            raise UserError(Trouble.TOO_NEW, say("A newer version of this program made this profile. Update first."))
        return KeyFile(
            _of(str, said["profile"]), _of(str, said["device"]), _of(bool, said["sample"]),
            tuple(_slot(each) for each in said["slots"][:MOST_SLOTS]), _of(str, said["code"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged_keys() from None


def try_slots(file: KeyFile, kind: SlotKind, opening: Callable[[Slot], bytes | None]) -> bytes | None:
    """The key from the first slot of `kind` that opens; None when none does."""
    for slot in file.of_kind(kind):
        try:
            key = opening(slot)
            if file.opened_by(key):
                return key
        except (ValueError, KeyError, TypeError, BugError):
            raise damaged_keys() from None
    return None


def _of(kind: type[Any], value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _slot(value: Any) -> Slot:
    SlotKind(value["kind"])
    return dict(_of(dict, value))
