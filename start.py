"""One command for everything: sets up what is missing, then runs. Standard library only, on every system.

python3 start.py                    the desk on the sample manufacturer
python3 start.py test [ci|nightly]  check, then the tests of that tier (further words go to pytest)
python3 start.py check              formatting, lint, types, contracts
python3 start.py setup              only the set-up
python3 start.py translate          collect the texts, update and compile the catalogues (--check: only compare)
python3 start.py bench              measurements
python3 start.py lock               renew requirements.lock
python3 start.py ANYTHING ELSE      goes on to main.py
"""

from __future__ import annotations  # read by an older Python too, so that it can say what it needs

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
READY = VENV / "ready"
LOCK = ROOT / "requirements.lock"
UV = "uv==0.13.9"  # needed by `lock` alone, in an environment that is thrown away
FAILED, CANNOT = 1, 2  # exit codes: something ran and failed; something is missing that we may not install

# What Qt opens at run time, and the Debian package that brings it (found in a bare Debian 12).
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TOOLS = {"qpdf": "qpdf", "pdfsig": "poppler-utils", "Xvfb": "xvfb", "xdotool": "xdotool", "xauth": "xauth"}
DATA = {"/usr/share/unicode/BidiCharacterTest.txt": "unicode-data"}  # Unicode's own test of right-to-left text
PLATFORMS = {  # the oldest systems for which every package of the lock has a wheel
    "Windows x86-64": "x86_64-pc-windows-msvc",
    "macOS arm64": "aarch64-apple-darwin",
    "Linux x86-64": "x86_64-manylinux_2_34",
    "Linux aarch64": "aarch64-manylinux_2_39",
}
PYTHONS = ("3.11", "3.14")  # oldest and newest that the lock is checked for


class Stop(Exception):
    """Set-up cannot go on; the text says what to do."""


