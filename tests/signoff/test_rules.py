import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import BugError, UserError
from app.language.speaking import speak
from app.signoff import rules, values
from app.signoff.rules import FormState, Outcome

SALT = bytes(range(16))


@given(
    st.dictionaries(st.text(max_size=4), st.integers(-9, 9)), st.dictionaries(st.text(max_size=4), st.text(max_size=9))
)
def test_either_branch_with_the_hash_of_the_other_gives_the_top_hash(
    shared: dict[str, int], partner: dict[str, str]
) -> None:
    body = rules.make_body(shared, partner, salt=SALT)

    halves = hashlib.sha256(body.shared).digest(), hashlib.sha256(body.partner).digest()

    assert rules.bound_hash(*halves) == body.sha256
    assert body.shared in body.data


def test_the_same_matter_with_another_salt_has_another_hash() -> None:
    first, second = (rules.make_body({"a": 1}, {"b": 2}, salt=salt) for salt in (SALT, SALT[::-1]))

    assert first.sha256 != second.sha256
    with pytest.raises(BugError):
        rules.make_body({}, {}, salt=b"short")


@pytest.mark.parametrize(
    ("ink", "good"),
    [
        ((), False),
        ((((5, 5, 0, 500),),), False),
        ((((5, 5, 0, 500), (9, 9, 5, 500)),), False),
        ((((5, 5, 0, 500), (900, 9, 5, 500)),), True),
        ((tuple((n, n, n, 500) for n in range(rules.MOST_POINTS + 1)),), False),
    ],
)
def test_a_slip_is_no_signature_and_neither_is_a_scribble_without_end(ink: rules.Ink, good: bool) -> None:
    if good:
        rules.check_ink(ink)
    else:
        with pytest.raises(UserError):
            rules.check_ink(ink)


def test_only_an_outcome_on_screen_holds_strokes() -> None:
    with pytest.raises(BugError):
        rules.check_outcome(Outcome.PAPER, name="x", ink=(((0, 0, 0, 0), (99, 99, 1, 1)),), reason="")


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([], FormState.OPEN),
        ([Outcome.ABSENT, Outcome.PAPER], FormState.PAPER),
        ([Outcome.REFUSED, Outcome.PAPER], FormState.REFUSED),
        ([Outcome.REFUSED, Outcome.SIGNED], FormState.ACCEPTED),
    ],
)
def test_a_signature_outweighs_a_refusal_and_that_the_rest(outcomes: list[Outcome], state: FormState) -> None:
    assert state == rules.acceptance_state(outcomes)


@pytest.mark.parametrize(
    ("value", "empty"),
    [
        ("", True),
        (None, True),
        (0, False),
        (False, False),
        ("x", False),
        (values.serial("", "checked"), True),
        (values.serial("", "no_legible"), False),
        (values.serial("BL1", "checked"), False),
    ],
)
def test_a_number_that_nobody_can_read_is_an_answer(value: object, empty: bool) -> None:
    assert empty == rules.is_empty(value)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(170, 190, "1.70 to 1.90 bar"), (None, 5, "at most 0.05 bar"), (100, None, "at least 1.00 bar"), (None, None, "")],
)
def test_what_is_allowed_is_said_in_words(low: int | None, high: int | None, words: str) -> None:
    value = values.reading(178, decimals=2, unit="bar", minimum=low, maximum=high, within=True)

    assert words == speak(values.allowed(value), "en")
    assert "1.78 bar" == speak(values.reading_in_words(value), "en")


def test_short_forms_for_paper() -> None:
    assert "0123 4567 89ab cdef" == rules.short_hash("0123456789abcdef" * 4)
    assert "aftercare:PT02-B-1#ff" == rules.qr_payload("PT02-B-1", "ff")
    assert "35FEF442" == rules.device_name("01a200543fef700080009b1335fef442")
