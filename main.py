"""Where it starts: `main.py [--profile DIR] [--sample] [command …]`. Only here one of two worlds is chosen.

Without a command the desk opens: this is its composition root, which hands the store's doors to the window.
"""

import argparse
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from app.kernel.reports import report_uncaught
from app.store.dumps import refuse_core_dumps

BAD_INPUT, LOCKED = 2, 5  # as app.commands.calling.Exit, which the desk does not load


def main(words: Sequence[str]) -> int:
    """The exit code of the command that the words name, or of the desk."""
    refuse_core_dumps()
    report_uncaught()
    with contextlib.suppress(argparse.ArgumentError):  # the command line says what is wrong
        options, rest = _desk_words().parse_known_args(words)
        if not rest:
            return open_desk(options)
    from app.commands.line import run

    return run(words, more=_commands_with_a_window())


def _commands_with_a_window() -> tuple[Any, ...]:
    """The commands that drive the desk; Qt is loaded when one of them runs."""
    from app.commands.calling import Command
    from app.kernel.messages import say

    return (Command("tour", say("Drive the desk through a repair, with pictures and checks."), _tour, _tour_words),)


def _tour_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--out", required=True, metavar="DIR", type=Path)


def _tour(call: Any) -> Any:
    """Offscreen, on sample desks that are thrown away afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.commands.calling import Exit, Outcome
    from app.kernel.messages import say, say_count
    from ui.tour.run import run_tour

    def opening_for(folder: Path, language: str) -> Any:
        return opening_of(_desk_words().parse_args(["--sample", "--profile", str(folder), "--language", language]))

    application = QApplication(sys.argv[:1])
    toured = run_tour(application, call.arguments.out, opening_for, progress=call.progress)
    checks = sum(len(step.checks) for step in toured.steps)
    told = say_count("{count} check, all held", "{count} checks, all held", checks)
    if toured.failed:
        told = say_count("{count} check did not hold: {which}", "{count} checks did not hold: {which}",
                         len(toured.failed), which="; ".join(toured.failed))  # fmt: skip
    lines = (told, say("Pictures, papers and tour.json are in {folder}.", folder=str(call.arguments.out)))
    return Outcome(lines, toured.record(), Exit.NO if toured.failed else Exit.OK)


def _desk_words() -> argparse.ArgumentParser:
    """The options that may stand without a command; `--help` and all else is the command line's."""
    words = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    words.add_argument("--profile", default="")
    words.add_argument("--sample", action="store_true")
    words.add_argument("--language", default="")
    words.add_argument("--passphrase-fd", type=int)
    words.add_argument("--recovery-fd", type=int)
    return words


def open_desk(options: argparse.Namespace) -> int:
    """Show the window of the profile that the options name."""
    _load_before_qt()
    from PySide6.QtWidgets import QApplication

    from app.kernel.errors import Trouble, UserError
    from app.language.speaking import speak
    from ui.shell.starting import run
    from ui.theme.apply import system_language

    application = QApplication(sys.argv[:1])
    try:
        return run(application, opening_of(options))
    except UserError as trouble:
        print(speak(trouble.message, options.language or system_language()), file=sys.stderr)
        return LOCKED if trouble.kind is Trouble.LOCKED else BAD_INPUT


def _load_before_qt() -> None:
    """What needs no Qt: PySide reads the source of each module that is imported after it, looking for itself, which
    took 30 ms of a start. And a start makes objects that stay."""
    from app.kernel.litter import collect_seldom

    collect_seldom()
    import app.handbook.place
    import app.language.speaking
    import app.store.descriptors
    import app.store.first_page
    import app.store.logs
    import app.store.profile
    import app.store.runner  # noqa: F401


