import pytest

from app.kernel.messages import Message, Shown
from app.language.speaking import speak
from app.repairs.queries import repair_of
from app.store.sessions import ThreadStore
from app.tickets.actions import edit_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.tickets.texts import AUTOMATIC_TITLE
from app.units.queries import unit_of
from app.workflows.receipt import receipt_sheet
from app.workflows.repair import diagnose, log_repair, receive_machine
from tests.repair_bench import Bench
from tests.stores import EVERYTHING


def test_a_receipt_names_no_customer_where_none_is_known(desk_store: ThreadStore) -> None:
    bench = Bench(desk_store)
    desk_store.write(EVERYTHING, receive_machine, (bench.repair,))

    sheet = bench.ask(receipt_sheet, bench.repair)

    assert ["Machine"] == [group.heading for group in sheet.groups]


def wrong(bench: Bench, repair: str) -> list[str]:
    """What the receipt prints under "What is wrong"."""
    sheet = bench.ask(receipt_sheet, repair)
    return [fact.value for group in sheet.groups for fact in group.facts if fact.label == "What is wrong"]


@pytest.fixture
def bench(desk_store: ThreadStore) -> Bench:
    return Bench(desk_store)


def taken_in(bench: Bench, title: str, **said: str) -> str:
    repair: str = bench.store.write(EVERYTHING, log_repair, (bench.other,), {"title": title}).result
    bench.store.write(EVERYTHING, receive_machine, (repair,))
    if said:
        bench.store.write(EVERYTHING, diagnose, (repair,), said)
    return repair


def automatic(bench: Bench, language: str) -> str:
    printed = bench.ask(unit_of, bench.other).printed
    return speak(Message(AUTOMATIC_TITLE.msgid, {"serial": Shown("plain", printed)}), language)


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_a_title_that_the_desk_made_is_not_printed_as_what_is_wrong(bench: Bench, language: str) -> None:
    repair = taken_in(bench, automatic(bench, language))

    assert [] == wrong(bench, repair)


def test_instead_the_customer_s_words_are_printed_else_the_symptom(bench: Bench) -> None:
    repair = taken_in(bench, automatic(bench, "ar"), symptom="LEAK")
    symptom = wrong(bench, repair)
    ticket = bench.ask(repair_of, repair).ticket
    draft = TicketDraft(TicketKind.MAINTENANCE, automatic(bench, "ar"), "It drips on the floor")
    bench.store.write(EVERYTHING, edit_ticket, (ticket, draft))

    assert (["Leak"], ["It drips on the floor"]) == (symptom, wrong(bench, repair))


def test_what_somebody_wrote_as_the_matter_is_printed(bench: Bench) -> None:
    assert ["Group 2 stays cold"] == wrong(bench, taken_in(bench, "Group 2 stays cold"))
