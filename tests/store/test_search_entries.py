"""Where entries of the search index stand, written many at once."""

from sqlalchemy import Row

from app.store.search import SearchText, forget_entries, hits, write_entries
from app.store.sessions import ThreadStore
from app.store.work import Work
from tests.stores import EVERYTHING

SECOND = 1_000_000


def entries(work: Work) -> list[Row[tuple[int, int]]]:
    """(place in the milliseconds of the first second, rid)."""
    text = f"SELECT rowid - {1000 << 20}, rid FROM search_entry ORDER BY rowid"
    return list(work.session.connection().exec_driver_sql(text).all())


def test_records_of_one_millisecond_stand_one_after_the_other(desk_store: ThreadStore) -> None:
    def write(work: Work) -> list[Row[tuple[int, int]]]:
        connection = work.session.connection()
        texts = [(1, SearchText(SECOND, ("pump",))), (2, SearchText(SECOND + 999, ("valve",)))]
        write_entries(connection, "ticket", texts, known=False)
        later = [(3, SearchText(SECOND + 1, ("seal",))), (4, SearchText(2 * SECOND, ("hose",)))]
        write_entries(connection, "ticket", later, known=False)
        return entries(work)

    assert [(0, 1), (1, 2), (2, 3), (1000 << 20, 4)] == desk_store.write(EVERYTHING, write).result


def test_a_record_without_a_word_has_no_entry(desk_store: ThreadStore) -> None:
    def write(work: Work) -> list[Row[tuple[int, int]]]:
        texts = [(1, SearchText(SECOND, ("", ""), ("",))), (2, SearchText(SECOND, (), ("long text",)))]
        write_entries(work.session.connection(), "ticket_event", texts, known=False)
        return entries(work)

    assert [(0, 2)] == desk_store.write(EVERYTHING, write).result


def test_what_is_forgotten_is_found_no_more_and_what_is_written_again_by_its_new_words(desk_store: ThreadStore) -> None:
    def write(work: Work) -> list[list[tuple[str, int]]]:
        connection = work.session.connection()
        texts = [(rid, SearchText(SECOND, (word,))) for rid, word in ((1, "pump"), (2, "valve"), (3, "seal"))]
        write_entries(connection, "ticket", texts, known=False)
        forget_entries(connection, "ticket", [1, 9])
        write_entries(connection, "ticket", [(2, SearchText(SECOND, ("hose",)))], known=True)
        return [hits(connection, word) for word in ("pump", "valve", "hose", "seal")]

    assert [[], [], [("ticket", 2)], [("ticket", 3)]] == desk_store.write(EVERYTHING, write).result


def test_a_kind_is_found_alone_and_no_typed_word_finds_all_of_a_kind(desk_store: ThreadStore) -> None:
    def write(work: Work) -> list[list[tuple[str, int]]]:
        connection = work.session.connection()
        for rid, kind in enumerate(("ticket", "ticket_event", "customer", "site"), 1):
            write_entries(connection, kind, [(rid, SearchText(rid * SECOND, ("pump",), ("seal",)))], known=False)
        kinds: list[tuple[str, ...]] = [("customer", "site"), ("ticket",), ("ticket_event",), ("unit",)]
        typed = ("customer", "\ue000customer", "ticket", "ue000", '"\ue000"*')
        return [*(hits(connection, "pum", kinds=each) for each in kinds), *(hits(connection, each) for each in typed)]

    by_kind = [[("site", 4), ("customer", 3)], [("ticket", 1)], [("ticket_event", 2)], []]

    assert [*by_kind, [], [], [], [], []] == desk_store.write(EVERYTHING, write).result


def test_what_the_heads_hold_comes_before_what_long_texts_hold(desk_store: ThreadStore) -> None:
    def write(work: Work) -> list[list[tuple[str, int]]]:
        connection = work.session.connection()
        texts = [(rid, SearchText(rid * SECOND, ("pump",) if rid < 3 else (), ("pump",))) for rid in range(1, 5)]
        write_entries(connection, "ticket", texts, known=False)
        return [hits(connection, "pump", limit=limit) for limit in (1, 2, 3)]

    heads = [("ticket", 2), ("ticket", 1)]

    assert [heads[:1], heads, [*heads, ("ticket", 4)]] == desk_store.write(EVERYTHING, write).result
