"""The language of one paper: published texts and our own, and whether anything had to stay in another language."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from app.catalog.catalog import Catalog
from app.kernel.messages import Message, Shown, say
from app.kernel.packing import unpacked
from app.kernel.slips import printed_number
from app.language import formats
from app.language.languages import SOURCE, language_of
from app.language.spacing import joined
from app.language.speaking import speak
from app.language.translate import direction
from app.signoff.values import allowed, reading_in_words


class Voice:
    """Says everything of one form version in one language; `fell_back` tells that some of it is in English."""

    def __init__(self, catalog: Catalog, language: str, *, form: str = "", version: int = 0) -> None:
        self._catalog = catalog
        self._form, self._version = form, version
        self.language = language
        self.fell_back = language_of(language) == SOURCE and language.split("-")[0] != SOURCE.code

    @property
    def digits(self) -> str:
        """The ten figures of the language."""
        return language_of(self.language).digits

    @property
    def rtl(self) -> bool:
        return direction(self.language) == "rtl"

    def say(self, message: Message) -> str:
        """One of our own sentences."""
        return speak(message, self.language)

    def sentences(self, texts: Iterable[str]) -> str:
        """Sentences one behind the other."""
        return joined(texts, self.language)

    def form(self, path: str) -> str:
        """A text of the form."""
        return self._published("form", self._form, path, self._version)

    def label(self, code: str) -> str:
        """A fixed word of the form."""
        return self.form(f"labels/{code}/text")

    @property
    def edition(self) -> str:
        """Code and version of the form."""
        return self.say(say("{code}, version {version}", code=Shown("plain", self._form), version=self._version))

    def name(self, kind: str, code: str) -> str:
        """What the manufacturer calls a model or a component type; its code where it is not known here."""
        known = {"model": self._catalog.models, "component_type": self._catalog.component_types}[kind]
        return self._published(kind, code, "name", None) if code in known else code

    def code(self, table: str, code: str) -> str:
        """An entry of a code list; the code where it is not known here."""
        known = self._catalog.code_lists.get(table)
        if known is None or code not in {each.code for each in known.entries}:
            return code
        return self._published("code_list", table, f"entries/{code}/text", None)

    def number(self, value: int) -> str:
        """A whole number with the figures of the language."""
        return formats.number(value, self.language)

    def part(self, number: str) -> str:
        """A part's name, or its number where it is not known here."""
        return self._published("part", number, "name", None) if self._catalog.part(number) else number

    def procedure(self, code: str, version: int) -> str:
        """Title, code and version of a procedure."""
        words = {"code": Shown("plain", code), "version": version}
        if self._catalog.procedure(code, version=version) is None:
            return self.say(say("{code}, version {version}", **words))
        title = self._published("procedure", code, "title", version)
        return self.say(say("{title} ({code}, version {version})", title=title, **words))

    def moment(self, at: int, zone: str) -> str:
        """Day, time and distance from UTC."""
        return formats.moment(at, zone, self.language, show_zone=True)

    def written(self, value: Any, *, path: str = "") -> str:
        """A value of a form as its language writes it; `path` is the field's, for the texts of choices."""
        if not isinstance(value, dict):
            return "" if value is None else str(value)
        return self._ways[value["as"]](value, path)

    @property
    def _ways(self) -> dict[str, Callable[[dict[str, Any], str], str]]:
        return {
            "serial": self._serial,
            "published": lambda value, _: self.name(value["kind"], value["code"]),
            "choice": self._choice,
            "yes_no": lambda value, _: self.say(say("Yes") if value["yes"] else say("No")),
            "day": lambda value, _: formats.day(date.fromisoformat(value["day"]), self.language),
            "sentences": lambda value, _: self.sentences(self.say(unpacked(each)) for each in value["messages"]),
            "procedure": lambda value, _: self.procedure(value["code"], value["version"]),
            "reading": lambda value, _: self.say(reading_in_words(value)),
        }

    def _choice(self, value: dict[str, Any], path: str) -> str:
        """The words of a choice; its code where this form has no such choice: the value came from another desk."""
        words = self._catalog.words
        where = f"{path}/choices/{value['code']}/text"
        return self.form(where) if words.has("form", self._form, where, version=self._version) else value["code"]

    def _serial(self, value: dict[str, Any], _path: str) -> str:
        if value["state"] == "no_legible":
            return self.label("no_serial")
        return printed_number(value["serial"])

    def allowed(self, value: dict[str, Any]) -> str:
        """The limits of a reading in words."""
        return self.say(allowed(value))

    def _published(self, kind: str, code: str, path: str, version: int | None) -> str:
        found = self._catalog.text(kind, code, path, self.language, version=version)
        self.fell_back = self.fell_back or found.is_fallback(self.language)
        return found.text
