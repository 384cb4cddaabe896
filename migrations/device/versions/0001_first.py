"""The first schema. Written by `python -m app.commands.draft_schema` until the first release only."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    'CREATE TABLE acceptance ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, outcome VARCHAR NOT NULL, subject_id VARCHAR(32) NOT NULL, number VARCHAR NOT NULL, at BIGINT NOT NULL, zone VARCHAR NOT NULL, "by" VARCHAR NOT NULL, device VARCHAR NOT NULL, shared VARCHAR NOT NULL, partner VARCHAR NOT NULL, sha256 VARCHAR(64) NOT NULL, previous VARCHAR NOT NULL, corrects VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )',
    "CREATE TABLE current_item ( kind VARCHAR NOT NULL, code VARCHAR NOT NULL, market VARCHAR NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (kind, code, market) )",
    "CREATE TABLE customer ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, name VARCHAR NOT NULL, contact VARCHAR NOT NULL, phone VARCHAR NOT NULL, email VARCHAR NOT NULL, language VARCHAR NOT NULL, reached_by VARCHAR NOT NULL, note VARCHAR NOT NULL, kind VARCHAR NOT NULL, market VARCHAR NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    "CREATE TABLE device_key ( device VARCHAR(32) NOT NULL, private_key BLOB NOT NULL, certificate BLOB NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (device) )",
    "CREATE TABLE draft ( place VARCHAR NOT NULL, person VARCHAR NOT NULL, body JSON NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (place) )",
    'CREATE TABLE form_event ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, subject_id VARCHAR(32) NOT NULL, kind VARCHAR NOT NULL, at BIGINT NOT NULL, zone VARCHAR NOT NULL, "by" VARCHAR NOT NULL, device VARCHAR NOT NULL, seen INTEGER NOT NULL, body JSON NOT NULL, corrects_id VARCHAR(32) NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )',
    "CREATE TABLE item ( rid INTEGER NOT NULL, kind VARCHAR NOT NULL, code VARCHAR NOT NULL, version INTEGER NOT NULL, market VARCHAR NOT NULL, valid_from VARCHAR NOT NULL, valid_to VARCHAR NOT NULL, source VARCHAR NOT NULL, checked_on VARCHAR NOT NULL, checked_by VARCHAR NOT NULL, review_due VARCHAR NOT NULL, body JSON NOT NULL, sha256 VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (kind, code, version, market) )",
    "CREATE TABLE item_text ( kind VARCHAR NOT NULL, code VARCHAR NOT NULL, version INTEGER NOT NULL, language VARCHAR NOT NULL, path VARCHAR NOT NULL, text VARCHAR NOT NULL, source_sha256 VARCHAR NOT NULL, state VARCHAR NOT NULL, PRIMARY KEY (kind, code, version, language, path) )",
    "CREATE TABLE op ( n INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (n) )",
    "CREATE TABLE pack ( rid INTEGER NOT NULL, name VARCHAR NOT NULL, version INTEGER NOT NULL, sha256 VARCHAR NOT NULL, installed_at BIGINT NOT NULL, PRIMARY KEY (rid) )",
    'CREATE TABLE sealed_form ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, ticket_id VARCHAR(32) NOT NULL, repair_id VARCHAR(32) NOT NULL, unit_id VARCHAR(32) NOT NULL, subject_id VARCHAR(32) NOT NULL, number VARCHAR NOT NULL, at BIGINT NOT NULL, zone VARCHAR NOT NULL, "by" VARCHAR NOT NULL, device VARCHAR NOT NULL, shared VARCHAR NOT NULL, partner VARCHAR NOT NULL, sha256 VARCHAR(64) NOT NULL, previous VARCHAR NOT NULL, corrects VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )',
    "CREATE VIRTUAL TABLE search_body USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "CREATE TABLE search_entry ( rowid INTEGER NOT NULL, kind VARCHAR NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (rowid), UNIQUE (kind, rid) )",
    "CREATE VIRTUAL TABLE search_head USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "CREATE TABLE setting ( name VARCHAR NOT NULL, value JSON NOT NULL, PRIMARY KEY (name) )",
    "CREATE TABLE sign_form ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, form VARCHAR NOT NULL, version INTEGER NOT NULL, language VARCHAR NOT NULL, ticket_id VARCHAR(32) NOT NULL, repair_id VARCHAR(32) NOT NULL, unit_id VARCHAR(32) NOT NULL, corrects_id VARCHAR(32) NOT NULL, reason VARCHAR NOT NULL, matter JSON NOT NULL, private JSON NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    "CREATE TABLE site ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, customer VARCHAR(32) NOT NULL, name VARCHAR NOT NULL, address VARCHAR NOT NULL, zone VARCHAR NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    "CREATE TABLE sop_run ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, procedure VARCHAR NOT NULL, version INTEGER NOT NULL, ticket_id VARCHAR(32) NOT NULL, repair_id VARCHAR(32) NOT NULL, unit_id VARCHAR(32) NOT NULL, serial VARCHAR NOT NULL, state VARCHAR NOT NULL, last_at INTEGER NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    'CREATE TABLE sop_tick ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, subject_id VARCHAR(32) NOT NULL, kind VARCHAR NOT NULL, at BIGINT NOT NULL, zone VARCHAR NOT NULL, "by" VARCHAR NOT NULL, device VARCHAR NOT NULL, seen INTEGER NOT NULL, body JSON NOT NULL, corrects_id VARCHAR(32) NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )',
    "CREATE TABLE staff ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, name VARCHAR NOT NULL, initials VARCHAR NOT NULL, language VARCHAR NOT NULL, roles JSON NOT NULL, active BOOLEAN NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    "CREATE TABLE stream ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, tag VARCHAR NOT NULL, partner VARCHAR NOT NULL, device VARCHAR NOT NULL, acked INTEGER NOT NULL, cursor INTEGER NOT NULL, next_number INTEGER NOT NULL, PRIMARY KEY (rid) )",
    "CREATE TABLE ticket ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, number VARCHAR NOT NULL, kind VARCHAR NOT NULL, channel VARCHAR NOT NULL, severity VARCHAR NOT NULL, title VARCHAR NOT NULL, unit VARCHAR(32) NOT NULL, serial VARCHAR NOT NULL, market VARCHAR NOT NULL, occurred_at BIGINT NOT NULL, origin VARCHAR NOT NULL, external_id VARCHAR NOT NULL, words VARCHAR NOT NULL, customer VARCHAR(32) NOT NULL, site VARCHAR(32) NOT NULL, language VARCHAR NOT NULL, owner VARCHAR(32) NOT NULL, state VARCHAR NOT NULL, opened_at BIGINT NOT NULL, resolved_at BIGINT NOT NULL, replied_at BIGINT NOT NULL, last_at BIGINT NOT NULL, next_at BIGINT NOT NULL, follow_up_due VARCHAR NOT NULL, passed_reason VARCHAR NOT NULL, reopened INTEGER NOT NULL, flagged BOOLEAN NOT NULL, clk JSON NOT NULL, cur INTEGER NOT NULL, deleted BOOLEAN NOT NULL, extra JSON NOT NULL, created_at BIGINT NOT NULL, created_by VARCHAR NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )",
    'CREATE TABLE ticket_event ( rid INTEGER NOT NULL, id VARCHAR(32) NOT NULL, subject_id VARCHAR(32) NOT NULL, kind VARCHAR NOT NULL, at BIGINT NOT NULL, zone VARCHAR NOT NULL, "by" VARCHAR NOT NULL, device VARCHAR NOT NULL, seen INTEGER NOT NULL, body JSON NOT NULL, corrects_id VARCHAR(32) NOT NULL, PRIMARY KEY (rid), UNIQUE (id) )',
    "CREATE INDEX ix_acceptance_sha256 ON acceptance (sha256)",
    "CREATE INDEX ix_acceptance_subject_id ON acceptance (subject_id)",
    "CREATE INDEX ix_form_event_subject_id ON form_event (subject_id)",
    "CREATE INDEX ix_sealed_form_repair_id ON sealed_form (repair_id)",
    "CREATE INDEX ix_sealed_form_sha256 ON sealed_form (sha256)",
    "CREATE INDEX ix_sealed_form_subject_id ON sealed_form (subject_id)",
    "CREATE INDEX ix_sealed_form_ticket_id ON sealed_form (ticket_id)",
    "CREATE INDEX ix_sealed_form_unit_id ON sealed_form (unit_id)",
    "CREATE INDEX ix_sign_form_corrects_id ON sign_form (corrects_id)",
    "CREATE INDEX ix_sign_form_repair_id ON sign_form (repair_id)",
    "CREATE INDEX ix_sign_form_ticket_id ON sign_form (ticket_id)",
    "CREATE INDEX ix_sign_form_unit_id ON sign_form (unit_id)",
    "CREATE INDEX ix_site_customer ON site (customer)",
    "CREATE INDEX ix_sop_run_repair_id ON sop_run (repair_id)",
    "CREATE INDEX ix_sop_run_ticket_id ON sop_run (ticket_id)",
    "CREATE INDEX ix_sop_run_unit_id ON sop_run (unit_id)",
    "CREATE INDEX ix_sop_tick_subject_id ON sop_tick (subject_id)",
    "CREATE INDEX ix_ticket_customer ON ticket (customer)",
    "CREATE INDEX ix_ticket_event_subject_id ON ticket_event (subject_id)",
    "CREATE INDEX ix_ticket_external_id ON ticket (external_id)",
    "CREATE INDEX ix_ticket_number ON ticket (number)",
    "CREATE INDEX ix_ticket_owner ON ticket (owner)",
    "CREATE INDEX ix_ticket_passed_reason ON ticket (passed_reason)",
    "CREATE INDEX ix_ticket_site ON ticket (site)",
    "CREATE INDEX ix_ticket_unit ON ticket (unit)",
    "CREATE INDEX search_entry_kind ON search_entry (kind, rowid)",
    "CREATE INDEX ticket_by_age ON ticket (last_at, rid)",
    "CREATE INDEX ticket_by_last ON ticket (state, last_at, rid)",
    "CREATE INDEX ticket_by_next ON ticket (state, next_at, rid)",
    "CREATE INDEX ticket_event_story ON ticket_event (subject_id, at, id)",
    "CREATE TRIGGER acceptance_no_delete BEFORE DELETE ON acceptance BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER acceptance_no_update BEFORE UPDATE ON acceptance BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER form_event_no_delete BEFORE DELETE ON form_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER form_event_no_update BEFORE UPDATE ON form_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER item_no_delete BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER item_no_update BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER sealed_form_no_delete BEFORE DELETE ON sealed_form BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER sealed_form_no_update BEFORE UPDATE ON sealed_form BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER sop_tick_no_delete BEFORE DELETE ON sop_tick BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER sop_tick_no_update BEFORE UPDATE ON sop_tick BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
