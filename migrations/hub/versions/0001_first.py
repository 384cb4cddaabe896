"""The first schema: what is the manufacturer's (`maker`), what is a partner's (`partner`), and who may do what."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MAKER = (
    "CREATE TABLE maker.hub (one boolean PRIMARY KEY DEFAULT true CHECK (one), epoch text NOT NULL, manufacturer text NOT NULL DEFAULT '', root bytea NOT NULL, sealed_key bytea NOT NULL, made_at bigint NOT NULL)",
    "CREATE TABLE maker.partner (code text PRIMARY KEY, name text NOT NULL, market text NOT NULL, added_at bigint NOT NULL)",
    "CREATE TABLE maker.code (name text PRIMARY KEY, partner text NOT NULL REFERENCES maker.partner, sealed bytea NOT NULL, expires_at bigint NOT NULL, used_at bigint, device text)",
    "CREATE TABLE maker.pack (name text NOT NULL, version integer NOT NULL, sha256 text NOT NULL, size bigint NOT NULL, publisher text NOT NULL, endorsed bytea NOT NULL, body bytea NOT NULL, PRIMARY KEY (name, version))",
    "ALTER TABLE maker.pack ALTER COLUMN body SET STORAGE EXTERNAL",  # zipped already, and read in parts
    "CREATE TABLE maker.publish_log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, version integer NOT NULL, at bigint NOT NULL, FOREIGN KEY (name, version) REFERENCES maker.pack)",
    "CREATE TABLE maker.shape (kind text PRIMARY KEY, nature text NOT NULL)",
    "CREATE TABLE maker.visible (kind text NOT NULL, event text NOT NULL, field text NOT NULL, PRIMARY KEY (kind, event, field))",
)

TENANT = """
CREATE FUNCTION partner.app_tenant() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE found text := current_setting('app.tenant', true);
BEGIN
  IF found IS NULL OR found = '' THEN
    RAISE EXCEPTION 'no tenant is set' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN found;
