"""Which printer papers go to, and handing a file to the printing system as it is, where there is one (CUPS); no copy
of it touches the disk."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.store.bases import Setting
from app.store.work import Work

PATIENCE = 20  # seconds
PAPERS = ("A4", "Letter")
_SETTING = "printer"
_UNKNOWN = (b"does not exist", b"unknown destination", b"unable to find")


class PrinterWay(StrEnum):
    """How a printer is found."""

    SYSTEM = "system"
    NAMED = "named"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """Of this computer: `name` counts where the way is `named`; `paper` is one of `PAPERS`, or empty for what each
    page was made for."""

    way: PrinterWay = PrinterWay.SYSTEM
    name: str = ""
    paper: str = ""


def printer_choice(session: Session) -> PrinterChoice:
    """What was chosen; as the system has it before, and where what is kept cannot be read."""
    kept = session.get(Setting, _SETTING)
    said = kept.value if kept is not None and isinstance(kept.value, dict) else {}
    name, paper = str(said.get("name", "")), str(said.get("paper", ""))
    try:
        way = PrinterWay(str(said.get("way", PrinterWay.SYSTEM)))
    except ValueError:
        way = PrinterWay.SYSTEM
    if way is PrinterWay.NAMED and not name:
        way = PrinterWay.SYSTEM
    return PrinterChoice(way, name if way is PrinterWay.NAMED else "", paper if paper in PAPERS else "")


def choose_printer(work: Work, choice: PrinterChoice) -> PrinterChoice:
    """Keep it for this computer; what was chosen before, for Undo."""
    work.require(Right.LOG_TICKET)
    if choice.paper and choice.paper not in PAPERS:
        raise BugError("no such size of paper")
    before = printer_choice(work.session)
    value = {"way": choice.way.value, "name": choice.name, "paper": choice.paper}
    work.session.merge(Setting(name=_SETTING, value=value))
    return before


def printing_system() -> str:
    """The command that takes the very bytes of a PDF, or empty: then pages are drawn at the printer's resolution."""
    return shutil.which("lp") or ""


def printers() -> tuple[str, ...]:
    """The names that the printing system knows, in their order; none where there is no such system or it is silent."""
    command = shutil.which("lpstat")
    if not command:
        return ()
    try:
        done = subprocess.run([command, "-e"], capture_output=True, timeout=PATIENCE, check=False, env=_env())
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(line for line in done.stdout.decode("utf-8", "replace").splitlines() if line)


def print_file(pdf: bytes, *, title: str, copies: int = 1, to: PrinterChoice = PrinterChoice()) -> None:
    """Queue the file itself; UserError of the field `printer`: MISSING when the printer is gone, DISK when there is
    none or it does not take it."""
    at = ["-d", to.name] if to.name else []
    paper = ["-o", f"media={to.paper}", "-o", "fit-to-page"] if to.paper else []
    words = [printing_system(), *at, *paper, "-n", str(copies), "-t", title, "-"]
    try:
        done = subprocess.run(words, input=pdf, capture_output=True, timeout=PATIENCE, check=False, env=_env())
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise _not_taken() from problem
    said = done.stderr.lower()
    if done.returncode and b"no default destination" in said:
        raise UserError(
            Trouble.DISK,
            say("No printer is chosen on this computer. Choose one in its settings, or save a copy."),
            field="printer",
        )
    if done.returncode and to.name and any(sign in said for sign in _UNKNOWN):
        raise printer_is_gone(to.name)
    if done.returncode:
        raise _not_taken()


def printer_is_gone(name: str) -> UserError:
    """The sentence for a printer that this computer does not know any more."""
    words = say("The printer {name} is not on this computer any more. Choose another one.", name=name)
    return UserError(Trouble.MISSING, words, field="printer")


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}  # what it answers is read


def _not_taken() -> UserError:
    words = say("The printer did not take the form. Look at its cable and paper, then try again.")
    return UserError(Trouble.DISK, words, field="printer")
