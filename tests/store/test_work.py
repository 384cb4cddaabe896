import json
import threading
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.kernel.errors import BugError, UserError
from app.kernel.operations import START, Head, broken_link
from app.kernel.rights import Right
from app.store import engine as engine_module
from app.store.bases import Operation, Stream, kinds
from app.store.engine import open_session
from app.store.remote import Remote
from app.store.search import hits
from app.store.sessions import ThreadStore
from app.store.work import Work
from tests.store.sample import ANN, SampleMove, SampleNote, levels


def save(work: Work, title: str = "pump", **fields: Any) -> str:
    note = SampleNote(number="PT02-B-1", title=title, customer="Ito", **fields)
    work.session.add(note)
    for _ in range(2):
        work.add_event(SampleMove, "seal", "used", {"quantity": -1})
    work.session.flush()
    return note.id


def operations(store: ThreadStore) -> list[tuple[int, bytes, bytes]]:
    query = select(Operation.n, Operation.body, Operation.hash).order_by(Operation.n)
    read: list[tuple[int, bytes, bytes]] = store.read(lambda session: [tuple(row) for row in session.execute(query)])
    return read


def found(store: ThreadStore, words: str) -> int:
    return len(store.read(lambda session: hits(session.connection(), words)))


def test_one_write_is_one_chain_of_operations_and_one_answer(store: ThreadStore) -> None:
    written = store.write(ANN, save)

    assert {"sample_note", "sample_move"} == set(written.changes.ids)
    rows = operations(store)
    assert [1, 2, 3] == [n for n, _, _ in rows]
    assert 0 == broken_link(rows, Head(0, START))


def test_a_changed_operation_breaks_the_chain_at_its_number(store: ThreadStore) -> None:
    store.write(ANN, save)
    rows = operations(store)
    n, body, digest = rows[1]

    rows[1] = (n, body.replace(b'"quantity":-1', b'"quantity":-9'), digest)

    assert 2 == broken_link(rows, Head(0, START))


def test_an_edit_sends_only_the_fields_that_changed(store: ThreadStore) -> None:
    store.write(ANN, save)
    before = len(operations(store))

    store.write(ANN, lambda work: setattr(work.session.scalars(select(SampleNote)).one(), "title", "valve"))

    sent = [json.loads(body) for _, body, _ in operations(store)[before:]]
    assert [{"title": "valve"}] == [each["set"] for each in sent]
    assert ["ann"] == [each["by"] for each in sent]


def test_derived_and_local_columns_are_never_sent(store: ThreadStore) -> None:
    store.write(ANN, save)

    names = {name for _, body, _ in operations(store) for name in json.loads(body)["set"]}

    assert not names & {"rid", "clk", "cur", "extra", "moved", "deleted"}
    assert "_del" in names


def test_a_failed_action_leaves_nothing_behind(store: ThreadStore) -> None:
    def fails(work: Work) -> None:
        save(work)
        raise BugError("half-way")

    with pytest.raises(BugError, match="half-way"):
        store.write(ANN, fails)

    assert [] == operations(store)
    assert 0 == store.read(lambda session: session.scalar(text("SELECT count(*) FROM sample_note")))


def test_a_write_outside_the_doors_is_refused_also_for_driver_sql(store: ThreadStore) -> None:
    store.write(ANN, save)

    for statement in (
        "UPDATE sample_note SET title = 'x'",
        'DELETE FROM "sample_note"',
        "REPLACE INTO sample_move VALUES (1)",
    ):
        with pytest.raises(BugError, match="outside the doors"):
            store.write(ANN, lambda work, sql: work.session.connection().exec_driver_sql(sql), (statement,))
    with pytest.raises(BugError, match="outside the doors"):
        store.write(ANN, lambda work: work.session.execute(update(SampleNote).values(title="x")))


def test_a_failed_flush_leaves_no_door_open(store: ThreadStore) -> None:
    with pytest.raises(IntegrityError):
        store.write(ANN, lambda work: work.session.add(SampleNote(number=None, title="x")))

    with pytest.raises(BugError):
        store.write(ANN, lambda work: work.session.execute(update(SampleNote).values(title="x")))


