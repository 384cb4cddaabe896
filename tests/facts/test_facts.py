"""Facts under lock on a desk: written by everybody, opened by few, destroyed for good."""

import json
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text

from app.content.shelf import install_pack
from app.facts import actions, queries
from app.facts.records import FactEvent
from app.facts.rules import Sort
from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import LONGEST_TEXT
from app.kernel.rights import Actor, How, Right, Role
from app.language.speaking import speak
from app.people import actions as people
from app.people.records import Staff
from app.people.rules import StaffDraft
from app.store import locking
from app.store.bases import Operation
from app.store.sessions import ThreadStore
from app.store.slots import Cost
from app.sync.files import drop_erased, files_to_move
from app.sync.records import FileWork
from app.tickets.actions import open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.locked_facts import locked_page
from tests.small_pack import pack
from tests.stores import EVERYTHING

SECRET = "second-degree burn of the left hand"
WORDS = "four words of mine"
OTHERS = "other words of yours"


class Team:
    """Managers and a technician at one desk."""

    def __init__(self, store: ThreadStore) -> None:
        self.store = store
        store.write(EVERYTHING, install_pack, (pack(),))
        self.rita = self._added("Rita Figueira", Role.MANAGER)
        self.sara = self._added("Sara Nunes", Role.MANAGER)
        self.tiago = self._added("Tiago Moreira", Role.TECHNICIAN, rights=frozenset(Right) - {Right.READ_LOCKED})
        draft = TicketDraft(TicketKind.HOW_TO, "It burst", channel=Channel.EMAIL)
        self.case: str = self.do(self.tiago, open_ticket, draft)

    def _added(self, name: str, role: Role, rights: frozenset[Right] = frozenset(Right)) -> Actor:
        made = self.store.write(EVERYTHING, people.add_staff, (StaffDraft(name, roles=(role,)),)).result
        return Actor(made, frozenset({role}), "device", How.CHOSEN, rights)

    def do(self, who: Actor, action: Any, *args: Any, **named: Any) -> Any:
        return self.store.write(who, action, args, named).result

    def refused(self, who: Actor, action: Any, *args: Any, **named: Any) -> tuple[Trouble, str]:
        with pytest.raises(UserError) as caught:
            self.do(who, action, *args, **named)
        return caught.value.kind, caught.value.field

    def words(self, who: Actor, words: str = WORDS, **named: Any) -> None:
        self.do(who, actions.choose_words, words, words, **named)

    def lock(self, who: Actor, said: str = SECRET) -> str:
        made: str = self.do(who, actions.lock_fact, self.case, Sort.HEALTH, said)
        return made

    def open(self, who: Actor, fact: str, words: str = WORDS) -> str:
        said: str = self.do(who, actions.open_fact, self.case, fact, words)
        return said

    def facts(self) -> tuple[queries.FactSeen, ...]:
        found: tuple[queries.FactSeen, ...] = self.store.read(queries.facts_of, (self.case,))
        return found

    def events(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self.store.read(
            lambda session: [
                (each.kind, each.by) for each in session.scalars(select(FactEvent).order_by(FactEvent.rid))
            ]
        )
        return found


@pytest.fixture
def team(desk_store: ThreadStore, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(locking, "Cost", partial(Cost, 1, 8, 1))
    return Team(desk_store)


def test_nothing_is_locked_while_nobody_could_ever_open_it(team: Team) -> None:
    assert (Trouble.NOT_ALLOWED, "text") == team.refused(team.tiago, actions.lock_fact, team.case, Sort.HEALTH, SECRET)
    assert () == team.facts()


def test_a_technician_locks_what_only_the_manager_opens_and_the_reading_is_written_down(team: Team) -> None:
    team.words(team.rita)

    fact = team.lock(team.tiago, f"  {SECRET}\n")

    assert SECRET == team.open(team.rita, fact)
    assert (Trouble.NOT_ALLOWED, "") == team.refused(team.tiago, actions.open_fact, team.case, fact, WORDS)
    assert [("locked", team.tiago.person), ("opened", team.rita.person)] == team.events()


@pytest.mark.parametrize("said", ["", "  \n", "x" * (LONGEST_TEXT + 1)])
def test_no_text_and_too_much_are_refused_at_the_field(team: Team, said: str) -> None:
    team.words(team.rita)

    assert (Trouble.BAD_INPUT, "text") == team.refused(team.rita, actions.lock_fact, team.case, Sort.HEALTH, said)


def test_other_words_open_nothing_and_nothing_is_written_down(team: Team) -> None:
    team.words(team.rita)
    fact = team.lock(team.rita)

    assert (Trouble.BAD_INPUT, "words") == team.refused(team.rita, actions.open_fact, team.case, fact, "guessed words")
    assert (Trouble.NOT_ALLOWED, "words") == team.refused(team.sara, actions.open_fact, team.case, fact, WORDS)
    assert ["locked"] == [kind for kind, _ in team.events()]


def test_who_may_read_since_reads_it_once_somebody_who_could_has_opened_it(team: Team) -> None:
    team.words(team.rita)
    fact = team.lock(team.rita)
    first = team.facts()[0].wrap
    team.words(team.sara, OTHERS)
    early = team.refused(team.sara, actions.open_fact, team.case, fact, OTHERS)

    team.open(team.rita, fact)
    team.do(team.rita, drop_erased)

    assert (Trouble.NOT_ALLOWED, "words") == early
    assert SECRET == team.open(team.sara, fact, OTHERS) == team.open(team.rita, fact)
    assert [False, True] == team.store.read(
        lambda session: [session.info["files"].has(each) for each in (first, team.facts()[0].wrap)]
    )
    assert ["locked", "opened", "wrapped", "opened", "opened"] == [kind for kind, _ in team.events()]


def test_words_that_were_forgotten_begin_anew_and_a_colleague_opens_the_way(team: Team) -> None:
    team.words(team.rita)
    team.words(team.sara, OTHERS)
    fact = team.lock(team.tiago)
    again = "new words of mine"

    wrong = team.refused(team.rita, actions.choose_words, again, again, old="guessed")
    team.words(team.rita, again, anew=True)
    shut = team.refused(team.rita, actions.open_fact, team.case, fact, again)
    team.open(team.sara, fact, OTHERS)

    assert ((Trouble.BAD_INPUT, "old"), (Trouble.NOT_ALLOWED, "words")) == (wrong, shut)
    assert SECRET == team.open(team.rita, fact, again)


def test_changed_words_open_what_was_locked_before(team: Team) -> None:
    team.words(team.rita)
    fact = team.lock(team.rita)

    team.words(team.rita, OTHERS, old=WORDS)

    assert SECRET == team.open(team.rita, fact, OTHERS)
    assert (Trouble.BAD_INPUT, "words") == team.refused(team.rita, actions.open_fact, team.case, fact, WORDS)


@pytest.mark.parametrize(("words", "again", "field"), [("short", "short", "words"), (WORDS, OTHERS, "again")])
def test_words_are_long_and_typed_twice_alike(team: Team, words: str, again: str, field: str) -> None:
    assert (Trouble.BAD_INPUT, field) == team.refused(team.rita, actions.choose_words, words, again)


def test_what_was_destroyed_opens_for_nobody_and_its_key_is_on_the_disk_no_more(team: Team) -> None:
    team.words(team.rita)
    fact = team.lock(team.rita)
    wrap = team.facts()[0].wrap

    no_reason = team.refused(team.rita, actions.destroy_facts, team.case, "  ")
    not_allowed = team.refused(team.tiago, actions.destroy_facts, team.case, "asked for it")
    team.do(team.rita, actions.destroy_facts, team.case, "asked for it")
    dropped = team.do(team.tiago, drop_erased)

    assert ((Trouble.BAD_INPUT, "reason"), (Trouble.NOT_ALLOWED, "")) == (no_reason, not_allowed)
    assert (Trouble.MISSING, "words") == team.refused(team.rita, actions.open_fact, team.case, fact, WORDS)
    assert (1, False) == (dropped, team.store.read(lambda session: session.info["files"].has(wrap)))
    assert ["asked for it"] == [each.reason for each in team.facts()]
    assert [] == team.store.read(files_to_move)
    page = team.store.read(locked_page, (team.case, team.rita.person))
    assert ["Destroyed: asked for it"] == [speak(each.state) for each in page.lines]
    assert (False, True, True) == (page.lines[0].can_open, page.has_words, page.can_lock)


def test_a_file_that_was_destroyed_elsewhere_is_not_asked_for_whichever_event_comes_first(team: Team) -> None:
    def erased_first(work: Any) -> None:
        work.add_event(FactEvent, team.case, "destroyed", {"reason": "", "erases": ["a" * 64, "no hash"]})
        work.session.flush()
        work.project()
        body = {"sort": "health", "kid": "k", "ct": "", "sha256": "a" * 64, "for": []}
        work.add_event(FactEvent, team.case, "locked", body)

    team.do(team.rita, erased_first)

    assert [] == team.store.read(files_to_move)
    assert ["erased"] == team.store.read(lambda session: list(session.scalars(select(FileWork.refusal))))
    assert [True] == [each.is_destroyed for each in team.facts()]


def test_nothing_that_was_locked_stands_in_an_operation_or_is_found(team: Team) -> None:
    team.words(team.rita)
    team.lock(team.rita)

    def everything(session: Any) -> str:
        said = [body.decode() for body in session.scalars(select(Operation.body))]
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%search%'"))
        rows = [str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables]
        return json.dumps(said) + "".join(rows)

    found = team.store.read(everything)

    assert "burn" not in found and WORDS not in found and "fact_event" in found


@pytest.mark.parametrize("guarded", [{"time": 10**9}, {"salt": 1}, {"x": []}])
def test_a_persons_key_from_anywhere_does_no_harm(team: Team, guarded: dict[str, Any]) -> None:
    team.words(team.rita)
    fact = team.lock(team.rita)

    def spoil(work: Any) -> None:
        person = work.session.scalars(select(Staff).where(Staff.id == team.rita.person)).one()
        person.guarded, person.recipient = guarded, "age1nonsense"

    team.do(team.rita, spoil)

    assert (Trouble.BAD_INPUT, "words") == team.refused(team.rita, actions.open_fact, team.case, fact, WORDS)
    assert () == team.store.read(queries.readers_of)


def test_who_left_or_lost_the_right_is_not_locked_for(team: Team) -> None:
    team.words(team.rita)
    team.words(team.sara, OTHERS)
    both = len(team.store.read(queries.readers_of))

    team.do(team.rita, people.retire_staff, team.sara.person)

    assert (2, 1) == (both, len(team.store.read(queries.readers_of)))
