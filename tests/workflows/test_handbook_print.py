"""A procedure on paper, read back: what to do and whom to call stands on the first sheet."""

import io
import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.documents import fonts
from app.documents.characters import clean
from app.documents.sheet import texts
from app.handbook.spoken import Spoken
from app.language.isolates import without_controls
from app.workflows.handbook_print import draw_all, draw_page, paper_of, picture_page, sheet_of, text_of
from tests.handbook.shelves import LATER, reader
from tests.lacking import tool

CODES = ("CP-01", "CP-03", "CP-04", "CP-05", "CP-06", "CP-07")
SPOKEN = [("en", "US"), ("pt-PT", "PT"), ("pt-BR", "BR"), ("ar", "SA"), ("zh-Hans", "CN")]


def page(tmp_path: Path, code: str, language: str, market: str) -> tuple[Spoken, bytes]:
    made = reader(tmp_path, language, market)
    spoken = made.procedure(code, LATER).spoken
    return spoken, draw_page(spoken, paper_of(made.book, market), LATER)


def bare(text: str) -> str:
    return re.sub(r"\s", "", without_controls(text))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("market", ["PT", "US"])
def test_do_now_and_every_telephone_number_stand_on_the_first_page(tmp_path: Path, code: str, market: str) -> None:
    spoken, pdf = page(tmp_path, code, "en", market)

    first = bare(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())

    assert [] == [each.text for each in spoken.steps if bare(each.text) not in first]
    assert [] == [each.phone for each in spoken.tell if bare(each.phone) not in first]
    assert [] == [number for number, _ in spoken.emergency if bare(number) not in first]


@pytest.mark.parametrize(("market", "size"), [("PT", (595, 842)), ("US", (612, 792))])
def test_paper_is_that_of_the_market(tmp_path: Path, market: str, size: tuple[int, int]) -> None:
    _, pdf = page(tmp_path, "CP-04", "en", market)

    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox

    assert size == (round(float(box.width)), round(float(box.height)))


@pytest.mark.parametrize(("language", "market"), SPOKEN)
@pytest.mark.parametrize("code", ["CP-01", "CP-04"])
def test_bundled_faces_cover_every_sign_and_numbers_are_on_the_first_page(
    tmp_path: Path, code: str, language: str, market: str
) -> None:
    spoken, pdf = page(tmp_path, code, language, market)
    (tmp_path / "page.pdf").write_bytes(pdf)

    done = subprocess.run(
        [tool("pdftotext"), "-raw", "-l", "1", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )

    assert () == fonts.missing(texts(sheet_of(spoken, "A4", LATER)))
    assert [] == [each.phone for each in spoken.tell if bare(each.phone) not in bare(done.stdout)]
    assert spoken.emergency[0][0] in done.stdout
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 5


@pytest.mark.parametrize(("language", "market"), SPOKEN)
def test_file_is_sound_and_the_same_every_time(tmp_path: Path, language: str, market: str) -> None:
    _, pdf = page(tmp_path, "CP-01", language, market)
    (tmp_path / "page.pdf").write_bytes(pdf)

    checked = subprocess.run([tool("qpdf"), "--check", tmp_path / "page.pdf"], capture_output=True)

    assert 0 == checked.returncode
    assert pdf == page(tmp_path, "CP-01", language, market)[1]


def test_nothing_on_the_paper_needs_colour(tmp_path: Path) -> None:
    made = reader(tmp_path)
    pictures = picture_page(made.procedure("CP-04", LATER).spoken, "A4", LATER)

    first = pictures[0].pixels
    assert all(abs(first[at] - first[at + 2]) < 40 for at in range(0, len(first), 4 * 97))


def test_parts_come_in_the_order_of_the_page(tmp_path: Path) -> None:
    spoken = reader(tmp_path).procedure("CP-04", LATER).spoken
    text = "\n".join(text_of(spoken))

    heads = ("use_when", "do_now", "do_not_say", "tell", "clocks", "facts", "keep", "say", "next", "ends", "review")
    places = [text.index(f"{spoken.heads[head]}") for head in heads]

    assert sorted(places[:2]) == places[:2]
    assert sorted(text.index(f"\n{spoken.heads[head]}\n") for head in heads[2:]) == [
        text.index(f"\n{spoken.heads[head]}\n") for head in heads[2:]
    ]


def test_what_asks_the_review_stands_above_its_questions(tmp_path: Path) -> None:
    spoken, _ = page(tmp_path, "CP-01", "en", "PT")

    lines = [each.strip() for each in text_of(spoken)]

    assert lines.index(spoken.review_line) + 1 == lines.index(spoken.review[0])


def test_unwritten_words_stand_above_the_page_on_paper_too(tmp_path: Path) -> None:
    made = reader(tmp_path)
    tile = next(each for each in made.tiles(LATER).tiles if each.note)

    spoken = made.procedure(tile.leads_to, LATER, note=tile.note).spoken

    assert tile.note in sheet_of(spoken, "A4", LATER).note
    assert clean(tile.note)


@pytest.mark.parametrize(("language", "market"), SPOKEN)
def test_the_whole_handbook_begins_each_procedure_on_a_page_of_its_own_as_it_is_alone(
    tmp_path: Path, language: str, market: str
) -> None:
    made = reader(tmp_path, language, market)
    pages = made.all_procedures(LATER)

    whole = PdfReader(io.BytesIO(draw_all(pages, paper_of(made.book, market), LATER))).pages

    alone = [PdfReader(io.BytesIO(draw_page(each, paper_of(made.book, market), LATER))).pages for each in pages]
    assert CODES == tuple(each.code for each in pages)
    assert 1 + sum(map(len, alone)) == len(whole)
    contents, at = bare(whole[0].extract_text()), 1
    for each, own in zip(pages, alone, strict=True):
        first = bare(whole[at].extract_text())
        assert [] == [tell.phone for tell in each.tell if bare(tell.phone) not in first]
        assert [] == [number for number, _ in each.emergency if bare(number) not in first]
        assert each.code in contents
        assert made.speaker(LATER).digits[(at + 1) % 10] in contents
        at += len(own)
    assert (595 if market != "US" else 612) == round(float(whole[0].mediabox.width))