def test_events_are_append_only_even_for_plain_sql(store: ThreadStore) -> None:
    store.write(ANN, save)

    def by_hand(work: Work) -> None:
        work.session.connection().info["door"] = True
        work.session.execute(text("UPDATE sample_move SET kind = 'received'"))

    with pytest.raises(DatabaseError, match="append-only"):
        store.write(ANN, by_hand)


def test_an_undeclared_event_or_body_key_is_refused(store: ThreadStore) -> None:
    with pytest.raises(BugError, match="knows no event"):
        store.write(ANN, lambda work: work.add_event(SampleMove, "seal", "lost"))
    with pytest.raises(BugError, match="does not declare"):
        store.write(ANN, lambda work: work.add_event(SampleMove, "seal", "used", {"name": "x"}))


def test_work_needs_an_actor_and_the_actor_a_right(store: ThreadStore) -> None:
    with pytest.raises(BugError):
        store.write(None, save)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        store.write(ANN, lambda work: work.require(Right.MOVE_STOCK))


def test_projection_follows_each_write_and_equals_its_rebuild(store: ThreadStore) -> None:
    for _ in range(3):
        store.write(ANN, save)

    assert [("seal", -6)] == store.read(levels)


def test_numbers_grow_and_carry_the_tag_of_the_stream(store: ThreadStore) -> None:
    tag = store.read(lambda session: session.scalar(select(Stream.tag)))

    numbers = [store.write(ANN, lambda work: work.next_number()).result for _ in range(2)]

    assert [f"LOC-{tag}-000001", f"LOC-{tag}-000002"] == numbers


@pytest.mark.parametrize(
    ("words", "count"),
    [("東京", 1), ("京都", 1), ("東都", 0), ("水泵", 1), ("泵", 1), ("pum", 0), ("ITO", 1), ("東", 1)],
)
def test_search_follows_an_edit_and_finds_cjk_by_pairs(store: ThreadStore, words: str, count: int) -> None:
    store.write(ANN, save)

    store.write(ANN, lambda work: setattr(work.session.scalars(select(SampleNote)).one(), "title", "東京都の水泵"))

    assert count == found(store, words)


@pytest.mark.parametrize("typed", ["锅炉", "漏水", "每天", "炉漏", "水", "早上 机器"])
def test_a_chinese_title_is_found_by_any_two_of_its_signs(store: ThreadStore, typed: str) -> None:
    store.write(ANN, save)

    title = "每天早上机器下面有水，锅炉漏水"
    store.write(ANN, lambda work: setattr(work.session.scalars(select(SampleNote)).one(), "title", title))

    assert 1 == found(store, typed)


@pytest.mark.parametrize("typed", ["احمد", "أَحْمَد", "محطه القهوه", "محطّة القهوة"])
def test_arabic_is_found_as_it_is_typed_with_vowel_signs_and_hamza_or_without(store: ThreadStore, typed: str) -> None:
    store.write(ANN, save)

    title = "مَحَطّة القَهْوة لأحمد، أحمد"
    store.write(ANN, lambda work: setattr(work.session.scalars(select(SampleNote)).one(), "title", title))

    assert 1 == found(store, typed)


@pytest.mark.parametrize("query", ['"', 'a"b*', "NEAR(", "* OR", "\x00", "'; DROP TABLE op", "\ud800", "-", "a:b"])
def test_whatever_is_typed_is_a_valid_search(store: ThreadStore, query: str) -> None:
    store.write(ANN, save)

    assert 0 <= found(store, query)


def test_a_deleted_record_is_found_no_more(store: ThreadStore) -> None:
    store.write(ANN, save)

    store.write(ANN, lambda work: setattr(work.session.scalars(select(SampleNote)).one(), "deleted", True))

    assert 0 == found(store, "pump")


def test_import_writes_operations_search_and_projections_too(store: ThreadStore) -> None:
    rows = [{"number": f"{i}", "title": f"kettle {i}", "note": "描述"} for i in range(2500)]

    written = store.write(ANN, lambda work: work.add_many("sample_note", rows))

    assert 2500 == written.result
    assert 2500 == len(written.changes.ids["sample_note"])
    assert 0 == broken_link(operations(store), Head(0, START))
    assert 1 == found(store, "2499")
    assert 50 == found(store, "描述")


