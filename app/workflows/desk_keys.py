"""The keys of the profile that is open, changed by whoever knows them: passphrase, recovery key, key store.

No `work` is here, since nothing of the store changes: the right to change a key is to know it.
"""

import hmac

from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.house import Ways
from app.kernel.messages import say
from app.store import profile as profiles
from app.store.profile import Unlocked
from app.store.slots import Cost, Slot, SlotKind

_RECOVERY = "AGE-SECRET-KEY-"


class DeskKeys:
    """`app.kernel.house.Keys` over an unlocked profile; `cost` is for tests. Calls come one after the other."""

    def __init__(self, unlocked: Unlocked, *, cost: Cost | None = None) -> None:
        self._unlocked, self._cost = unlocked, cost
        self._drawn: Slot | None = None

    def ways(self) -> Ways:
        """How it opens now."""
        file = profiles.read_keys(self._unlocked.profile)
        return Ways(
            passphrase=bool(file.of_kind(SlotKind.PASSPHRASE)), recovery=bool(file.of_kind(SlotKind.RECOVERY)),
            by_itself=profiles.opens_by_itself(self._unlocked.profile), sample=file.sample,
        )  # fmt: skip

    def change_passphrase(self, known: str, fresh: str) -> None:
        """The key file is replaced in one step: a kill leaves it with the old words or with the new ones."""
        self._prove(known)
        profiles.set_passphrase(self._unlocked, fresh, cost=self._cost)

    def draw_recovery(self, known: str) -> str:
        """The old key counts until the new one was written down: a kill in between must not leave one that nobody
        has ever seen."""
        self._prove(known)
        self._drawn, printed = profiles.draw_recovery(self._unlocked)
        return printed

    def keep_recovery(self) -> None:
        """The new key counts from here on."""
        if self._drawn is None:
            raise BugError("no recovery key was drawn")
        profiles.keep_recovery(self._unlocked, self._drawn)
        self._drawn = None

    def open_by_itself(self, known: str, *, wanted: bool) -> None:
        """UserError MISSING where there is no key store, BAD_INPUT where nothing that people know would be left."""
        self._prove(known)
        ways = self.ways()
        if wanted and not ways.by_itself:
            profiles.add_key_store(self._unlocked)
        elif not wanted:
            if not ways.passphrase:
                raise UserError(Trouble.BAD_INPUT, say("Set a passphrase first, so that something opens the desk."))
            profiles.remove_slots(self._unlocked, SlotKind.KEY_STORE)

    def _prove(self, known: str) -> None:
        """Whoever asks knows the passphrase, or holds the recovery key; nothing else counts, the key store neither."""
        file = profiles.read_keys(self._unlocked.profile)
        if file.sample:
            raise UserError(Trouble.NOT_ALLOWED, say("This desk is a sample. Its passphrase is known to everybody."))
        said = known.strip()
        if not said:
            raise UserError(Trouble.BAD_INPUT, say("Type the passphrase of now first."), field="known")
        is_recovery = "".join(said.split()).upper().startswith(_RECOVERY)
        try:
            key = profiles.find_key(file, recovery=said) if is_recovery else profiles.find_key(file, passphrase=known)
        except UserError as problem:
            if problem.kind is not Trouble.WRONG_KEY:
                raise
            words = say("That opens nothing here. Look at the keyboard: capitals, and the language of the keys.")
            raise UserError(Trouble.WRONG_KEY, words, field="known") from None
        if not hmac.compare_digest(key, self._unlocked.key):
            raise BugError("a key file of another profile")
