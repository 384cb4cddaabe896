from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.kernel.rights import Actor, How
from app.store.opening import open_store
from app.store.profile import Unlocked
from app.store.projections import Rebuilt, rebuild
from app.store.search import hits
from app.store.sessions import ThreadStore
from app.store.work import Work
from tests.store.sample import ANN, SampleMove, SampleNote, levels
from tests.store.test_work import save

DOCTOR = Actor("", frozenset(), "device-1", How.COMMAND_LINE)
PARTS = ("seal", "motor", "pump")


def spoil(work: Work) -> None:
    """What a fault of the program might have left in derived places."""
    connection = work.session.connection()
    connection.info["door"] = True
    connection.exec_driver_sql("UPDATE sample_level SET quantity = 99")
    connection.exec_driver_sql("INSERT INTO sample_level(part, quantity) VALUES ('never moved', 1)")
    connection.exec_driver_sql("UPDATE sample_note SET moved = 5")
    connection.exec_driver_sql("DELETE FROM search_head")
    connection.info["door"] = False


def derived(session: Any) -> tuple[Any, ...]:
    notes = [tuple(row) for row in session.execute(text("SELECT id, moved FROM sample_note ORDER BY rid"))]
    return levels(session), notes, len(hits(session.connection(), "pump"))


def test_a_rebuild_gives_what_the_writes_had_given_and_makes_no_operations(desk: Unlocked) -> None:
    with open_store(desk) as store:
        for _ in range(3):
            store.write(ANN, save)
        before = store.read(derived)
        store.write(ANN, spoil)

        written = store.write(DOCTOR, rebuild)

        assert before == store.read(derived)
        assert Rebuilt(6, 3) == written.result
        assert 9 == store.read(lambda session: session.scalar(text("SELECT count(*) FROM op")))


def test_a_deleted_record_does_not_come_back_into_the_index(desk: Unlocked) -> None:
    with open_store(desk) as store:
        note = store.write(ANN, save).result
        store.write(ANN, lambda work: setattr(work.session.get(SampleNote, 1), "deleted", True))

        store.write(DOCTOR, rebuild)

        assert note and 0 == store.read(lambda session: len(hits(session.connection(), "pump")))


@given(moves=st.lists(st.tuples(st.sampled_from(PARTS), st.integers(-9, 9), st.booleans()), max_size=25))
def test_a_rebuild_equals_the_sum_of_small_writes_in_any_order(
    moves: list[tuple[str, int, bool]], module_store: ThreadStore
) -> None:
    """Some moves share one act; the store keeps what earlier examples moved, which both ways must count too."""

    def move(work: Work, some: list[tuple[str, int]]) -> None:
        for part, quantity in some:
            work.add_event(SampleMove, part, "used", {"quantity": quantity})

    act: list[tuple[str, int]] = []
    for part, quantity, together in moves:
        act.append((part, quantity))
        if not together:
            module_store.write(ANN, move, (act,))
            act = []
    module_store.write(ANN, move, (act,))
    incremental = module_store.read(levels)

    module_store.write(DOCTOR, rebuild)

    assert incremental == module_store.read(levels)