def opening_of(options: argparse.Namespace) -> Any:
    """What the desktop needs of the store, as closures over the profile that is unlocked in between."""
    from app.handbook.place import shelf_of
    from app.store import descriptors, faults, first_page, logs, profile, runner
    from ui.shell.doorway import Lock
    from ui.shell.opening import Opening
    from ui.shell.wiring import FirstRow
    from ui.theme.apply import system_language

    folder = Path(options.profile) if options.profile else profile.default_folder(sample=options.sample)
    place = profile.Profile(folder)
    if options.sample and not place.exists():
        profile.create_sample(folder)
    given = {
        name: descriptors.read_secret(number)
        for name, number in (("passphrase", options.passphrase_fd), ("recovery", options.recovery_fd))
        if number is not None
    }
    key: list[profile.Unlocked] = []

    def unlock(passphrase: str, recovery: str) -> None:
        said = {"passphrase": passphrase, "recovery": recovery} if passphrase or recovery else given
        key[:] = [profile.unlock(place, **said)]

    @contextlib.contextmanager
    def hold() -> Iterator[None]:
        with profile.hold(place), logs.keep_log(place.logs, "desk"), faults.watch_hard_faults(place):
            yield

    def first() -> tuple[Mapping[str, Any], Sequence[FirstRow]]:
        look = first_page.first_look(place.store, key[0].key)
        return look.choices, [FirstRow(row.number, row.title, row.customer) for row in look.rows]

    def threads(may_open: threading.Event) -> runner.ThreadRunner:
        interface = threading.get_ident()

        def opener(*, reader: bool) -> runner.Opened:
            may_open.wait()
            from app.store.opening import StoreOpener

            opened = StoreOpener(key[0], zone=zone, interface=interface)(reader=reader)
            if key[0].sample and not reader:
                _fill(opened)
            return opened

        made = runner.ThreadRunner(opener)
        made.background(_keep_handbook, shelf, may_open)
        return made

    def mend(backup: str) -> None:
        from app.store.restore import put_in_place

        source = Path(backup) if backup else place.store
        with ThreadPoolExecutor(1) as elsewhere:  # the store refuses this thread
            elsewhere.submit(put_in_place, key[0], source).result()

    zone = local_zone()
    shelf = shelf_of(folder, sample=_is_sample(place, options), zone=zone)
    lock = Lock(place.exists(), unlock, _first_of(place, key, shelf))

    def sample(language: str) -> Any:
        own = folder.resolve() == profile.default_folder().resolve()
        beside = profile.default_folder(sample=True) if own else folder.with_name(f"{folder.name}-sample")
        words = ["--sample", "--profile", str(beside), "--language", language]
        return opening_of(_desk_words().parse_args(words))

    return Opening(
        folder=folder,
        lock=lock,
        hold=hold,
        first=first,
        runner=threads,
        mend=mend,
        back_up=lambda ending: _back_up(key[0], ending),
        back_up_now=lambda: _back_up_now(key[0]),
        check=lambda: _check(key[0]),
        clock=lambda: _clock(key[0], zone),
        syncing=lambda made: _syncing(key[0], made, shelf),
        house=lambda: _house(key[0]),
        aside=runner.StorelessRunner,
        faults=_faults_of(place),
        handbook=shelf,
        sample=sample,
        language=options.language or system_language(),
        zone=zone,
        beside=lambda: _beside(place, shelf),
    )


def _faults_of(place: Any) -> Any:
    from app.store.faults import forget_faults, keep_fault, take_faults
    from ui.shell.opening import Faults

    return Faults(partial(keep_fault, place), partial(take_faults, place), partial(forget_faults, place))


def _first_of(place: Any, key: list[Any], shelf: Any) -> Any:
    """The steps of a first start; what needs the store's libraries is loaded on the worker that asks for it."""
    from app.kernel.beginnings import Beginning, Step
    from app.store import beginning, profile, slots
    from ui.shell.first_port import First

    def create(begun: Beginning, passphrase: str, key_store: bool) -> str:
        made = beginning.begin_profile(place.folder, begun, passphrase=passphrase, key_store=key_store)
        key[:] = [made.unlocked]
        return made.recovery

    def kept() -> None:
        begun = beginning.read_beginning(place) or Beginning(Step.RECOVERY, "en")
        step = Step.CONNECT if begun.with_code else Step.PEOPLE
        beginning.note_beginning(place, Beginning(step, begun.language, begun.with_code))

    def on_store(name: str) -> Any:
        def step(*answers: Any) -> Any:
            from app.workflows.first_start import FirstStart

            begun = beginning.read_beginning(place) or Beginning(Step.PEOPLE, "en")
            return getattr(FirstStart(key[0], begun, zone=shelf.zone, shelf=shelf), name)(*answers)

        return step

    return First(
        lambda: beginning.read_beginning(place) if place.exists() else None, slots.has_key_store, create,
        lambda: profile.renew_recovery(key[0]), kept, on_store("connect"), on_store("wait"), on_store("skip"),
        on_store("known"), on_store("finish"), shelf.zone,
    )  # fmt: skip


