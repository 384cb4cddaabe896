"""Hostile texts as passphrases, codes, addresses, folders, numbers, clock times: they fit or are refused in words."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.facts import actions as facts
from app.facts.rules import Sort
from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Actor, How, Right, Role
from app.kernel.serials import fold
from app.language.speaking import speak
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.repairs.rules.serials import SerialEntry
from app.sop.actions import start_run, tick_step
from app.sop.records import SopTick
from app.sop.rules import TickKind
from app.store import locking
from app.store.profile import create_profile, unlock
from app.store.sessions import ThreadStore
from app.store.slots import Cost
from app.store.work import Work
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.workflows.bench import tick_serial
from app.workflows.desk_copies import DeskCopies
from app.workflows.desk_keys import DeskKeys
from app.workflows.enrolment_words import check_typed
from tests import sizes
from tests.hostile import KINDS, STRINGS
from tests.repair_bench import Bench
from tests.stores import EVERYTHING

CHEAP = Cost(time=1, memory=8, lanes=1)
WORDS = "four short plain words"
FOR_KEYS = (
    "facts/actions.choose_words words", "workflows/desk_keys.DeskKeys.change_passphrase known",
    "workflows/desk_keys.DeskKeys.change_passphrase fresh", "workflows/desk_copies.DeskCopies.check folder",
    "workflows/syncing.Syncing.enrol url", "workflows/syncing.Syncing.enrol typed",
    "workflows/bench.tick_serial entry.typed", "sop/actions.tick_step clock",
)  # fmt: skip
SOME = tuple(
    dict.fromkeys([*KINDS["half characters"], *random.Random(5).sample(STRINGS, min(sizes.TYPED, len(STRINGS)))])
)


def refused(act: Callable[[str], object], texts: tuple[str, ...]) -> list[str]:
    """Those that were, each in words."""
    found = []
    for text in texts:
        try:
            act(text)
        except UserError as problem:
            assert speak(problem.message)
            found.append(text)
    return found


def test_a_passphrase_of_whatever_signs_opens_the_desk_or_is_refused(tmp_path: Path) -> None:
    made = create_profile(tmp_path / "desk", passphrase=WORDS, key_store=False, cost=CHEAP)
    keys, known = DeskKeys(made.unlocked, cost=CHEAP), WORDS
    for text in SOME:
        with pytest.raises(UserError) as caught:
            keys.change_passphrase(f"no{text}", WORDS)
        assert Trouble.WRONG_KEY == caught.value.kind
        fresh = f"{text[:200]} four short plain words"
        keys.change_passphrase(known, fresh)
        known = fresh
        assert unlock(made.unlocked.profile, passphrase=fresh) == made.unlocked
    for text in ("AGE-SECRET-KEY-\ud800", "AGE-SECRET-KEY-\0", f"AGE-SECRET-KEY-{'1' * 20_000}"):
        with pytest.raises(UserError):
            keys.change_passphrase(text, WORDS)


def test_words_for_locked_facts_open_them_or_are_refused(
    desk_store: ThreadStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "Cost", partial(Cost, 1, 8, 1))
    rita = desk_store.write(EVERYTHING, add_staff, (StaffDraft("Rita", roles=(Role.MANAGER,)),)).result
    who = Actor(rita, frozenset(Role), "device-1", How.CHOSEN, frozenset(Right))
    draft = TicketDraft(TicketKind.HOW_TO, "It burst", channel=Channel.EMAIL)
    case = desk_store.write(EVERYTHING, open_ticket, (draft,)).result

    def chosen_and_used(work: Work, text: str) -> None:
        words = f"{text} four short words"
        facts.choose_words(work, words, words, anew=True)
        work.session.flush()
        fact = facts.lock_fact(work, case, Sort.HEALTH, "a burn")
        work.session.flush()
        assert "a burn" == facts.open_fact(work, case, fact, words)
        with pytest.raises(UserError):
            facts.open_fact(work, case, fact, f"{text}no")

    for text in SOME:
        desk_store.write(who, chosen_and_used, (text,))
    assert refused(
        lambda text: desk_store.write(
            who,
            facts.choose_words,
            (
                text,
                text,
            ),
        ),
        ("\ud800", "short"),
    )


def test_a_folder_that_is_none_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = create_profile(tmp_path / "desk", passphrase=WORDS, key_store=False, cost=CHEAP)
    copies, known = DeskCopies(made.unlocked), set(tmp_path.iterdir())

    nowhere = refused(copies.check, tuple(f"/nowhere/{text}" for text in STRINGS))
    refused(copies.check, STRINGS)
    refused(copies.check, ("~nobody-of-this-name/x", "~\ud800", "~\0"))

    assert len(nowhere) > len(STRINGS) - 12
    assert known == set(tmp_path.iterdir())


def test_a_code_or_address_that_is_none_is_refused_in_words() -> None:
    assert list(STRINGS) == refused(lambda text: check_typed("https://desk.example.com", text), STRINGS)
    assert list(STRINGS) == refused(lambda text: check_typed(text, "no code"), STRINGS)
    refused(lambda text: check_typed(f"https://{text}", "no code"), STRINGS)


def test_a_number_or_clock_time_that_is_none_is_refused_in_words(desk_store: ThreadStore) -> None:
    bench = Bench(desk_store)

    def ticked(work: Work) -> tuple[list[str], list[str]]:
        run = start_run(work, procedure="SOP-T", unit=bench.unit)
        lock = partial(tick_step, work, run, "lock", TickKind.DONE)
        return (
            refused(lambda text: tick_serial(work, run, "old", SerialEntry(text)), STRINGS),
            refused(lambda text: lock(clock=text), STRINGS),
        )

    numbers, clocks = desk_store.write(EVERYTHING, ticked).result

    assert list(STRINGS) == numbers
    assert len(clocks) > len(STRINGS) // 2
    ticks = desk_store.read(lambda session: [each.body for each in session.query(SopTick)])
    assert all(fold(str(each.get("serial", ""))) == "" for each in ticks)
