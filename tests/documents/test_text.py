"""Plain text in lines: what is dropped, where it breaks, what it measures."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import fonts
from app.documents.breaking import segments
from app.documents.characters import clean
from app.documents.fonts import FAMILIES, FOLDER, choose, face, font_set, manifest, missing
from app.documents.lines import Span, Style, set_lines
from app.documents.paper import Paper
from app.documents.text import Setting, Text
from app.kernel.errors import BugError

ENGLISH = Setting("en", False)
ARABIC = Setting("ar", True)


def lines_of(text: str, width: float, setting: Setting = ENGLISH) -> list[str]:
    style = Style(10, 14, "#000000", setting.language, setting.rtl)
    return ["".join(p.boxed or p.text for p in line.pieces) for line in set_lines([Span(text)], style, width)]


def test_what_hides_or_reorders_is_dropped_and_line_ends_are_one() -> None:
    dirty = "a\x00b\u202ec\u202c\ud800d\ufffee\ufdd0f\U000e0041g\r\nh\u2028i\tj"

    assert "abcdefg\nh\ni j" == clean(dirty)


def test_isolates_stay_only_where_each_is_closed() -> None:
    kept, stripped = clean("a \u2068b\u2069 c"), clean("a \u2068b c\nd\u2069")

    assert ("a \u2068b\u2069 c", "a b c\nd") == (kept, stripped)


def test_letters_are_composed() -> None:
    assert "\u00e9" == clean("e\u0301")


def test_serial_number_is_never_torn_at_its_hyphens() -> None:
    lines = lines_of("Serial FD2A-2617-00428-N here", 110)

    assert ["Serial", "FD2A-2617-00428-N", "here"] == lines


def test_thai_breaks_between_words_although_it_writes_no_spaces() -> None:
    assert ["แบบ", "ฟอร์ม", "เปลี่ยน", "ชิ้น", "ส่วน"] == segments("แบบฟอร์มเปลี่ยนชิ้นส่วน", "th")


def test_chinese_line_never_begins_with_a_full_stop() -> None:
    lines = lines_of("让机器运行五分钟。" * 20, 90, Setting("zh-Hans", False))

    assert len(lines) > 5
    assert [] == [line for line in lines if line.startswith("。")]


def test_word_wider_than_its_column_is_cut_between_characters() -> None:
    lines = lines_of("a" * 500, 100)

    assert "a" * 500 == "".join(lines)
    assert len(lines) > 10


def test_space_at_the_end_of_a_line_has_no_width() -> None:
    style = Style(10, 14, "#000000", "en", False)

    short, long = (set_lines([Span(text)], style, 1e9)[0].width for text in ("word", "word   "))

    assert short == pytest.approx(long)


def test_value_in_an_arabic_sentence_keeps_its_own_order() -> None:
    style = Style(10, 14, "#000000", "ar", True)
    spans = [Span("فاطمة", isolate=True), Span(" · ", isolate=False), Span("2026-11-21")]

    (line,) = set_lines(spans, style, 1e9)

    assert "2026-11-21" == line.visual()[0].text  # leftmost, whole


@given(st.text(alphabet=st.characters(codec=None), max_size=120), st.floats(1, 500), st.sampled_from([ENGLISH, ARABIC]))
def test_any_text_is_set_and_drawn_and_no_printing_character_is_lost(text: str, width: float, setting: Setting) -> None:
    paper = Paper((600, 800), language=setting.language, rtl=setting.rtl)
    paper.new_page()

    shown = "".join(lines_of(text, width, setting))
    Text(text, setting).draw(paper, 0, 700, width)

    assert letters(clean(text)) == letters(shown)


def letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNPS")


def test_split_text_loses_no_line_and_leaves_none_alone() -> None:
    text = Text("word " * 400, ENGLISH, size=10)
    whole = text.height(200)

    torn = text.split(200, 100)

    assert torn is not None
    assert whole == pytest.approx(torn[0].height(200) + torn[1].height(200))
    assert torn[0].height(200) <= 100
    assert text.split(200, 14) is None  # one line alone stays with the others
    last_but_one = text.split(200, whole - 1)
    assert last_but_one is not None
    assert 2 * 14.2 == pytest.approx(last_but_one[1].height(200))


def test_punctuation_stays_in_the_face_of_the_word_before_it() -> None:
    arabic = choose("م", strong=False)

    assert arabic is choose("(", strong=False, before=arabic)
    assert face("NotoSans", strong=False) is choose("(", strong=False)


def test_missing_names_what_no_face_shows_and_forgives_what_is_invisible() -> None:
    assert ("\u0d05", "\U0001f600") == missing("fine \u200d\ufe0f \u0d05", ["\U0001f600 \u2068x\u2069"])


def test_font_file_that_is_not_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "NotoSans-Regular.ttf").write_bytes((FOLDER / "NotoSans-Regular.ttf").read_bytes() + b"x")
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(BugError, match="not the pinned file"):
        fonts.face.__wrapped__("NotoSans", strong=False)


def test_bundled_fonts_are_the_pinned_files_with_their_licence() -> None:
    files = {path.name for path in FOLDER.glob("*.ttf")}

    assert {f"{family}-{weight}.ttf" for family in FAMILIES for weight in ("Regular", "Bold")} == files
    assert set(manifest()) == files
    assert 64 == len(font_set())
    assert "SIL Open Font License" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12_000_000
