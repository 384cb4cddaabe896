"""Where the bundled fonts and icons lie: beside the code, in `resources/`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "resources"
FONTS = ROOT / "fonts" / "ui"
ICONS = ROOT / "icons"
