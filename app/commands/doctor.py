"""`doctor`: look for everything that could be wrong with a profile, and rebuild what is derived."""

import argparse
from dataclasses import dataclass, field
from typing import Any

from app.commands.calling import Call, Command, Exit, Outcome
from app.kernel.damage import Damage, DamagedError, Harm
from app.kernel.errors import UserError
from app.kernel.messages import Message, say, say_count
from app.language.speaking import speak
from app.schema import KINDS
from app.store.backups import backups
from app.store.danglers import danglers
from app.store.files import Files
from app.store.opening import open_reader, open_store
from app.store.profile import Unlocked
from app.store.projections import rebuild
from app.store.snapshot import broken_operation, pages_of, reading, verify
from app.store.tail import Tail


@dataclass
class _Report:
    lines: list[Message] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    exit: Exit = Exit.OK

    def add(self, name: str, value: Any, *, bad: Message | None = None, good: Message | None = None) -> None:
        self.data[name] = value
        if bad:
            self.lines.append(bad)
            self.exit = Exit.DAMAGED
        elif good:
            self.lines.append(good)


def run_doctor(call: Call) -> Outcome:
    """Check pages, chain, tail, files and links, with `--backups` each backup; 4 for damage, 1 for links that lead
    nowhere. `--rebuild` needs the desk to be closed."""
    unlocked, report = call.unlocked(), _Report()
    _check_store(call, unlocked, report)
    _check_files(call, unlocked, report)
    if call.arguments.backups:
        _check_backups(call, unlocked, report)
    if report.exit is Exit.OK:
        _check_links(unlocked, report)
        if call.arguments.rebuild:
            _rebuild(call, unlocked, report)
    return Outcome(tuple(report.lines), report.data, report.exit)


def _check_store(call: Call, unlocked: Unlocked, report: _Report) -> None:
    call.tell(say("Checking every page and the chain of operations…"))
    tail = Tail(unlocked.profile.tail, unlocked.derive("tail"))
    if not unlocked.profile.store.exists():
        raise DamagedError(
            Damage(Harm.GONE, backups=tuple(each.candidate() for each in backups(unlocked.profile.backups)))
        )
    with reading(unlocked.profile.store, unlocked.key) as store:
        pages = pages_of(store)
        report.add(
            "pages", pages,
            bad=say_count("{count} page is damaged.", "{count} pages are damaged.", len(pages)) if pages else None,
            good=say("Every page is whole."),
        )  # fmt: skip
        if pages:
            return
        broken = broken_operation(store)
        report.add(
            "chain", broken,
            bad=say("The chain of operations breaks at number {number}.", number=broken) if broken else None,
            good=say("The chain of operations is whole."),
        )  # fmt: skip
        missing, spoilt = tail.missing(store), tail.spoilt()
    acts = missing.acts if missing else 0
    ends_early = Damage(Harm.ENDS_EARLY, acts, missing.since if missing else 0)
    report.add("missing_acts", acts, bad=ends_early.sentence() if acts else None)
    torn = say_count("{count} record of the tail is spoilt.", "{count} records of the tail are spoilt.", spoilt)
    report.add("spoilt_tail", spoilt, bad=torn if spoilt else None)


def _check_files(call: Call, unlocked: Unlocked, report: _Report) -> None:
    call.tell(say("Reading every file…"))
    count, damaged = Files(unlocked.profile.files, unlocked.key).damaged()
    report.add(
        "files", {"count": count, "damaged": damaged},
        bad=say_count("{count} file is damaged.", "{count} files are damaged.", len(damaged)) if damaged else None,
        good=say_count("{count} file is whole.", "All {count} files are whole.", count) if count else None,
    )  # fmt: skip


def _check_backups(call: Call, unlocked: Unlocked, report: _Report) -> None:
    call.tell(say("Verifying every backup…"))
    there, bad = backups(unlocked.profile.backups), []
    for done, backup in enumerate(there, 1):
        try:
            verify(backup.path, unlocked.key)
        except UserError:
            bad.append(str(backup.path))
        call.progress(done, len(there))
    report.add(
        "backups", {"count": len(there), "damaged": bad},
        bad=say_count("{count} backup is damaged.", "{count} backups are damaged.", len(bad)) if bad else None,
        good=say_count("{count} backup is whole.", "All {count} backups are whole.", len(there)) if there else None,
    )  # fmt: skip


def _check_links(unlocked: Unlocked, report: _Report) -> None:
    with open_reader(unlocked) as store:
        found = store.read(danglers, (), {})
    rows = [{"kind": each.kind, "field": each.field, "target": each.target, "count": each.count} for each in found]
    report.add("links", rows)
    report.data["kinds"] = len(KINDS)
    for each in found:
        report.lines.append(
            say("{kind}.{field}: {count} name a {target} that is not here yet.", count=each.count, kind=each.kind,
                field=each.field, target=each.target)
        )  # fmt: skip
        report.exit = Exit.NO


def _rebuild(call: Call, unlocked: Unlocked, report: _Report) -> None:
    call.tell(say("Rebuilding what is derived…"))
    with open_store(unlocked) as store:
        made = store.write(call.actor(unlocked), rebuild, (), {}).result
    report.data["rebuilt"] = {"records": made.records, "entries": made.entries}
    report.lines.append(say("Rebuilt from {records} records; {entries} stand in the search index.",
                            records=made.records, entries=made.entries))  # fmt: skip


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--backups", action="store_true", help=speak(say("verify each backup, too")))
    told = speak(say("drop what is derived (states, stock levels, search) and derive it again"))
    parser.add_argument("--rebuild", action="store_true", help=told)


DOCTOR = Command("doctor", say("Look for damage; rebuild what is derived."), run_doctor, _arguments)