def _is_sample(place: Any, options: argparse.Namespace) -> bool:
    """Whether the profile is a sample, as far as its key file can still be read."""
    from app.kernel.errors import UserError
    from app.store.profile import read_keys

    try:
        return bool(read_keys(place).sample)
    except (UserError, OSError):
        return bool(options.sample)


def _keep_handbook(shelf: Any, may_open: threading.Event) -> None:
    """The sample's handbook as a plain copy, for the day on which its store does not open; after the first paint."""
    if shelf.bundled is None:
        return
    may_open.wait()
    from app.handbook.shelf import keep
    from app.kernel.instants import now

    try:
        keep(shelf, shelf.bundled, now())
    except OSError as trouble:
        logging.getLogger(__name__).warning("the handbook was not kept: %s", type(trouble).__name__)


def _back_up(unlocked: Any, ending: bool) -> None:
    """A verified copy when one is due, beside the desk, and at its end. UserError when none could be taken."""
    from app.kernel.instants import now
    from app.store.backups import HALF_HOUR, back_up_when_due
    from app.store.elsewhere import copy_when_due

    if unlocked.profile.store.exists():
        back_up_when_due(unlocked, now(), every=0 if ending else HALF_HOUR)
        if not ending:  # the whole profile may take minutes; nobody waits for that with the window gone
            copy_when_due(unlocked, now())


def _check(unlocked: Any) -> None:
    """Reads the whole store once, beside the desk; DamagedError, with the backups there are."""
    from app.store.opening import naming_backups
    from app.store.snapshot import check_store

    if unlocked.profile.store.exists():
        with naming_backups(unlocked):
            check_store(unlocked.profile.store, unlocked.key)


def _clock(unlocked: Any, zone: str) -> Any:
    """A sentence when this machine's clock cannot be right."""
    from app.kernel.instants import now
    from app.store.clock import clock_doubt

    return clock_doubt(unlocked, now(), zone=zone)


def _back_up_now(unlocked: Any) -> None:
    """The same before something large, which does not begin when there is no copy."""
    from app.kernel.instants import now
    from app.store.backups import back_up_when_due

    back_up_when_due(unlocked, now(), every=0)


def _beside(place: Any, shelf: Any) -> Any:
    """What lies next to the store and is news when it is not as it should be: two folders are looked at."""
    from app.handbook.shelf import chosen_market, renewed_at
    from app.kernel.beside import Beside
    from app.store.backups import backups

    reach = max((each.operations for each in backups(place.backups)), default=0)
    return Beside(reach, chosen_market(shelf), renewed_at(shelf))


def _syncing(unlocked: Any, runner: Any, shelf: Any) -> Any:
    """The exchange with the manufacturer, for the profile that is open."""
    from app.workflows.syncing import Syncing

    secret = unlocked.derive("device identity")
    return Syncing(runner, unlocked.device, secret, unlocked.profile.folder, shelf=shelf)


def _house(unlocked: Any) -> Any:
    """What the settings may ask of the profile that is open."""
    from app.workflows.house import house_of

    return house_of(unlocked)


def _fill(opened: Any) -> None:
    """The sample's pack and invented partner, on the writer's thread, when they are not there yet."""
    from app.workflows.sample import SYSTEM, fill_sample

    opened.write(SYSTEM, fill_sample)


def local_zone() -> str:
    """This machine's IANA zone, or UTC where the system does not tell."""
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
