"""The schema as SQL text: what a store holds, and the first revision written from the mapped classes."""

import re
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from app.store.bases import Base
from app.store.migrate import FOLDER
from app.store.search import TABLES

FIRST = FOLDER / "versions" / "0001_first.py"
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")  # FTS5 makes these itself
_ORDER = {"table": 0, "index": 1, "trigger": 2}

_HEAD = '''"""The first schema. Written by `python -m app.commands.draft_schema` until the first release only."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
'''
_FOOT = """)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
"""


def statements(connection: Any) -> list[str]:
    """Every CREATE of a store in a fixed order, blanks evened; without Alembic's and FTS5's own tables."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    virtual = [text.split()[3] for text in TABLES]
    shadows = {name + ending for name in virtual for ending in _SHADOWS} | {"alembic_version"}
    ours = sorted((_ORDER[kind], name, _even(sql)) for kind, name, sql in rows if name not in shadows)
    return [sql for _, _, sql in ours]


def mapped_statements() -> list[str]:
    """What `create_all` makes of the classes that are imported (app.schema imports all)."""
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher, poolclass=StaticPool)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        made = statements(connection)
    engine.dispose()
    return made


def write_first(path: Path = FIRST) -> int:
    """Write the first revision anew from the mapped classes; how many statements it holds."""
    made = mapped_statements()
    path.write_text(_HEAD + "".join(f"    {_quoted(sql)},\n" for sql in made) + _FOOT, encoding="utf-8")
    return len(made)


def _even(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def _quoted(sql: str) -> str:
    return repr(sql) if '"' in sql else f'"{sql}"'
