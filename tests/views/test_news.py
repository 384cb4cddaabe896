"""What is new: where each line comes from, what a person has seen or muted, and what a clock that jumps does to it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.records import PackRow
from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.beside import Beside
from app.kernel.instants import DAY, instant_of, now
from app.kernel.messages import say
from app.kernel.rights import Actor, Role
from app.language.speaking import speak
from app.parts.actions import issue_parts, receive_parts
from app.parts.queries import MoveSeen
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.people.told import MOST, mark_seen, mark_unseen, mute, told_of
from app.store.bases import Operation
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.tickets.actions import assign, open_ticket, resolve
from app.tickets.rules import Resolution, TicketDraft, TicketKind
from app.views import news as room
from app.views.news import News, Sort, is_working, news, outside, sorts
from app.views.news_sources import PATIENCE, fell_at
from tests.bench_pack import BOILER
from tests.repair_bench import Bench
from tests.signoff.conftest import Bench as SigningBench
from tests.signoff.conftest import bench as signing
from tests.signoff.conftest import signing_template
from tests.stores import EVERYTHING
from tests.ui.sync.exchanges import add_clash, connect, refuse

__all__ = ["signing", "signing_template"]

HOUR, NOTHING = DAY // 24, Beside()
ANN, BOB = replace(EVERYTHING, person="ann"), replace(EVERYTHING, person="bob")
PLANTED = ("Zervan Quillfeather", "Brass Kettle Inn", "XX9A-0000-12345-N")


def read(store: Any, person: str = "", trouble: str = "", beside: Beside = NOTHING) -> News:
    found: News = store.read(news, (person, "en", trouble, now(), beside), {})
    return found


def keys(found: News, sort: Sort) -> list[str]:
    return [each.key for each in found.lines if each.sort is sort]


def act(store: ThreadStore, who: Actor, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(who, action, args, named).result


def resolved(store: ThreadStore, day: str, *, title: str = PLANTED[2], customer: str = "") -> str:
    """A ticket that is over, and the day on which its customer is asked."""
    ticket: str = act(store, ANN, open_ticket, TicketDraft(TicketKind.HOW_TO, title, customer=customer))
    answer = Resolution(answer="Told how", cause="", remedy="", follow_up_on=day, follow_up_how="phone")
    act(store, ANN, resolve, ticket, answer, (), reason="")
    return ticket


@pytest.fixture
def bench(desk_store: ThreadStore) -> Bench:
    """A van with parts that are to be held."""
    return Bench(desk_store)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`at(instant)`: the clock of this machine says so."""
    return lambda instant: monkeypatch.setattr(room, "now", lambda: instant)


def test_follow_up_is_told_from_its_hour_on_and_opens_its_ticket(desk_store: ThreadStore, at: Any) -> None:
    ticket = resolved(desk_store, "2026-11-20")
    due = 1_763_629_200_000_000 + 365 * DAY  # 20 November 2026, 09:00 in Lisbon

    at(due - 1)
    before = keys(read(desk_store), Sort.FOLLOW_UP)
    at(due)
    [line] = [each for each in read(desk_store).lines if each.sort is Sort.FOLLOW_UP]

    assert [] == before
    assert (f"follow_up:{ticket}:{due}", "tickets", ticket, due) == (line.key, line.place, line.argument, line.at)


def test_ticket_that_is_handed_over_is_news_for_the_one_who_gets_it(desk_store: ThreadStore) -> None:
    ticket = act(desk_store, ANN, open_ticket, TicketDraft(TicketKind.HOW_TO, "Cup volume"))
    own = act(desk_store, BOB, open_ticket, TicketDraft(TicketKind.HOW_TO, "His own"))

    act(desk_store, ANN, assign, ticket, "bob")

    assert [("tickets", ticket)] == [(each.place, each.argument) for each in read(desk_store, "bob").new]
    assert [] == keys(read(desk_store, "ann"), Sort.HANDED)
    act(desk_store, BOB, assign, ticket, "ann")
    assert [] == keys(read(desk_store, "bob"), Sort.HANDED)
    assert own


def test_clash_and_refusal_are_to_be_decided(desk_store: ThreadStore) -> None:
    act(desk_store, EVERYTHING, connect)
    clash = act(desk_store, EVERYTHING, add_clash, "t", "title", PLANTED[0], PLANTED[1])
    refused = act(desk_store, EVERYTHING, refuse, "t", "altered")

    assert {f"clash:{clash}", f"refused:{refused}"} == set(keys(read(desk_store), Sort.CLASH))


@pytest.mark.parametrize(
    ("trouble", "silent", "told"),
    [("offline", PATIENCE - HOUR, 0), ("offline", PATIENCE + HOUR, 1), ("refused", 0, 1), ("unknown_device", 0, 1),
     ("", 30 * DAY, 0), ("something a newer version says", 30 * DAY, 0), ("offline", -400 * DAY, 0)],
)  # fmt: skip
def test_exchange_is_told_when_it_is_silent_for_hours_or_somebody_must_act(
    desk_store: ThreadStore, trouble: str, silent: int, told: int
) -> None:
    act(desk_store, EVERYTHING, connect, synced_at=now() - silent)

    assert told == len(keys(read(desk_store, trouble=trouble), Sort.EXCHANGE))


