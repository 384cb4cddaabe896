"""What the database itself refuses, whatever the program above it does."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from app.hub.database import as_role
from app.hub.settings import DEVICE, OWNER, STAFF
from tests.hub.hubs import Hub

Connection = psycopg.Connection[Any]
PARTNER_TABLES = (
    "counter",
    "row",
    "op_history",
    "refused",
    "stream",
    "device",
    "nonce",
    "blob",
    "blob_piece",
    "erased",
    "opening",
    "report",
)


@pytest.fixture
def two(hub: Hub) -> tuple[str, str]:
    """Two partners with a row, a stream, a file each."""
    desks = hub.desk(), hub.desk()
    for desk in desks:
        desk.sync(desk.ticket())
        desk.request("PUT", f"/v1/blob/{'a' * 64}?offset=0&size=9", b"abc")
        with hub.owner(desk.partner) as connection:
            connection.execute("INSERT INTO partner.erased VALUES (%s, %s, 1)", (desk.partner, "e" * 64))
            connection.execute("INSERT INTO partner.report VALUES (%s, %s, 'd', 1, 1, 'x')", (desk.partner, "f" * 32))
    return desks[0].partner, desks[1].partner


@pytest.fixture
def pooled(hub: Hub) -> Iterator[Connection]:
    """A connection of the serving role that has done a transaction for somebody before."""
    with psycopg.connect(as_role(hub.reach, DEVICE), autocommit=True) as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('app.tenant', 'P1', true)")
            connection.execute("SELECT count(*) FROM partner.row")
        yield connection


@pytest.mark.parametrize("table", PARTNER_TABLES)
def test_forgotten_tenant_raises_and_never_reads_as_empty(pooled: Connection, two: Any, table: str) -> None:
    assert ("",) == pooled.execute("SELECT current_setting('app.tenant', true)").fetchone()

    for question in (f"SELECT count(*) FROM partner.{table}", f"SELECT FROM partner.{table} LIMIT 1"):
        with pytest.raises(errors.InsufficientPrivilege, match="no tenant is set"):
            pooled.execute(question.encode()).fetchall()


def test_forgotten_tenant_raises_on_a_fresh_connection(hub: Hub, two: Any) -> None:
    with (
        psycopg.connect(as_role(hub.reach, DEVICE), autocommit=True) as connection,
        pytest.raises(errors.InsufficientPrivilege, match="no tenant is set"),
    ):
        connection.execute("SELECT count(*) FROM partner.row")


@pytest.mark.parametrize("table", [name for name in PARTNER_TABLES if name != "opening"])
def test_partner_reads_its_own_rows_without_a_filter(pooled: Connection, two: tuple[str, str], table: str) -> None:
    with pooled.transaction():
        pooled.execute("SELECT set_config('app.tenant', %s, true)", (two[0],))
        found = {row[0] for row in pooled.execute(f"SELECT tenant FROM partner.{table}".encode()).fetchall()}

    assert found == ({two[0]} if table != "refused" else set())


def test_row_of_another_partner_is_neither_written_nor_changed(pooled: Connection, two: tuple[str, str]) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"), pooled.transaction():
        pooled.execute("SELECT set_config('app.tenant', %s, true)", (two[0],))
        pooled.execute("INSERT INTO partner.row VALUES (%s, 'ticket', 'x', 9, '{}', '{}', '{}')", (two[1],))

    with pooled.transaction():
        pooled.execute("SELECT set_config('app.tenant', %s, true)", (two[0],))
        changed = pooled.execute("UPDATE partner.counter SET cur = 99 WHERE tenant = %s", (two[1],)).rowcount
    assert 0 == changed


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO partner.row VALUES ('{0}', 'ticket', 'x', 2, '{{}}', '{{}}', '{{}}')",
        "UPDATE partner.row SET fields = '{{}}'",
        "UPDATE partner.row SET cur = 2, fields = '{{}}'",
        "UPDATE partner.counter SET base = cur, cur = cur + 1, tx = pg_current_xact_id(); "
        "UPDATE partner.row SET fields = '{{}}'",
        "UPDATE partner.counter SET base = cur, cur = cur + 1, tx = pg_current_xact_id(); "
        "UPDATE partner.row SET cur = 3, fields = '{{}}'",
    ],
)
def test_change_of_a_row_without_a_fresh_cursor_is_refused(
    pooled: Connection, two: tuple[str, str], statement: str
) -> None:
    with pytest.raises(errors.IntegrityConstraintViolation, match="fresh cursor"), pooled.transaction():
        pooled.execute("SELECT set_config('app.tenant', %s, true)", (two[0],))
        for each in statement.format(two[0]).split("; "):
            pooled.execute(each.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM partner.row", "TRUNCATE partner.row", "UPDATE partner.op_history SET code = ''",
        "DELETE FROM partner.op_history", "UPDATE partner.device SET revoked_at = NULL",
        "UPDATE partner.device SET public_key = ''", "SELECT * FROM maker.partner", "SELECT * FROM maker.hub",
        "SELECT * FROM maker.code", "SELECT * FROM maker.pack", "SELECT * FROM partner.shown",
        "SELECT partner.open_case('a', 'b', 'c', 'd', 1)", "CREATE TABLE partner.mine (a int)", "SET ROLE hub_owner",
    ],
)  # fmt: skip
def test_serving_role_may_do_no_more_than_it_needs(pooled: Connection, two: tuple[str, str], statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), pooled.transaction():
        pooled.execute("SELECT set_config('app.tenant', %s, true)", (two[0],))
        pooled.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM partner.row", "SELECT * FROM partner.op_history", "SELECT * FROM partner.device",
        "SELECT * FROM partner.blob_piece", "INSERT INTO partner.opening VALUES ('{0}', 'a', 'b', 'c', 1, 'd')",
        "SELECT partner.find_device('x')", "SELECT * FROM maker.hub", "SELECT * FROM maker.code",
    ],
)  # fmt: skip
def test_staff_read_through_the_policy_alone(hub: Hub, two: tuple[str, str], statement: str) -> None:
    with psycopg.connect(as_role(hub.reach, STAFF), autocommit=True) as connection:
        connection.execute("SELECT set_config('app.tenant', %s, false)", (two[0],))

        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement.format(two[0]).encode())


def test_staff_without_a_tenant_see_an_error_and_never_everybodys(hub: Hub, two: Any) -> None:
    with (
        psycopg.connect(as_role(hub.reach, STAFF), autocommit=True) as connection,
        pytest.raises(errors.InsufficientPrivilege, match="no tenant is set"),
    ):
        connection.execute("SELECT * FROM partner.shown")


def test_no_role_is_above_row_level_security_and_every_partner_table_is_under_it(hub: Hub) -> None:
    with hub.owner() as connection:
        roles = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname LIKE 'hub%'"
        ).fetchall()
        tables = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'partner'::regnamespace AND relkind = 'r'"
        ).fetchall()

    assert {(name, False, False, False) for name in (OWNER, DEVICE, STAFF)} == set(roles)
    assert dict.fromkeys(PARTNER_TABLES, True) == dict(tables)
