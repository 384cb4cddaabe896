"""The keys that the page of a run hears by itself, listed so that they can be found."""

from collections.abc import Callable

from app.content.published.procedure import StepKind
from app.kernel.messages import say
from ui.widgets.page import Act

Run = Callable[[], object]


def bench_acts(onward: Run, tick: Run, step: Run, paste: Run, *, at: Callable[..., bool]) -> list[Act]:
    """`at` says whether the step that is shown is of one of these kinds."""
    return [
        Act("onward", say("Keep the answer and go on"), "Enter", onward, "check"),
        Act("tick", say("Tick the step"), "Space", tick, "check", lambda: at(StepKind.DO, StepKind.HOLD)),
        Act("steps", say("Step back or on"), "Left Right", step, "arrow-right"),
        Act("paste", say("Paste a photo"), "Ctrl+V", paste, "image", lambda: at(StepKind.PHOTO, StepKind.SERIAL)),
    ]
