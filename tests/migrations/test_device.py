import ast
import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from app.kernel.errors import Trouble, UserError
from app.store import migrate
from app.store.backups import backups
from app.store.engine import open_engine
from app.store.migrate import FOLDER, SCHEMA_VERSION, prepare, stored_version
from app.store.profile import Unlocked, create_sample
from app.store.schema_text import mapped_statements, statements, write_first

RENEW = "the mapped classes changed: run `python -m app.commands.draft_schema`"


@pytest.fixture
def fresh(tmp_path: Path) -> Unlocked:
    return create_sample(tmp_path / "desk")


@contextlib.contextmanager
def opened(unlocked: Unlocked) -> Iterator[Engine]:
    engine = open_engine(unlocked.profile.store, unlocked.key)
    yield engine
    engine.dispose()


def set_version(unlocked: Unlocked, version: int) -> None:
    with opened(unlocked) as engine, engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def test_the_migrated_schema_is_the_mapped_one(fresh: Unlocked) -> None:
    """In a process of its own: the invented kinds of other tests are no part of the product's schema."""
    code = (
        "import app.schema, json; from app.store.schema_text import mapped_statements\n"
        "print(json.dumps(mapped_statements()))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    prepare(fresh)

    with opened(fresh) as engine, engine.begin() as connection:
        assert json.loads(shown.stdout) == statements(connection), RENEW


def test_the_first_revision_can_be_written_anew_and_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "0001_first.py"

    count = write_first(target)

    tuples = [node for node in ast.walk(ast.parse(target.read_text(encoding="utf-8"))) if isinstance(node, ast.Tuple)]
    assert mapped_statements() == list(ast.literal_eval(tuples[0]))
    assert count == len(tuples[0].elts)


def test_the_number_in_the_program_is_that_of_the_newest_revision() -> None:
    newest = max(int(path.name[:4]) for path in (FOLDER / "versions").glob("[0-9]*.py"))

    assert SCHEMA_VERSION == newest


def test_a_new_store_has_one_stream_of_this_device_and_the_schemas_number(fresh: Unlocked) -> None:
    prepare(fresh)

    with opened(fresh) as engine, engine.begin() as connection:
        assert fresh.device == connection.exec_driver_sql("SELECT device FROM stream").scalar_one()
    assert SCHEMA_VERSION == stored_version(fresh.profile.store, fresh.key)


def test_a_store_that_is_up_to_date_is_opened_without_loading_alembic(fresh: Unlocked) -> None:
    prepare(fresh)
    code = (
        "import sys, pathlib; from app.store.profile import Profile, unlock; from app.store.migrate import prepare\n"
        "prepare(unlock(Profile(pathlib.Path(sys.argv[1])))); print('alembic' in sys.modules)"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code, str(fresh.profile.folder)], capture_output=True, text=True, check=True
    )

    assert "False" == shown.stdout.strip()


def test_a_newer_store_is_refused_with_a_sentence_and_left_alone(fresh: Unlocked) -> None:
    prepare(fresh)
    set_version(fresh, SCHEMA_VERSION + 1)
    before = fresh.profile.store.read_bytes()

    with pytest.raises(UserError) as refused:
        prepare(fresh)

    assert Trouble.TOO_NEW == refused.value.kind
    assert "Update this program" in refused.value.message.msgid
    assert before == fresh.profile.store.read_bytes()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The program as it may be after its next release: one revision more."""
    folder = tmp_path / "device"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return folder / "versions" / "next.py"


def next_revision(*statements: str) -> str:
    head = f"from alembic import op\nrevision = 'next'\ndown_revision = '{SCHEMA_VERSION:04d}'\n"
    return head + "def upgrade():\n" + "".join(f"    op.execute({each!r})\n" for each in statements)


def test_an_older_store_is_upgraded_after_a_verified_copy(fresh: Unlocked, later: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "SCHEMA_VERSION", SCHEMA_VERSION)
        patch.setattr(migrate, "FOLDER", FOLDER)
        prepare(fresh)
    later.write_text(next_revision("ALTER TABLE draft ADD COLUMN colour TEXT"))

    prepare(fresh)

    assert SCHEMA_VERSION + 1 == stored_version(fresh.profile.store, fresh.key)
    assert 1 == len(backups(fresh.profile.backups))
    with opened(fresh) as engine, engine.begin() as connection:
        connection.exec_driver_sql("SELECT colour FROM draft")


def test_a_failed_upgrade_leaves_the_store_as_it_was(fresh: Unlocked, later: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "SCHEMA_VERSION", SCHEMA_VERSION)
        patch.setattr(migrate, "FOLDER", FOLDER)
        prepare(fresh)
    later.write_text(next_revision("ALTER TABLE draft ADD COLUMN colour TEXT", "ALTER TABLE nowhere ADD COLUMN x"))

    with pytest.raises(OperationalError):
        prepare(fresh)

    assert SCHEMA_VERSION == stored_version(fresh.profile.store, fresh.key)
    with opened(fresh) as engine, engine.begin() as connection, pytest.raises(OperationalError):
        connection.exec_driver_sql("SELECT colour FROM draft")
