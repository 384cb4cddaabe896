"""Published names with a fall back to the code, for whatever is not known on this device."""

from app.catalog.catalog import Catalog


def name_in(catalog: Catalog, kind: str, code: str, language: str) -> str:
    """The name of a model, component type, part or form; its code when it is not here; empty for an empty code."""
    known = {
        "model": catalog.models,
        "component_type": catalog.component_types,
        "part": catalog.spares.by_number,
        "form": {form for form, _ in catalog.forms},
    }[kind]
    if not code or code not in known:
        return code
    return catalog.text(kind, code, "title" if kind == "form" else "name", language).text


def short_name(name: str) -> str:
    """`T. Moreira`: the first letter and the last word, where a whole name would take the room of the matter."""
    words = name.split()
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else name
