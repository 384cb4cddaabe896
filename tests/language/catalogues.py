"""Collects the texts of `app`, `ui` and main.py, updates and compiles the catalogues: `python3 start.py translate`.

With `--check` nothing is written and every missing, stale, fuzzy, empty or ill-braced entry is listed.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.language.languages import LANGUAGES, SOURCE, Language, language_of
from app.language.speaking import braces

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"say": None, "tr": None, "say_count": (1, 2), "trn": (1, 2)}
SOURCES = [("app/**.py", "python"), ("ui/**.py", "python"), ("main.py", "python")]
PLURALS = {  # as gettext's manual has them
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "pt-PT": "nplurals=2; plural=(n != 1);",
    "pt-BR": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "da": "nplurals=2; plural=(n != 1);",
    "zh-Hans": "nplurals=1; plural=0;",
}
IDLE_HEADERS = (  # Babel's own: dates that change with every run, placeholders, an empty comment
    *('"POT-Creation', '"PO-Revision', '"Project-Id', '"Report-Msgid', '"Last-Translator', '"Language-Team'),
    *('"Generated-By', "# ", "#\n"),
)
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # Babel writes a date into each compiled file; of ours only texts are to tell
MAY_DROP_COUNT = frozenset({"count"})  # "no parts", "one part" and "two parts" need no numeral
Id = str | tuple[str, ...] | list[str]


def collected(root: Path = ROOT) -> Catalog:
    """Every text that is wrapped for translation, with the files that hold it."""
    catalogue = Catalog(project="Aftercare", version="", fuzzy=False)
    found = extract_from_dir(root, SOURCES, keywords=KEYWORDS, strip_comment_tags=True)
    for path, _, message, _, _ in sorted(found, key=lambda each: (str(each[2]), each[0])):
        catalogue.add(message, locations=[(Path(path).as_posix(), 0)])
    return catalogue


def renew(root: Path = ROOT) -> None:
    """Writes the template, each language's .po with what is new and without what is gone, and its .mo."""
    template = collected(root)
    _write_po(root / "translations" / "aftercare.pot", template)
    for language in _foreign():
        file = _po(root, language)
        catalogue = _read(file, language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write_po(file, catalogue)
        file.with_suffix(".mo").write_bytes(_compiled(catalogue))
        print(f"{language.code}: {sum(1 for entry in _entries(catalogue) if not _is_whole(entry))} texts to translate")


def problems(root: Path = ROOT) -> list[str]:
    """One line for each entry that is not in order, in any language."""
    wanted = {entry.id for entry in _entries(collected(root))}
    return [problem for language in _foreign() for problem in _problems_of(root, language, wanted)]


def translated(code: str, root: Path = ROOT) -> list[tuple[list[str], list[str]]]:
    """The source and the target of every translated text of a language, each with all its plural forms."""
    language = language_of(code)
    entries = _entries(_read(_po(root, language), language))
    return [(_forms(entry.id), _forms(entry.string)) for entry in entries if _is_whole(entry)]


def _problems_of(root: Path, language: Language, wanted: set[Id]) -> Iterator[str]:
    file = _po(root, language)
    if not file.exists():
        yield f"{language.code}: no catalogue"
        return
    catalogue = _read(file, language)
    there = {entry.id for entry in _entries(catalogue)}
    yield from (f"{language.code}: missing: {each!r}" for each in sorted(wanted - there, key=str))
    yield from (f"{language.code}: stale: {each!r}" for each in sorted(there - wanted, key=str))
    for entry in _entries(catalogue):
        yield from (f"{language.code}: {trouble}: {entry.id!r}" for trouble in _troubles(entry, catalogue.num_plurals))
    compiled = file.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _compiled(catalogue):
        yield f"{language.code}: the compiled catalogue is not that of the text"


def _troubles(entry: Message, plurals: int) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if not _is_whole(entry):
        yield "not translated"
    elif isinstance(entry.id, tuple) and len(_forms(entry.string)) != plurals:
        yield "wrong number of plural forms"
    elif any(not _braces_agree(entry.id, form) for form in _forms(entry.string)):
        yield "braces differ"


def _braces_agree(source: Id, form: str) -> bool:
    """A plural form may leave the number out, and nothing else."""
    wanted = braces(_forms(source)[-1])
    dropped = wanted - braces(form)
    return braces(form) <= wanted and dropped <= (MAY_DROP_COUNT if isinstance(source, tuple) else frozenset())


def _is_whole(entry: Message) -> bool:
    return all(_forms(entry.string))


def _forms(texts: Id | None) -> list[str]:
    return [texts or ""] if isinstance(texts, str | None) else list(texts)


def _entries(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id]


def _foreign() -> list[Language]:
    return [language for language in LANGUAGES if language != SOURCE]


def _po(root: Path, language: Language) -> Path:
    return root / "translations" / language.folder / "LC_MESSAGES" / "aftercare.po"


def _read(file: Path, language: Language) -> Catalog:
    if file.exists():
        with file.open("rb") as stream:
            return read_po(stream, locale=language.folder)
    header = f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS[language.code]}\\n"\n'
    return read_po(io.BytesIO(f'msgid ""\nmsgstr ""\n{header}'.encode()), locale=language.folder)


def _write_po(file: Path, catalogue: Catalog) -> None:
    """Without dates and line numbers: the file changes when a text does, and only then."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, sort_output=True, include_lineno=False)
    lines = stream.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(IDLE_HEADERS)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(kept), encoding="utf-8", newline="\n")


def _compiled(catalogue: Catalog) -> bytes:
    plain = Catalog(locale=catalogue.locale, header_comment="", fuzzy=False, creation_date=NEVER, revision_date=NEVER)
    for entry in _entries(catalogue):
        if _is_whole(entry) and not entry.fuzzy:
            plain.add(entry.id, entry.string)
    plain.mime_headers = [(name, value) for name, value in catalogue.mime_headers if "Date" not in name]
    stream = io.BytesIO()
    write_mo(stream, plain)
    return stream.getvalue()


def main(words: list[str]) -> int:
    if "--check" not in words:
        renew()
        return 0
    found = problems()
    print("\n".join(found) or "The catalogues are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
