"""The sign-off form read back: its words, fonts, order, codes and data."""

import hashlib
import io
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.documents.fonts import missing
from app.documents.form_paper import draw_form
from app.documents.preview import render_page
from app.documents.sheet import Fact, Group, Remark, texts
from tests.documents import samples
from tests.lacking import ROOT, tool

ARABIC_MARKS = range(0x591, 0x6EE)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A form in every language of the samples."""
    folder = tmp_path_factory.mktemp("forms")
    for language in samples.LANGUAGES:
        (folder / f"{language}.pdf").write_bytes(draw_form(samples.form(language)).pdf)
    return {language: folder / f"{language}.pdf" for language in samples.LANGUAGES}


def run(name: str, *arguments: object) -> str:
    done = subprocess.run([tool(name), *map(str, arguments)], capture_output=True, text=True, check=True)
    return done.stdout


def plain(text: str) -> str:
    """Letters and digits alone: a reader of PDF may turn marks and spaces, never those."""
    kept = unicodedata.normalize("NFKC", text)
    return "".join(
        c
        for c in kept
        if unicodedata.category(c)[0] not in "PZCS" and not (unicodedata.combining(c) and ord(c) in ARABIC_MARKS)
    )


def words_of(language: str) -> list[str]:
    strings = [s for value in samples.words(language).values() for s in ([value] if isinstance(value, str) else value)]
    skipped = samples.words(language)["page"]
    return [w for s in strings if s != skipped for w in s.split() if plain(w)]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_word_of_a_form_is_found_by_poppler_and_by_pdfium(forms: dict[str, Path], language: str) -> None:
    poppler = plain(run("pdftotext", "-raw", forms[language], "-"))
    with pypdfium2.PdfDocument(forms[language]) as document:
        pdfium = plain("\n".join(page.get_textpage().get_text_range() for page in document))

    lost = [w for w in words_of(language) if plain(w) not in poppler or plain(w) not in pdfium]

    # PDFium turns the parts of a code round where it stands in a right-to-left sentence; poppler does not
    turned = [w for w in lost if language in samples.RTL and re.search("[A-Za-z]+[-/]", w) and plain(w) in poppler]
    assert [] == [w for w in lost if w not in turned]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_qpdf_finds_no_fault_in_a_form(forms: dict[str, Path], language: str) -> None:
    checked = run("qpdf", "--check", forms[language])

    assert "No syntax or stream encoding errors found" in checked


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_font_is_an_embedded_subset_with_a_way_back_to_text(forms: dict[str, Path], language: str) -> None:
    rows = run("pdffonts", forms[language]).splitlines()[2:]

    assert rows
    assert [] == [row for row in rows if not re.search(r"yes yes yes +\d+ +0$", row)]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_bundled_faces_cover_every_text_of_a_form(language: str) -> None:
    strings = list(texts(samples.form(language)))

    assert samples.words(language)["title"] in strings
    assert () == missing(strings)


def test_heading_never_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for rows in range(8, 16):
        sheet = samples.form("en", components=samples.form("en").components[:1] * rows)
        (tmp_path / "form.pdf").write_bytes(draw_form(sheet).pdf)
        page = run("pdftotext", "-raw", "-l", 1, tmp_path / "form.pdf", "-").splitlines()

        body = [line for line in page if line and not line.startswith(("PT02-B-000123", "SHA-256", "Page"))]
        assert body[-1] not in ("Tested before it was handed back", "Checklist", "Remarks", "What is signed")


def test_same_sheet_gives_same_bytes_in_any_process_time_zone_and_locale(forms: dict[str, Path]) -> None:
    script = (
        "import hashlib; from tests.documents import samples; from app.documents.form_paper import draw_form;"
        "print(hashlib.sha256(b''.join(draw_form(samples.form(n)).pdf for n in ('en', 'ar', 'th'))).hexdigest())"
    )
    expected = hashlib.sha256(b"".join(forms[n].read_bytes() for n in ("en", "ar", "th"))).hexdigest()

    for world in ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "UTC"}):
        env = {**os.environ, **world}
        done = subprocess.run([sys.executable, "-c", script], env=env, cwd=ROOT, capture_output=True, text=True)
        assert expected == done.stdout.strip(), done.stderr


def test_document_carries_its_own_date_and_names_itself(forms: dict[str, Path]) -> None:
    reader = PdfReader(forms["en"])
    info, root = reader.metadata, root_of(reader)

    assert info is not None
    told = [str(info[name]) for name in ("/CreationDate", "/AftercareNumber", "/AftercareTemplate")]
    assert ["D:20261124102500Z", "PT02-B-000123", "F-02, version 3"] == told
    assert "2026-11-24T10:25:00Z" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_qr_code_read_from_the_page_at_150_dpi_is_the_hash_of_the_data_inside(language: str, paper: str) -> None:
    sheet = samples.form(language, frame=samples.frame(language, paper=paper))
    pdf = draw_form(sheet).pdf
    width, height, pixels = render_page(pdf, 0, 150)

    codes = zxingcpp.read_barcodes(Image.frombytes("RGBA", (width, height), pixels).convert("L"))

    inside = attached(pdf)
    assert samples.data(language) == inside
    assert [f"aftercare:PT02-B-000123#{hashlib.sha256(inside).hexdigest()}"] == [code.text for code in codes]


def root_of(reader: PdfReader) -> Any:
    """The tree of the file; its objects are typed by what the file says."""
    return reader.trailer["/Root"]


def attached(pdf: bytes) -> bytes:
    root = root_of(PdfReader(io.BytesIO(pdf)))
    assert "/Data" == root["/AF"][0]["/AFRelationship"]
    return bytes(root["/AF"][0]["/EF"]["/F"].get_data())


def word_boxes(pdf: Path) -> dict[str, tuple[float, float]]:
    rows = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', run("pdftotext", "-bbox", pdf, "-"))
    return {word: (float(x), float(y)) for x, y, word in rows}


def test_columns_run_from_the_right_in_arabic_and_from_the_left_in_english(forms: dict[str, Path]) -> None:
    english, arabic = word_boxes(forms["en"]), word_boxes(forms["ar"])

    assert english["PR-100"][0] < english["PR-2612-0905-E"][0] < english["PR-2633-0148-C"][0]
    assert arabic["PR-100"][0] > arabic["PR-2612-0905-E"][0] > arabic["PR-2633-0148-C"][0]


def test_isolated_date_in_an_arabic_line_keeps_its_order(forms: dict[str, Path]) -> None:
    text = run("pdftotext", "-raw", forms["ar"], "-")

    assert "2026-11-24" in text


def test_structure_is_tagged_in_reading_order(forms: dict[str, Path]) -> None:
    structure = run("pdfinfo", "-struct-text", forms["en"])

    order = ["H1", "Component exchange", "Figure", "H2", "Table", "TR", "TH", "Old serial out", "TD", "Relief valve"]
    places = [structure.index(part) for part in order]
    assert sorted(places) == places
    assert "PT02-B-000123" in structure
    assert "Page 1 of" not in structure  # page furniture is not read out


def test_cell_of_three_thousand_words_runs_over_pages_and_loses_none(tmp_path: Path) -> None:
    sheet = samples.form("en", remarks=(Remark("Remarks", "word " * 3000),))
    component = replace(sheet.components[0], warranty="sentence " * 3000)
    (tmp_path / "long.pdf").write_bytes(draw_form(replace(sheet, components=(component, component))).pdf)

    words = run("pdftotext", tmp_path / "long.pdf", "-").split()

    assert (3000, 6000) == (words.count("word"), words.count("sentence"))


def test_page_numbers_count_all_pages_in_the_figures_of_the_language(tmp_path: Path) -> None:
    frame = samples.frame("ar", digits="٠١٢٣٤٥٦٧٨٩")
    sheet = samples.form("ar", frame=frame, remarks=(Remark("x", "word " * 1500),))
    (tmp_path / "many.pdf").write_bytes(draw_form(sheet).pdf)

    text = run("pdftotext", "-raw", tmp_path / "many.pdf", "-")

    assert "٢" in text and "٣" in text
    assert not re.search(r"صفحة \d* *1", text)


HOSTILE = (
    '<img src="/etc/passwd"/>',
    "</para><b>unclosed",
    '<a href="javascript:alert(1)">x</a>',
    "\u202eevil\u202c \u2067\u2067 stays \x00\x07 \ud800 \ufffe end",
    "😀👩‍👩‍👧 emoji",
    "a" * 500,
    "e" + "\u0301" * 300,
    "{page} {pages} %s %(x)s",
    "",
    " \n\n \t ",
    "(\\) ] >> endstream endobj",
)


def test_hostile_fields_are_printed_as_they_are_and_do_nothing(tmp_path: Path) -> None:
    group = Group("<h>", tuple(Fact(text, text) for text in HOSTILE))
    remarks = tuple(Remark(text or "empty", text) for text in HOSTILE)
    sheet = samples.form("ar", groups=(group,), remarks=remarks, lead=HOSTILE[3], corrects=HOSTILE[0])
    frame = replace(sheet.frame, title=HOSTILE[0], issuer=HOSTILE[1], number=HOSTILE[-1])
    path = tmp_path / "hostile.pdf"
    path.write_bytes(draw_form(replace(sheet, frame=frame)).pdf)

    text = run("pdftotext", "-raw", path, "-")

    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)
    assert '<img src="/etc/passwd"/>' in text
    assert 2 <= text.replace("\n", "").count("a" * 500)
    assert "root:" not in text
    with pypdfium2.PdfDocument(path) as document:
        assert [] == [o for page in document for o in page.get_objects() if o.type == 3]  # no picture
    assert [] == [page["/Annots"] for page in PdfReader(path).pages if "/Annots" in page]


def test_character_without_a_glyph_is_named_and_prints_as_its_code_point(tmp_path: Path) -> None:
    sheet = samples.form("en", remarks=(Remark("Remarks", "before \U0001f600 after"),))
    path = tmp_path / "box.pdf"
    path.write_bytes(draw_form(sheet).pdf)

    assert ("\U0001f600",) == missing("before \U0001f600 after")
    assert "before \U0001f600 after" in run("pdftotext", "-raw", path, "-")  # /ActualText speaks for the box


def test_base_form_stays_small_in_every_language(forms: dict[str, Path]) -> None:
    sizes = {language: path.stat().st_size for language, path in forms.items()}

    assert {} == {language: size for language, size in sizes.items() if size > 60_000}
