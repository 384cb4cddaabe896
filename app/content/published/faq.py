"""Questions that are asked often: what may be answered, what may not be said, and when the matter is handed on."""

from dataclasses import dataclass

from app.content.items import Item


@dataclass(frozen=True, slots=True)
class Faq:
    """One question. Texts in English stand here; other languages by path: `question`, `answer`, `not_said`,
    `refer_when`, `words` (search words parted by semicolons). `kinds` are those of tickets that ask it."""

    code: str
    version: int
    kinds: tuple[str, ...]
    question: str
    answer: str
    not_said: str
    refer_when: str
    words: str
    procedures: tuple[str, ...]
    parts: tuple[str, ...]
    consumables: tuple[str, ...]
    forms: tuple[str, ...]
    crisis: tuple[str, ...]


def read_faq(item: Item) -> Faq:
    """The typed view of an item of kind `faq`."""
    body = item.body
    return Faq(
        code=item.code,
        version=item.version,
        kinds=tuple(body["kinds"]),
        question=body["question"],
        answer=body["answer"],
        not_said=body.get("not_said", ""),
        refer_when=body.get("refer_when", ""),
        words=body["words"],
        procedures=tuple(body.get("procedures", ())),
        parts=tuple(body.get("parts", ())),
        consumables=tuple(body.get("consumables", ())),
        forms=tuple(body.get("forms", ())),
        crisis=tuple(body.get("crisis", ())),
    )
