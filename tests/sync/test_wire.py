"""What comes over the wire is read strictly."""

import json
import time
from collections.abc import Callable

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import MAX_SAFE, canonical
from app.sync import wire
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


PIECES = (
    '"a"', '"b"', '"\\u0061"', '"\\ud800"', '"\\ud83d\\ude80"', '"1.5"', '"[{"',
    "\"\x7f\"", '"\x01"', '"\ue000"', '"\U0001f600"',
    "0", "-0", "1", "01", "1.0", "1e2", "9007199254740991", "9007199254740992", "-9007199254740992", "1" * 30, "NaN",
    "true", "false", "null", "nul", "{", "}", "[", "]", ":", ",", " ", "\n", "\ufeff",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
BROKEN = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{','.join(parts)}]")
        | st.lists(st.tuples(st.sampled_from(PIECES[:6]), inner), max_size=3).map(
            lambda pairs: "{" + ",".join(f"{name}:{value}" for name, value in pairs) + "}"
        )
    ),
    max_leaves=8,
)


def told(reader: Callable[[bytes], object], text: bytes) -> tuple[object, ...]:
    """What a reader makes of a text, with the type of each value."""
    try:
        return ("value", repr(reader(text)))
    except WireError as problem:
        return ("refused", problem.reason)


@given(BROKEN | VALUES.map(lambda value: canonical(value).decode()))
def test_the_quick_reader_and_the_slow_one_say_the_same_of_every_text(text: str) -> None:
    data = text.encode()

    assert told(wire._slow, data) == told(read_json, data)


@given(
    st.binary(max_size=40) | st.lists(st.sampled_from([b'"', b"\\", b"{", b"}", b"\xed\xa0\x80", b"1"])).map(b"".join)
)
def test_both_readers_say_the_same_of_any_bytes(data: bytes) -> None:
    assert told(wire._slow, data) == told(read_json, data)


@given(VALUES)
def test_what_is_canonical_needs_no_slow_reading(value: object) -> None:
    plain = canonical(value)

    assert (wire._quick(plain) is wire._DOUBTFUL) is (
        wire._BEYOND.search(plain) is not None and canonical_differs(value)
    )


def canonical_differs(value: object) -> bool:
    """Whether keys sort otherwise as UTF-16 than as code points."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != canonical(value)


@pytest.mark.parametrize(("depth", "quick"), [(DEEPEST, True), (DEEPEST + 1, False)])
def test_depth_is_measured_in_the_quick_reader_too(depth: int, quick: bool) -> None:
    lists, maps = b"[" * depth + b"]" * depth, b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)

    assert [quick, quick] == [wire._quick(each) is not wire._DOUBTFUL for each in (lists, maps)]


@pytest.mark.parametrize("text", [b'{"a":1,"a":1}', b'{"a":{"b":1,"b":2}}', b"[1.5]", b"1.5", b"[9007199254740992]"])
def test_doubtful_text_does_not_pass_the_quick_reader(text: bytes) -> None:
    assert wire._DOUBTFUL is wire._quick(text)


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
