"""What a customer said goes through the whole job; then everything that was written, logged or printed is searched."""

import logging
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.commands.line import run
from app.content.shelf import install_pack
from app.customers.actions import add_customer
from app.customers.queries import find_customers
from app.customers.records import Customer
from app.customers.rules import CustomerDraft
from app.kernel.reports import report_of
from app.signoff.queries import read_sealed_form
from app.signoff.rules import Outcome
from app.store.bases import Base
from app.store.engine import open_engine
from app.store.logs import keep_log
from app.store.opening import open_store
from app.store.profile import Unlocked, create_profile
from app.store.slots import Cost
from app.tickets.actions import add_note, attach, log_call, open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.workflows import papers, signing
from app.workflows.drafts import keep_draft
from app.workflows.signing import Answer, Hand
from tests.content.sample import averdell
from tests.desks import TIAGO
from tests.noise import Announce
from tests.privacy import sentinels as said
from tests.privacy.sentinels import EVERY, found_below, found_in, spellings
from tests.signoff.job import make_job, run_procedure, signature
from tests.workflows.history import row, table

CHEAP = Cost(time=1, memory=64, lanes=1)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unlocked]:
    """A profile with a secret passphrase; temporary files of this process go where they are searched, too."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    made = create_profile(tmp_path / "own", passphrase=said.PASSPHRASE, key_store=False, cost=CHEAP)
    with open_store(made.unlocked) as store:
        store.write(TIAGO, install_pack, (averdell(),))
    engine = open_engine(made.unlocked.profile.store, made.unlocked.key)
    Base.metadata.create_all(engine)  # other tests' invented kinds, which this process may know
    engine.dispose()
    with keep_log(made.unlocked.profile.logs, "desk"):
        yield made.unlocked


def do(store: Any, action: Any, *args: Any, **named: Any) -> Any:
    return store.write(TIAGO, action, args, named).result


def talk(store: Any) -> str:
    """A customer, a ticket in their words, a note, a call, an attachment, a draft; the ticket's id."""
    customer = do(store, add_customer, CustomerDraft(said.NAME, contact=said.ARABIC_NAME, phone=said.PHONE))
    do(store, add_customer, CustomerDraft(said.CJK_NAME, note=said.NOTE))
    kind = next(iter(TicketKind))
    ticket = do(store, open_ticket, TicketDraft(kind=kind, title="Drips", words=said.WORDS, customer=customer))
    do(store, add_note, ticket, said.NOTE)
    do(store, log_call, ticket, said.CALL)
    do(store, attach, ticket, f"{said.FILE_NAME}.txt", said.ATTACHED.encode() * 1000)
    do(store, keep_draft, f"ticket/{ticket}", {"words": said.DRAFT})
    return str(ticket)


def sign(store: Any) -> bytes:
    """A repair signed by technician and customer, its paper drawn and kept; the paper."""
    job = store.write(TIAGO, make_job, (), {"name": said.SIGNER}).result
    store.write(job.actor, run_procedure, (job,), {})
    form = store.write(job.actor, signing.draft_form, (job.repair,), {}).result
    hand = Hand("", said.SIGNER_ROLE, signature())
    sealed = store.write(job.actor, signing.seal_form, (form, hand), {"reason": said.NOTE}).result
    answer = Answer(Outcome.SIGNED, Hand(said.SIGNER, said.SIGNER_ROLE, signature()))
    accepted = store.write(job.actor, signing.accept_form, (sealed, answer), {}).result
    for subject in (sealed, accepted):
        papers.render_form(store, job.actor, subject)
    return bytes(store.read(latest_file, (sealed,), {}))


def latest_file(session: Any, sealed: str) -> bytes:
    form = read_sealed_form(session, sealed)
    assert form is not None
    assert form.file is not None
    return papers.read_file(session, form.file.sha256)


def command(own: Unlocked, *words: str) -> int:
    """A command of the line with the passphrase through a pipe."""
    read, write = os.pipe()
    os.write(write, said.PASSPHRASE.encode() + b"\n")
    os.close(write)
    try:
        return run([*words, "--profile", str(own.profile.folder), "--passphrase-fd", str(read)])
    finally:
        os.close(read)


