"""Published texts in the language asked for, with an honest fallback."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.content.items import SOURCE_LANGUAGE, Item, ItemText, TextState
from app.kernel.errors import BugError


@dataclass(frozen=True, slots=True)
class Spoken:
    """A published text and the language that it is really in; show that language when it is not the one asked for.

    `state` is STALE when the English has changed since it was translated.
    """

    text: str
    language: str
    state: TextState = TextState.CURRENT

    def is_fallback(self, asked: str) -> bool:
        """Whether the text is in another language than `asked` (a regional form of it counts as the same)."""
        return asked.split("-")[0] != self.language.split("-")[0]


@dataclass(frozen=True)
class Words:
    """All texts by item version, language and path.

    Reading order: the language, its parents (pt-BR, pt), then the English source. A stale translation is given as
    such; where a wrong word may hurt (`safe=True`) the English is given instead.
    """

    by_item: Mapping[tuple[str, str, int], Mapping[tuple[str, str], ItemText]]
    newest: Mapping[tuple[str, str], int]

    def text(
        self, kind: str, code: str, path: str, language: str, *, version: int | None = None, safe: bool = False
    ) -> Spoken:
        """The text at `path` of an item, by default of its newest version; BugError when there is no such text."""
        number = self.newest.get((kind, code), 0) if version is None else version
        texts = self.by_item.get((kind, code, number), {})
        for each in _with_parents(language):
            found = texts.get((each, path))
            if found and found.state is not TextState.MISSING and not (safe and found.state is TextState.STALE):
                return Spoken(found.text, found.language, found.state)
        raise BugError(f"{kind} {code} version {number} has no text {path}")

    def has(self, kind: str, code: str, path: str, *, version: int) -> bool:
        """Whether the English of this text is there."""
        return (SOURCE_LANGUAGE, path) in self.by_item.get((kind, code, version), {})

    def languages(self, kind: str, code: str, *, version: int) -> frozenset[str]:
        """The languages in which every text of an item version is current."""
        texts = self.by_item.get((kind, code, version), {})
        broken = {language for (language, _), each in texts.items() if each.state is not TextState.CURRENT}
        return frozenset(language for language, _ in texts) - broken


def words_of(items: Iterable[Item], texts: Iterable[ItemText]) -> Words:
    """The texts of these items, ready to be asked."""
    newest: dict[tuple[str, str], int] = {}
    for item in items:
        newest[item.kind, item.code] = max(item.version, newest.get((item.kind, item.code), 0))
    by_item: dict[tuple[str, str, int], dict[tuple[str, str], ItemText]] = {}
    for text in texts:
        by_item.setdefault((text.kind, text.code, text.version), {})[text.language, text.path] = text
    return Words(by_item, newest)


def _with_parents(language: str) -> Iterator[str]:
    parts = language.split("-")
    for count in range(len(parts), 0, -1):
        yield "-".join(parts[:count])
    if parts[0] != SOURCE_LANGUAGE:
        yield SOURCE_LANGUAGE