def test_a_page_of_the_hub_applies_once_and_makes_no_operations(store: ThreadStore) -> None:
    row = Remote("sample_note", "a" * 32, 7, {"number": "1", "title": "kettle from afar"}, {"title": "0" * 32})

    first = store.write(ANN, lambda work: work.take_page([row], start=0, to=7))
    again = store.write(ANN, lambda work: work.take_page([row], start=0, to=8)).result

    assert (True, False) == (first.result, again)
    assert {"sample_note": ("a" * 32,)} == first.changes.ids
    assert [] == operations(store)
    assert 1 == found(store, "kettle")


def test_a_record_that_is_here_takes_the_fields_of_the_page_and_keeps_its_own_columns(store: ThreadStore) -> None:
    key = "a" * 32
    before = Remote("sample_note", key, 7, {"number": "1", "title": "kettle", "note": "old"}, {"title": "0" * 32})
    after = Remote("sample_note", key, 9, {"title": "grinder"}, {"title": "1" * 32}, {"colour": "red"})
    store.write(ANN, lambda work: work.take_page([before], start=0, to=7))

    store.write(ANN, lambda work: work.take_page([after], start=7, to=9))

    def look(session: Any) -> tuple[Any, ...]:
        note = session.scalars(select(SampleNote)).one()
        return note.number, note.title, note.note, note.clk, note.extra, note.cur

    assert ("1", "grinder", "old", {"title": "1" * 32}, {"colour": "red"}, 9) == store.read(look)
    assert (0, 1) == (found(store, "kettle"), found(store, "grinder"))


def test_a_record_that_was_deleted_elsewhere_leaves_the_search(store: ThreadStore) -> None:
    row = Remote("sample_note", "a" * 32, 7, {"number": "1", "title": "kettle"})
    store.write(ANN, lambda work: work.take_page([row], start=0, to=7))

    gone = Remote("sample_note", "a" * 32, 8, {"number": "1", "title": "kettle", "deleted": True})
    store.write(ANN, lambda work: work.take_page([gone], start=7, to=8))

    assert 0 == found(store, "kettle")


def test_an_event_that_is_here_stays_as_it_was(store: ThreadStore) -> None:
    event = {"subject_id": "kettle", "kind": "used", "body": {"quantity": -1}}
    other = event | {"body": {"quantity": -5}}
    store.write(ANN, lambda work: work.take_page([Remote("sample_move", "a" * 32, 1, event)], start=0, to=1))

    store.write(ANN, lambda work: work.take_page([Remote("sample_move", "a" * 32, 2, other)], start=1, to=2))

    assert [("kettle", -1)] == store.read(levels)


def test_a_restored_store_lives_on_in_a_new_stream(store: ThreadStore) -> None:
    store.write(ANN, save)
    old = store.read(lambda session: session.scalar(select(Stream.id)))

    store.write(ANN, lambda work: work.draw_stream())
    store.write(ANN, save)

    rows = operations(store)
    assert old != store.read(lambda session: session.scalar(select(Stream.id)))
    assert [1, 2, 3, 4, 5, 6] == [n for n, _, _ in rows]
    assert 0 == broken_link(rows, Head(0, START))


def test_a_reader_cannot_write(path: Any) -> None:
    reader = ThreadStore(path, bytes(range(32)), reader=True)

    with pytest.raises(DatabaseError, match="readonly"):
        reader.read(lambda session: session.connection().exec_driver_sql("DELETE FROM op"))
    reader.close()


def test_every_synced_field_declares_who_may_see_it() -> None:
    undeclared = [
        f"{name}.{column.key}"
        for name, model in kinds().items()
        for column in model.__table__.columns
        if column.info.get("class") not in ("lww", "derived", "local", "id")
        or (column.info["class"] == "lww" and "see" not in column.info)
    ]

    assert [] == undeclared


def test_the_session_door_is_shut_on_a_refused_thread(path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = engine_module.open_engine(path, bytes(range(32)))
    monkeypatch.setattr(engine_module, "_refused_threads", {threading.get_ident()})

    with pytest.raises(BugError):
        open_session(opened)
    opened.dispose()