def test_a_desk_without_a_connection_is_not_told_that_it_has_none(desk_store: ThreadStore) -> None:
    assert [] == keys(read(desk_store, trouble="offline"), Sort.EXCHANGE)


def _another_pack(work: Work, *, installed_at: int) -> None:
    work.session.add(PackRow(name="averdell", version=99, sha256="f" * 64, installed_at=installed_at))


def test_second_pack_and_newer_handbook_are_news_and_the_first_pack_is_not(bench: Bench) -> None:
    first = read(bench.store).lines
    bench.store.write(EVERYTHING, _another_pack, (), {"installed_at": now()})

    after = read(bench.store, beside=Beside(handbook_since=now()))

    assert [] == [each for each in first if each.sort is Sort.CONTENT]
    assert {"settings", "crisis"} == {each.place for each in after.lines if each.sort is Sort.CONTENT}


def test_what_was_published_goes_a_fortnight_after_it_was_seen_and_never_unseen(bench: Bench, at: Any) -> None:
    bench.store.write(EVERYTHING, _another_pack, (), {"installed_at": now()})
    at(now() + 40 * DAY)
    unseen = keys(read(bench.store), Sort.CONTENT)

    bench.store.write(EVERYTHING, mark_seen, (unseen,))

    assert 1 == len(unseen)
    assert [] == keys(read(bench.store), Sort.CONTENT)
    at(now() - 4000 * DAY)
    assert unseen == keys(read(bench.store), Sort.CONTENT)


def test_stock_is_told_when_it_falls_and_again_when_it_falls_again(bench: Bench) -> None:
    def levels() -> list[str]:
        return keys(read(bench.store), Sort.STOCK)

    enough = levels()
    for _ in range(2):
        bench.store.write(EVERYTHING, issue_parts, (BOILER,), _one(bench))
    fallen = levels()
    bench.store.write(EVERYTHING, mark_seen, (fallen,))
    bench.store.write(EVERYTHING, receive_parts, (BOILER,), {"place": bench.van, "quantity": 5})
    filled = levels()
    for _ in range(5):
        bench.store.write(EVERYTHING, issue_parts, (BOILER,), _one(bench))
    again = [each for each in read(bench.store).new if each.sort is Sort.STOCK]

    assert ([], 1, [], 1) == (enough, len(fallen), filled, len(again))
    assert fallen != [again[0].key]


def _one(bench: Bench) -> dict[str, Any]:
    return {"place": bench.van, "quantity": 1, "repair": bench.repair, "line": ""}


def _move(kind: str, quantity: object, *, undone: bool = False, **body: Any) -> MoveSeen:
    said = {"place": "van", "quantity": quantity, **body}
    return MoveSeen(f"{kind}{quantity}", "P", kind, 1, "UTC", "ann", said, undone)


@pytest.mark.parametrize(
    ("moves", "total", "told"),
    [
        ((_move("issued", -2), _move("received", 4)), 2, "issued-2"),
        ((_move("received", 1), _move("issued", -3), _move("received", 4)), 2, "issued-3"),
        ((_move("transferred", 3, to="locked"), _move("received", 4)), 1, "transferred3"),
        ((_move("transferred", 3, to="store"), _move("received", 4)), 4, None),
        ((_move("issued", -9, undone=True), _move("received", 4)), 4, None),
        ((_move("received", 2),), 2, None),  # it never was enough
        ((), 0, None),
        ((_move("counted", "many"), _move("issued", -2), _move("received", 4)), 2, "issued-2"),
    ],
)  # fmt: skip
def test_the_movement_by_which_a_stock_fell_is_found(moves: tuple[MoveSeen, ...], total: int, told: str | None) -> None:
    fell = fell_at(moves, total, 3, frozenset({"locked"}))

    assert told == (fell.id if fell else None)


def test_form_without_its_paper_is_told_after_ten_minutes(signing: SigningBench, at: Any) -> None:
    sealed = signing.seal()
    young = keys(read(signing.store), Sort.PAPER)
    at(now() + HOUR)
    old = keys(read(signing.store), Sort.PAPER)

    signing.render(sealed)

    assert ([], [f"paper:{sealed}"], []) == (young, old, keys(read(signing.store), Sort.PAPER))


def test_what_no_backup_holds_is_told_after_a_day(desk_store: ThreadStore, at: Any) -> None:
    act(desk_store, EVERYTHING, add_staff, StaffDraft("Ann", roles=tuple(Role)))
    reach = desk_store.read(lambda session: session.query(Operation).count(), ())

    def told(backed_up: int, ahead: int) -> int:
        at(now() + ahead)
        return len(keys(read(desk_store, beside=Beside(backed_up)), Sort.BACKUP))

    assert [0, 1, 0, 0, 0] == [told(0, HOUR), told(0, DAY + HOUR), told(reach, 9 * DAY), told(-1, 9 * DAY),
                               told(0, -9 * DAY)]  # fmt: skip


