"""Contrast: each pair of the table in each theme."""

import pytest

from ui.theme.tokens import PAIRS, TOKENS, Theme, contrast


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("ink", "ground", "floor"), PAIRS)
def test_text_can_be_read_on_its_ground(ink: str, ground: str, floor: float, theme: Theme) -> None:
    tokens = TOKENS[theme]

    reached = contrast(getattr(tokens, ink), getattr(tokens, ground))

    assert reached >= floor


def test_black_on_white_is_twenty_one() -> None:
    assert 21.0 == contrast("#000000", "#ffffff")
