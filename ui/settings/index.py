"""Every setting by its name, with the words that people look for it by. Light: the palette has it from the start.

A card shows each of its settings under the same name; one that a card does not know leads to the card's beginning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.kernel.messages import Message, say
from app.language.folding import folded
from ui.widgets.texts import spoken


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting, or a whole card where `name` is the card's own; `also` are other words for it, with commas."""

    name: str
    icon: str
    words: Message
    also: Message

    @property
    def card(self) -> str:
        """The card that it stands on."""
        return self.name.partition(".")[0]


CARDS = ("person", "look", "people", "printer", "copies", "secrets", "keys", "devices", "old", "desk")
ENTRIES: tuple[Setting, ...] = (
    Setting("person", "circle-user", say("Who is at the desk"), say("user, person, change, sign in, name")),
    Setting("person.idle", "timer", say("When the desk asks again who it is"),
          say("minutes, idle, lock, shared computer, log out, ask, away")),
    Setting("look", "languages", say("Language and look"),
          say("language, theme, dark, light, night, colour, contrast, font, text size, letters, large, motion,"
              " animation, translation")),
    Setting("people", "users", say("People"),
            say("staff, team, colleagues, roles, initials, manager, technician, add")),
    Setting("printer", "printer", say("Printer"), say("print, paper, forms, pages")),
    Setting("printer.which", "printer", say("Printer for papers"), say("which, choose, ask each time, default, print")),
    Setting("printer.paper", "file-text", say("Size of the paper"), say("A4, letter, format, page")),
    Setting("printer.trial", "file-check", say("Test page"), say("try, trial, check, print")),
    Setting("copies", "hard-drive", say("Copies"), say("backup, back up, save, safety, copy, data")),
    Setting("copies.now", "save", say("Back up now"), say("copy, backup, save")),
    Setting("copies.elsewhere", "usb", say("A further folder for copies"),
          say("backup, stick, USB, network, disk, folder, elsewhere, copy")),
    Setting("copies.restore", "history", say("Bring back a copy"), say("restore, recover, lost, undo, back, damaged")),
    Setting("secrets", "lock", say("Passphrase and recovery key"), say("password, secret, key, security, encryption")),
    Setting("secrets.passphrase", "lock", say("Change the passphrase"), say("password, words, secret, new")),
    Setting("secrets.recovery", "key", say("New recovery key"), say("forgotten password, emergency, print, code")),
    Setting("secrets.by_itself", "shield-check", say("Open without asking"),
          say("password, key store, keychain, credential, start, automatic")),
    Setting("keys", "keyboard", say("Keyboard"), say("keys, shortcuts, letters, hotkeys")),
    Setting("keys.letters", "type", say("Keys of one letter"),
          say("shortcut, single, speech, voice, Alt, accidental, accessibility")),
    Setting("keys.all", "keyboard", say("All keys"), say("list, shortcuts, help, find")),
    Setting("devices", "monitor", say("Your computers"), say("device, laptop, machine, desk, sync")),
    Setting("devices.name", "monitor", say("Name of this computer"), say("device, label, call, rename")),
    Setting("devices.list", "list", say("Computers that are known here"), say("devices, laptops, last, heard, other")),
    Setting("devices.exchange", "refresh-cw", say("Connection to the manufacturer"),
          say("sync, exchange, online, network, address")),
    Setting("devices.add", "plus", say("Add a computer"), say("second, new, laptop, code, connect, device")),
    Setting("devices.lost", "shield-alert", say("A computer was lost"), say("stolen, theft, gone, report, block")),
    Setting("old", "upload", say("Old tickets"), say("import, table, CSV, other system, take in")),
    Setting("desk", "info", say("This desk"),
          say("about, version, support, diagnosis, copy, help, business, company, firm")),
)  # fmt: skip


def entry_named(name: str) -> Setting | None:
    """The setting of a name; None where there is none."""
    return next((each for each in ENTRIES if each.name == name), None)


def matching(text: str, entries: Sequence[Setting] = ENTRIES) -> list[Setting]:
    """The settings whose words hold every word of the text, at the beginning of one of theirs, however it is
    written: those called so come first."""
    wanted = [each for each in _words(text) if each]
    if not wanted:
        return []
    ranked = [(_rank(wanted, each), at, each) for at, each in enumerate(entries)]
    return [each for rank, _, each in sorted(ranked, key=lambda row: row[:2]) if rank < 2]


def _rank(wanted: Sequence[str], entry: Setting) -> int:
    own = _words(spoken(entry.words))
    if _all_begin(wanted, own):
        return 0
    around = [*own, *_words(spoken(entry.also)), *_words(_title(entry.card))]
    return 1 if _all_begin(wanted, around) else 2


def _title(card: str) -> str:
    found = entry_named(card)
    return spoken(found.words) if found else ""


def _words(text: str) -> list[str]:
    return ["".join(sign for sign in word if sign.isalnum()) for word in folded(text).split()]


def _all_begin(wanted: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(_holds(word, each) for word in words) for each in wanted)


def _holds(word: str, part: str) -> bool:
    """At its beginning; anywhere in a word of a script that sets no blanks, or behind an article (Arabic)."""
    return word.startswith(part) or (not part.isascii() and part in word)
