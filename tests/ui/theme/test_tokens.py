"""Contrast: each pair of the table in each theme."""

import pytest

from ui.theme.paint import chip_mark
from ui.theme.tokens import CONTRAST, PAIRS, STRICT, TOKENS, Theme, contrast
from ui.theme.tones import Tone, shape_of
from ui.widgets.row_delegate import mark_of
from ui.widgets.rows import Cell


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("ink", "ground", "floor"), PAIRS)
def test_text_can_be_read_on_its_ground(ink: str, ground: str, floor: float, theme: Theme) -> None:
    tokens = TOKENS[theme]

    reached = contrast(getattr(tokens, ink), getattr(tokens, ground))

    assert reached >= floor


def test_black_on_white_is_twenty_one() -> None:
    assert 21.0 == contrast("#000000", "#ffffff")


@pytest.mark.parametrize(("ink", "ground", "floor"), PAIRS)
def test_high_contrast_keeps_the_strictest_floor_for_every_text(ink: str, ground: str, floor: float) -> None:
    reached = contrast(getattr(CONTRAST, ink), getattr(CONTRAST, ground))

    assert reached >= (floor if floor < 4.5 else STRICT)


@pytest.mark.parametrize("ground", ["panel", "canvas", "rail", "sunken"])
def test_even_a_hairline_is_seen_in_high_contrast(ground: str) -> None:
    assert contrast(CONTRAST.line, getattr(CONTRAST, ground)) >= 3.0


def test_each_tone_has_a_shape_of_its_own() -> None:
    shapes = [shape_of(tone) for tone in Tone]

    assert len(shapes) == len(set(shapes))


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.NONE])
def test_a_toned_chip_and_a_toned_cell_show_their_shape(tone: Tone) -> None:
    assert (shape_of(tone), shape_of(tone)) == (chip_mark(tone), mark_of(Cell("late", tone=tone)))
