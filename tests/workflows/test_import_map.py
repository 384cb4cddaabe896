from pathlib import Path

import pytest

from app.kernel.errors import Trouble, UserError
from app.language.speaking import speak
from app.tickets.rules import Channel, TicketKind
from app.workflows.history_file import read_history
from app.workflows.import_map import LARGEST_MAP, Template, read_map
from tests.workflows.history import HEAD, shipped

GOOD = """
map: 1
name: small
columns: [id, day, what]
id: "x:{id}"
day: "{day}"
kind: how_to
title: "{what}"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_map_that_ships_names_every_column_of_the_format() -> None:
    found = shipped()

    assert tuple(HEAD.split(",")) == found.columns
    assert (TicketKind.MAINTENANCE, Channel.VISIT, True) == (found.kind, found.channel, found.escaped_line_ends)


def test_a_slot_is_replaced_by_the_cell_and_nothing_else_is_interpreted() -> None:
    row = {"a": "{b} %s {0.__class__}", "b": "2"}

    assert "{b} %s {0.__class__} and 2" == Template(" {a} and {b}").of(row)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("map: 1", "map: 2"), "Map, line 2: This map is of another version."),
        (('id: "x:{id}"\n', ""), '"id" is missing in the map.'),
        (('id: "x:{id}"', "id: one"), '"id" must hold a column in braces'),
        (('"{what}"', '"{why}"'), 'asks for a column "why" that is not in the list.'),
        (("kind: how_to", "kind: magic"), '"kind" is one of transit_damage'),
        (("kind: how_to", "kind: how_to\ncode: x"), 'A map knows no "code".'),
        (("kind: how_to", "kind: how_to\nalso: [a]"), "Write each as  label: column."),
        (("kind: how_to", "kind: how_to\nalso: {A: why}"), '"A" does not name a column'),
        (("kind: how_to", "kind: how_to\ndelimiter: xx"), '"delimiter" is one of'),
        (("kind: how_to", "kind: how_to\nwords: [a]"), '"words" is one short line of text.'),
        (("[id, day, what]", "id"), "List the columns of the file"),
        (("[id, day, what]", "[id, id]"), "stands here once"),
        (("[id, day, what]", "[id, [day]]"), "stands here once"),
        (("name: small", "name: &a small"), "Anchors and aliases"),
        (("name: small", "name: !!python/object:os.system small"), "Tags (!) are not allowed"),
        (("name: small", "name: {" * 20), "nested more than"),
        (("map: 1", "- map"), "not valid YAML"),
    ],
)
def test_a_mistake_in_a_map_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(UserError) as caught:
        read_map(written(tmp_path, GOOD.replace(*change)))

    assert (Trouble.BAD_INPUT, "map") == (caught.value.kind, caught.value.field)
    assert says in speak(caught.value.message, "en")


def test_a_good_small_map_is_read(tmp_path: Path) -> None:
    found = read_map(written(tmp_path, GOOD + 'delimiter: ";"\nalso:\n  Day: day\nchannel: email\nseverity: S3\n'))

    assert (";", (("Day", "day"),), Channel.EMAIL, "S3") == (found.delimiter, found.also, found.channel, found.severity)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "x" * (LARGEST_MAP + 1)])
def test_what_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        read_map(written(tmp_path, text))


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no map"):
        read_map(tmp_path / "none.yaml")


def test_a_map_that_writes_a_cell_many_times_over_makes_no_endless_text(tmp_path: Path) -> None:
    plan = read_map(written(tmp_path, GOOD + f'answer: "{"{what}" * 80}"\n'))
    (tmp_path / "a.csv").write_text(f"id,day,what\n1,2024-05-06,{'y' * 90_000}\n2,2024-05-06,short\n")

    history = read_history(tmp_path / "a.csv", plan)

    assert [2] == [each.line for each in history.refused]
    assert ["x:2"] == [each.external_id for each in history.rows]
