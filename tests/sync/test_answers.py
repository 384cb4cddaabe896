"""What the hub answers is checked before a word of it is believed."""

from typing import Any

import pytest

from app.kernel.operations import START
from app.sync.answers import MOST_ROWS, Answer, Epoch, read_answer, read_epoch
from app.sync.protocol import Forked, Gap
from app.sync.wire import WireError

ID, HASH = "a" * 32, "b" * 64
ROW = {"kind": "ticket", "id": ID, "cur": 3, "fields": {"title": "It drips"}, "clocks": {"title": ID}}
PACK = {
    "pack": "averdell", "version": 2, "sha256": HASH, "size": 9, "publisher": HASH, "endorsed": "AAAA",
}  # fmt: skip


def said(**changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "epoch": ID, "ack": 2, "head": HASH, "tag": "A1", "refused": [[2, "altered"]], "restamped": [[1, ID]],
        "from": 2, "to": 3, "more": False, "rows": [ROW], "published": PACK, "hub_time": 5,
    }  # fmt: skip
    return whole | changed


def test_answer_is_read_whole() -> None:
    answer = read_answer(said())

    assert isinstance(answer, Answer)
    assert ({2: "altered"}, {1: ID}, "averdell", 3) == (
        answer.refused, answer.restamped, answer.published.pack if answer.published else "", answer.rows[0].cur,
    )  # fmt: skip


def test_answer_without_a_pack_or_clocks_is_one() -> None:
    row = {name: value for name, value in ROW.items() if name != "clocks"}

    answer = read_answer(said(published=None, rows=[row]))

    assert isinstance(answer, Answer) and (None, {}) == (answer.published, answer.rows[0].clocks)


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"gap": 4}, Gap(4)),
        ({"forked": [3, HASH]}, Forked(3, bytes.fromhex(HASH))),
        ({"forked": [0, HASH]}, Forked(0, START)),
    ],
)
def test_gap_and_fork_are_told_instead(changed: dict[str, Any], answer: object) -> None:
    assert answer == read_answer(said(**changed))


def test_epoch_of_a_restored_hub() -> None:
    assert Epoch(ID) == read_epoch({"epoch": ID})


@pytest.mark.parametrize(
    "changed",
    [
        {"epoch": "x"}, {"ack": -1}, {"ack": "2"}, {"head": "00"}, {"tag": "lower"}, {"tag": "A" * 13},
        {"more": 1}, {"hub_time": None}, {"from": 4}, {"to": 1, "rows": []},
        {"rows": {}}, {"rows": ["x"]}, {"rows": [ROW] * (MOST_ROWS + 1)},
        {"rows": [ROW | {"cur": 2}]}, {"rows": [ROW | {"cur": 4}]},
        {"rows": [ROW | {"kind": "No"}]}, {"rows": [ROW | {"id": ""}]}, {"rows": [ROW | {"fields": []}]},
        {"rows": [ROW | {"fields": {"No Name": 1}}]}, {"rows": [ROW | {"clocks": {"other": ID}}]},
        {"rows": [ROW | {"clocks": {"*": "x"}}]}, {"rows": [ROW | {"clocks": {"*": ID, "other": ID}}]},
        {"rows": [ROW | {"clocks": {"title": "x"}}]}, {"rows": [ROW | {"clocks": {"title": 1}}]},
        {"refused": {}}, {"refused": [[0, "altered"]]}, {"refused": [["1", "altered"]]}, {"refused": [[1]]},
        {"refused": [[1, "No Code"]]}, {"restamped": [[1, "x"]]}, {"restamped": "x"},
        {"published": []}, {"published": PACK | {"version": -1}}, {"published": PACK | {"endorsed": "?"}},
        {"published": PACK | {"pack": "../up"}}, {"published": PACK | {"sha256": "x"}},
        {"gap": -1}, {"gap": "1"}, {"forked": [1]}, {"forked": [-1, HASH]}, {"forked": [1, "x"]}, {"forked": None},
    ],
)  # fmt: skip
def test_what_no_hub_says_is_not_believed(changed: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        read_answer(said(**changed))


def test_a_star_stamps_every_field_that_is_not_named() -> None:
    other = "b" * 32
    fields = {"title": "It drips", "words": "", "kind": "fault"}

    alike = read_answer(said() | {"rows": [ROW | {"fields": fields, "clocks": {"*": ID}}]})
    apart = read_answer(said() | {"rows": [ROW | {"fields": fields, "clocks": {"*": ID, "words": other}}]})

    assert isinstance(alike, Answer) and isinstance(apart, Answer)
    assert dict.fromkeys(fields, ID) == alike.rows[0].clocks
    assert dict.fromkeys(fields, ID) | {"words": other} == apart.rows[0].clocks


def test_what_an_answer_leaves_out_says_nothing() -> None:
    short = {name: said()[name] for name in ("ack", "from", "head", "hub_time", "to")}

    answer = read_answer(short)

    assert isinstance(answer, Answer)
    assert ("", "", False, (), {}, {}) == (
        answer.epoch, answer.tag, answer.more, answer.rows, answer.refused, answer.restamped
    )  # fmt: skip
