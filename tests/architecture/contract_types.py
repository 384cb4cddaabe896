"""Two import-linter contracts by allow-list, where the built-in ones fall short (tried on 2.16).

`pure`: a ban-list cannot keep "standard library only", the next dependency is on nobody's list.
`doors`: the built-in `protected` stops with an error when nobody imports the package yet.
"""

import sys
from collections.abc import Iterator
from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class PureContract(Contract):
    """Keys: `rooms` (wildcards allowed), `allowed` (rooms or packages), `refused` (standard library)."""

    type_name = "pure"

    rooms: Any = fields.ListField(subfield=fields.ModuleExpressionField())
    allowed: Any = fields.ListField(subfield=fields.ModuleExpressionField(), required=False)
    refused: Any = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        rooms = _standing(graph, self.rooms)
        permitted = rooms | _standing(graph, self.allowed or [])
        permitted |= sys.stdlib_module_names - set(self.refused or [])
        strangers = sorted(self._strangers(graph, rooms, permitted))
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["strangers"]:
            output.print_error(f"{importer} is pure and may not import {imported}")

    @staticmethod
    def _strangers(graph: grimp.ImportGraph, rooms: set[str], permitted: set[str]) -> Iterator[tuple[str, str]]:
        for room in rooms:
            for imported in graph.find_modules_directly_imported_by(room) - permitted:
                yield room, imported


class DoorsContract(Contract):
    """Key: `doors`, lines of `package ... : room ...`; only these rooms import these packages."""

    type_name = "doors"

    doors: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        strangers = sorted(stranger for door in self.doors for stranger in self._strangers(graph, door))
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, package, rooms in check.metadata["strangers"]:
            output.print_error(f"{importer} imports {package}, whose only door is {rooms}")

    @staticmethod
    def _strangers(graph: grimp.ImportGraph, door: str) -> Iterator[tuple[str, str, str]]:
        packages, rooms = door.split(":")
        for package in _standing(graph, map(ModuleExpression, packages.split())):
            for importer in graph.find_modules_that_directly_import(package):
                if not any(f"{importer}.".startswith(f"{room}.") for room in rooms.split()):
                    yield importer, package, rooms.strip()


def _standing(graph: grimp.ImportGraph, expressions: Any) -> set[str]:
    """Names of the modules meant, with everything in them; a room that does not stand yet is nobody."""
    found = {module.name for module in module_expressions_to_modules(graph, expressions, as_packages=False)}
    rooms = found & graph.modules
    inner = [room for room in rooms if not graph.is_module_squashed(room)]
    return rooms | {name for room in inner for name in graph.find_descendants(room)}
