import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from app.kernel.errors import Trouble, UserError
from app.kernel.messages import say
from app.store.opening import StoreOpener
from app.store.profile import Unlocked
from app.store.runner import Opened, ThreadRunner
from tests.store.sample import ANN, levels
from tests.store.test_work import save

SOON = 20


class Fails:
    """An opener for a store that cannot be opened."""

    def __call__(self, *, reader: bool) -> Opened:
        raise UserError(Trouble.TOO_NEW, say("x"))


@pytest.fixture
def runner(desk: Unlocked) -> Iterator[ThreadRunner]:
    made = ThreadRunner(StoreOpener(desk))
    yield made
    made.close()


def test_reads_see_what_was_written_before_and_jobs_run_beside(runner: ThreadRunner) -> None:
    assert runner.write(ANN, save).result(SOON).changes.touches("sample_note")
    assert [("seal", -2)] == runner.read(levels).result(SOON)
    assert "aftercare-job" in runner.background(lambda: threading.current_thread().name).result(SOON)


def test_an_actions_trouble_reaches_whoever_asked_and_the_next_write_goes_on(runner: ThreadRunner) -> None:
    def fails(work: Any) -> None:
        raise UserError(Trouble.BAD_INPUT, say("x"))

    with pytest.raises(UserError):
        runner.write(ANN, fails).result(SOON)

    assert runner.write(ANN, save).result(SOON).result


def test_a_store_that_cannot_be_opened_answers_every_write_and_read_with_the_reason() -> None:
    runner = ThreadRunner(Fails())

    futures: list[Future[Any]] = [runner.write(ANN, save), runner.read(levels), runner.read(levels)]

    assert [Trouble.TOO_NEW] * 3 == [future.exception(SOON).kind for future in futures]  # type: ignore[union-attr]
    runner.close()


def test_a_write_that_was_called_back_in_time_does_not_happen(runner: ThreadRunner) -> None:
    gate = threading.Event()
    first = runner.write(ANN, lambda _work: gate.wait(SOON))
    second = runner.write(ANN, save)

    called_back = second.cancel()
    gate.set()

    assert called_back
    assert first.result(SOON).result
    assert [] == runner.read(levels).result(SOON)


def test_closing_finishes_what_is_queued(desk: Unlocked) -> None:
    runner = ThreadRunner(StoreOpener(desk))
    futures = [runner.write(ANN, save) for _ in range(5)]

    runner.close()

    assert all(future.done() and future.exception() is None for future in futures)
