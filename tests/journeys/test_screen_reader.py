"""What a screen reader meets on the real window, over AT-SPI, from another process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import lacking

ROOT = Path(__file__).parents[2]
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"


def test_every_page_is_read_its_rows_are_told_and_a_button_is_pressed_by_its_name(tmp_path: Path) -> None:
    lacking.file("/usr/libexec/at-spi2-registryd")
    lacking.file("/usr/lib/python3/dist-packages/gi")
    launch = f"{lacking.file(LAUNCHER)} --launch-immediately >/dev/null 2>&1 & bus=$!; sleep 1"
    desk = f"{sys.executable} -X faulthandler -m tests.journeys.atspi_desk {tmp_path / 'desk'}"
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    around = {"XDG_RUNTIME_DIR": str(run), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    screen = [lacking.tool("xvfb-run"), "-a", "-s", "-screen 0 1440x900x24"]

    shown = subprocess.run(
        [*screen, lacking.tool("dbus-run-session"), "--", "sh", "-c", f"{launch}; {desk}; kill $bus"],
        cwd=ROOT, env=os.environ | around, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert shutil.which("Xvfb")
    assert [] == json.loads(shown.stdout or '["the desk ended early"]'), shown.stderr[-2000:]