END $$
"""  # a pooled connection reads '' after its first transaction: a policy that compared would answer "no rows"

PARTNER = {
    "counter": "tenant text PRIMARY KEY, cur bigint NOT NULL DEFAULT 0, base bigint NOT NULL DEFAULT 0, tx xid8",
    "row": "tenant text NOT NULL, kind text NOT NULL, id text NOT NULL, cur bigint NOT NULL, fields json NOT NULL, clocks json NOT NULL, marks json NOT NULL, PRIMARY KEY (tenant, kind, id)",
    "op_history": "tenant text NOT NULL, stream text NOT NULL, n bigint NOT NULL, op_id text NOT NULL, digest bytea NOT NULL, counts text NOT NULL, code text NOT NULL, again boolean NOT NULL, body text, at bigint NOT NULL, PRIMARY KEY (tenant, stream, n)",
    "refused": "tenant text NOT NULL, stream text NOT NULL, n bigint NOT NULL, op_id text NOT NULL, code text NOT NULL, body text NOT NULL, at bigint NOT NULL, PRIMARY KEY (tenant, stream, n)",
    "stream": "tenant text NOT NULL, id text NOT NULL, device text NOT NULL, tag text NOT NULL, n bigint NOT NULL, head bytea NOT NULL, sent text NOT NULL, counts text NOT NULL, met_at bigint NOT NULL, saw bigint NOT NULL, PRIMARY KEY (tenant, id), UNIQUE (tenant, tag)",
    "device": "tenant text NOT NULL, id text NOT NULL UNIQUE, name text NOT NULL, public_key bytea NOT NULL, signing_key bytea NOT NULL, certificate bytea NOT NULL, enrolled_at bigint NOT NULL, revoked_at bigint, PRIMARY KEY (tenant, id)",
    "nonce": "tenant text NOT NULL, device text NOT NULL, nonce text NOT NULL, at bigint NOT NULL, PRIMARY KEY (tenant, device, nonce)",
    "blob": "tenant text NOT NULL, sha256 text NOT NULL, size bigint NOT NULL, have bigint NOT NULL, pieces integer NOT NULL, begun_at bigint NOT NULL, done_at bigint, PRIMARY KEY (tenant, sha256)",
    "blob_piece": "tenant text NOT NULL, sha256 text NOT NULL, number integer NOT NULL, start bigint NOT NULL, length integer NOT NULL, body bytea NOT NULL, PRIMARY KEY (tenant, sha256, number), FOREIGN KEY (tenant, sha256) REFERENCES partner.blob ON DELETE CASCADE",
    "erased": "tenant text NOT NULL, sha256 text NOT NULL, at bigint NOT NULL, PRIMARY KEY (tenant, sha256)",
    "opening": "tenant text NOT NULL, id text NOT NULL, subject text NOT NULL, why text NOT NULL, at bigint NOT NULL, by text NOT NULL, PRIMARY KEY (tenant, id)",
    "report": "tenant text NOT NULL, id text NOT NULL, device text NOT NULL, at bigint NOT NULL, came_at bigint NOT NULL, body text NOT NULL, PRIMARY KEY (tenant, id)",
}

MORE = (
    "CREATE UNIQUE INDEX row_cur ON partner.row (tenant, cur)",
    "CREATE UNIQUE INDEX op_history_op ON partner.op_history (tenant, op_id) WHERE NOT again",
    "CREATE INDEX nonce_at ON partner.nonce (tenant, at)",
    "CREATE INDEX report_came ON partner.report (tenant, came_at)",
    "CREATE INDEX opening_subject ON partner.opening (tenant, subject)",
    "ALTER TABLE partner.blob_piece ALTER COLUMN body SET STORAGE EXTERNAL",  # encrypted: nothing to compress
)

# A change of rows whose cursor was not drawn from the partner's locked counter in this very transaction is refused:
# a reader past such a cursor would never see the row.
FRESH = """
CREATE FUNCTION partner.refuse_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM changed AS made LEFT JOIN partner.counter AS c ON c.tenant = made.tenant AND c.tx = pg_current_xact_id()
    WHERE c.tenant IS NULL OR made.cur <= c.base OR made.cur > c.cur
  ) THEN
    RAISE EXCEPTION 'a row without a fresh cursor' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""

# The one visibility policy (product.md, principle 8): app.sync.shapes.Shape.shown, as SQL. maker.visible is filled
# from the desk's own declarations; a test compares both over every kind.
SHOWN_FIELDS = """
CREATE FUNCTION partner.shown_fields(of text, fields jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(
      (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(fields) AS f
       JOIN maker.visible AS v ON v.kind = of AND v.event = '' AND v.field = f.key
       WHERE s.nature <> 'event' OR f.key <> 'body'), '{}')
    || CASE s.nature
      WHEN 'event' THEN jsonb_build_object('body', coalesce(
        (SELECT jsonb_object_agg(b.key, b.value)
         FROM jsonb_each(CASE jsonb_typeof(fields -> 'body') WHEN 'object' THEN fields -> 'body' ELSE '{}' END) AS b
         JOIN maker.visible AS v ON v.kind = of AND v.event = fields ->> 'kind' AND v.field = b.key), '{}'))
      WHEN 'sealed' THEN jsonb_build_object('partner_sha256',
        encode(sha256(convert_to(coalesce(fields ->> 'partner', ''), 'UTF8')), 'hex'))
      ELSE '{}' END
  FROM maker.shape AS s WHERE s.kind = of
$$
"""

SHOWN = """
CREATE VIEW partner.shown WITH (security_barrier) AS
SELECT r.tenant, r.kind, r.id, r.cur, o.opened,
  CASE WHEN o.opened THEN r.fields::jsonb ELSE coalesce(partner.shown_fields(r.kind, r.fields::jsonb), '{}') END AS fields
FROM partner.row AS r CROSS JOIN LATERAL (SELECT EXISTS (
  SELECT FROM partner.opening AS o WHERE o.tenant = r.tenant
    AND o.subject IN (r.id, r.fields ->> 'subject_id', r.fields ->> 'ticket')
  UNION ALL
  SELECT FROM partner.opening AS o JOIN partner.row AS c
    ON c.tenant = o.tenant AND c.kind = 'ticket' AND c.id = o.subject
  WHERE r.kind IN ('customer', 'site') AND o.tenant = r.tenant AND r.id IN (c.fields ->> 'customer', c.fields ->> 'site')
) AS opened) AS o
"""