def test_what_is_seen_is_seen_by_that_person_alone_and_can_be_new_again(desk_store: ThreadStore) -> None:
    resolved(desk_store, "2026-01-02")
    [line] = read(desk_store, "ann").new

    act(desk_store, ANN, mark_seen, [line.key])
    seen = (len(read(desk_store, "ann").new), len(read(desk_store, "ann").lines), len(read(desk_store, "bob").new))
    act(desk_store, ANN, mark_unseen, [line.key])

    assert (0, 1, 1) == seen
    assert 1 == len(read(desk_store, "ann").new)


def test_a_sort_that_is_muted_stands_in_the_list_and_is_not_counted(desk_store: ThreadStore) -> None:
    resolved(desk_store, "2026-01-02")

    act(desk_store, ANN, mute, str(Sort.FOLLOW_UP), on=True)
    quiet = read(desk_store, "ann")
    act(desk_store, ANN, mute, str(Sort.FOLLOW_UP), on=False)

    assert (1, 0, frozenset({Sort.FOLLOW_UP})) == (len(quiet.lines), len(quiet.new), quiet.muted)
    assert (1, 1) == (len(read(desk_store, "ann").new), len(read(desk_store, "bob").new))


def test_so_many_keys_are_kept_and_a_broken_setting_counts_as_none(desk_store: ThreadStore) -> None:
    act(desk_store, ANN, mark_seen, [f"old:{each}" for each in range(MOST)])
    act(desk_store, ANN, mark_seen, ["new:1"])
    act(desk_store, ANN, mute, "a sort of a newer version", on=True)

    told = desk_store.read(told_of, ("ann",))
    assert (MOST, "new:1") == (len(told.seen), told.seen[-1])
    assert frozenset() == read(desk_store, "ann").muted


@pytest.mark.parametrize("days", [-40_000, -1, 1, 40_000])
def test_a_clock_that_jumps_breaks_nothing_and_forgets_nothing(desk_store: ThreadStore, at: Any, days: int) -> None:
    act(desk_store, EVERYTHING, connect)
    resolved(desk_store, date.today().isoformat())
    before = read(desk_store, "ann")
    act(desk_store, ANN, mark_seen, [each.key for each in before.lines])

    at(max(1, now() + days * DAY))
    read(desk_store, "ann", trouble="offline", beside=Beside(0, "PT", now()))
    at(now())

    assert [each.key for each in before.lines] == [each.key for each in read(desk_store, "ann").lines]
    assert () == read(desk_store, "ann").new


@pytest.mark.parametrize(
    ("when", "working"),
    [("2026-11-25T10:00", True), ("2026-11-25T22:30", False), ("2026-11-28T10:00", False), ("2026-12-25T10:00", False)],
)
def test_office_hours_are_those_of_the_market(signing: SigningBench, when: str, working: bool) -> None:

    moment = instant_of(datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Lisbon")))

    assert working is signing.read(is_working, "PT", moment)
    assert working is signing.read(is_working, "", moment)  # the one whose zone is this desk's


def test_without_a_calendar_working_days_from_eight_to_six_count(desk_store: ThreadStore) -> None:
    noon = 1_764_072_000_000_000 + 364 * DAY  # a Tuesday, 12:00

    assert [True, False] == [desk_store.read(is_working, ("", noon + each * DAY)) for each in (0, 4)]


def test_every_sort_has_a_name_and_words_for_a_stranger() -> None:
    assert {sort for sort, _ in sorts()} == set(Sort)


@given(st.text(min_size=4, max_size=40).filter(lambda text: not text.isspace()))
def test_no_word_of_a_record_is_in_what_a_stranger_may_read(word: str) -> None:
    """Whatever a line says, what goes out of the window is made of sorts and numbers alone."""
    lines = [_notice(sort, f"\u2603{word}") for sort in Sort for _ in range(2)]

    told = " ".join(speak(each, language) for each in outside(lines) for language in ("en", "ar", "zh-Hans"))

    assert "\u2603" not in told
    assert len(outside(lines)) == len(Sort)


def _notice(sort: Sort, word: str) -> room.Notice:

    words = say("{word}", word=word)
    return room.Notice(word, sort, room.Urgent.TO_DO, "ticket", words, words, words, 1, word, word, False)


def test_planted_names_stay_inside_the_window(desk_store: ThreadStore) -> None:
    customer = act(desk_store, ANN, add_customer, CustomerDraft(PLANTED[1], contact=PLANTED[0]))
    resolved(desk_store, "2026-01-02", customer=customer)
    found = read(desk_store, "ann")

    inside = " ".join(speak(each.what, "en") + speak(each.line, "en") for each in found.lines)
    told = " ".join(speak(each, "en") for each in outside(found.new))

    assert [True, True] == [each in inside for each in PLANTED[1:]]
    assert [] == [each for each in PLANTED if each in told]
    assert "1 follow-up is due" in told