def fails(store: Any) -> list[BaseException]:
    """Acts that go wrong with a customer's words in their hands, in each way that the house knows."""

    def twice(work: Any) -> None:
        for _ in range(2):
            work.session.add(Customer(id="0" * 32, name=said.FAILED, note=said.NOTE))
            work.session.flush()

    def outside(work: Any) -> None:
        work.session.execute(text("INSERT INTO nowhere(name) VALUES (:name)"), {"name": said.FAILED})

    def breaks(work: Any) -> None:
        raise KeyError(said.FAILED) from ValueError(said.PHONE)

    acts = [
        (twice, ()), (outside, ()), (breaks, ()), (add_customer, (CustomerDraft(said.FAILED, email=said.PHONE),)),
        (add_customer, (CustomerDraft(said.FAILED * 40),)), (add_note, ("0" * 32, said.NOTE)),
        (attach, ("0" * 32, f"{said.FILE_NAME}.png", b"")),
    ]  # fmt: skip
    raised: list[BaseException] = []
    for act, args in acts:
        with pytest.raises(Exception) as caught:
            store.write(TIAGO, act, args, {})
        raised.append(caught.value)
    return raised


def seen_in_print(own: Unlocked, folder: Path) -> None:
    """Every command that works on a profile, good and bad."""
    csv = table(folder / f"{said.IMPORTED}.csv", row(1, said.IMPORTED), row(2, said.WORDS, event_date=said.FAILED))
    broken = table(folder / "broken.csv", row(1, "=" + said.FAILED))
    archive = folder / "all.aftercare-backup"
    acts = (
        ("status",), ("import", "tickets", str(broken), "--map", "openrepair"), ("backup",), ("backup", str(archive)),
        ("doctor", "--backups", "--rebuild"), ("restore", "--newest"), ("restore", str(archive)), ("status", "--json"),
    )  # fmt: skip
    # 2: the broken table; 1: doctor misses the person who acts here and never joined the staff
    assert [0, 2, 0, 0, 1, 0, 0, 0] == [command(own, *words) for words in acts]
    assert 0 == command(own, "import", "tickets", str(csv), "--map", "openrepair", "--json")


def test_nothing_that_a_customer_said_is_left_in_plain_anywhere(
    own: Unlocked, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "input").mkdir()
    with open_store(own) as store:
        talk(store)
        paper = sign(store)
        fails(store)
        first = found_below([own.profile.folder, tmp_path / "temporary"])  # the store is open: -wal and -shm stand
    seen_in_print(own, tmp_path / "input")

    printed = capfd.readouterr()
    assert paper.startswith(b"%PDF-")
    assert [] == first
    assert [] == found_below([own.profile.folder, tmp_path / "temporary"])
    assert [] == found_in((tmp_path / "input" / "all.aftercare-backup").read_bytes(), "archive")
    refused = f'"{said.FAILED}" is not a day'  # what stands in a row that was refused is said to who imports it
    assert [] == found_in(printed.out.replace(refused.replace('"', '\\"'), "").encode(), "output")
    assert [] == found_in(printed.err.encode(), "errors")


def test_what_was_said_is_really_in_the_store_and_found_there(own: Unlocked) -> None:
    with open_store(own) as store:
        talk(store)

        found = [len(store.read(find_customers, (name,))) for name in (said.NAME, said.ARABIC_NAME, said.CJK_NAME)]

    assert [1, 1, 1] == found


def test_no_exception_tells_a_customers_words_and_no_report_of_one(own: Unlocked) -> None:
    with open_store(own) as store:
        raised = fails(store)

    ours = [each for each in raised if type(each).__module__ != "builtins"]  # the text of these is the caller's own
    assert 6 == len(ours)
    assert [] == [found for each in ours for found in found_in(str(each).encode(), type(each).__name__)]
    assert [] == [found for each in raised for found in found_in(report_of(each).encode(), type(each).__name__)]


def test_a_log_of_every_failure_names_kinds_and_places_alone(own: Unlocked, announce: Announce) -> None:
    announce("it failed")
    with open_store(own) as store:
        for each in fails(store):
            logging.getLogger("app.trial").error("it failed: %s", each, exc_info=each)

    (log,) = own.profile.logs.glob("desk.log")
    assert "IntegrityError" in log.read_text(encoding="utf-8")
    assert [] == found_in(log.read_bytes(), "log")


@pytest.mark.parametrize("word", EVERY)
def test_the_search_would_find_each_word_in_each_spelling(tmp_path: Path, word: str) -> None:
    for n, spelling in enumerate(spellings(word)):
        (tmp_path / f"{n}").write_bytes(b"\0" * 7 + spelling + b"\xff")
    (tmp_path / "packed").write_bytes(b"..." + zlib.compress(word.encode()))

    where = {each.partition(":")[0] for each in found_below([tmp_path]) if each.endswith(word)}

    assert {*map(str, range(len(list(spellings(word))))), "inflated packed"} <= where
