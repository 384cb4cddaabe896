"""What importing really loads, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.house import ROOT
from tests.architecture.sources import HEAVY

FIRST_PAINT = (
    *("app/kernel", "app/language", "app/store/profile.py", "app/store/first_page.py", "ui/work.py"),
    *("app/store/runner.py", "app/store/opening.py"),
    *("ui/theme", "ui/widgets", "ui/shell/frame.py", "main.py"),
)
# Not cryptography: the key of the first list is unwrapped with it (13 ms, measured).
LATER = HEAVY | {"sqlalchemy", "babel", "pydantic", "keyring", "argon2", "pyrage", "yaml", "PIL"}
WITHOUT_QT = f"""
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {{"PySide6", "shiboken6", "ui"}}:
            raise ImportError(f"{{name}} is blocked")

sys.meta_path.insert(0, Blocked())
import app
names = [module.name for module in pkgutil.walk_packages(app.__path__, "app.")]
for name in names:
    importlib.import_module(name)
print(len(names), sorted({sorted(HEAVY)!r} & sys.modules.keys()))
"""


def output_of(code: str) -> str:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    return done.stdout.strip()


def modules_below(path: Path) -> list[str]:
    """Dotted names of a file, or of every file in a folder; a room that does not stand yet has none."""
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]


def test_app_imports_whole_without_qt_and_without_heavy_packages() -> None:
    modules = len(list((ROOT / "app").rglob("*.py"))) - 1

    assert f"{modules} []" == output_of(WITHOUT_QT)


def test_first_paint_loads_no_database_layer_and_no_heavy_package() -> None:
    names = [name for path in FIRST_PAINT for name in modules_below(ROOT / path)]
    code = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"

    loaded = output_of(f"{code}print(sorted({sorted(LATER)!r} & sys.modules.keys()))")

    assert "app.language.speaking" in names
    assert "[]" == loaded
