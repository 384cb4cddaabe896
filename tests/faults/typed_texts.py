"""Every text that an act takes, read from the signatures, so that a new one is noticed."""

import dataclasses
import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from app.store.work import Work

APP = Path(__file__).parents[2] / "app"
ROOMS = ("*/actions.py", "workflows/*.py", "sync/*.py", "people/*.py")

# Names that stand for the same thing wherever they stand, and are chosen or made, never written.
CHOSEN = re.compile(
    r"(\w+_id|sha256|unit|ticket|repair|customer|site|corrects|case|part|line|run|step|code|form|version|language|market"
    r"|theme|supply|kind|customer_kind|owner|type|cause|remedy|symptom|fault|follow_up_how|how|photo|key|fate|old_fate"
    r"|procedure|\w+_on|day|number|seen|subject)"
)


def texts_taken() -> frozenset[str]:
    """`room/module.act parameter.field` of each text that an act of a desk takes and that is none of the CHOSEN."""
    files = {file for room in ROOMS for file in APP.glob(room)}
    return frozenset(text for file in files for text in _of_module(file))


def _of_module(file: Path) -> Iterator[str]:
    place = file.relative_to(APP).with_suffix("")
    for name, act in _acts(importlib.import_module(f"app.{'.'.join(place.parts)}"), place.parts[0] == "workflows"):
        hints = {key: hint for key, hint in typing.get_type_hints(act).items() if key != "return"}
        for path in dict.fromkeys(each for key, hint in hints.items() for each in _texts(hint, key)):
            if not CHOSEN.fullmatch(path.rsplit(".", 1)[-1]):
                yield f"{place.as_posix()}.{name} {path}"


def _acts(module: ModuleType, methods: bool) -> Iterator[tuple[str, typing.Any]]:
    """Public functions that take the work of a transaction, and the public methods of a workflow's classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
            continue
        if inspect.isfunction(thing) and next(iter(typing.get_type_hints(thing).values()), None) is Work:
            yield name, thing
        elif methods and inspect.isclass(thing) and not getattr(thing, "_is_protocol", False):
            found = vars(thing).items()
            yield from ((f"{name}.{key}", each) for key, each in found if inspect.isfunction(each) and key[0] != "_")


def _texts(hint: typing.Any, path: str, within: tuple[typing.Any, ...] = ()) -> Iterator[str]:
    """The paths of what may hold a text: a str, whatever may be anything, and the fields of a draft."""
    if hint in (str, typing.Any):
        yield path
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint not in within and hint is not Work:
        for name, each in typing.get_type_hints(hint).items():
            yield from _texts(each, f"{path}.{name}", (*within, hint))
    else:
        for each in typing.get_args(hint):
            yield from _texts(each, path, within)
