import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.catalog.current import catalog_of
from app.content.items import TextState
from app.content.loading import load_pack
from app.content.publish import read_publisher
from app.content.shelf import install_pack, read_shelf
from app.kernel.errors import UserError
from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.runner import Opened
from tests.desks import TIAGO
from tests.small_pack import item, pack

SAMPLE = Path(__file__).parents[2] / "resources" / "averdell"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Opened]:
    with open_store(create_sample(tmp_path / "desk")) as store:
        yield store


def test_a_bare_shelf_says_what_is_missing(bare: Opened) -> None:
    with pytest.raises(UserError, match="catalogue is not on this computer"):
        bare.read(catalog_of)


def test_the_sample_pack_comes_off_the_shelf_as_it_was_published(bare: Opened) -> None:
    published = load_pack(SAMPLE, publisher=read_publisher(SAMPLE))

    assert bare.write(TIAGO, install_pack, (published,)).result

    items, texts = bare.read(read_shelf)
    assert list(published.items) == items
    assert set(published.texts) == set(texts)
    catalog = bare.read(catalog_of)
    assert 120 == len(catalog.spares.by_number)
    assert "ar" == catalog.text("procedure", "SOP-05", "title", "ar").language


def test_installing_the_same_pack_again_changes_nothing(bare: Opened) -> None:
    published = pack()
    bare.write(TIAGO, install_pack, (published,))

    assert not bare.write(TIAGO, install_pack, (published,)).result
    assert 1 == bare.read(lambda session: session.scalar(text("SELECT count(*) FROM pack")))


def test_a_changed_item_without_a_new_version_is_refused_whole(bare: Opened) -> None:
    label = {"lines": [{"code": "a", "text": "Old"}]}
    bare.write(TIAGO, install_pack, (pack(item("labels", "L", label)),))
    changed = pack(item("labels", "L", {"lines": [{"code": "a", "text": "New"}]}), item("labels", "M", label))

    with pytest.raises(UserError, match="without a new version number"):
        bare.write(TIAGO, install_pack, (changed,))

    codes = [each.code for each in bare.read(read_shelf)[0] if each.kind == "labels"]
    assert ["L"] == codes


def test_an_old_version_stays_beside_the_new_one(bare: Opened) -> None:
    old, new = ({"lines": [{"code": "a", "text": each}]} for each in ("Old", "New"))
    bare.write(TIAGO, install_pack, (pack(item("labels", "L", old)),))

    bare.write(TIAGO, install_pack, (pack(item("labels", "L", new, version=2)),))

    versions = [each.version for each in bare.read(read_shelf)[0] if each.kind == "labels"]
    assert [1, 2] == versions
    assert 2 == bare.read(catalog_of).labels["L"].version


def test_a_better_translation_replaces_the_worse(bare: Opened) -> None:
    first = pack(item("labels", "L", {"lines": [{"code": "a", "text": "Old"}]}))
    arabic = dataclasses.replace(first.texts[-1], language="ar", text="قديم", state=TextState.STALE)
    bare.write(TIAGO, install_pack, (dataclasses.replace(first, texts=(*first.texts, arabic)),))
    better = dataclasses.replace(arabic, text="سابق", state=TextState.CURRENT)

    bare.write(TIAGO, install_pack, (dataclasses.replace(first, texts=(*first.texts, better)),))

    assert {"سابق"} == {each.text for each in bare.read(read_shelf)[1] if each.language == "ar"}


def test_an_item_on_the_shelf_can_be_changed_by_nobody(bare: Opened) -> None:
    bare.write(TIAGO, install_pack, (pack(),))

    for statement in ("UPDATE item SET body = '{}'", "DELETE FROM item"):
        with pytest.raises(DatabaseError, match="append-only"):
            bare.write(TIAGO, lambda work, sql: work.session.execute(text(sql)), (statement,))
