import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import MAX_SAFE, _encode, canonical
from app.kernel.errors import BugError, Trouble

safe_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_SAFE, MAX_SAFE) | safe_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(safe_text, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_canonical_json_reads_back_as_the_same_value(value: object) -> None:
    assert value == json.loads(canonical(value))


@given(st.dictionaries(safe_text, st.integers(0, 9), max_size=8))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_keys_are_sorted_by_utf16_units_as_rfc_8785_says() -> None:
    shuffled = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}

    assert ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"] == list(json.loads(canonical(shuffled)))


def test_strings_are_escaped_as_rfc_8785_says() -> None:
    text = '\u20ac$\x0f\nA\'B"\\\\"/\x7f'

    assert '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode() == canonical(text)


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), MAX_SAFE + 1, "\ud800", {1: 2}, {"a": {1, 2}}, b"x", {"\udc00": 1}]
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(BugError):
        canonical(value)


odd_text = st.text(alphabet=st.sampled_from('aÄ"\\\x00\x1f\x7f\u2028\ufb33😀/'), max_size=4)
odd_values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_SAFE, MAX_SAFE) | odd_text | st.sampled_from(Trouble),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(odd_text, inner, max_size=4),
    max_leaves=12,
)


@given(odd_values)
def test_the_quick_way_writes_the_same_bytes_as_the_careful_one(value: object) -> None:
    assert _encode(value).encode() == canonical(value)


@pytest.mark.parametrize("wrong", [1.5, MAX_SAFE + 1, {1: 2}, b"x", {None: 1}, {True: 1}])
def test_what_has_no_canonical_form_is_refused_deep_inside_too(wrong: object) -> None:
    for around in ([wrong], {"a": wrong}, {"a": [{"b": wrong}]}):
        with pytest.raises(BugError):
            canonical(around)
