"""requirements.lock names exactly what pyproject.toml asks for, with hashes and without a host."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED: dict[str, str] = {
    str(canonicalize_name(found[1])): str(found[2])
    for found in re.finditer(r"^([\w.-]+)==(\S+)", LOCK, flags=re.MULTILINE)
}


def test_every_dependency_is_pinned_as_the_project_asks() -> None:
    asked = [Requirement(each) for each in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])]

    wrong = [str(each) for each in asked if PINNED.get(canonicalize_name(each.name), "0") not in each.specifier]

    assert [] == wrong


def test_every_pinned_package_has_hashes() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]

    assert len(PINNED) == len(entries)
    assert [] == [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry]


def test_no_host_and_no_index_is_named() -> None:
    options = [line for line in LOCK.splitlines() if line.startswith("-")]

    assert [] == options
    assert "://" not in LOCK
