"""The table of figures, and its place in the README between two marks."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, Measured

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
_HEAD = "| what | median | lowest to highest | target | reached |\n|---|---|---|---|---|"


def table(measured: Measured, machine: str, size: str) -> str:
    """Markdown: what was measured on what, a line for each figure, and what was not measured."""
    lines = [machine, "", size, "", _HEAD, *map(_line, measured.figures)]
    if measured.lacking:
        lines += ["", "Not as asked, or not measured:", "", *(f"- {each}." for each in measured.lacking)]
    return "\n".join(lines)


def _line(figure: Figure) -> str:
    what = f"{figure.what} ({figure.beside})" if figure.beside else figure.what
    spread = f"{_number(figure.low)} to {_number(figure.high)}"
    target = "" if figure.target is None else f"≤ {_number(figure.target)} {_unit(figure.unit)}".strip()
    return f"| {what} | {_number(figure.value)} {_unit(figure.unit)} | {spread} | {target} | {said(figure)} |"


def said(figure: Figure) -> str:
    """Yes or no, and nothing where no target is."""
    return {None: "", True: "yes", False: "**no**"}[figure.reached]


def _unit(unit: str) -> str:
    return "×" if unit == "x" else unit


def _number(value: float) -> str:
    """Two digits after the point where they tell something."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value < 1 else f"{value:.2f}".rstrip("0").rstrip(".")


def put_into(readme: Path, text: str) -> None:
    """Between the marks; ValueError where the file lacks them, or has them more than once."""
    whole = readme.read_text(encoding="utf-8")
    if whole.count(BEGIN) != 1 or whole.count(END) != 1 or whole.index(BEGIN) > whole.index(END):
        raise ValueError(f"{readme.name} needs {BEGIN} and {END} once, in this order")
    before, _, rest = whole.partition(BEGIN)
    readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def record(measured: Measured, machine: str) -> str:
    """The same as JSON."""
    figures: Sequence[dict[str, Any]] = [
        {
            "name": each.name, "what": each.what, "median": each.value, "low": each.low, "high": each.high,
            "unit": each.unit, "target": each.target, "reached": each.reached, "beside": each.beside,
        }
        for each in measured.figures
    ]  # fmt: skip
    told = {"machine": machine, "figures": figures, "lacking": measured.lacking}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
