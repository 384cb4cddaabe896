"""The tour: J1 on the real window in three looks, with pictures, papers and checks; `tour.json` says what held."""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from ui.shell.desktop import Desktop
from ui.shell.opening import Opening
from ui.shell.window_place import USUAL
from ui.theme.apply import apply
from ui.tour.driver import Driver, Step, TourStopped
from ui.tour.exchange import tour_hub, walk_exchange
from ui.tour.repair import RepairTour
from ui.tour.said import ENGLISH, SAID, Said
from ui.widgets.gaps import Gaps

OpeningFor = Callable[[Path, str], Opening]


@dataclass(frozen=True, slots=True)
class Look:
    """One round of the tour."""

    name: str
    theme: str
    language: str


LOOKS = (Look("light", "light", "en"), Look("dark", "dark", "en"), Look("arabic", "light", "ar"))


@dataclass(frozen=True, slots=True)
class Toured:
    """What the tour found. `stopped` names the step at which a round could not go on."""

    steps: tuple[Step, ...]
    papers: tuple[str, ...]
    longest_gap: int
    stopped: tuple[str, ...]

    @property
    def failed(self) -> list[str]:
        """Each check that did not hold, by look, step and what was looked at."""
        return [
            f"{step.look}, step {step.number} {step.name}: {check.what}"
            for step in self.steps
            for check in step.checks
            if not check.held
        ] + list(self.stopped)

    def record(self) -> dict[str, Any]:
        """What stands in tour.json: steps, checks, durations in ms, the longest pause of the window in ms."""
        return {
            "steps": [step.record() for step in self.steps],
            "papers": list(self.papers),
            "longest_gap_ms": self.longest_gap,
            "failed": self.failed,
        }


def run_tour(
    application: QApplication, out: Path, opening_for: OpeningFor, *,
    progress: Callable[[int, int], None], looks: tuple[Look, ...] = LOOKS, said: Said | None = None,
    home: Path | None = None, exchange: bool = True,
) -> Toured:  # fmt: skip
    """Every look on a sample desk of its own; pictures, papers and tour.json go to `out`.

    The desks are thrown away, unless `home` names a folder to make them in. `exchange` False leaves out the part with
    a hub of the tour's own.
    """
    out.mkdir(parents=True, exist_ok=True)
    steps: list[Step] = []
    papers: list[str] = []
    stopped: list[str] = []
    longest = 0.0
    for number, look in enumerate(looks):
        words = said or SAID.get(look.language, ENGLISH)
        made = _one_look(application, out, opening_for, look, words, home, first=len(steps) + 1, exchange=exchange)
        steps += made.steps
        papers += made.papers
        stopped += made.stopped
        longest = max(longest, made.longest_gap)
        progress(number + 1, len(looks))
    toured = Toured(tuple(steps), tuple(papers), round(longest), tuple(stopped))
    (out / "tour.json").write_text(json.dumps(toured.record(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return toured


def _one_look(
    application: QApplication,
    out: Path,
    opening_for: OpeningFor,
    look: Look,
    said: Said,
    home: Path | None,
    *,
    first: int,
    exchange: bool,
) -> Toured:
    folder = home / look.name if home else Path(tempfile.mkdtemp(prefix="aftercare-tour-"))
    opening = opening_for(folder / "desk", look.language)
    opening.lock.unlock("", "")
    stopped: list[str] = []
    try:
        with opening.hold():
            desktop = Desktop(application, opening)
            apply(application, look.theme, look.language)
            gaps = Gaps()
            driver = Driver(desktop.frame, desktop.desk, out=out, look=look.name, language=look.language, first=first)
            tour = RepairTour(driver, said, out=out, profile=folder / "desk")
            try:
                desktop.frame.resize(USUAL)  # the pictures are compared by eye, whatever the screen
                desktop.frame.show()
                gaps.start()
                tour.go()
                if exchange:
                    with tour_hub() as hub:
                        walk_exchange(driver, hub, own=(said.note, said.words, said.customer))
            except TourStopped as reason:
                stopped.append(f"{look.name}: {reason}")
                desktop.frame.grab().save(str(out / f"stopped-{look.name}.png"))
            finally:
                longest = gaps.stop()
                desktop.close()
                application.processEvents()
    finally:
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)
    return Toured(tuple(driver.steps), tuple(tour.papers), round(longest), tuple(stopped))
