"""How the Chinese of the product is written (docs/glossary-zh-Hans.md, Manner), and that all of it can be shown."""

import re
from pathlib import Path

import pytest
import uharfbuzz as hb

from app.documents import fonts
from app.kernel.messages import Shown, say, say_count
from app.language.spacing import joined, stopped
from app.language.speaking import speak
from tests.language import catalogues
from tests.language.test_catalogues import targets
from ui.theme.resources import FONTS, HAN_STRONG

CODE = "zh-Hans"
HAN = "[\u3400-\u9fff]"
FULL = "，。：；？！（）、“”"
ENDS = {".": "。", "?": "？", "!": "！", ":": "：", "…": "…"}
TO_CUSTOMERS = {"app/workflows/receipt.py", "app/workflows/sign_page.py"}
TO_CUSTOMERS |= {"ui/signoff/other_ways.py", "ui/signoff/sign_page.py"}


NO_FILE = r"(?<!\.txt)(?<!\.pdf)(?<!\.csv)(?<!\.yaml)(?<!\.xlsx)"  # Qt wants its filters in plain brackets


@pytest.mark.parametrize(
    "slip",
    [
        f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}",  # no space between Chinese and Latin
        rf"{HAN} \{{|\}} {HAN}",  # a space that the program sets by itself
        rf"[{FULL}] (?! )|(?<! ) [{FULL}]",  # a space beside a full-width sign; two set a piece of code apart
        rf"{HAN}[,;?!]|{HAN}:|{HAN}\.(?!png)|\((?!\*)|{NO_FILE}\)",  # half-width punctuation
        r"\.\.\.$(?<!: \.\.\.)|……",
        "[你祢妳]|[\u3105-\u312f]",
    ],
)
def test_chinese_is_written_by_one_rule(slip: str) -> None:
    assert [] == [text for text in targets(CODE) if re.search(slip, text)]


def test_chinese_sentence_ends_as_its_source_does() -> None:
    found = [
        text
        for source, target in catalogues.translated(CODE)
        for text in target
        if not text.endswith("...")
        and ENDS.get(source[-1].rstrip()[-1:], "") != (text[-1:] if text[-1:] in ENDS.values() else "")
    ]

    assert [] == found


def test_customers_alone_are_addressed() -> None:
    places = {each.id if isinstance(each.id, str) else each.id[0]: each.locations for each in catalogues.collected()}
    addressed = [source[0] for source, target in catalogues.translated(CODE) if re.search("您(?!好)", "".join(target))]

    assert [] == [each for each in addressed if not {file for file, _ in places[each]} <= TO_CUSTOMERS]
    assert addressed


def test_a_space_stands_where_a_value_in_latin_meets_chinese() -> None:
    step = say("Step {number} of {count}", number=3, count=12)

    assert "第 3 步，共 12 步" == speak(step, CODE)
    assert "工单 PT-7-12" == speak(say("Ticket {number}", number=Shown("plain", "PT-7-12")), CODE)
    assert "3 小时 5 分钟后" == speak(say("in {span}", span=say("{hours} h {minutes} min", hours=3, minutes=5)), CODE)
    assert "4 台机器" == speak(say_count("{count} machine", "{count} machines", 4), CODE)


def test_no_space_stands_where_a_value_in_chinese_meets_chinese() -> None:
    day = Shown("date", "2026-11-21")

    assert "王芳新建了工单" == speak(say("{who} opened the ticket", who="王芳"), CODE)
    assert "自 2026年11月21日起" == speak(say("Since {time}", time=day), CODE)


def test_sentences_stand_side_by_side_without_a_space() -> None:
    assert "保修至今日。上门除外。" == joined(["保修至今日。", "", "上门除外。"], CODE)
    assert "It failed. 保修至今日。" == joined([stopped("It failed"), stopped("保修至今日")], CODE)
    assert "It failed. In warranty." == joined([stopped("It failed."), "In warranty."], "en")


def test_a_number_that_is_filled_in_later_has_its_spaces() -> None:
    pages = say("Page {page} of {pages}", page="{page}", pages="{pages}")

    assert "第 {page} 页，共 {pages} 页" == speak(pages, CODE)


@pytest.mark.parametrize("cut", [FONTS / "NotoSansSC-Regular.ttf", HAN_STRONG], ids=["regular", "strong"])
def test_every_sign_of_the_interface_has_a_glyph_in_its_fonts(cut: Path) -> None:
    there = _signs(FONTS / "Inter-Regular.ttf") | _signs(cut)

    assert set() == _written() - there


def test_every_sign_has_a_glyph_in_the_fonts_of_paper() -> None:
    assert "" == "".join(sorted(fonts.missing("".join(sorted(_written())))))


def _written() -> set[str]:
    return set("".join(targets(CODE))) - {"\n"}


def _signs(file: Path) -> set[str]:
    return {chr(each) for each in hb.Face(hb.Blob.from_file_path(str(file))).unicodes}
