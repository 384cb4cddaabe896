"""600 hostile texts into every act that takes one and out again: as typed or refused in words, never cut, never run."""

import csv
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from app.commands.calling import Exit
from app.commands.line import run
from app.content.mistakes import Findings
from app.content.strict_yaml import parse
from app.customers.actions import add_customer, add_site
from app.customers.queries import find_customers
from app.customers.records import Customer, Site
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Role
from app.kernel.serials import unit_serial
from app.kernel.storable import storable
from app.language.speaking import speak
from app.parts.actions import add_place
from app.parts.records import Place
from app.people.actions import add_staff
from app.people.records import Staff
from app.people.rules import StaffDraft
from app.store.sessions import ThreadStore
from app.store.work import Work
from app.tickets.actions import add_note, open_ticket
from app.tickets.queries import find_tickets
from app.tickets.records import Ticket, TicketEvent
from app.tickets.rules import Channel, TicketDraft, TicketKind
from app.views.finding import find_records
from app.workflows.exporting import export_table
from app.workflows.table_file import Format, is_armed
from tests import sizes
from tests.hostile import KINDS, STRINGS
from tests.stores import EVERYTHING

Act = Callable[[Work, str], str]
WORDS = sizes.by_tier(12, 60, 200)  # of a command line
LINE, TEXT = "line", "text"
SERIAL = "serial as stated"
NOTE = "note"  # of a ticket: it has a test of its own


def customer(work: Work, text: str, **more: str) -> str:
    return add_customer(work, CustomerDraft("Ann", **more) if more else CustomerDraft(text))  # type: ignore[arg-type]


def site(work: Work, text: str, **more: str) -> str:
    return add_site(work, "c" * 32, SiteDraft("Bar", **more) if more else SiteDraft(text))


def ticket(work: Work, text: str, **more: str) -> str:
    said: dict[str, Any] = {"title": "It drips", **(more or {"title": text})}
    return open_ticket(work, TicketDraft(TicketKind.HOW_TO, channel=Channel.EMAIL, **said))


def note(work: Work, text: str) -> str:
    known = work.session.scalars(select(Ticket.id)).first() or ticket(work, "It drips")
    return str(add_note(work, known, text) or known)


# the act, the column where its text stands, and whether it is one line
FIELDS: dict[str, tuple[Act, Any, str]] = {
    "customer's name": (customer, Customer.name, LINE),
    "contact": (lambda work, text: customer(work, text, contact=text), Customer.contact, TEXT),
    "telephone": (lambda work, text: customer(work, text, phone=text), Customer.phone, TEXT),
    "e-mail": (lambda work, text: customer(work, text, email=text), Customer.email, TEXT),
    "customer's note": (lambda work, text: customer(work, text, note=text), Customer.note, TEXT),
    "site": (site, Site.name, LINE),
    "address": (lambda work, text: site(work, text, address=text), Site.address, TEXT),
    "time zone": (lambda work, text: site(work, text, zone=text), Site.zone, TEXT),
    "person": (lambda work, text: add_staff(work, StaffDraft(text, roles=(Role.MANAGER,))), Staff.name, LINE),
    "place": (add_place, Place.name, LINE),
    "ticket's title": (ticket, Ticket.title, LINE),
    "customer's words": (lambda work, text: ticket(work, text, words=text), Ticket.words, TEXT),
    SERIAL: (lambda work, text: ticket(work, text, serial=text), Ticket.serial, TEXT),
}


def expected(text: str, shape: str) -> str:
    """As typed, with what no person writes made visible, trimmed; a line has single blanks."""
    kept = str(storable(text))
    return " ".join(kept.split()) if shape == LINE else kept.strip()


def bare(text: str) -> str | None:
    """A right serial number is kept without what stands around its letters."""
    found = unit_serial(storable(text))
    return found.bare if found else None


def each(work: Work, act: Act, texts: tuple[str, ...]) -> dict[str, str | UserError]:
    """What was kept under which id, or refused."""
    found: dict[str, str | UserError] = {}
    for text in texts:
        try:
            found[text] = act(work, text)
        except UserError as problem:
            found[text] = problem
    return found


def test_there_are_600_of_them_of_every_kind() -> None:
    assert 600 <= len(STRINGS)
    assert all(KINDS.values())


@pytest.mark.parametrize("name", FIELDS)
def test_a_text_is_kept_as_it_was_typed_or_refused_at_its_field_in_words(desk_store: ThreadStore, name: str) -> None:
    act, column, shape = FIELDS[name]

    made = desk_store.write(EVERYTHING, each, (act, STRINGS)).result

    model = column.class_
    kept = dict(desk_store.read(lambda session: session.execute(select(model.id, column)).all()))
    refused = {text: problem for text, problem in made.items() if isinstance(problem, UserError)}
    for problem in refused.values():
        assert problem.kind is Trouble.BAD_INPUT and problem.field
        assert "{" not in speak(problem.message).replace("{", "", str(problem.message.values).count("{"))
    assert {} == {
        text: kept[key]
        for text, key in made.items()
        if isinstance(key, str) and kept[key] not in (expected(text, shape), bare(text) if name == SERIAL else None)
    }
    assert name in ("e-mail", "time zone") or len(refused) < len(STRINGS) // 8


