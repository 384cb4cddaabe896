"""Each kind of noise, planted in a test of its own, fails that test."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree

import pytest

from tests.architecture.house import ROOT

NOISE = {
    "warning": ("warnings.warn('old')", "UserWarning: old"),
    "qt_message": ("QtCore.qWarning('loose')", "loose"),
    "log": ("logging.getLogger('x').warning('loud')", "loud"),
    "log_that_never_came": ("announce('expected')", "expected"),
    "network": ("socket.create_connection(('192.0.2.1', 9))", "no network in tests"),
    "name_lookup": ("socket.getaddrinfo('averdell.example', 443)", "no network in tests"),
    "window": ("global kept; kept = QtWidgets.QWidget(objectName='stray')", "QWidget stray"),
    "timer": ("global kept; kept = QtCore.QTimer(); kept.start(99999)", "left running: ['QTimer']"),
    "thread": ("threading.Thread(target=time.sleep, args=(4,), name='late').start()", "threads left running"),
    "qthread": ("global kept; kept = QtCore.QThread(); kept.start()", "left running: ['QThread']"),
    "unknown_mark": ("pass", "unheard"),
    "unexpected_pass": ("pass", "XPASS(strict)"),
    "raised_out_of_sight": ("Loud()", "PytestUnraisableExceptionWarning"),
}
MARKS = {"unknown_mark": "@pytest.mark.unheard", "unexpected_pass": "@pytest.mark.xfail"}
HEAD = """
import logging, socket, threading, time, warnings
import pytest
from PySide6 import QtCore, QtWidgets

class Loud:
    def __del__(self):
        raise ValueError("unseen")
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest said about each noisy file, all run together."""
    folder = tmp_path_factory.mktemp("noisy")
    (folder / "conftest.py").write_text("from tests.noise import *\n", encoding="utf-8")
    for name, (body, _) in NOISE.items():
        test = f"{dedent(HEAD)}\n{MARKS.get(name, '')}\ndef test_it(qtbot, announce):\n    {body}\n"
        (folder / f"test_{name}.py").write_text(test, encoding="utf-8")
    report = folder / "report.xml"
    settings = ("-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", "-p", "no:cacheprovider", "-p", "no:xdist")
    command = [sys.executable, "-m", "pytest", *settings, "--continue-on-collection-errors", f"--junitxml={report}"]
    subprocess.run([*command, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    return _said(report)


@pytest.mark.parametrize("name", NOISE)
def test_noise_fails(failures: dict[str, str], name: str) -> None:
    assert NOISE[name][1] in failures[name]


def _said(report: Path) -> dict[str, str]:
    said = dict.fromkeys(NOISE, "")
    for case in ElementTree.parse(report).iter("testcase"):
        place = f"{case.get('classname')}.{case.get('name')}"
        for trouble in (*case.findall("failure"), *case.findall("error")):
            name = next(each for each in sorted(NOISE, key=len, reverse=True) if f"test_{each}" in place)
            said[name] += f"{trouble.get('message')}\n{trouble.text}"
    return said
