"""The Qt binding keeps Python's None alive: 6.12.0 did not, on Python 3.10 and 3.11."""

import subprocess
import sys

from tests.sizes import SETTEXT_CALLS

CODE = f"""
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for _ in range({SETTEXT_CALLS}):
    label.setText("x")
print("survived")
"""


def test_void_calls_into_qt_take_no_reference_to_none() -> None:
    """Each void call of 6.12.0 stole one: the process aborted after some 5,200 calls."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)

    assert (0, "survived\n") == (done.returncode, done.stdout)
