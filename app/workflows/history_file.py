"""A table of old tickets, read whole and judged before anything is written. The file is hostile until read here."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from app.kernel.days import is_day
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import instant_of
from app.kernel.lengths import LONGEST_TEXT
from app.kernel.messages import Message, say
from app.tickets.rules import LONGEST_TITLE
from app.workflows.import_map import ImportMap

MEGABYTE = 1024 * 1024
LARGEST_FILE = 32 * MEGABYTE  # 130,000 rows of the largest known export; 200 MB would not fit into a small memory
LONGEST_CELL = 100_000
LONGEST_ID = 200
MOST_LINES = 500  # of one row: beyond it a quote was left open
NOON = time(12)
EARLIEST = date(1970, 1, 2)

_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA = re.compile(r"\s*(?:=\s*\S|[+@\-][\w.]*[(|!])")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One old ticket, ready to be added; `at` is noon of its day, in µs UTC."""

    line: int
    external_id: str
    at: int
    title: str
    words: str
    answer: str
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be read: the line where it starts (from 1) and why."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class History:
    """All rows that can be read and all that cannot."""

    map: ImportMap
    rows: tuple[HistoryRow, ...]
    refused: tuple[Refused, ...]


class _BadRow(Exception):
    """One row cannot be read; the others go on."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message


def read_history(path: Path, plan: ImportMap, *, zone: str = "UTC") -> History:
    """Every row of the file, readable or refused with its line and reason.

    Raises UserError (BAD_INPUT, field "file") for a file that is broken as a whole: too large, not UTF-8, zero
    bytes in it, a column missing, a quote that never ends, a formula in a cell.
    """
    rows, refused, seen = [], [], dict[str, int]()
    for line, cells in _records(_text_of(path), plan):
        try:
            row = _row(line, _named(cells, plan), plan, zone)
            if row.external_id in seen:
                raise _BadRow(say("The same id stands in line {line} already.", line=seen[row.external_id]))
        except _BadRow as bad:
            refused.append(Refused(line, bad.message))
        else:
            seen[row.external_id] = line
            rows.append(row)
    return History(plan, tuple(rows), tuple(refused))


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise _broken(say("There is no file {name}.", name=path.name))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise _broken(
            say(
                "This file has {size} MB, the most is {most} MB. Split it into smaller files.",
                size=size // MEGABYTE,
                most=LARGEST_FILE // MEGABYTE,
            )
        )
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _broken(say("This file is UTF-16. Save it as UTF-8."))
    if (at := data.find(b"\0")) >= 0:
        raise _broken(_line_says(data, at, say("a zero byte. This is not a text file, or it is damaged.")))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        wrong = _line_says(data, trouble.start, say("a character that is not UTF-8. Save the file as UTF-8."))
        raise _broken(wrong) from None


def _records(text: str, plan: ImportMap) -> Iterator[tuple[int, list[str] | Message]]:
    """(line where it starts, cells or what is wrong) of each row after the head."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=plan.delimiter, strict=True)
    head: list[str] | None = None
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as trouble:
            # The module has one class for all: a row that goes wrong over several lines, or at the end of the file,
            # has swallowed its followers; one that goes wrong within its line is alone.
            if reader.line_num > start or "end of data" in str(trouble):
                raise _open_quote(start) from None
            yield start, _wrong_row(str(trouble))
            continue
        if reader.line_num - start >= MOST_LINES:
            raise _open_quote(start)
        if head is None:
            head = [cell.strip() for cell in cells]
            _check_head(head, plan)
        elif cells:
            _refuse_formulas(start, cells, head)
            yield (
                start,
                [cells[head.index(name)] for name in plan.columns] if len(cells) == len(head) else _count(cells, head),
            )
    if head is None:
        raise _broken(say("This file is empty."))


def _wrong_row(trouble: str) -> Message:
    if "field larger" in trouble:
        return say("A cell of this row is longer than {most} characters.", most=LONGEST_CELL)
    return say("The quotes of this row do not match.")


def _open_quote(line: int) -> UserError:
    return _broken(say("Line {line}: a quote is opened here and never ends.", line=line))


def _count(cells: list[str], head: list[str]) -> Message:
    return say("This row has {count} columns instead of {expected}.", count=len(cells), expected=len(head))


def _check_head(head: list[str], plan: ImportMap) -> None:
    missing = [name for name in plan.columns if name not in head]
    if missing:
        names = ", ".join(missing)
        raise _broken(say("The file lacks these columns: {names}. Is it the right map?", names=names))
    double = [name for name in plan.columns if head.count(name) > 1]
    if double:
        raise _broken(say("The column {name} stands twice in the file.", name=double[0]))


def _refuse_formulas(line: int, cells: list[str], head: list[str]) -> None:
    """A cell that a spreadsheet would calculate has no place in old tickets, and would act where they are exported."""
    for column, cell in enumerate(cells):
        if _FORMULA.match(cell):
            name = head[column] if column < len(head) else str(column + 1)
            message = say("Line {line}, column {name}: a formula. Save the values, not formulas.", line=line, name=name)
            raise _broken(message)


def _named(cells: list[str] | Message, plan: ImportMap) -> dict[str, str]:
    if isinstance(cells, Message):
        raise _BadRow(cells)
    return {name: _clean(cell, plan) for name, cell in zip(plan.columns, cells, strict=True)}


def _clean(cell: str, plan: ImportMap) -> str:
    if cell.isprintable() and "\\" not in cell:  # as most are: no line end, no control character
        return cell.strip()
    if plan.escaped_line_ends:
        cell = cell.replace("\\r\\n", "\n").replace("\\n", "\n")
    return _CONTROLS.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _row(line: int, row: dict[str, str], plan: ImportMap, zone: str) -> HistoryRow:
    if not all(row[name] for name in plan.id.columns):
        raise _BadRow(say("The id is empty."))
    title = " ".join(plan.title.of(row).split())
    if not title:
        raise _BadRow(say("There is nothing to make a title of."))
    also = [f"{label}: {row[column]}" for label, column in plan.also if row[column]]
    words = _short("\n".join([plan.words.of(row), "", *also]).strip())
    at = _noon(plan.day.of(row), zone)
    answer, cause, remedy = (_short(template.of(row)) for template in (plan.answer, plan.cause, plan.remedy))
    return HistoryRow(line, _short(plan.id.of(row), LONGEST_ID), at, _cut(title), words, answer, cause, remedy)


def _short(text: str, most: int = LONGEST_TEXT) -> str:
    """The text; a map can write one cell many times over, so that each thing it makes has an end."""
    if len(text) > most:
        raise _BadRow(say("The text is longer than {most} characters.", most=most))
    return text


def _noon(text: str, zone: str) -> int:
    if not is_day(text) or date.fromisoformat(text) < EARLIEST:
        raise _BadRow(say('"{day}" is not a day as YYYY-MM-DD.', day=text[:40]))
    return instant_of(datetime.combine(date.fromisoformat(text), NOON, tzinfo=ZoneInfo(zone)))


def _cut(title: str) -> str:
    """Only the heading is cut: the map writes the whole below the words."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _line_says(data: bytes, at: int, what: Message) -> Message:
    line = data.count(b"\n", 0, at) + 1
    return say("Line {line} holds {what}", line=line, what=what)


def _broken(message: Message) -> UserError:
    return UserError(Trouble.BAD_INPUT, message, field="file")
