import re

from tests.architecture.house import ROOT

ROWS = re.findall(
    r"^\| (R\d+) \| ([^|]+) \| (\w+ ?\w*) \| ([^|]*) \|$",
    (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)


def test_every_requirement_has_a_row_with_a_state() -> None:
    assert [f"R{number}" for number in range(1, 69)] == [row[0] for row in ROWS]
    assert {row[2] for row in ROWS} <= {"open", "in work", "done"}


def test_row_that_is_done_names_a_test_that_exists() -> None:
    claimed = [row[3].strip(" `") for row in ROWS if row[2] == "done"]

    assert [] == [path for path in claimed if not (ROOT / path).is_file()]
