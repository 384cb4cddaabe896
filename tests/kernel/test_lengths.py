import pytest

from app.kernel.errors import UserError
from app.kernel.lengths import LONGEST_TEXT, check_length
from app.language.speaking import speak


def test_a_text_that_is_too_long_is_refused_at_its_field_with_the_excess() -> None:
    with pytest.raises(UserError) as refused:
        check_length("text", "x" * (LONGEST_TEXT + 312))

    assert ("text", "At most 20,000 characters; 312 too many") == (refused.value.field, speak(refused.value.message))


def test_a_text_of_just_the_longest_length_fits() -> None:
    check_length("text", "x" * LONGEST_TEXT)
