"""The first schema. Written by `python -m app.commands.draft_schema` until the first release only."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE TABLE draft ( place VARCHAR NOT NULL, person VARCHAR NOT NULL, body JSON NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (place) )",
    "CREATE TABLE op ( n INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (n) )",
    "CREATE VIRTUAL TABLE search_body USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "CREATE TABLE search_entry ( rowid INTEGER NOT NULL, kind VARCHAR NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (rowid), UNIQUE (kind, rid) )",
    "CREATE VIRTUAL TABLE search_head USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "CREATE TABLE setting ( name VARCHAR NOT NULL, value JSON NOT NULL, PRIMARY KEY (name) )",
    "CREATE TABLE stream ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, tag VARCHAR NOT NULL, partner VARCHAR NOT NULL, device VARCHAR NOT NULL, acked INTEGER NOT NULL, cursor INTEGER NOT NULL, next_number INTEGER NOT NULL, PRIMARY KEY (rid) )",
    "CREATE INDEX search_entry_kind ON search_entry (kind, rowid)",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
