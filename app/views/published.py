"""Published words for pages: in the reader's language, and never a fault because a record is older than the pack."""

from dataclasses import dataclass
from typing import Any

from app.catalog.catalog import Catalog
from app.content.published.codes import CodeEntry


@dataclass(frozen=True)
class Published:
    """The catalogue as one reader sees it. What the catalogue no longer knows is shown by its code."""

    catalog: Catalog
    language: str

    def part(self, number: str) -> str:
        return self._name("part", number, self.catalog.spares.by_number)

    def model(self, code: str) -> str:
        return self._name("model", code, self.catalog.models)

    def component(self, code: str) -> str:
        return self._name("component_type", code, self.catalog.component_types)

    def assembly(self, code: str) -> str:
        return self._name("assembly", code, self.catalog.assemblies)

    def form(self, code: str, version: int | None = None) -> str:
        """The title of a form, of its newest version unless one is named."""
        if self.catalog.form(code, version=version) is None:
            return code
        return self.catalog.text("form", code, "title", self.language, version=version).text

    def code(self, name: str, code: str) -> str:
        """The text of a code of the list `name` (SYMPTOM …); empty for no code."""
        if code and any(each.code == code for each in self.entries(name)):
            return self.catalog.text("code_list", name, f"entries/{code}/text", self.language).text
        return code

    def entries(self, name: str) -> tuple[CodeEntry, ...]:
        found = self.catalog.code_lists.get(name)
        return found.entries if found else ()

    def exclusion(self, policy: str, cause: str) -> str:
        """The sentence that the policy has for an excluded cause."""
        found = self.catalog.policy(policy)
        excluded = found.excludes(cause) if found and cause else None
        return self.catalog.text("warranty_policy", policy, excluded.path, self.language).text if excluded else ""

    def _name(self, kind: str, code: str, known: Any) -> str:
        return self.catalog.name(kind, code, self.language).text if code in known else code