FIND_DEVICE = """
CREATE FUNCTION partner.find_device(wanted text) RETURNS TABLE (tenant text, public_key bytea, revoked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.tenant, d.public_key, d.revoked_at IS NOT NULL FROM partner.device AS d WHERE d.id = wanted
$$
"""

# One trip for what every request does: a nonce counts once, an old one is forgotten. Its commit does not wait for the
# disk: after a crash of the database a request could be repeated, which changes nothing.
USE_NONCE = """
CREATE FUNCTION partner.use_nonce(mine text, device text, nonce text, at bigint, life bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.tenant', mine, true), set_config('synchronous_commit', 'off', true);
  DELETE FROM partner.nonce AS n WHERE n.tenant = mine AND n.at < use_nonce.at - life;
  INSERT INTO partner.nonce VALUES (mine, use_nonce.device, use_nonce.nonce, use_nonce.at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$
"""

CLAIM_CODE = """
CREATE FUNCTION partner.claim_code(wanted text, device text, now_ms bigint)
RETURNS TABLE (tenant text, partner_name text, sealed bytea, root bytea, sealed_key bytea, market text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH claimed AS (
    UPDATE maker.code AS c SET used_at = now_ms, device = claim_code.device
    WHERE c.name = wanted AND c.used_at IS NULL AND c.expires_at > now_ms RETURNING c.partner, c.sealed
  )
  SELECT p.code, p.name, claimed.sealed, hub.root, hub.sealed_key, p.market
  FROM claimed JOIN maker.partner AS p ON p.code = claimed.partner CROSS JOIN maker.hub AS hub
$$
"""

FACTS = """
CREATE FUNCTION partner.facts()
RETURNS TABLE (epoch text, manufacturer text, pack text, version integer, sha256 text, size bigint, publisher text, endorsed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT hub.epoch, hub.manufacturer, p.name, p.version, p.sha256, p.size, p.publisher, p.endorsed FROM maker.hub AS hub
  LEFT JOIN (SELECT l.name, l.version FROM maker.publish_log AS l ORDER BY l.id DESC LIMIT 1) AS newest ON true
  LEFT JOIN maker.pack AS p ON p.name = newest.name AND p.version = newest.version
$$
"""

PACK = (
    """
CREATE FUNCTION partner.pack_size(of text, numbered integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.size FROM maker.pack AS p WHERE p.name = of AND p.version = numbered
$$
""",
    """
CREATE FUNCTION partner.pack_part(of text, numbered integer, start bigint, length integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT substring(p.body FROM (start + 1)::integer FOR length) FROM maker.pack AS p
  WHERE p.name = of AND p.version = numbered
$$
""",
)

# Opening a case is one transaction: who, why, and an event that travels to the partner's desks with the next page.
OPEN_CASE = """
CREATE FUNCTION partner.open_case(event text, about text, reason text, who text, at_us bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE mine text := partner.app_tenant(); fresh bigint;
BEGIN
  UPDATE partner.counter AS c SET base = c.cur, cur = c.cur + 1, tx = pg_current_xact_id()
    WHERE c.tenant = mine RETURNING c.cur INTO STRICT fresh;
  INSERT INTO partner.opening VALUES (mine, event, about, reason, at_us, who);
  INSERT INTO partner.row VALUES (mine, 'sync_event', event, fresh, jsonb_build_object('subject_id', about,
    'kind', 'opened', 'at', at_us, 'zone', 'UTC', 'by', '', 'device', '', 'seen', 0, 'corrects_id', '',
    'body', jsonb_build_object('why', reason, 'opened_by', who))::json, '{}', '{}');
END $$
"""

