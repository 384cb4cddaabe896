"""A clock that is wrong by decades or a day, and put right again: what is signed, kept and told meanwhile holds."""

import time
from collections.abc import Callable

import pytest

from app.kernel import ids
from app.kernel.instants import DAY, SECOND, now
from app.language.speaking import speak
from app.store.clock import AHEAD, BEHIND, clock_doubt
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows import signing
from app.workflows.drafts import drafts, keep_draft, read_draft
from app.workflows.verifying import verify_file, what_is_known
from tests.signoff.conftest import Bench, bench, signing_template

__all__ = ["bench", "signing_template"]

Clock = Callable[[int], None]


@pytest.fixture
def off_by(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of this machine, wrong by so many days."""
    real = time.time_ns
    monkeypatch.setattr(ids, "_last", ids._last)

    def set_to(days: int) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: real() + days * DAY * 1000)

    return set_to


def verified(bench: Bench, sealed: str) -> str:
    file = bench.form(sealed).file
    assert file is not None
    return str(verify_file(bench.pdf(file.sha256), bench.read(what_is_known)).verdict.status)


@pytest.mark.parametrize("days", [40 * 365, -10 * 365, 1, -1])
def test_a_form_signed_under_a_wrong_clock_and_one_after_it_are_both_drawn_and_verify(
    bench: Bench, off_by: Clock, days: int
) -> None:
    """The device's key is made, and its certificate dated, while the clock is wrong."""
    off_by(days)
    first = bench.seal()
    bench.render(first)
    off_by(0)
    second = bench.seal(bench.act(signing.correct_form, first, reason="The clock was wrong"))
    bench.render(second)

    assert ["unchanged", "unchanged"] == [verified(bench, each) for each in (first, second)]
    assert bench.form(first).sealed.sha256 == bench.form(second).sealed.shared["previous"]


@pytest.mark.parametrize("days", [40 * 365, -10 * 365])
def test_a_draft_typed_under_a_wrong_clock_is_there_and_goes_on(bench: Bench, off_by: Clock, days: int) -> None:
    off_by(days)
    bench.act(keep_draft, "new_ticket", {"title": "It dri"})
    off_by(0)
    bench.act(keep_draft, "new_ticket", {"title": "It drips"})

    kept = bench.read(read_draft, "new_ticket")

    assert kept is not None and {"title": "It drips"} == kept.body
    assert 1 == len(bench.read(drafts))


@pytest.mark.parametrize(("days", "told"), [(0, False), (40 * 365, True), (-10 * 365, True), (-1, True), (100, False)])
def test_a_clock_behind_the_last_entry_or_far_beyond_it_is_doubted_with_both_times(
    bench: Bench, off_by: Clock, days: int, told: bool
) -> None:
    bench.act(open_ticket, TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL))
    off_by(days)

    words = clock_doubt(bench.unlocked, now(), zone="Europe/Lisbon")

    assert told is (words is not None)
    if words is not None:
        said = speak(words)
        assert said.startswith("The clock of this computer seems wrong: it says")
        assert str(2026 + days // 365) in said or days == -1


def test_once_something_was_entered_under_the_right_clock_it_is_doubted_no_more(bench: Bench, off_by: Clock) -> None:
    off_by(40 * 365)
    bench.act(open_ticket, TicketDraft(TicketKind.HOW_TO, "In the wrong year", channel=Channel.EMAIL))
    off_by(0)
    before = clock_doubt(bench.unlocked, now())
    bench.act(open_ticket, TicketDraft(TicketKind.HOW_TO, "In the right one", channel=Channel.EMAIL))

    after = clock_doubt(bench.unlocked, now())

    assert (True, None) == (before is not None, after)


def test_a_clock_that_the_network_puts_right_by_seconds_is_not_doubted(bench: Bench) -> None:
    at = now()
    bench.act(open_ticket, TicketDraft(TicketKind.HOW_TO, "It drips", channel=Channel.EMAIL))

    assert [None, None] == [clock_doubt(bench.unlocked, at + each) for each in (60 * SECOND - BEHIND, AHEAD)]
