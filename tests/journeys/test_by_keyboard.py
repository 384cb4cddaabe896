"""J1 and J2 on the real window with key events alone: no mouse, no call of a slot."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JOURNEYS = ["repair_by_keyboard", "crisis_by_keyboard"]


@pytest.mark.parametrize("journey", JOURNEYS)
def test_journey_is_gone_by_keyboard_alone(journey: str, tmp_path: Path) -> None:
    words = [sys.executable, "-X", "faulthandler", "-m", f"tests.journeys.{journey}", str(tmp_path / "desk")]

    shown = subprocess.run(
        words, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip

    assert [] == json.loads(shown.stdout or '["the journey ended early"]'), shown.stderr[-2000:]


@pytest.mark.parametrize("name", ["keyboard", *JOURNEYS])
def test_it_has_no_other_hands(name: str) -> None:
    text = (ROOT / "tests" / "journeys" / f"{name}.py").read_text(encoding="utf-8")

    assert [] == re.findall(r"mouse|\.click\(|\.emit\(|\.submit\(|\.run\(\)|setText|put\(|setFocus|\.go\(", text)
