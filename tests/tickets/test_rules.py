from dataclasses import replace
from datetime import date

import pytest

from app.kernel.days import is_day
from app.kernel.errors import Trouble, UserError
from app.tickets import rules, texts
from app.tickets.rules import (
    Channel,
    Direction,
    FollowUpOutcome,
    Missing,
    Resolution,
    ResolveFacts,
    Severity,
    State,
    TicketDraft,
    TicketKind,
)

DRAFT = TicketDraft(TicketKind.HOW_TO, "Which descaler?")
ANSWERED = Resolution("Told her: citric acid, never vinegar.")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (TicketKind, texts.KINDS),
        (Channel, texts.CHANNELS),
        (Severity, texts.SEVERITIES),
        (State, texts.STATES),
        (Direction, texts.DIRECTIONS),
        (FollowUpOutcome, texts.OUTCOMES),
        (Missing, rules.MISSING),
    ],
)
def test_every_code_has_words(codes: type, words: dict[object, object]) -> None:
    assert set(codes) == set(words)  # type: ignore[call-overload]


def test_there_are_twelve_kinds() -> None:
    assert 12 == len(TicketKind)


def test_kind_and_title_are_all_that_is_compulsory() -> None:
    assert ["kind", "title"] == [each.field for each in rules.check_draft(TicketDraft())]
    assert () == rules.check_draft(DRAFT)


@pytest.mark.parametrize(
    ("draft", "field"), [(replace(DRAFT, title="x" * 201), "title"), (replace(DRAFT, words="x" * 20_001), "words")]
)
def test_endless_text_is_named_by_its_field(draft: TicketDraft, field: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.completed(draft)

    assert field == caught.value.field


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fd2a-2617-00428-n", "FD2A261700428N"),
        ("no plate, red one", "no plate, red one"),
        ("FD2A-2617-00428-X", "FD2A-2617-00428-X"),
        ("", ""),
    ],
)
def test_a_right_serial_is_kept_bare_and_any_other_as_stated(typed: str, kept: str) -> None:
    assert kept == rules.completed(replace(DRAFT, serial=typed)).serial


def test_severity_rises_freely_and_falls_with_a_reason() -> None:
    rules.check_severity(Severity.S4, Severity.S1, "")
    rules.check_severity(Severity.S1, Severity.S2, "the doctor says it is nothing")

    with pytest.raises(UserError) as caught:
        rules.check_severity(Severity.S1, Severity.S2, " ")
    assert Trouble.NEEDS_REASON == caught.value.kind


@pytest.mark.parametrize(
    ("to", "reason", "day", "field"),
    [
        (State.CLOSED, "", "", "to"),
        (State.NEW, "", "", "to"),
        (State.CANCELLED, " ", "", "reason"),
        (State.WAITING_CUSTOMER, "", "", "day"),
        (State.PLANNED, "", "soon", "day"),
    ],
)
def test_a_move_that_lacks_something_names_it(to: State, reason: str, day: str, field: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.check_move(to, reason, day)

    assert field == caught.value.field


def test_a_two_minute_call_needs_one_sentence_to_end() -> None:
    facts = ResolveFacts(TicketKind.HOW_TO, ANSWERED)

    assert () == rules.missing_for_resolve(facts)


def test_a_repair_lists_everything_that_is_missing_in_the_order_of_work() -> None:
    facts = ResolveFacts(TicketKind.MAINTENANCE, Resolution(), 1, 2, 3)

    assert tuple(rules.MISSING[code] for code in (
        Missing.REPAIR, Missing.CHECKLIST, Missing.FORM, Missing.ANSWER, Missing.CAUSE, Missing.REMEDY,
    )) == rules.missing_for_resolve(facts)  # fmt: skip


def test_the_guard_lets_pass_with_a_reason_only() -> None:
    with pytest.raises(UserError) as caught:
        rules.pass_guard([Missing.FORM], "  ")

    assert Trouble.NEEDS_REASON == caught.value.kind
    assert ("form",) == rules.pass_guard([Missing.FORM], "customer left for the airport")
    assert () == rules.pass_guard([], "")


def test_the_customer_is_asked_on_the_third_day() -> None:
    assert date(2026, 3, 1) == rules.follow_up_day(date(2026, 2, 26))


@pytest.mark.parametrize(
    ("text", "day"), [("2026-02-28", True), ("2026-02-30", False), ("", False), ("20260228", False)]
)
def test_a_day_is_an_iso_day(text: str, day: bool) -> None:
    assert day == is_day(text)


def test_an_endless_note_is_refused() -> None:
    for text in (" \n", "x" * 20_001):
        with pytest.raises(UserError):
            rules.checked_text(text)
