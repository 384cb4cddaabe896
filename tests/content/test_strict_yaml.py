"""Only plain mappings, lists and scalars come in, and each knows its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.mistakes import Findings
from app.content.strict_yaml import Leaf, Node, Rows, Table, parse


def parsed(text: str | bytes) -> tuple[Node | None, list[tuple[int, str]]]:
    findings = Findings()
    data = text.encode() if isinstance(text, str) else text
    tree = parse(data, file="a.yaml", findings=findings)
    return tree, [(each.line, each.message.msgid) for each in findings.mistakes]


BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (BILLION_LAUGHS, 1, "aliases"),
        ("a: 1\nb: *a\n", 2, "aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "Tags"),
        ("a: 1\nb: !!str 2\n", 2, "Tags"),
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("[" * 5000, 1, "nested"),
        ("a:\n  - b: {c: [[[[[[[[[[[1]]]]]]]]]]]}\n", 2, "nested"),
        ("a:\n\t- b\n", 2, "not valid YAML"),
        ("a: 'no end\n", 2, "not valid YAML"),
        ("? [a, b]\n: c\n", 1, "key must be a word"),
        ("a: x\x07y\n", 0, "control characters"),
        ('a: 1\nb: "x\\0"\n', 2, "control characters"),
        ('a: 1\n"\\e[31m": 2\n', 2, "control characters"),
        ("", 0, "empty"),
        ("# nothing\n", 0, "empty"),
        ("x: [" + "1," * 40_001 + "]", 1, "Split it"),
    ],
)  # fmt: skip
def test_hostile_yaml_is_refused_with_its_line(text: str, line: int, word: str) -> None:
    _, found = parsed(text)

    assert [line] == [at for at, _ in found]
    assert word in found[0][1]


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    _, found = parsed(b"a: 1\nb: \xff\n")

    assert [(2, "This line is not UTF-8. Save the file as UTF-8.")] == found


def test_scalars_stay_text_and_know_whether_they_were_quoted() -> None:
    tree, found = parsed('country: NO\nprice: 1.70\nweek: "2601"\n')

    assert [] == found
    assert isinstance(tree, Table)
    assert {
        "country": Leaf("NO", False, 1),
        "price": Leaf("1.70", False, 2),
        "week": Leaf("2601", True, 3),
    } == tree.members


def test_lists_and_mappings_know_their_lines() -> None:
    tree, _ = parsed("a:\n  - b: 1\n  - c: 2\n")

    assert isinstance(tree, Table)
    rows = tree.members["a"]
    assert isinstance(rows, Rows)
    assert [2, 3] == [each.line for each in rows.members]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    tree, found = parsed(text.encode("utf-8", "surrogatepass"))

    assert tree is not None or found


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_crash(data: bytes) -> None:
    tree, found = parsed(data)

    assert tree is not None or found
