"""The backups beside the store: their names, which are kept, and taking one."""

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.kernel.damage import Candidate
from app.kernel.instants import DAY, instant_of, moment_of, now
from app.store.disk import move_file
from app.store.profile import Unlocked
from app.store.snapshot import Progress, has_operations, reading, take_copy, unheard

_NAME = re.compile(r"store-(\d{8}T\d{6}\.\d{6})Z-(\d{1,18})(?:-(\d{1,9}))?\.db")
_HALVES = ("*.fresh", "*.part", "archive*.db")
_STAMP = "%Y%m%dT%H%M%S.%f"
HOUR = DAY // 24
HALF_HOUR = HOUR // 2
ALL_DAYS = 3  # two days whatever the hour
APART = 180 * DAY  # nobody is away for so long; a clock that lost its battery is
DAILY, WEEKLY, MONTHLY = 12, 10, 9


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of the store: when it was taken (microseconds UTC), how far its operations go, and the
    how-many-th copy of this profile it is: a clock may be wrong, and counting is not."""

    path: Path
    at: int
    operations: int
    number: int = 0

    def candidate(self) -> Candidate:
        """The same for whoever asks what could be restored."""
        return Candidate(str(self.path), self.at, self.operations)


def back_up(unlocked: Unlocked, *, progress: Progress = unheard) -> Backup:
    """Take a verified backup into `backups/` and drop those that retention no longer keeps."""
    folder, at = unlocked.profile.backups, now()
    drop_halves(folder, at)
    half = folder / f"store-{_stamp(at)}.db.fresh"
    head = take_copy(unlocked.profile.store, unlocked.key, half, progress=progress)
    number = 1 + max((each.number for each in backups(folder)), default=0)
    target = folder / f"store-{_stamp(at)}Z-{head.n}-{number}.db"
    move_file(half, target)
    drop_old(folder, at)
    return Backup(target, at, head.n, number)


def back_up_when_due(unlocked: Unlocked, at: int, *, every: int = HALF_HOUR) -> Backup | None:
    """Take one if operations came after the newest and it is half an hour old (`every`, microseconds: 0 at the end of
    work and before something large); None when there is no need.

    For a job beside the desk: at the start, and every few minutes.
    """
    there = [backup for backup in backups(unlocked.profile.backups) if backup.at <= at]  # not of a clock that ran ahead
    if there and at < there[0].at + every:
        return None
    with reading(unlocked.profile.store, unlocked.key) as store:
        if not has_operations(store):
            return None
        last = store.execute("SELECT coalesce(max(n), 0) FROM op").fetchone()[0]
    return None if last == (there[0].operations if there else 0) else back_up(unlocked)


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the last one that was taken first, whatever the clock said then. Each was verified
    before it got its name."""
    named = [(path, _NAME.fullmatch(path.name)) for path in folder.glob("store-*.db")]
    found = [_backup(path, match) for path, match in named if match]
    return sorted(filter(None, found), key=lambda backup: (backup.number, backup.at), reverse=True)


def _backup(path: Path, match: re.Match[str]) -> Backup | None:
    try:
        return Backup(path, _instant(match[1]), int(match[2]), int(match[3] or 0))
    except (ValueError, OverflowError):  # a month 13: no name of ours
        return None


def drop_old(folder: Path, at: int) -> list[Path]:
    """Remove the backups that `kept` does not name; which were removed. One that cannot be removed now, such as one
    that is being copied away, goes another time."""
    there = backups(folder)
    keep = kept([backup.at for backup in there], at)
    gone = []
    for path in (backup.path for backup in there if backup.at not in keep):
        with contextlib.suppress(OSError):
            path.unlink()
            gone.append(path)
    return gone


def drop_halves(folder: Path, at: int) -> None:
    """Remove what killed backups left half-written: each is as large as the store. One that is being written is
    younger than an hour."""
    for path in (each for pattern in _HALVES for each in folder.glob(pattern)):
        with contextlib.suppress(OSError):  # finished meanwhile, or held by the process that writes it
            if path.stat().st_mtime_ns // 1000 < at - HOUR:
                path.unlink()


def kept(times: Iterable[int], at: int) -> set[int]:
    """Which instants to keep at `at`: all of two days, then the newest of each of the latest 12 days, 10 weeks and
    9 months that have one. Counted by what exists, so that a desk that slept a year loses nothing by waking; and apart
    for what lies half a year or more from the rest or after `at`: a clock was wrong there, or is now, and neither
    side crowds out the other."""
    newest = sorted(set(times), reverse=True)
    spans = _spans([time for time in newest if time > at]) + _spans([time for time in newest if time <= at])
    return set().union(*map(_kept, spans))


def _spans(newest: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for time in newest:
        if not found or found[-1][-1] - time >= APART:
            found.append([])
        found[-1].append(time)
    return found


def _kept(newest: Sequence[int]) -> set[int]:
    days = list(dict.fromkeys(map(_day, newest)))[:ALL_DAYS]
    keep = {time for time in newest if _day(time) in days}
    for many, bucket in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        keep |= _first_of(newest, many, bucket)
    return keep


def _first_of(newest: Sequence[int], many: int, bucket: Callable[[int], str]) -> set[int]:
    found: dict[str, int] = {}
    for time in newest:
        found.setdefault(bucket(time), time)
    return set(list(found.values())[:many])


def _day(instant: int) -> str:
    return moment_of(instant, "UTC").strftime("%Y-%m-%d")


def _week(instant: int) -> str:
    moment = moment_of(instant, "UTC")
    return (moment - timedelta(days=moment.weekday())).strftime("%Y-%m-%d")


def _month(instant: int) -> str:
    return moment_of(instant, "UTC").strftime("%Y-%m")


def _stamp(instant: int) -> str:
    return moment_of(instant, "UTC").strftime(_STAMP)


def _instant(stamp: str) -> int:
    return instant_of(datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC))
