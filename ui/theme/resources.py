"""Where the bundled fonts and icons lie: beside the code, in `resources/`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "resources"
FONTS = ROOT / "fonts" / "ui"
HAN_STRONG = ROOT / "fonts" / "paper" / "NotoSansSC-Bold.ttf"  # the cut of printed papers: no second one of 3 MB
ICONS = ROOT / "icons"
