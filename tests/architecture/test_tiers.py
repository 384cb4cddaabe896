"""Tiers leave tests out by name, and what a machine lacks is counted and fails where CI=true."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

HOOKS = "pytest_collection_modifyitems, pytest_sessionfinish, pytest_terminal_summary"
BODY = """
import pytest
from tests import lacking

def test_plain():
    pass

@pytest.mark.ci
def test_of_ci():
    pass

@pytest.mark.nightly
def test_of_the_night():
    pass

def test_with_a_tool():
    assert lacking.tool("no-such-tool")
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(
        f"from tests.conftest import {HOOKS}\nfrom tests.noise import *\n", encoding="utf-8"
    )
    (tmp_path / "test_small.py").write_text(BODY, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("tier", "ci", "code", "closing"),
    [("test", "", 0, "1 passed, 1 skipped, 2 deselected"), ("nightly", "true", 1, "3 passed, 1 skipped")],
)
def test_tier_holds_the_ones_below_it_and_what_is_lacking_fails_on_the_build_server(
    small: Path, tier: str, ci: str, code: int, closing: str
) -> None:
    settings = ("-c", str(ROOT / "pyproject.toml"), f"--rootdir={small}", "-p", "no:cacheprovider", "-p", "no:xdist")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *settings, str(small)],
        cwd=ROOT,
        env=os.environ | {"AFTERCARE_TIER": tier, "CI": ci},
        capture_output=True,
        text=True,
    )

    assert code == done.returncode
    assert closing in done.stdout.splitlines()[-1]
    assert "not checked for lack of no-such-tool: 1 tests" in done.stdout
