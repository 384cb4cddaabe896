"""What comes over the wire is read strictly."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import MAX_SAFE, canonical
from app.sync.wire import DEEPEST, MOST_BYTES, WireError, canonical_text, field, read_json, read_object

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_SAFE, MAX_SAFE) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_a_desk_writes_comes_back_as_it_was(value: object) -> None:
    assert value == read_json(canonical(value))


@given(VALUES | st.dictionaries(st.sampled_from(["\ue000", "\U0001f600", "a", "\ud7ff"]), st.integers(0, 9)))
def test_canonical_text_of_what_was_read_is_the_canonical_one(value: object) -> None:
    assert canonical(value) == canonical_text(read_json(canonical(value)))


@pytest.mark.parametrize("text", [b'{"' + b'\\"' * 500_000, b'"' + b"\\" * 1_000_001, b'["' + b'[\\"{' * 250_000])
def test_string_that_never_ends_is_refused_in_the_time_of_its_length(text: bytes) -> None:
    assert len(text) <= MOST_BYTES
    began = time.process_time()

    with pytest.raises(WireError, match="not_json"):
        read_json(text)

    assert time.process_time() - began < 2  # it took hours when each quote was tried to the end


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "too_deep"),
        (b'{"a":' * 500_000, "too_large"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"a":1,"a":2}', "doubled_key"),
        (b'[{"x":{"a":1,"a":2}}]', "doubled_key"),
        (b"NaN", "no_integer"),
        (b"-Infinity", "no_integer"),
        (b"1.0", "no_integer"),
        (b"1e400", "no_integer"),
        (b"9223372036854775808", "too_large_number"),
        (b"-9007199254740992", "too_large_number"),
        (b"1" * 5000, "too_large_number"),
        (b'"\\ud800"', "half_character"),
        (b'{"a":[["\\udfff"]]}', "half_character"),
        (b'{"\\ud800":1}', "half_character"),
        (b"\xff\xfe", "not_json"),
        (b'"\xed\xa0\x80"', "not_json"),
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[1,]", "not_json"),
        (b"\x00", "not_json"),
    ],
)
def test_doubtful_text_is_refused_by_a_code_without_its_content(text: bytes, reason: str) -> None:
    with pytest.raises(WireError) as caught:
        read_json(text)

    assert (reason, reason) == (caught.value.reason, str(caught.value))


def test_brackets_in_a_text_do_not_count_as_depth() -> None:
    text = '["' + "[" * 100 + '\\"' + "{" * 100 + '"]'

    assert json.loads(text) == read_json(text.encode())


def test_a_whole_pair_of_halves_is_a_character() -> None:
    assert "\N{HOT BEVERAGE}\N{ROCKET}" == read_json(b'"\\u2615\\ud83d\\ude80"')


def test_a_field_is_of_its_very_type() -> None:
    body = read_object(b'{"n":true,"ops":[]}')

    assert [] == field(body, "ops", list)
    for name, kind in (("n", int), ("ops", dict), ("missing", str)):
        with pytest.raises(WireError, match=f"bad_{name}"):
            field(body, name, kind)
