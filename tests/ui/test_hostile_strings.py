"""Every page, the palette and the papers of a desk that is full of hostile texts: shown as they are, run by nobody."""

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.customers.actions import add_customer, add_site
from app.customers.rules import CustomerDraft, SiteDraft
from app.documents.form_paper import draw_form
from app.documents.sheet import Fact, Group, Remark
from app.kernel.errors import UserError
from app.kernel.rights import Role
from app.parts.actions import add_place
from app.people.actions import add_staff
from app.people.rules import StaffDraft
from app.store.opening import open_store
from app.store.profile import Profile, unlock
from app.store.work import Work
from app.tickets.actions import add_note, open_ticket
from app.tickets.rules import Channel, TicketDraft, TicketKind
from tests import sizes
from tests.desks import copy_desk
from tests.documents import samples
from tests.hostile import STRINGS
from tests.signoff.conftest import Bench, bench, signing_template
from tests.signoff.job import Job
from tests.ui.real_desk import RealDesk, desk, frame
from tests.ui.test_every_page import opened
from tests.ui.walking import marked_up
from ui.shell.frame import Frame
from ui.shell.pages import PLACES, Place

__all__ = ["bench", "desk", "frame", "signing_template"]


def fill(work: Work, job: Job) -> None:
    """A customer and a ticket of each text, of some a note, a place and a person, as far as each is taken."""
    for text in STRINGS:
        attempt(whole, work, text)
    for text in [each for each in STRINGS if len(each) < 4000][::8]:
        attempt(add_note, work, job.ticket, text)
        attempt(add_place, work, text)
    for text in STRINGS[:: len(STRINGS) // 12]:
        attempt(add_staff, work, StaffDraft(text, roles=(Role.TECHNICIAN,)))


def attempt(act: Callable[..., object], *args: object) -> None:
    with suppress(UserError):
        act(*args)


def whole(work: Work, text: str) -> None:
    who = add_customer(work, CustomerDraft(text, contact=text[:200], phone=text[:200], note=text[:4000]))
    where = add_site(work, who, SiteDraft(text, text[:4000]))
    open_ticket(work, TicketDraft(TicketKind.HOW_TO, text, text, Channel.EMAIL, customer=who, site=where))


@pytest.fixture(scope="module")
def hostile_template(signing_template: tuple[Path, Job], tmp_path_factory: pytest.TempPathFactory) -> Path:
    template, job = signing_template
    folder = tmp_path_factory.mktemp("hostile") / "desk"
    shutil.copytree(template, folder)
    with open_store(unlock(Profile(folder)), zone="Europe/Lisbon") as store:
        store.write(job.actor, fill, (job,))
    return folder


@pytest.fixture
def hostile(hostile_template: Path, signing_template: tuple[Path, Job], tmp_path: Path) -> Iterator[Bench]:
    unlocked = copy_desk(hostile_template, tmp_path / "hostile")
    with open_store(unlocked, zone="Europe/Lisbon") as store:
        yield Bench(store, unlocked, signing_template[1])


@pytest.mark.parametrize("place", PLACES, ids=[each.name for each in PLACES])
def test_a_page_full_of_them_breaks_nowhere_and_reads_none_as_markup(
    qtbot: QtBot, hostile: Bench, place: Place
) -> None:
    page = opened(qtbot, hostile, place)
    QApplication.processEvents()
    page.grab()

    assert [] == marked_up(page)


def test_the_palette_takes_them_for_words(qtbot: QtBot, frame: Frame, desk: RealDesk) -> None:
    for text in STRINGS[:: sizes.by_tier(9, 3, 1)]:
        frame.palette_over.ask(frame.all_acts(), text[:400])
        desk.settle()
        frame.palette_over.grab()

        assert [] == marked_up(frame.palette_over)
    frame.palette_over.close_over()


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isascii() and sign.isalnum())


PIECE = 80  # letters
PAGES = [STRINGS[at :: sizes.by_tier(40, 20, 20)] for at in range(sizes.by_tier(4, 20, 20))]


def missing(text: str, read: str) -> int:
    """How many pieces of a text were not read: a long one goes on over a page, whose foot stands in between."""
    return sum(text[at : at + PIECE] not in read for at in range(0, len(text), PIECE))


@pytest.mark.parametrize("texts", PAGES, ids=range(len(PAGES)))
def test_a_paper_prints_them_as_they_are(texts: tuple[str, ...]) -> None:
    short = [text for text in texts if len(text) <= 4000]
    sheet = replace(
        samples.form("en"),
        groups=(Group("Hostile", tuple(Fact(text[:60], text) for text in short)),),
        remarks=tuple(Remark("Remark", text) for text in short),
    )

    pdf = draw_form(sheet).pdf

    with pypdfium2.PdfDocument(pdf) as document:
        read, breaks = letters("\n".join(page.get_textpage().get_text_range() for page in document)), len(document) - 1
    printed = [text for text in short if text.isascii() and text.isprintable()]
    assert [] == [text for text in printed if missing(letters(text), read) > (breaks if len(text) > PIECE else 0)]