GRANTS = (
    "GRANT SELECT ON alembic_version TO hub_device, hub_staff",
    "GRANT USAGE ON SCHEMA partner TO hub_device, hub_staff",
    "GRANT USAGE ON SCHEMA maker TO hub_staff",
    "GRANT SELECT ON maker.partner, maker.shape, maker.visible TO hub_staff",
    "GRANT SELECT ON partner.shown, partner.opening, partner.report TO hub_staff",
    "GRANT SELECT, UPDATE (cur, base, tx) ON partner.counter TO hub_device",
    "GRANT SELECT, INSERT, UPDATE (cur, fields, clocks, marks) ON partner.row TO hub_device",
    "GRANT SELECT, INSERT ON partner.op_history, partner.refused TO hub_device",
    "GRANT SELECT, INSERT, UPDATE (n, head, sent, counts, saw) ON partner.stream TO hub_device",
    "GRANT SELECT, INSERT, UPDATE (name, signing_key, certificate, enrolled_at) ON partner.device TO hub_device",
    "GRANT SELECT, INSERT, DELETE ON partner.nonce TO hub_device",
    "GRANT SELECT, INSERT, UPDATE (have, pieces, done_at), DELETE ON partner.blob TO hub_device",
    "GRANT SELECT, INSERT ON partner.blob_piece TO hub_device",
    "GRANT SELECT, INSERT ON partner.erased TO hub_device",
    "GRANT SELECT ON partner.opening TO hub_device",
    "GRANT SELECT, INSERT, DELETE ON partner.report TO hub_device",
)

FOR_DEVICES = (
    "find_device(text)",
    "use_nonce(text, text, text, bigint, bigint)",
    "claim_code(text, text, bigint)",
    "facts()",
    "pack_size(text, integer)",
    "pack_part(text, integer, bigint, integer)",
)
FOR_STAFF = ("open_case(text, text, text, text, bigint)",)


def upgrade() -> None:
    statements = [
        "CREATE SCHEMA maker",
        "CREATE SCHEMA partner",
        *MAKER,
        TENANT,
        *(f"CREATE TABLE partner.{name} ({columns})" for name, columns in PARTNER.items()),
    ]
    statements += [
        *MORE,
        FRESH,
        SHOWN_FIELDS,
        FIND_DEVICE,
        USE_NONCE,
        CLAIM_CODE,
        FACTS,
        *PACK,
        OPEN_CASE,
        SHOWN,
        *GRANTS,
    ]
    statements += [each for name in PARTNER for each in _policies(name)]
    for event in ("INSERT", "UPDATE"):
        statements.append(
            f"CREATE TRIGGER row_fresh_{event.lower()} AFTER {event} ON partner.row REFERENCING NEW TABLE AS changed "
            "FOR EACH STATEMENT EXECUTE FUNCTION partner.refuse_stale()"
        )
    for role, functions in (("hub_device", FOR_DEVICES), ("hub_staff", FOR_STAFF)):
        for each in functions:
            statements.append(f"REVOKE ALL ON FUNCTION partner.{each} FROM PUBLIC")
            statements.append(f"GRANT EXECUTE ON FUNCTION partner.{each} TO {role}")
    for each in statements:
        op.execute(each)


def _policies(name: str) -> list[str]:
    """Rows of the transaction's tenant alone, for the owner too. The owner's one exception finds a device's tenant."""
    table, mine = f"partner.{name}", "tenant = (SELECT partner.app_tenant())"
    owner = "true" if name == "device" else mine
    made = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    for role, holds in (("hub_device", mine), ("hub_owner", owner)):
        made.append(f"CREATE POLICY {role} ON {table} TO {role} USING ({holds}) WITH CHECK ({holds})")
    if name in ("opening", "report"):
        made.append(f"CREATE POLICY hub_staff ON {table} FOR SELECT TO hub_staff USING ({mine})")
    return made
