"""An empty house with every room that the contracts name, to plant violations in."""

import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
CONTRACTS = {contract["id"]: contract for contract in CONFIG["importlinter"]["contracts"]}
FIVE = ("rules", "records", "actions", "queries", "texts")
IMPORTS = {  # one way of a circle, for the plants that close it
    "app/store/work.py": "from app.store import outbox\n",
    "app/tickets/queries.py": "from app.tickets import records\n",
}
OTHER_MODULES = (
    "app/store/outbox.py",
    "app/store/bases.py",
    "app/store/files.py",
    "app/sync/client.py",
    "app/sync/merge.py",
    "app/sync/protocol.py",
    "app/sync/transport.py",
    "app/documents/preview.py",
    "app/commands/verify.py",
    "app/hub/inbox.py",
    "app/hub/routes.py",
    "app/language/formats.py",
    "app/workflows/repair.py",
    "app/views/ticket_list.py",
    "ui/theme/colours.py",
    "ui/pickers/unit.py",
    "ui/shell/frame.py",
    "ui/units/unit_page.py",
)


def rooms(contract: str) -> list[str]:
    """The rooms that a layers contract names, top to bottom."""
    return [room.strip(" ()") for layer in CONTRACTS[contract]["layers"] for room in layer.split("|")]


def build(target: Path) -> None:
    """Every room as a package, the five files in every room of `app`, and the modules that plants refer to."""
    for base, names in (("app", rooms("app-layers")), ("ui", rooms("ui-layers"))):
        for name in names:
            if (base, name) in (("app", "schema"), ("ui", "work")):
                _write(target / base / f"{name}.py")
                continue
            _write(target / base / name / "__init__.py")
            for each in FIVE if base == "app" else ():
                _write(target / base / name / f"{each}.py")
        _write(target / base / "__init__.py")
    for module in OTHER_MODULES:
        _write(target / module)
    for module, text in IMPORTS.items():
        _write(target / module, text)
    shutil.copy(ROOT / "pyproject.toml", target)


@contextmanager
def planted(house: Path, path: str, text: str) -> Iterator[None]:
    """The file at `path` holds `text` inside the block, and what it held before afterwards."""
    file = house / path
    before = file.read_text(encoding="utf-8") if file.exists() else None
    new_folder = not file.parent.exists()
    _write(file, text + "\n")
    try:
        yield
    finally:
        if before is not None:
            file.write_text(before, encoding="utf-8")
        elif new_folder:
            shutil.rmtree(file.parent)
        else:
            file.unlink()


def _write(file: Path, text: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