def main(words: list[str]) -> int:
    """Runs one word and gives its exit code."""
    if sys.hexversion < 0x030B0000:
        return refuse(f"Aftercare needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    word, rest = (words[0], words[1:]) if words else ("", [])
    try:
        return WORDS[word](rest) if word in WORDS else run_main(words)
    except Stop as problem:
        return refuse(str(problem))
    except subprocess.CalledProcessError as problem:
        return refuse(f"This step failed: {' '.join(problem.cmd)}", FAILED)
    except KeyboardInterrupt:
        return 130


def refuse(sentence: str, code: int = CANNOT) -> int:
    print(sentence, file=sys.stderr)
    return code


# ------------------------------------------------------------------------------------------------------------ set-up


def set_up(*, tools: bool = False) -> None:
    """Makes the environment that the lock names, unless it stands already; can be broken off and repeated.

    With `tools` also the commands that tests call, where Debian's packages can bring them.
    """
    wanted = mark()
    ready = READY.is_file() and READY.read_text(encoding="utf-8") == wanted
    install_debian(missing_packages(libraries=not ready, tools=tools))
    if ready:
        return
    READY.unlink(missing_ok=True)
    make_environment()
    say("Installing what requirements.lock names; the first time this takes some minutes ...")
    pip("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK))
    READY.write_text(wanted, encoding="utf-8")
    say("Ready.")


def mark() -> str:
    """What the environment was made from: the lock and the interpreter."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock}\n{sys.implementation.name} {sys.version.split()[0]} {sys.base_prefix}\n"


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment() -> None:
    """A fresh `.venv`, unless one of the same interpreter can be gone on with."""
    if can_go_on():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    say("Making .venv ...")
    if not has_venv():
        try_debian("python3-venv")
    if has_venv():
        run(base_python(), "-m", "venv", str(VENV))
    elif outer_pip() and quietly([base_python(), "-c", "import venv"]):
        run(base_python(), "-m", "venv", "--without-pip", str(VENV))
    else:
        raise Stop("Python's venv is missing. Run this and start again:\n    sudo apt-get install -y python3-venv")


def base_python() -> str:
    """The interpreter that runs this, or the one below it when that stands in an environment itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def has_venv() -> bool:
    """Whether Python came with venv and ensurepip; Debian keeps them in a package of their own."""
    return quietly([base_python(), "-c", "import ensurepip, venv"])


def can_go_on() -> bool:
    """Whether `.venv` holds a working interpreter of this version."""
    if not python().is_file():
        return False
    code = "import sys; print(sys.version.split()[0], sys.base_prefix)"
    found = subprocess.run([str(python()), "-c", code], capture_output=True, text=True)
    return found.stdout.strip() == f"{sys.version.split()[0]} {sys.base_prefix}" and bool(own_pip() or outer_pip())


def own_pip() -> list[str]:
    command = [str(python()), "-m", "pip"]
    return command if quietly([*command, "--version"]) else []


def outer_pip() -> list[str]:
    """The system's pip working on `.venv`, where Python came without ensurepip."""
    command = [sys.executable, "-m", "pip"]
    return [*command, "--python", str(python())] if quietly([*command, "--version"]) else []


def pip(*arguments: str) -> None:
    run(*(own_pip() or outer_pip()), *arguments, "--disable-pip-version-check", "--no-input", "--quiet")


# ------------------------------------------------------------------------------------------------ the system's packages


def lacks_library(name: str) -> bool:
    """Whether Linux cannot open this shared library; elsewhere the wheels bring everything."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        ctypes.CDLL(name)
    except OSError:
        return True
    return False


def missing_packages(*, libraries: bool, tools: bool) -> dict[str, str]:
    """What this machine lacks, with the Debian package of each; Python's venv only beside other things."""
    lacking = {name: LIBRARIES[name] for name in LIBRARIES if libraries and lacks_library(name)}
    if tools and shutil.which("apt-get"):
        lacking.update({tool: TOOLS[tool] for tool in TOOLS if not shutil.which(tool)})
        lacking.update({file: DATA[file] for file in DATA if not Path(file).exists()})
    if lacking and not READY.exists() and not has_venv():
        lacking["venv"] = "python3-venv"
    return lacking


def install_debian(missing: dict[str, str]) -> None:
    """Installs the packages of what is missing, or stops with the one command that does."""
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Stop(f"These shared libraries are missing: {', '.join(missing)}.\nInstall them, then start again.")
    packages = sorted(set(missing.values()))
    if not try_debian(*packages):
        command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
        raise Stop(f'Some system packages are missing. Run this and start again:\n    sudo sh -c "{command}"')


def try_debian(*packages: str) -> bool:
    """Installs packages where that may be done without a question."""
    if not (shutil.which("apt-get") and may_install()):
        return False
    say(f"Installing {' '.join(packages)} ...")
    install = [*may_install(), "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if quietly(install):
        return True
    return quietly([*may_install(), "apt-get", "update", "-qq"]) and quietly(install)


def may_install() -> list[str]:
    """The prefix with which apt-get may run: `env` as root, sudo where it asks nothing, else nothing."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if getattr(os, "geteuid", lambda: -1)() == 0:
        return environment
    if shutil.which("sudo") and quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n", *environment]
    return []


# --------------------------------------------------------------------------------------------------------------- words


def run_main(words: list[str]) -> int:
    """main.py with these words; with none, the desk on the sample, or the tour where there is no display."""
    set_up()
    if words:
        return program(*words)
    if has_display():
        return inside("main.py", "--sample")
    say("There is no display: running the tour instead. Its pictures and papers go to out/tour.")
    return inside("main.py", "tour", "--out", str(ROOT / "out" / "tour"), QT_QPA_PLATFORM="offscreen")


def has_display() -> bool:
    """Whether a window can be shown; Windows and macOS always can."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def setup(rest: list[str]) -> int:
    set_up()
    return 0


def check(rest: list[str]) -> int:
    """Formatting, lint, types and contracts; the first that fails ends it."""
    set_up()
    return check_style() or inside("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")


def check_style() -> int:
    steps = (("ruff", "format", "--check", "--quiet", "."), ("ruff", "check", "--quiet", "."))
    return next((code for step in steps if (code := inside("-m", *step))), 0) or check_types()


def check_types() -> int:
    """mypy 2.4.1 crashed once in a dozen runs over the same files ("INTERNAL ERROR", exit code 2, in a fresh clone).

    A crash says nothing about the code, so it is asked once more, without the cache that it may have left half-made.
    """
    code = inside("-m", "mypy", "--show-traceback")
    return inside("-m", "mypy", "--show-traceback", "--no-incremental") if code == CANNOT else code


def test(rest: list[str]) -> int:
    """Style and types, then pytest (which holds the contracts too), whose closing line is the last that is printed."""
    tier = "ci" if os.environ.get("CI") == "true" else "test"
    if rest and rest[0] in ("test", "ci", "nightly"):
        tier, rest = rest[0], rest[1:]
    set_up(tools=True)
    parallel = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"] if (os.cpu_count() or 1) > 1 else []
    settings = {"QT_QPA_PLATFORM": "offscreen", "AFTERCARE_TIER": tier, "PYTHONUTF8": "1"}
    return check_style() or inside("-m", "pytest", "-q", *parallel, *rest, **settings)


def translate(rest: list[str]) -> int:
    set_up()
    return inside("-m", "tests.language.catalogues", *rest)


def bench(rest: list[str]) -> int:
    set_up()
    return inside("-m", "tests.bench", *rest)


def lock(rest: list[str]) -> int:
    """Renews the lock, and refuses it where a platform would have to build a package or a host is named."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        tool = Path(folder) / python().relative_to(VENV)
        run(str(tool), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
        new = Path(folder) / "requirements.lock"
        resolve = [str(tool), "-m", "uv", "pip", "compile", "--quiet", "--no-annotate", "--no-emit-index-url"]
        named = ["--custom-compile-command", "python3 start.py lock", "--python-version", PYTHONS[0]]
        run(*resolve, "--universal", "--generate-hashes", *named, "--extra", "dev", "-o", str(new), "pyproject.toml")
        for system, platform in PLATFORMS.items():
            for version in PYTHONS:
                target = ["--python-platform", platform, "--python-version", version, "--only-binary", ":all:"]
                run(*resolve, *target, "-o", str(Path(folder) / "resolved"), str(new))
                say(f"{system}, Python {version}: wheels alone")
        if "://" in new.read_text(encoding="utf-8"):
            raise Stop("The new lock names a host; the old one stays.")
        shutil.copyfile(new, LOCK)
    return 0


WORDS = {word.__name__: word for word in (setup, check, test, translate, bench, lock)}


# -------------------------------------------------------------------------------------------------------------- running


def program(*words: str) -> int:
    """main.py where the user is, whose file names are meant from there, with the descriptors that were handed on
    (`--passphrase-fd 3 3<file`); the exit code."""
    return subprocess.run([str(python()), str(ROOT / "main.py"), *words], close_fds=os.name == "nt").returncode


def inside(*arguments: str, **variables: str) -> int:
    """Runs the environment's Python at the root; the exit code."""
    return subprocess.run([str(python()), *arguments], cwd=ROOT, env={**os.environ, **variables}).returncode


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def quietly(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
