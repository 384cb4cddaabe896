"""The guide for users: a page for each job, in the reader's language or, where nobody has translated it, in English.

Files of the program itself, `docs/guide/NAME.md` and `docs/guide/LANGUAGE/NAME.md`: they are read without store or key.
A line `<!-- at: NAME -->` above a heading names it in every language alike.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from app.language.languages import SOURCE

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
CONTENTS = "README"
_MARK = re.compile(r"^<!-- at: ([a-z-]+) -->$")
_NAME = re.compile(r"[A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`text` is Markdown, `folder` what its pictures and links are relative to. `headings` says for each named place
    which heading of the page it is, counted from 0; `language` is that of the text."""

    name: str
    language: str
    text: str
    folder: Path
    headings: dict[str, int]


def read_guide(name: str, language: str, folder: Path = GUIDE) -> GuidePage:
    """The page; the contents for a name that is none."""
    wanted = name if _NAME.fullmatch(name) and (folder / f"{name}.md").is_file() else CONTENTS
    own = folder / language
    spoken = language if language != SOURCE.code and (own / f"{wanted}.md").is_file() else SOURCE.code
    place = folder if spoken == SOURCE.code else own
    text, headings = _marks((place / f"{wanted}.md").read_text(encoding="utf-8"))
    return GuidePage(wanted, spoken, text, place, headings)


def languages_of(name: str, folder: Path = GUIDE) -> tuple[str, ...]:
    """The languages besides English in which the page stands."""
    return tuple(sorted(each.parent.name for each in folder.glob(f"*/{name}.md")))


def _marks(text: str) -> tuple[str, dict[str, int]]:
    kept: list[str] = []
    found: dict[str, int] = {}
    headings = 0
    for line in text.splitlines():
        if mark := _MARK.match(line):
            found[mark[1]] = headings
            continue
        headings += line.startswith("#")
        kept.append(line)
    return "\n".join(kept), found
