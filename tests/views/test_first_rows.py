from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from app.kernel.damage import DamagedError
from app.store import first_page
from app.store.first_page import FirstLook, first_look
from app.store.opening import open_store
from app.store.profile import create_sample
from app.views.first_rows import FIRST_ROWS
from app.workflows.sample import SYSTEM, seed_sample
from app.workflows.settings import set_setting


def test_the_first_rows_are_the_text_of_the_core_query() -> None:
    compiled = FIRST_ROWS.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})

    assert " ".join(str(compiled).split()) == first_page.FIRST_ROWS_SQL


def test_the_first_look_brings_rows_and_choices(tmp_path: Path) -> None:
    unlocked = create_sample(tmp_path / "desk")
    with open_store(unlocked) as store:
        store.write(SYSTEM, seed_sample)
        store.write(SYSTEM, set_setting, ("shell.language", "ar"))
        store.write(SYSTEM, set_setting, ("desk.idle_minutes", 5))
        store.write(SYSTEM, set_setting, ("keys.letters", False))
        expected = [tuple(row) for row in store.read(lambda session: session.execute(FIRST_ROWS).all())]

    look = first_look(unlocked.profile.store, unlocked.key)

    assert expected == [(row.number, row.title, row.customer) for row in look.rows]
    assert ("ar", 5, False) == tuple(
        look.choices[name] for name in ("shell.language", "desk.idle_minutes", "keys.letters")
    )
    assert expected


def test_a_store_that_is_not_there_or_has_other_tables_opens_bare(tmp_path: Path) -> None:
    key = bytes(range(32))
    first_page.connect(tmp_path / "old.db", key).execute("CREATE TABLE ticket(number)")

    assert FirstLook() == first_look(tmp_path / "none.db", key)
    assert FirstLook() == first_look(tmp_path / "old.db", key)


@pytest.mark.parametrize("where", ["first page", "ticket"])
def test_a_damaged_page_opens_bare_and_the_opening_says_what_is_wrong(tmp_path: Path, where: str) -> None:
    unlocked = create_sample(tmp_path / "desk")
    with open_store(unlocked) as store:
        store.write(SYSTEM, seed_sample)
        root = store.read(
            lambda session: session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name='ticket'"))
        )
    data = bytearray(unlocked.profile.store.read_bytes())
    data[100 if where == "first page" else (root - 1) * 4096 + 100] ^= 1
    unlocked.profile.store.write_bytes(data)

    assert FirstLook() == first_look(unlocked.profile.store, unlocked.key)
    with pytest.raises(DamagedError), open_store(unlocked) as store:
        store.read(lambda session: session.execute(FIRST_ROWS).all())
