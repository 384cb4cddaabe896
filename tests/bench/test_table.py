"""The table says what was measured, what was reached, and what was not measured."""

import json
from pathlib import Path

import pytest

from tests.bench.figures import Figure, Measured, percentile, ratios, rounds, size_from
from tests.bench.table import BEGIN, END, put_into, record, table


def figures(*values: float, target: float | None) -> Measured:
    made = Measured()
    made.add("start.painted", "First paint / bare", values, target=target, beside="300 ms against 150 ms")
    return made


@pytest.mark.parametrize(
    ("target", "word"), [(2.0, " yes |"), (1.99, " **no** |"), (None, " |  |  |")], ids=["reached", "missed", "none"]
)
def test_the_median_is_held_against_the_most_that_it_may_be(target: float | None, word: str) -> None:
    line = table(figures(9.0, 2.0, 1.5, target=target), "A machine.", "Rounds.").splitlines()[-1]

    assert line.startswith("| First paint / bare (300 ms against 150 ms) | 2 × | 1.5 to 9 × |".replace("9 ×", "9"))
    assert line.endswith(word)


def test_what_was_not_measured_stands_below_with_its_reason() -> None:
    made = figures(1.0, target=None)
    made.lacking.append("Anki: not here")

    assert table(made, "A machine.", "Rounds.").endswith("\n- Anki: not here.")


def test_the_readme_keeps_what_stands_around_its_table(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", encoding="utf-8")

    for _ in range(2):  # a second run puts nothing twice
        put_into(readme, "| new |")

    assert f"# Before\n\n{BEGIN}\n| new |\n{END}\n\nAfter.\n" == readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["nothing", BEGIN, f"{END} {BEGIN}", f"{BEGIN} {END} {BEGIN} {END}"])
def test_a_readme_without_its_marks_stays_as_it_is(text: str, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=r"README\.md needs"):
        put_into(readme, "| new |")

    assert text == readme.read_text(encoding="utf-8")


def test_the_readme_of_this_repository_has_a_place_for_the_table() -> None:
    text = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")

    assert (1, 1) == (text.count(BEGIN), text.count(END))


def test_the_record_holds_every_figure_and_whether_its_target_is_reached() -> None:
    told = json.loads(record(figures(3.0, target=2.0), "A machine."))

    assert ("start.painted", 3.0, 2.0, False) == tuple(
        told["figures"][0][name] for name in ("name", "median", "target", "reached")
    )


def test_a_round_asks_every_side_once_and_the_first_round_does_not_count() -> None:
    asked: list[str] = []
    numbers = iter(range(100))

    def side(name: str) -> float:
        asked.append(name)
        return next(numbers)

    taken = rounds({"a": lambda: side("a"), "b": lambda: side("b")}, 2)

    assert ["a", "b"] * 3 == asked
    assert {"a": [2, 4], "b": [3, 5]} == taken


def test_ratios_are_taken_within_a_round() -> None:
    assert [2.0, 0.5] == ratios([4.0, 1.0], [2.0, 2.0])


def test_a_percentile_is_one_of_the_values() -> None:
    assert (95, 7) == (percentile(range(100), 0.95), percentile([7], 0.95))


def test_the_size_comes_from_the_environment() -> None:
    size = size_from({"AFTERCARE_ROUNDS": "7", "AFTERCARE_TICKETS": "300", "AFTERCARE_BENCH": "/kept"})

    assert (7, 300, 300, 300, "/kept") == (size.rounds, size.tickets, size.imported, size.exchanged, size.folder)
    assert (5, 100_000, 10_000) == (size_from({}).rounds, size_from({}).tickets, size_from({}).exchanged)


def test_a_figure_keeps_its_range() -> None:
    assert Figure("a", "A", 2.0, 1.0, 9.0, "ms") == figures_in_ms(2.0, 9.0, 1.0)


def figures_in_ms(*values: float) -> Figure:
    made = Measured()
    made.add("a", "A", values, "ms")
    return made.figures[0]
