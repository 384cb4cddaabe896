"""Search text: what is stored, what is asked, and the entry of each record (ui.md 3)."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.store.bases import Base

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_WORD = re.compile(r"\w+")
# As Arabic is typed: no vowel signs, no stretching, alef without its hamza, the last ya and ta as they sound.
_ARABIC = {code: None for code in (*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670)} | str.maketrans(
    "\u0622\u0623\u0625\u0671\u0649\u0629", "\u0627\u0627\u0627\u0627\u064a\u0647"
)

TABLES = (
    "CREATE VIRTUAL TABLE search_head USING fts5(body, content='', contentless_delete=1,"
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "CREATE VIRTUAL TABLE search_body USING fts5(body, content='', contentless_delete=1,"
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
)


class SearchEntry(Base):
    """Where a record stands in the search tables: rowid is its time, so that newest first needs no sorting."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "rid"), Index("search_entry_kind", "kind", "rowid"))
    rowid: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    rid: Mapped[int]


@dataclass(frozen=True, slots=True)
class SearchText:
    """A record's words: `head` answers most keystrokes, `body` is long text; `occurred` orders (microseconds)."""

    occurred: int
    head: tuple[str, ...]
    body: tuple[str, ...] = ()


def indexed(fields: Iterable[str]) -> str:
    """The words to store: NFKC, lower case, Arabic bare, runs of Chinese, Japanese, Korean as pairs and a last sign.

    Field by field, ASCII untouched: the pattern over one joined text cost 36 of 300 ms of an import.
    """
    return " ".join(words if words.isascii() else _CJK.sub(_spaced, _folded(words)) for words in fields if words)


def asked(query: str) -> str:
    """The FTS5 expression for what somebody typed: every word a prefix, a CJK run a phrase of pairs.

    Whatever the query holds, the answer is a valid expression; empty when there is no word in it.
    """
    parts = []
    for word in _WORD.findall(_folded(query))[:12]:
        for piece in re.split(f"({_CJK.pattern})", word):
            if piece:
                parts.append(_phrase(piece) if _CJK.fullmatch(piece) else f'"{piece}"*')
    return " ".join(parts)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC)


def _spaced(run: re.Match[str]) -> str:
    return f" {' '.join(_pairs(run[0]))} {run[0][-1]} "


def _phrase(run: str) -> str:
    return f'"{run}"*' if len(run) == 1 else f'"{" ".join(_pairs(run))}"'


def _pairs(run: str) -> list[str]:
    return [a + b for a, b in pairwise(run)]


def write_entries(connection: Connection, kind: str, texts: list[tuple[int, SearchText]], *, known: bool) -> None:
    """Put (rid, text) pairs of one kind into the index; `known` says that they may stand in it already. A record
    without a word has no entry: nothing could find it."""
    if known:
        forget_entries(connection, kind, [rid for rid, _ in texts])
    said = [(rid, text.occurred, indexed(text.head), indexed(text.body)) for rid, text in texts]
    said = [each for each in said if each[2] or each[3]]
    mark = _mark(kind)
    rowids = _free_rowids(connection, [occurred for _, occurred, _, _ in said])
    entries = [(rowid, kind, each[0]) for rowid, each in zip(rowids, said, strict=True)]
    _many(connection, "search_entry(rowid, kind, rid) VALUES (?, ?, ?)", entries)
    for table, place in (("search_head", 2), ("search_body", 3)):
        words = [(rowid, f"{mark} {each[place]}") for rowid, each in zip(rowids, said, strict=True) if each[place]]
        _many(connection, f"{table}(rowid, body) VALUES (?, ?)", words)


def _mark(kind: str) -> str:
    """A word that nobody can type, in every entry of a kind: a customer is found among 100,000 tickets that hold the
    same letters without a look at each of them (1 ms instead of 25)."""
    return f"\ue000{kind.replace('_', '')}"


def _many(connection: Connection, into: str, rows: list[Any]) -> None:
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {into}", rows)


def forget_entries(connection: Connection, kind: str, rids: list[int]) -> None:
    """Take records of one kind out of the index."""
    found = connection.exec_driver_sql(
        "SELECT rowid FROM search_entry WHERE kind = ? AND rid IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(rids)),
    )
    rowids = [(rowid,) for (rowid,) in found]
    if rowids:
        for table in ("search_head", "search_body", "search_entry"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", rowids)


def _free_rowids(connection: Connection, occurred: list[int]) -> list[int]:
    """The lowest free number in each record's millisecond; one query for all: one for each millisecond took longer
    than the rest of the index, since hardly two records share one."""
    bases = [max(each // 1000, 0) << 20 for each in occurred]
    asked = json.dumps(list(dict.fromkeys(bases)))
    highest: dict[int, int | None] = {base: last for base, last in connection.exec_driver_sql(_HIGHEST, (asked,))}
    rowids = []
    for base in bases:
        last = highest[base]
        highest[base] = rowid = base if last is None else last + 1
        rowids.append(rowid)
    return rowids


_HIGHEST = (
    "SELECT asked.value,"
    " (SELECT max(rowid) FROM search_entry WHERE rowid BETWEEN asked.value AND asked.value | 1048575)"
    " FROM json_each(?) AS asked"
)


def hits(connection: Connection, query: str, *, kinds: tuple[str, ...] = (), limit: int = 50) -> list[tuple[str, int]]:
    """(kind, rid) of what the query finds, newest first; head fields before long text."""
    expression = asked(query)
    if not expression:
        return []
    where = f" AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    if kinds:
        expression = f"({' OR '.join(_mark(kind) for kind in kinds)}) AND ({expression})"
    found: dict[tuple[str, int], None] = {}
    for table in ("search_head", "search_body"):
        sql = (
            f"SELECT e.kind, e.rid FROM {table} f JOIN search_entry e ON e.rowid = f.rowid"
            f" WHERE {table} MATCH ?{where} ORDER BY f.rowid DESC LIMIT ?"
        )
        rows = connection.exec_driver_sql(sql, (expression, *kinds, limit))
        found |= dict.fromkeys((str(kind), int(rid)) for kind, rid in rows)
        if len(found) >= limit:
            break
    return list(found)[:limit]


@event.listens_for(SearchEntry.__table__, "after_create")
def _create_tables(_table: Any, connection: Connection, **_options: Any) -> None:
    for text in TABLES:
        connection.exec_driver_sql(text)