def test_a_note_is_kept_as_it_was_typed_or_refused_in_words(desk_store: ThreadStore) -> None:
    made = desk_store.write(EVERYTHING, each, (note, STRINGS)).result

    asked = select(TicketEvent).where(TicketEvent.kind == "note")
    notes = desk_store.read(lambda session: {e.body["text"] for e in session.scalars(asked)})
    for text, key in made.items():
        if isinstance(key, UserError):
            assert ("text", Trouble.BAD_INPUT) == (key.field, key.kind)
        else:
            assert expected(text, TEXT) in {each.strip() for each in notes}


@pytest.fixture
def full(desk_store: ThreadStore) -> ThreadStore:
    """A ticket for each text, of a customer of that name."""

    def fill(work: Work) -> None:
        for text in STRINGS:
            try:
                who = customer(work, text)
                where = add_site(work, who, SiteDraft(text, text[:4000]))
                open_ticket(work, TicketDraft(TicketKind.HOW_TO, text, text, Channel.EMAIL, customer=who, site=where))
            except UserError:
                continue

    desk_store.write(EVERYTHING, fill)
    return desk_store


def titles_of(store: ThreadStore) -> list[tuple[str, str]]:
    asked = select(Ticket.title, Ticket.words).order_by(Ticket.occurred_at, Ticket.rid)
    return [tuple(row) for row in store.read(lambda session: session.execute(asked).all())]


def test_a_table_gives_each_text_back_and_no_cell_of_it_is_a_formula(full: ThreadStore, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"

    full.read(export_table, ("tickets", out, Format.CSV), {"own": True, "progress": lambda _done, _of: None})

    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [(f"'{title}" if is_armed(title) else title, f"'{words}" if is_armed(words) else words)
              for title, words in titles_of(full)]  # fmt: skip
    assert wanted == [(row["title"], row["words"]) for row in rows]
    assert [] == [cell for row in rows for cell in row.values() if is_armed(cell)]


def test_a_workbook_gives_each_text_back_and_no_cell_of_it_is_a_formula(full: ThreadStore, tmp_path: Path) -> None:
    out = tmp_path / "all.xlsx"

    full.read(export_table, ("tickets", out, Format.XLSX), {"own": True, "progress": lambda _done, _of: None})

    sheet = openpyxl.load_workbook(out).active
    head = [cell.value for cell in next(sheet.rows)]
    cells = [row[head.index("title")] for row in list(sheet.rows)[1:]]
    lost = [
        (title, cell.value) for (title, _), cell in zip(titles_of(full), cells, strict=True)
        if _lines(title) != _lines(cell.value or "")
    ]  # fmt: skip
    assert [] == lost
    assert {"f"}.isdisjoint(cell.data_type for row in sheet.rows for cell in row)


def _lines(text: str) -> str:
    """XML knows one end of a line, and no character that is none: a workbook spells that out."""
    text = text.replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_whatever_is_searched_for_finds_or_finds_nothing(full: ThreadStore) -> None:
    for text in STRINGS:
        for query in (find_customers, find_tickets):
            full.read(query, (text,))
        full.read(find_records, (text, "en"))


COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "handbook": lambda text: ["handbook", "--", text],
    "market": lambda text: ["handbook", f"--market={text}"],
    "language": lambda text: ["handbook", f"--language={text}"],
    "paper": lambda text: ["handbook", "CP-01", f"--out=/nowhere/{text}"],
    "restore": lambda text: ["restore", "--", text],
    "verify": lambda text: ["verify", "--", text],
    "import": lambda text: ["import", f"--map={text}", "--", "tickets", text],
    "export": lambda text: ["export", "tickets", f"--out=/nowhere/{text}"],
    "profile": lambda text: ["status", f"--profile=/nowhere/{text}"],
    "enrol": lambda text: ["enrol", f"--url={text}"],
    "nothing": lambda text: ["--", text],
}


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("line") / "desk"
    assert Exit.OK == run(["--sample", "--profile", str(folder), "status"])
    yield folder


def can_be_a_word(text: str) -> bool:
    """What a shell can hand over: bytes without a zero, and what is half a character as this system says it."""
    try:
        return "\0" not in text and bool(os.fsencode(text))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_line_takes_any_word_for_what_it_is(
    sample_folder: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in random.Random(name).sample([each for each in STRINGS if can_be_a_word(each)], WORDS):
        words = COMMANDS[name](text)
        ended = run(["--profile", str(sample_folder), "--sample", *words])

        shown = capsys.readouterr()
        assert Exit.BUG != ended, (text, shown.err)
        assert "Traceback" not in shown.err
        assert not any(sign in shown.out for sign in "\0\x1b\x07\x9b")


def test_a_pack_says_what_is_wrong_or_keeps_the_text() -> None:
    for text in STRINGS:
        for line in (f"text: {text}\n", f"text: '{text}'\n", f"{text}: a\n", text):
            findings = Findings()
            parse(line.encode("utf-8", "surrogatepass"), file="a.yaml", findings=findings)
