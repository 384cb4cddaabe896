"""The pictures of README and guide, out of a tour's folder: `python -m tests.journeys.pictures OUT`."""

import sys
from pathlib import Path

from PIL import Image

from tests.architecture.house import ROOT

FOLDER = ROOT / "docs" / "pictures"
LARGE, SMALL = 1440, 960  # pixels wide
CHOSEN = {  # name here: step of the tour
    "repair": "light-outcome",
    "machine": "light-machine",
    "step": "light-checklist-value",
    "signature": "light-sign-customer",
    "paper": "light-paper",
    "crisis": "light-crisis-page",
    "exchange": "light-exchanged",
    "arabic": "arabic-outcome",
    "dark": "dark-ticket",
    "ticket": "light-ticket",  # from here on the guide's
    "intake": "light-intake",
    "part": "light-part-pr",
    "steps": "light-checklist-all",
    "symptoms": "light-crisis-symptoms",
    "crisis-paper": "light-crisis-paper",
    "connect": "light-connect",
    "offline": "light-offline",
    "resolved": "light-resolved",
}


def renew(tour: Path) -> None:
    """Take each chosen picture, small but for the first, in 256 colours: a quarter of the bytes, no difference seen."""
    FOLDER.mkdir(exist_ok=True)
    for name, step in CHOSEN.items():
        (found,) = tour.glob(f"*-{step}.png")
        with Image.open(found) as picture:
            width = LARGE if name == next(iter(CHOSEN)) else SMALL
            sized = picture.convert("RGB").resize(
                (width, width * picture.height // picture.width), Image.Resampling.LANCZOS
            )
        few = sized.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
