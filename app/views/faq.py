"""Questions that are asked often, found by what stands in a ticket or is typed, and shown as they may be answered."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.catalog.catalog import Catalog
from app.catalog.current import installed_catalog
from app.content.published.faq import Faq
from app.handbook.rules.search import Entry, Index
from app.kernel.messages import Message, Shown, say
from app.language.languages import language_of
from app.views.published import Published

MOST = 3
_IDLE = """a an and are at be by can do does for from have how i in is it may me my of on or our so the this to we what
 when where which who will with you your"""
IDLE = frozenset(_IDLE.split())  # English is searched in every language; words that say nothing there
SHORTEST = 3  # letters: nothing is proposed for less


class LinkKind(StrEnum):
    PROCEDURE = "procedure"
    PART = "part"
    CONSUMABLE = "consumable"
    FORM = "form"
    CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class Link:
    """What an answer leads to: its code and its published name."""

    kind: LinkKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer to read out. `other_language` says so when it is not in the one asked for; `source`
    names the entry and its version."""

    code: str
    question: str
    answer: str
    not_said: str
    refer_when: str
    links: tuple[Link, ...]
    other_language: Message | None
    source: Message


def find_answers(session: Session, text: str, language: str, *, kind: str = "") -> tuple[Answered, ...]:
    """The best three for a text, misspelt or in another order; those for the ticket's `kind` win a tie."""
    catalog = installed_catalog(session)
    if catalog is None or len(text.strip()) < SHORTEST:
        return ()
    found = _index(catalog, language, kind).find(text)[:MOST]
    return tuple(_answered(catalog, catalog.faq[code], language) for code in found)


# A catalogue is never changed, only replaced; to make its index anew took a third of each keystroke of the palette.
_indexes: dict[tuple[str, str], tuple[Catalog, Index]] = {}


def _index(catalog: Catalog, language: str, kind: str) -> Index:
    kept = _indexes.get((language, kind))
    if kept is None or kept[0] is not catalog:
        entries = sorted(catalog.faq.values(), key=lambda each: (kind not in each.kinds, each.code))
        index = Index([Entry(each.code, _phrases(catalog, each, language)) for each in entries], IDLE)
        kept = _indexes[language, kind] = (catalog, index)
    return kept[1]


def answer_of(session: Session, code: str, language: str) -> Answered | None:
    """One question by its code, or None."""
    catalog = installed_catalog(session)
    found = catalog.faq.get(code) if catalog else None
    return _answered(catalog, found, language) if catalog and found else None


def _phrases(catalog: Catalog, faq: Faq, language: str) -> tuple[str, ...]:
    """What it is found by, in the language of the reader and in English: a customer's word may be either."""
    spoken = [catalog.text("faq", faq.code, path, language).text for path in ("words", "question")]
    return tuple(each for text in (*spoken, faq.words, faq.question) for each in text.replace("\u061b", ";").split(";"))


def _answered(catalog: Catalog, faq: Faq, language: str) -> Answered:
    def text(path: str, english: str) -> str:
        return catalog.words.text("faq", faq.code, path, language, safe=True).text if english else ""

    spoken = catalog.words.text("faq", faq.code, "answer", language, safe=True)
    foreign = spoken.is_fallback(language)
    named = language_of(spoken.language).own_name
    return Answered(
        code=faq.code,
        question=text("question", faq.question),
        answer=spoken.text,
        not_said=text("not_said", faq.not_said),
        refer_when=text("refer_when", faq.refer_when),
        links=_links(catalog, faq, language),
        other_language=say("Not translated yet: in {language}", language=named) if foreign else None,
        source=say("{code}, version {version}", code=Shown("plain", faq.code), version=faq.version),
    )


def _links(catalog: Catalog, faq: Faq, language: str) -> tuple[Link, ...]:
    published = Published(catalog, language)

    def title(kind: str, code: str) -> str:
        return catalog.text(kind, code, "title", language).text

    return (
        *(Link(LinkKind.CRISIS, code, title("crisis_procedure", code)) for code in faq.crisis),
        *(Link(LinkKind.PROCEDURE, code, title("procedure", code)) for code in faq.procedures),
        *(Link(LinkKind.PART, code, published.part(code)) for code in faq.parts),
        *(Link(LinkKind.CONSUMABLE, code, _consumable(catalog, code, language)) for code in faq.consumables),
        *(Link(LinkKind.FORM, code, published.form(code)) for code in faq.forms),
    )


def _consumable(catalog: Catalog, code: str, language: str) -> str:
    return catalog.name("consumable", code, language).text if code in catalog.consumables else code
