"""start.py, without installing anything."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import start

ROOT = Path(start.__file__).parent
POSIX_ONLY = {"fcntl", "grp", "pwd", "pty", "resource", "select", "termios", "tty"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would have run inside the environment, which counts as ready."""
    commands: list[tuple[str, ...]] = []

    def note(*arguments: str, **variables: str) -> int:
        commands.append((*arguments, *(f"{name}={value}" for name, value in sorted(variables.items()))))
        return 0

    monkeypatch.setattr(start, "set_up", lambda tools=False: None)
    monkeypatch.setattr(start, "inside", note)
    monkeypatch.setattr(start, "program", lambda *words: note("main.py", *words))
    return commands


@pytest.fixture
def bare_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian without Qt's libraries, whose user may not install any."""
    monkeypatch.setattr(start, "READY", ROOT / "no such file")
    monkeypatch.setattr(start, "lacks_library", lambda name: name.startswith("libE"))
    monkeypatch.setattr(start, "may_install", lambda: [])
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")


def test_only_the_standard_library_is_imported_and_nothing_of_one_system() -> None:
    tree = ast.parse(Path(start.__file__).read_text(encoding="utf-8"))
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported = {name.split(".")[0] for name in (*plain, *named)}

    assert set() == imported - sys.stdlib_module_names
    assert set() == imported & POSIX_ONLY


def test_start_takes_under_half_a_second_when_everything_is_there(tmp_path: Path) -> None:
    for name in ("start.py", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "ready").write_text(start.mark(), encoding="utf-8")

    def once() -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, str(tmp_path / "start.py"), "setup"], check=True)
        return time.perf_counter() - begun

    assert min(once() for _ in range(3)) < 0.5


def test_another_lock_or_interpreter_makes_the_environment_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = start.mark()
    other = tmp_path / "requirements.lock"
    other.write_text("other==1\n", encoding="utf-8")

    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    moved = start.mark()
    monkeypatch.setattr(start, "LOCK", other)

    assert 3 == len({before, moved, start.mark()})


def test_ready_is_written_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "READY", tmp_path / "ready")
    monkeypatch.setattr(start, "lacks_library", lambda name: False)
    monkeypatch.setattr(start, "make_environment", lambda: None)
    states: list[bool] = []
    monkeypatch.setattr(start, "pip", lambda *arguments: states.append(start.READY.exists()))

    start.set_up()
    start.set_up()

    assert [False] == states
    assert start.mark() == start.READY.read_text(encoding="utf-8")


def test_missing_library_without_rights_gives_one_command_and_exit_2(
    bare_debian: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = start.main(["setup"])

    said = capsys.readouterr().err
    assert 2 == code
    assert "apt-get install -y --no-install-recommends libegl1" in said
    assert 1 == said.count("sudo")


def test_one_command_names_libraries_tools_and_venv(
    bare_debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name in ("qpdf", "Xvfb") else f"/usr/bin/{name}")
    monkeypatch.setattr(start, "has_venv", lambda: False)
    monkeypatch.setattr(start, "DATA", {"/nowhere/BidiCharacterTest.txt": "unicode-data"})

    code = start.main(["test"])

    assert 2 == code
    assert "recommends libegl1 python3-venv qpdf unicode-data xvfb" in capsys.readouterr().err


def test_missing_library_without_apt_is_named(
    bare_debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert 2 == start.main(["setup"])
    assert "libEGL.so.1" in capsys.readouterr().err


def test_older_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "hexversion", 0x030A0000)

    assert 2 == start.main([])
    assert "needs Python 3.11" in capsys.readouterr().err


def test_no_word_opens_the_desk_on_the_sample(told: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "has_display", lambda: True)

    start.main([])

    assert [("main.py", "--sample")] == told


def test_no_display_is_said_and_the_tour_runs(
    told: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "has_display", lambda: False)

    start.main([])

    out = str(ROOT / "out" / "tour")
    assert [("main.py", "tour", "--out", out, "QT_QPA_PLATFORM=offscreen")] == told
    assert "no display" in capsys.readouterr().err


def test_other_words_go_on_to_the_program(told: list[tuple[str, ...]]) -> None:
    start.main(["verify", "--json", "form.pdf"])

    assert [("main.py", "verify", "--json", "form.pdf")] == told


@pytest.mark.skipif(os.name == "nt", reason="descriptors are handed on otherwise there")
def test_the_program_runs_where_the_user_is_and_reads_what_was_handed_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.py").write_text("import os, sys; print(os.getcwd(), sys.argv[1:], os.read(97, 20).decode())")
    there = tmp_path / "there"
    there.mkdir()
    secret = tmp_path / "words.txt"
    secret.write_text("four words of mine")
    monkeypatch.chdir(there)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "python", lambda: Path(sys.executable))
    monkeypatch.setattr(start, "set_up", lambda tools=False: None)
    handed = os.open(secret, os.O_RDONLY)
    os.dup2(handed, 97, inheritable=True)
    try:
        start.main(["verify", "form.pdf"])
    finally:
        os.close(97)
        os.close(handed)

    assert f"{there} ['verify', 'form.pdf'] four words of mine" == capfd.readouterr().out.strip()


@pytest.mark.parametrize(
    ("words", "on_ci", "tier"),
    [
        (["test"], "", "test"),
        (["test"], "true", "ci"),
        (["test", "ci"], "", "ci"),
        (["test", "nightly"], "true", "nightly"),
    ],
)
def test_tier_is_the_word_else_what_the_place_asks_for(
    told: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, words: list[str], on_ci: str, tier: str
) -> None:
    monkeypatch.setenv("CI", on_ci)

    start.main(words)

    assert [("ruff", "format"), ("ruff", "check"), ("mypy", "--show-traceback")] == [each[1:3] for each in told[:3]]
    assert ("-m", "pytest") == told[3][:2]
    assert f"AFTERCARE_TIER={tier}" in told[3]
    assert "QT_QPA_PLATFORM=offscreen" in told[3]


@pytest.mark.parametrize(("codes", "ends"), [([2, 0], 0), ([2, 1], 1), ([2, 2], 2), ([1], 1)])
def test_a_crash_of_mypy_is_asked_once_more_and_a_finding_never(
    monkeypatch: pytest.MonkeyPatch, codes: list[int], ends: int
) -> None:
    left = list(codes)
    monkeypatch.setattr(start, "inside", lambda *arguments, **variables: left.pop(0))

    assert ends == start.check_types()
    assert not left


def test_first_failing_step_ends_the_check(told: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "inside", lambda *arguments, **variables: 7 if "check" in arguments else 0)

    assert 7 == start.main(["check"])
    assert 7 == start.main(["test"])


def test_ci_runs_the_same_command() -> None:
    script = ROOT / ".ci" / "run"

    assert os.name == "nt" or os.access(script, os.X_OK)
    assert "python3 start.py test" in script.read_text(encoding="utf-8")
